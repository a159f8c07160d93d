import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Worklist, WorklistKind, WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { bookingMark, deferralMark } from './booking-marks.ts';
import { filterRows } from './filter-rows.ts';
import { useNames } from './names.ts';
import { sortRows } from './sort-rows.ts';

/** One list as this window knows it: the last answer stays on show while a new one is read or has failed. */
interface ListState {
  readonly worklist: Worklist | null;
  readonly rows: readonly WorklistRow[];
  readonly problem: Problem | null;
  readonly isLoading: boolean;
}

const NOT_READ: ListState = { worklist: null, rows: [], problem: null, isLoading: false };

/** The six lists, the one on show, its filter, and the selected referral (pinned by UBRN, never by place). */
export const useWorklistStore = defineStore('worklist', () => {
  const bridge = useBridge();
  const lists = shallowReactive(new Map<WorklistKind, ListState>());
  const kind = ref<WorklistKind>('AWAITING_BOOKING');
  const filter = ref('');
  const selectedUbrn = ref<string | null>(null);
  /** What this desk did with a referral since its list was read, in words. */
  const marks = shallowReactive(new Map<string, string>());
  const people = useNames();
  /** Where the selection was last, so that an arrow key goes on from there when its row has gone. */
  const lastIndex = shallowRef(0);
  let generation = 0;

  bridge.pushes['booking/changed']((booking) => marks.set(booking.ubrn, bookingMark(booking.state)));
  bridge.pushes['outbox/item-changed']((item) => {
    if (item.action === 'defer' && item.ubrn !== null) marks.set(item.ubrn, deferralMark(item.state));
  });

  const current = computed<ListState>(() => lists.get(kind.value) ?? NOT_READ);
  const rows = computed(() => filterRows(current.value.rows, filter.value, people.names.value));
  const indexByUbrn = computed(() => new Map(rows.value.map((row, index) => [row.ubrn, index] as const)));
  const selectedIndex = computed(() =>
    selectedUbrn.value === null ? -1 : (indexByUbrn.value.get(selectedUbrn.value) ?? -1),
  );

  /**
   * Reads a list. Old rows stay until the answer is there; a failure keeps them. `isReread` asks e-RS even while the
   * desk knows itself cut off, when the rows that it remembers would do.
   */
  async function fetchList(wanted: WorklistKind = kind.value, isReread = false): Promise<void> {
    const started = generation;
    const before = lists.get(wanted) ?? NOT_READ;
    if (before.isLoading) return;
    lists.set(wanted, { ...before, isLoading: true });
    const outcome = await bridge.requests['worklist/fetch'](
      isReread ? { kind: wanted, isReread } : { kind: wanted },
    );
    if (started !== generation) return;
    if (!outcome.ok) {
      lists.set(wanted, { ...before, problem: outcome.problem, isLoading: false });
      return;
    }
    lists.set(wanted, {
      worklist: outcome.value,
      rows: sortRows(outcome.value.rows),
      problem: null,
      isLoading: false,
    });
    if (kind.value === wanted && selectedUbrn.value === null) selectIndex(0);
  }

  /** Shows a list; reads it when this window has not read it yet. */
  async function showList(wanted: WorklistKind): Promise<void> {
    if (kind.value !== wanted) {
      kind.value = wanted;
      filter.value = '';
      selectedUbrn.value = null;
      selectIndex(0);
    }
    if (current.value.worklist === null) await fetchList(wanted);
  }

  /** Selects the row at a place of the list as shown; places beyond its ends mean the ends. */
  function selectIndex(index: number): void {
    if (rows.value.length === 0) return;
    const inside = Math.min(Math.max(index, 0), rows.value.length - 1);
    lastIndex.value = inside;
    selectedUbrn.value = rows.value[inside]?.ubrn ?? null;
  }

  /** Moves the selection by rows; from a row that has gone it starts at the place it had. */
  function moveSelection(by: number): void {
    selectIndex(selectedIndex.value === -1 ? lastIndex.value : selectedIndex.value + by);
  }

  /** The selected row, or null when it is not in the list as shown. */
  function selectedRow(): WorklistRow | null {
    return rows.value[selectedIndex.value] ?? null;
  }

  function forget(): void {
    generation += 1;
    lists.clear();
    marks.clear();
    people.forgetNames();
    kind.value = 'AWAITING_BOOKING';
    filter.value = '';
    selectedUbrn.value = null;
    lastIndex.value = 0;
  }

  return {
    kind,
    filter,
    selectedUbrn,
    current,
    rows,
    selectedIndex,
    marks,
    names: people.names,
    flags: people.flags,
    namesProblem: people.namesProblem,
    wantNames: people.wantNames,
    fetchList,
    showList,
    selectIndex,
    moveSelection,
    selectedRow,
    forget,
  };
});
