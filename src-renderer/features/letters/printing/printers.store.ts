import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Printer } from '../../../../src-main/contract/channels/letters.ts';
import type { Problem } from '../../../../src-main/contract/outcome.ts';
import { useBridge } from '../../../bridge/bridge.ts';
import { sortPrinters } from './printer-words.ts';

/** The printers of this desk as they were read last, and the one that is chosen in the open panel. */
export const usePrintersStore = defineStore('printers', () => {
  const bridge = useBridge();
  const printers = shallowRef<readonly Printer[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isReading = ref(false);
  const isRead = ref(false);
  const name = ref('');
  let generation = 0;

  const chosen = computed(() => printers.value.find((printer) => printer.name === name.value) ?? null);

  /** Reads them again; what was chosen stays chosen while it is there, else this desk's printer is. */
  async function read(): Promise<void> {
    const started = ++generation;
    isReading.value = true;
    const outcome = await bridge.requests['letters/read-printers']({});
    if (started !== generation) return;
    isReading.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return;
    printers.value = sortPrinters(outcome.value.printers);
    isRead.value = true;
    if (chosen.value === null) name.value = printers.value[0]?.name ?? '';
  }

  /** This desk prints there from now on. A choice that cannot be kept is no reason not to print. */
  async function keepChoice(): Promise<void> {
    const printer = chosen.value;
    if (printer === null || printer.isChosen) return;
    const outcome = await bridge.requests['letters/choose-printer']({ name: printer.name });
    if (!outcome.ok) return;
    printers.value = sortPrinters(
      printers.value.map((other) => ({ ...other, isChosen: other.name === printer.name })),
    );
  }

  function forget(): void {
    generation += 1;
    printers.value = [];
    problem.value = null;
    isReading.value = isRead.value = false;
    name.value = '';
  }

  return { printers, problem, isReading, isRead, name, chosen, read, keepChoice, forget };
});
