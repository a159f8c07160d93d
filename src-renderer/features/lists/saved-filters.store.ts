import { ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { SavedFilter } from '../../../src-main/contract/channels/lists.ts';
import type { WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';

/** The filters that this person has named: a copy of what main keeps. */
export const useSavedFiltersStore = defineStore('saved-filters', () => {
  const bridge = useBridge();
  const filters = shallowRef<readonly SavedFilter[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isRead = ref(false);
  const isBusy = ref(false);
  let generation = 0;

  async function read(): Promise<void> {
    const started = generation;
    const outcome = await bridge.requests['lists/read-filters']({});
    if (started !== generation) return;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return;
    filters.value = outcome.value.filters;
    isRead.value = true;
  }

  /** Keeps a filter under a name; one of the same list and name gives way to it. True when main took it. */
  async function save(
    list: WorklistKind,
    name: string,
    columns: readonly { readonly column: string; readonly text: string }[],
  ): Promise<boolean> {
    if (isBusy.value) return false;
    const started = generation;
    isBusy.value = true;
    const outcome = await bridge.requests['lists/save-filter']({ list, name, columns: [...columns] });
    if (started !== generation) return false;
    isBusy.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return false;
    const saved = outcome.value;
    const others = filters.value.filter(({ filterId }) => filterId !== saved.filterId);
    const replaced = others.filter((other) => other.list === list && other.name === name);
    filters.value = [...others.filter((other) => !replaced.includes(other)), saved];
    for (const { filterId } of replaced) await remove(filterId);
    return true;
  }

  /** True when main took it off. */
  async function remove(filterId: string): Promise<boolean> {
    const started = generation;
    const outcome = await bridge.requests['lists/remove-filter']({ filterId });
    if (started !== generation) return false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (outcome.ok) filters.value = filters.value.filter((filter) => filter.filterId !== filterId);
    return outcome.ok;
  }

  function forget(): void {
    generation += 1;
    filters.value = [];
    problem.value = null;
    isRead.value = isBusy.value = false;
  }

  return { filters, problem, isRead, isBusy, read, save, remove, forget };
});
