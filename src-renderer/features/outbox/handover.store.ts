import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { HandoverItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { useSelection } from './use-selection.ts';

/**
 * What colleagues of the same role and organisation left unfinished at this desk (screens.md section 10). Read only
 * when it is opened, because each reading is recorded; it can be read back and never sent.
 */
export const useHandoverStore = defineStore('handover', () => {
  const bridge = useBridge();
  const items = shallowReactive(new Map<string, HandoverItem>());
  const problem = shallowRef<Problem | null>(null);
  const isLoading = ref(false);
  const isRead = ref(false);
  const busyId = ref<string | null>(null);
  let generation = 0;

  const rows = computed<readonly HandoverItem[]>(() => [...items.values()]);
  const selection = useSelection(rows);

  async function fetchItems(): Promise<void> {
    if (isLoading.value) return;
    const started = generation;
    isLoading.value = true;
    const outcome = await bridge.requests['outbox/read-handover']({});
    if (started !== generation) return;
    isLoading.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return;
    isRead.value = true;
    items.clear();
    outcome.value.items.forEach((item) => items.set(item.intentId, item));
    if (selection.selected.value === null) selection.selectIndex(0);
  }

  /** Reads back what became of a colleague's item; null when main took it. */
  async function readBack(intentId: string): Promise<Problem | null> {
    const started = generation;
    busyId.value = intentId;
    const outcome = await bridge.requests['outbox/read-back-for-colleague']({ intentId });
    if (started !== generation) return null;
    busyId.value = null;
    if (!outcome.ok) return outcome.problem;
    items.set(outcome.value.intentId, outcome.value);
    return null;
  }

  function forget(): void {
    generation += 1;
    items.clear();
    selection.resetSelection();
    isLoading.value = isRead.value = false;
    problem.value = busyId.value = null;
  }

  return { items, rows, problem, isLoading, isRead, busyId, ...selection, fetchItems, readBack, forget };
});
