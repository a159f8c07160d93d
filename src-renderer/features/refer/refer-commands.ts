import type { Router } from 'vue-router';
import { closeOutbox, isOutboxOpen } from '../../app/panels.ts';
import type { Command } from '../../keyboard/command-registry.ts';
import { ANYWHERE } from '../../keyboard/scopes.ts';
import { useReferStore } from './refer.store.ts';

/** Opens the wizard, with the draft where there is one; there it leads from a result that is settled to the draft. */
export function referCommand(router: Router, canRefer: () => boolean): Command {
  return {
    id: 'refer.open',
    title: 'Refer a patient',
    keys: ['Ctrl+Shift+F2'],
    scope: ANYWHERE,
    available: () =>
      canRefer() || 'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
    async run() {
      if (isOutboxOpen.value) await closeOutbox();
      const store = useReferStore();
      const isHere = router.currentRoute.value.name === 'refer';
      if (isHere && store.item !== null && !store.isUnsettled) store.leaveResult();
      await router.push({ name: 'refer' });
    },
  };
}
