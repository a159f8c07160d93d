import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import { foldText } from '../../app/format.ts';
import { priorityWords } from '../../app/words/priority-words.ts';
import { cellText, countedFrom } from './cell-text.ts';
import type { ColumnId } from './columns.ts';
import type { ListKind, ListRow } from './list-kinds.ts';

/** The column by which the clerk had a list sorted, with the names that were known then: later ones move no row. */
export interface SortChoice {
  readonly column: ColumnId;
  readonly isDescending: boolean;
  readonly names: ReadonlyMap<string, ListedName>;
}

const LAST_MS = Number.MAX_SAFE_INTEGER;
const msOf = (iso: string | null) => (iso !== null && parseInstant(iso)) || LAST_MS;
const dayMs = (day: string | null | undefined) => (day ? msOf(`${day}T00:00:00Z`) : LAST_MS);

/** Rows in the default order: 2 week wait, urgent, unknown, routine; then the oldest or the first due; then the UBRN. */
export function sortRows<R extends ListRow>(rows: readonly R[]): readonly R[] {
  const keyed = rows.map((row) => ({
    row,
    rank: priorityWords(row.priority).rank,
    atMs: row.local ? dayMs(row.local.due) : msOf(row.created),
  }));
  keyed.sort((a, b) => a.rank - b.rank || a.atMs - b.atMs || (a.row.ubrn < b.row.ubrn ? -1 : 1));
  return keyed.map(({ row }) => row);
}

/** What used most lately comes first; every other list has the default order. */
export function orderOfList(kind: ListKind, rows: readonly ListRow[]): readonly ListRow[] {
  if (kind !== 'RECENTLY_USED') return sortRows(rows);
  return [...rows].sort((a, b) => ((a.local?.addedAt ?? '') < (b.local?.addedAt ?? '') ? 1 : -1));
}

/** What a row is sorted by: a number or a text; the empty text comes last, whichever way the list is sorted. */
function sortKey(row: ListRow, { column, names }: SortChoice): number | string {
  switch (column) {
    case 'priority':
      return priorityWords(row.priority).rank;
    case 'name': {
      const name = names.get(row.nhsNumber ?? '')?.name;
      return name ? foldText(`${name.family} ${name.given}`) : '';
    }
    case 'age':
      return msOf(countedFrom(row));
    case 'contact-by':
      return row.contactBy ?? '';
    case 'letter-due':
      return row.letterDue ?? '';
    case 'appointment':
      return msOf(row.appointmentStart);
    case 'due':
      return row.local?.due ?? '';
    case 'added':
      return row.local?.addedAt ?? '';
    case 'nhs':
      return row.nhsNumber ?? '';
    case 'sign':
    case 'ubrn':
      return row.ubrn;
    case 'context':
    case 'status':
    case 'clinical':
    case 'why':
      return foldText(cellText(row, column, ''));
  }
}

const isMissing = (key: number | string) => key === '' || key === LAST_MS;

/** Rows by a column; rows without a value come last, and equal ones keep the order that they had. */
export function sortByColumn(rows: readonly ListRow[], choice: SortChoice): readonly ListRow[] {
  const keyed = rows.map((row) => ({ row, key: sortKey(row, choice) }));
  const direction = choice.isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (isMissing(a.key) || isMissing(b.key)) return Number(isMissing(a.key)) - Number(isMissing(b.key));
    return a.key === b.key ? 0 : (a.key < b.key ? -1 : 1) * direction;
  });
  return keyed.map(({ row }) => row);
}
