import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { PrintLogRow } from '../../../../src-main/contract/channels/letters.ts';
import type { Outcome, Problem } from '../../../../src-main/contract/outcome.ts';
import { useBridge } from '../../../bridge/bridge.ts';

/** The print log as it was read last, of one referral or of all, and the chosen row. */
export const usePrintLogStore = defineStore('print-log', () => {
  const bridge = useBridge();
  const rows = shallowRef<readonly PrintLogRow[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  const isRead = ref(false);
  /** The referral that the log is narrowed to; null shows all. */
  const ubrn = ref<string | null>(null);
  const selectedId = ref<string | null>(null);
  let generation = 0;

  const selectedIndex = computed(() => rows.value.findIndex(({ printId }) => printId === selectedId.value));
  const selected = computed(() => rows.value[selectedIndex.value] ?? null);

  /** Null when another question was asked meanwhile, or the person left. */
  async function ask<T>(question: () => Promise<Outcome<T>>): Promise<Outcome<T> | null> {
    const started = ++generation;
    isBusy.value = true;
    const outcome = await question();
    if (started !== generation) return null;
    isBusy.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    return outcome;
  }

  async function read(of: string | null): Promise<void> {
    ubrn.value = of;
    const outcome = await ask(() => bridge.requests['letters/read-print-log']({ ubrn: of }));
    if (!outcome?.ok) return;
    rows.value = outcome.value.rows;
    isRead.value = true;
    if (selectedIndex.value === -1) selectIndex(0);
  }

  /** True when it was saved, false when the clerk chose no place; null when it could not be. */
  async function save(): Promise<boolean | null> {
    const outcome = await ask(() => bridge.requests['letters/export-print-log']({}));
    return outcome?.ok ? outcome.value.isSaved : null;
  }

  function selectIndex(index: number): void {
    const inside = Math.min(Math.max(index, 0), rows.value.length - 1);
    selectedId.value = rows.value[inside]?.printId ?? null;
  }

  const moveSelection = (by: number): void => selectIndex(selectedIndex.value + by);

  function forget(): void {
    generation += 1;
    rows.value = [];
    problem.value = null;
    isBusy.value = isRead.value = false;
    ubrn.value = selectedId.value = null;
  }

  return {
    ...{ rows, problem, isBusy, isRead, ubrn, selectedId, selectedIndex, selected },
    ...{ read, save, selectIndex, moveSelection, forget },
  };
});
