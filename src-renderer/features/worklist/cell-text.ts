/** What the cells of a row say, as plain text: the screen, the filter, the search and the sort read the same words. */
import { formatNhsNumber, formatUbrn } from '../../../src-main/contract/identifiers.ts';
import {
  daysBetween,
  formatStaffDate,
  formatStaffDateTime,
  londonDate,
  parseInstant,
} from '../../../src-main/contract/london-time.ts';
import { codedWords, contextWords } from '../../app/words/code-words.ts';
import { priorityWords } from '../../app/words/priority-words.ts';
import type { ColumnId } from './columns.ts';
import type { ListRow } from './list-kinds.ts';
import { reasonWords } from './reason-words.ts';

const TWO_WEEKS_DAYS = 14;

/** Days up to `counted.today`, by the hour of UTC from which they count: London's day changes on a full hour. */
const counted = { today: '', byHour: new Map<string, number | null>() };

function countDays(iso: string, today: string): number | null {
  const ms = parseInstant(iso);
  return ms === null ? null : Math.max(0, daysBetween(londonDate(ms), today));
}

/** Whole London days from an instant to a day; null when the text is no instant. */
function daysSince(iso: string, today: string): number | null {
  if (today !== counted.today) {
    counted.today = today;
    counted.byHour.clear();
  }
  // A list of 10,000 rows is counted at a key press: each hour is worked out once, and no instant is parsed again.
  const hour = iso.endsWith('Z') ? iso.slice(0, 13) : iso;
  const known = counted.byHour.get(hour);
  if (known !== undefined) return known;
  const days = countDays(iso, today);
  counted.byHour.set(hour, days);
  return days;
}

/** From when the days of a row are counted: the pathway's start where the list gives it, else the creation. */
export const countedFrom = (row: ListRow): string | null => row.pathwayStart ?? row.created;

/** How many days a referral has been waiting on `today`; null when its list does not say since when. */
export function waitingDays(row: ListRow, today: string): number | null {
  const from = countedFrom(row);
  return from === null || today === '' ? null : daysSince(from, today);
}

/** True for a 2 week wait that has waited longer than the two weeks of its name. */
export function isOverTwoWeeks(row: ListRow, today: string): boolean {
  return row.priority.code === 'TWO_WEEK_WAIT' && (waitingDays(row, today) ?? 0) > TWO_WEEKS_DAYS;
}

/** A date, with the word for one that is past: never colour alone. */
export function dueText(date: string | null, today: string): string {
  if (date === null) return '';
  return isPast(date, today) ? `${formatStaffDate(date)} overdue` : formatStaffDate(date);
}

export const isPast = (date: string | null, today: string) => date !== null && today !== '' && date < today;

function statusText({ status, reason, referralType }: ListRow): string {
  const parts = [status, reason, referralType].flatMap((coded) => (coded ? [codedWords(coded)] : []));
  return parts.join(' – ');
}

/** Whether the clinical information is there (contract.md A008). */
const CLINICAL: Readonly<Record<string, string>> = {
  PRESENT: 'Present',
  NOT_APPLICABLE: 'None needed',
  NOT_DUE: 'Not due yet',
  OVERDUE: 'Overdue',
};

export function clinicalText({ clinicalInformation }: ListRow): string {
  if (clinicalInformation === null) return 'not said';
  return CLINICAL[clinicalInformation.code] ?? codedWords(clinicalInformation);
}

function ageText(row: ListRow, today: string): string {
  const days = waitingDays(row, today);
  return days === null ? '' : `${days} d`;
}

/** The words of a cell. The name is not among them: it is read apart from the list. */
export function cellText(row: ListRow, column: Exclude<ColumnId, 'name' | 'sign'>, today: string): string {
  switch (column) {
    case 'priority':
      return priorityWords(row.priority).short;
    case 'nhs':
      return row.nhsNumber === null ? 'none' : formatNhsNumber(row.nhsNumber);
    case 'context':
      return contextWords(row.context);
    case 'status':
      return statusText(row);
    case 'age':
      return ageText(row, today);
    case 'contact-by':
      return dueText(row.contactBy, today);
    case 'letter-due':
      return dueText(row.letterDue, today);
    case 'appointment':
      return row.appointmentStart ? formatStaffDateTime(row.appointmentStart) : 'none';
    case 'clinical':
      return clinicalText(row);
    case 'why':
      return (row.local?.reasons ?? []).map(reasonWords).join(', ');
    case 'due':
      return dueText(row.local?.due ?? null, today);
    case 'added':
      return row.local ? formatStaffDateTime(row.local.addedAt) : '';
    case 'ubrn':
      return formatUbrn(row.ubrn);
  }
}
