import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { AuditFilter, AuditRow, TrailStatusView } from '../../../src-main/contract/channels/audit.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { EMPTY_FILTER, EMPTY_FORM, type FilterForm } from './audit-filter.ts';

/** The audit trail as far as it was read, the filter that it was read with, and the chosen row. */
export const useAuditStore = defineStore('audit', () => {
  const bridge = useBridge();
  const form = ref<FilterForm>(EMPTY_FORM);
  const filter = shallowRef<AuditFilter>(EMPTY_FILTER);
  const rows = shallowRef<readonly AuditRow[]>([]);
  const next = ref<number | null>(null);
  const unreadable = ref(0);
  const status = shallowRef<TrailStatusView | null>(null);
  const mayReadAll = ref(false);
  const actions = shallowRef<readonly string[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  const isRead = ref(false);
  const selectedSeq = ref<number | null>(null);
  let generation = 0;

  const selectedIndex = computed(() => rows.value.findIndex(({ seq }) => seq === selectedSeq.value));
  const selected = computed(() => rows.value[selectedIndex.value] ?? null);
  const selectedId = computed(() => (selected.value === null ? null : String(selected.value.seq)));

  /** Null when another question was asked meanwhile, or the person left. */
  async function ask<T>(question: () => Promise<Outcome<T>>): Promise<T | null> {
    const mine = ++generation;
    isBusy.value = true;
    const outcome = await question();
    if (mine !== generation) return null;
    isBusy.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    return outcome.ok ? outcome.value : null;
  }

  const page = (past: number | null) =>
    ask(() => bridge.requests['audit/read']({ filter: filter.value, past }));

  /** Reads from the newest row on. */
  async function read(wanted: AuditFilter): Promise<boolean> {
    filter.value = wanted;
    const answer = await page(null);
    if (answer === null) return false;
    rows.value = answer.rows;
    unreadable.value = answer.unreadable;
    ({ next: next.value, mayReadAll: mayReadAll.value } = answer);
    [actions.value, status.value, isRead.value] = [answer.actions, answer.status, true];
    if (selectedIndex.value === -1) selectIndex(0);
    return true;
  }

  /** The page that follows, once the end of what was read comes into view. */
  async function readOn(): Promise<void> {
    if (next.value === null || isBusy.value) return;
    const answer = await page(next.value);
    if (answer === null) return;
    rows.value = [...rows.value, ...answer.rows];
    next.value = answer.next;
    unreadable.value += answer.unreadable;
  }

  async function check(): Promise<boolean> {
    const answer = await ask(() => bridge.requests['audit/check']({}));
    if (answer !== null) status.value = answer;
    return answer !== null;
  }

  /** Saves what is recorded of the referral or the patient of the filter; null when it could not be. */
  const save = () => {
    const { ubrn, nhsNumber } = filter.value;
    return ask(() => bridge.requests['audit/export']({ ubrn, nhsNumber }));
  };

  function selectIndex(index: number): void {
    const inside = Math.min(Math.max(index, 0), rows.value.length - 1);
    selectedSeq.value = rows.value[inside]?.seq ?? null;
  }

  const moveSelection = (by: number): void => selectIndex(selectedIndex.value + by);

  function forget(): void {
    generation += 1;
    [form.value, filter.value, rows.value, actions.value] = [EMPTY_FORM, EMPTY_FILTER, [], []];
    problem.value = status.value = null;
    isBusy.value = isRead.value = mayReadAll.value = false;
    next.value = selectedSeq.value = null;
    unreadable.value = 0;
  }

  return {
    ...{ form, filter, rows, next, unreadable, status, mayReadAll, actions, problem, isBusy, isRead },
    ...{ selectedId, selectedIndex, selected, read, readOn, check, save, selectIndex, moveSelection, forget },
  };
});
