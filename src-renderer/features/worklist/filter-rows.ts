import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import type { WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import type { Coded } from '../../../src-main/contract/schema.ts';
import { foldText } from '../../app/format.ts';
import { codedWords, contextWords } from '../../app/words/code-words.ts';
import { priorityWords } from '../../app/words/priority-words.ts';

/** Folded words of codes and contexts: a list of 10,000 rows has few different ones. Nothing of a patient. */
const spelled = new Map<string, string>();
const rowTexts = new WeakMap<WorklistRow, string>();
const nameTexts = new WeakMap<ListedName, string>();

function wordsOnce(key: string, spell: () => string): string {
  const known = spelled.get(key);
  if (known !== undefined) return known;
  const made = foldText(spell());
  spelled.set(key, made);
  return made;
}

const codedText = (coded: Coded | null) =>
  coded === null ? '' : wordsOnce(`coded ${coded.code} ${coded.display}`, () => codedWords(coded));

function rowText(row: WorklistRow): string {
  const known = rowTexts.get(row);
  if (known !== undefined) return known;
  const { priority, context } = row;
  const priorityText = wordsOnce(`priority ${priority.code} ${priority.display}`, () => {
    const { text, short } = priorityWords(priority);
    return `${text} ${short}`;
  });
  const contextText = wordsOnce(`context ${context}`, () => contextWords(context));
  const made = `${row.ubrn} ${row.nhsNumber ?? ''} ${priorityText} ${contextText} ${codedText(row.status)} ${codedText(row.reason)}`;
  rowTexts.set(row, made);
  return made;
}

function nameText(listed: ListedName | undefined): string {
  if (!listed?.name) return '';
  const known = nameTexts.get(listed);
  if (known !== undefined) return known;
  const made = foldText(`${listed.name.family} ${listed.name.given}`);
  nameTexts.set(listed, made);
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
    const text = `${rowText(row)} ${nameText(names.get(row.nhsNumber ?? ''))}`;
    return words.every((word) => text.includes(word));
  });
}
