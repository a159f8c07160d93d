import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import type { WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import { foldText } from '../../app/format.ts';
import { priorityWords } from '../../app/words/priority-words.ts';

const searchTexts = new WeakMap<WorklistRow, string>();

function searchTextOf(row: WorklistRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const { text, short } = priorityWords(row.priority);
  const parts = [row.ubrn, row.nhsNumber ?? '', text, short, row.context, row.status?.display ?? '', row.reason?.display ?? ''];
  const made = foldText(parts.join(' '));
  searchTexts.set(row, made);
  return made;
}

/** Joins digits that people write in groups: `999 000 1234` is one word. */
function wordsOf(filter: string): readonly string[] {
  return foldText(filter)
    .replace(/(\d)[\s-]+(?=\d)/g, '$1')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The rows in which every word of the filter occurs; names count as far as they have been read. */
export function filterRows(
  rows: readonly WorklistRow[],
  filter: string,
  names: ReadonlyMap<string, ListedName>,
): readonly WorklistRow[] {
  const words = wordsOf(filter);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const name = names.get(row.nhsNumber ?? '')?.name;
    const text = `${searchTextOf(row)} ${name ? foldText(`${name.family} ${name.given}`) : ''}`;
    return words.every((word) => text.includes(word));
  });
}
