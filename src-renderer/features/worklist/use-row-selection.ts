import { computed, ref, shallowRef, type ComputedRef } from 'vue';
import type { ListRow } from './list-kinds.ts';

/** The selected referral and the marked ones, pinned by UBRN and never by place (hazard 1). */
export function useRowSelection(rows: ComputedRef<readonly ListRow[]>) {
  const selectedUbrn = ref<string | null>(null);
  /** Where the selection was last, so that an arrow key goes on from there when its row has gone. */
  const lastIndex = shallowRef(0);
  // Replaced whole: of a reactive set every UBRN that was asked for would stay in memory after a lock (S37).
  const marked = shallowRef<ReadonlySet<string>>(new Set());
  /** Where a range of marks begins. */
  let anchor: string | null = null;

  const indexByUbrn = computed(() => new Map(rows.value.map((row, index) => [row.ubrn, index] as const)));
  // Asked also for nothing: what is computed keeps its last value, here the old rows, until somebody asks again.
  const indexOf = (ubrn: string | null) => indexByUbrn.value.get(ubrn ?? '') ?? -1;
  const selectedIndex = computed(() => indexOf(selectedUbrn.value));

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
  function selectedRow(): ListRow | null {
    return rows.value[selectedIndex.value] ?? null;
  }

  /** Marks the selected row or takes its mark off; null when no row is selected. */
  function toggleMark(): boolean | null {
    const ubrn = selectedRow()?.ubrn;
    if (ubrn === undefined) return null;
    anchor = ubrn;
    const next = new Set(marked.value);
    const isMarked = !next.delete(ubrn);
    if (isMarked) next.add(ubrn);
    marked.value = next;
    return isMarked;
  }

  /** Marks every row from the one marked last to the selected one. */
  function markRange(): void {
    const to = selectedIndex.value;
    const from = indexOf(anchor) === -1 ? to : indexOf(anchor);
    if (to === -1) return;
    const range = rows.value.slice(Math.min(from, to), Math.max(from, to) + 1);
    marked.value = new Set([...marked.value, ...range.map(({ ubrn }) => ubrn)]);
  }

  function clearMarks(): void {
    marked.value = new Set();
    anchor = null;
  }

  /** Takes the marks off referrals that are no longer in the list; gives how many those were. */
  function dropMarksOutside(ubrns: ReadonlySet<string>): number {
    const left = [...marked.value].filter((ubrn) => ubrns.has(ubrn));
    const gone = marked.value.size - left.length;
    if (gone > 0) marked.value = new Set(left);
    return gone;
  }

  function resetSelection(): void {
    selectedUbrn.value = null;
    lastIndex.value = 0;
    clearMarks();
  }

  return {
    ...{ selectedUbrn, selectedIndex, marked },
    ...{ selectIndex, moveSelection, selectedRow, toggleMark, markRange, clearMarks, dropMarksOutside },
    resetSelection,
  };
}
