/** A screen in the place of a clinical one: it shows its UBRN and what was handed over, and answers F7. */
import { defineComponent, h } from 'vue';
import { useRoute } from 'vue-router';
import { takeHandedOver } from '../../src-renderer/app/open-referral.ts';
import { announce } from '../../src-renderer/app/status-line.ts';
import { useCommands } from '../../src-renderer/keyboard/command-registry.ts';

export const StubScreen = defineComponent({
  name: 'StubScreen',
  setup() {
    const route = useRoute();
    const given = takeHandedOver(String(route.params['ubrn']));
    useCommands([
      {
        id: 'stub.slots',
        title: 'Slots',
        keys: ['F7'],
        scope: 'referral',
        available: () => true,
        run: () => announce('stub slots'),
      },
    ]);
    return () => h('h1', { tabindex: -1 }, given ? `handed over ${given.ubrn}` : 'stub');
  },
});
