/** What of a list's filter is kept under a name, and how it comes back. */
import type { SavedFilter } from '../../../src-main/contract/channels/lists.ts';
import type { ColumnId } from '../worklist/columns.ts';
import { sortableColumnsOf } from '../worklist/columns.ts';
import type { useWorklistStore } from '../worklist/worklist.store.ts';

type Worklist = ReturnType<typeof useWorklistStore>;
type Column = SavedFilter['columns'][number];

const ANY = 'any';
const VIEW = 'view';
/** Columns whose filters name a patient: they are never kept. */
const OF_A_PATIENT: readonly ColumnId[] = ['name', 'nhs', 'ubrn'];
/** Four digits or more in a row may be part of a number of a patient. */
const MAY_BE_A_NUMBER = /\d[\d\s-]{2,}\d/;

export interface FilterShape {
  readonly columns: readonly Column[];
  /** What was left out, because it may name a patient. */
  readonly leftOut: readonly string[];
}

/** The filter on show as it would be kept. Words for any column are kept only where no number stands in them. */
export function shapeOf(store: Worklist): FilterShape {
  const set = [...store.columnFilters].map(([column, text]) => ({ column, text }));
  const isKept = ({ column }: { column: ColumnId }) => !OF_A_PATIENT.includes(column);
  const any = store.filter.trim();
  const isAnyKept = any !== '' && !MAY_BE_A_NUMBER.test(any);
  const titles = new Map(sortableColumnsOf(store.kind).map(({ id, title }) => [id, title] as const));
  return {
    columns: [
      ...(isAnyKept ? [{ column: ANY, text: any }] : []),
      ...set.filter(isKept),
      ...(store.isShowingAll ? [{ column: VIEW, text: 'all' }] : []),
    ],
    leftOut: [
      ...(any !== '' && !isAnyKept ? ['Filter'] : []),
      ...set.filter((entry) => !isKept(entry)).map(({ column }) => titles.get(column) ?? column),
    ],
  };
}

/** Puts a kept filter in the place of the one on show; columns that the list does not have are passed over. */
export function applyShape(store: Worklist, columns: readonly Column[]): void {
  const known = sortableColumnsOf(store.kind).map(({ id }) => id);
  store.clearFilters();
  store.isShowingAll = columns.some(({ column }) => column === VIEW);
  for (const { column, text } of columns) {
    const id = known.find((candidate) => candidate === column);
    if (column === ANY) store.filter = text;
    else if (id !== undefined) store.setColumnFilter(id, text);
  }
}

/** `Status: cancelled, Days: >30`: what a kept filter looks for. */
export function shapeWords(store: Worklist, columns: readonly Column[]): string {
  const titles = new Map<string, string>(sortableColumnsOf(store.kind).map(({ id, title }) => [id, title]));
  const words = columns.map(({ column, text }) => {
    if (column === VIEW) return 'also what cannot be booked now';
    return column === ANY ? `“${text}”` : `${titles.get(column) ?? column}: ${text}`;
  });
  return words.join(', ');
}
