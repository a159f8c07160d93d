import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import type { Coded } from '../../../src-main/contract/schema.ts';
import { foldText } from '../../app/format.ts';
import { codedWords, contextWords } from '../../app/words/code-words.ts';
import { priorityWords } from '../../app/words/priority-words.ts';
import { cellText, clinicalText, waitingDays } from './cell-text.ts';
import type { ColumnId } from './columns.ts';
import type { ListRow } from './list-kinds.ts';
import { reasonWords } from './reason-words.ts';

/** Folded words of codes, contexts and dates: a list of 10,000 rows has few different ones. Nothing of a patient. */
const spelled = new Map<string, string>();
const rowTexts = new WeakMap<ListRow, string>();
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
const contextText = (context: string) => wordsOnce(`context ${context}`, () => contextWords(context));
const reasonText = (reason: string) => wordsOnce(`reason ${reason}`, () => reasonWords(reason));

function priorityText({ priority }: ListRow): string {
  return wordsOnce(`priority ${priority.code} ${priority.display}`, () => {
    const { text, short } = priorityWords(priority);
    return `${text} ${short}`;
  });
}

function statusText({ status, reason, referralType }: ListRow): string {
  return `${codedText(status)} ${codedText(reason)} ${codedText(referralType)}`;
}

function clinicalWords(row: ListRow): string {
  const { clinicalInformation: coded } = row;
  return coded === null ? '' : wordsOnce(`clinical ${coded.code} ${coded.display}`, () => clinicalText(row));
}

function rowText(row: ListRow): string {
  const known = rowTexts.get(row);
  if (known !== undefined) return known;
  const local = row.local?.reasons.map(reasonText).join(' ') ?? '';
  const made = `${row.ubrn} ${row.nhsNumber ?? ''} ${priorityText(row)} ${contextText(row.context)} ${statusText(row)} ${clinicalWords(row)} ${local}`;
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
export function wordsOf(filter: string): readonly string[] {
  return foldText(filter)
    .replace(/(\d)[\s-]+(?=\d)/g, '$1')
    .split(/\s+/)
    .filter((word) => word !== '');
}

type Names = ReadonlyMap<string, ListedName>;

/** True when every word occurs in the row; names count as far as they have been read. */
export function hasWords(row: ListRow, words: readonly string[], names: Names): boolean {
  const text = rowText(row);
  const name = names.size === 0 ? '' : nameText(names.get(row.nhsNumber ?? ''));
  // Two looks cost less than one at a text that would have to be put together for each row.
  return words.every((word) => text.includes(word) || name.includes(word));
}

/** The rows in which every word of the filter occurs; names count as far as they have been read. */
export function filterRows<R extends ListRow>(
  rows: readonly R[],
  filter: string,
  names: Names,
): readonly R[] {
  const words = wordsOf(filter);
  return words.length === 0 ? rows : rows.filter((row) => hasWords(row, words, names));
}

/** What a column's filter is held against. */
function columnText(row: ListRow, column: ColumnId, today: string, names: Names): string {
  switch (column) {
    case 'sign':
      return '';
    case 'priority':
      return priorityText(row);
    case 'name':
      return nameText(names.get(row.nhsNumber ?? ''));
    case 'nhs':
      return row.nhsNumber ?? '';
    case 'ubrn':
      return row.ubrn;
    case 'context':
      return contextText(row.context);
    case 'status':
      return statusText(row);
    case 'clinical':
      return clinicalWords(row);
    case 'why':
      return row.local?.reasons.map(reasonText).join(' ') ?? '';
    case 'age':
      return String(waitingDays(row, today) ?? '');
    case 'contact-by':
      return dateText(row.contactBy, row, column, today);
    case 'letter-due':
      return dateText(row.letterDue, row, column, today);
    case 'appointment':
      return dateText(row.appointmentStart, row, column, today);
    case 'due':
      return dateText(row.local?.due ?? null, row, column, today);
    case 'added':
      return dateText(row.local?.addedAt ?? null, row, column, today);
  }
}

type DateColumn = 'contact-by' | 'letter-due' | 'appointment' | 'due' | 'added';

function dateText(date: string | null, row: ListRow, column: DateColumn, today: string): string {
  return date === null ? 'none' : wordsOnce(`${column} ${date} ${today}`, () => cellText(row, column, today));
}

/** `>30`, `<7`, `93`: more than, less than, exactly so many days. Null when the text is none of them. */
function daysTest(text: string): ((days: number | null) => boolean) | null {
  const match = /^\s*([<>]?)\s*(\d{1,5})\s*d?\s*$/.exec(text);
  if (match === null) return null;
  const wanted = Number(match[2]);
  if (match[1] === '>') return (days) => days !== null && days > wanted;
  if (match[1] === '<') return (days) => days !== null && days < wanted;
  return (days) => days === wanted;
}

/** The rows that fit the filters of all columns at once; an empty filter lets every row through. */
export function filterByColumns(
  rows: readonly ListRow[],
  filters: ReadonlyMap<ColumnId, string>,
  names: Names,
  today: string,
): readonly ListRow[] {
  let left = rows;
  for (const [column, filter] of filters) {
    const words = wordsOf(filter);
    if (words.length === 0) continue;
    const hasDays = column === 'age' ? daysTest(filter) : null;
    left = left.filter((row) => {
      if (hasDays !== null) return hasDays(waitingDays(row, today));
      const text = columnText(row, column, today, names);
      return words.every((word) => text.includes(word));
    });
  }
  return left;
}
