import type { WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import { priorityWords } from '../../app/words/priority-words.ts';

/** Rows in the default order: 2 week wait, urgent, unknown, routine; then the oldest; then the UBRN. */
export function sortRows(rows: readonly WorklistRow[]): readonly WorklistRow[] {
  const keyed = rows.map((row) => ({
    row,
    rank: priorityWords(row.priority).rank,
    createdMs: (row.created && parseInstant(row.created)) || Number.MAX_SAFE_INTEGER,
  }));
  keyed.sort((a, b) => a.rank - b.rank || a.createdMs - b.createdMs || (a.row.ubrn < b.row.ubrn ? -1 : 1));
  return keyed.map(({ row }) => row);
}
