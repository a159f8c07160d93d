/** Main's verdict on a letter in words: what was compared, and both values where they differ (hazard 6). */
import type { LetterCheck, LetterVerdict } from '../../../src-main/contract/channels/letters.ts';
import { formatNhsNumber, formatUbrn } from '../../../src-main/contract/identifiers.ts';
import { formatStaffDay, isCalendarDate } from '../../../src-main/contract/london-time.ts';

const CHECK_NAMES: Readonly<Record<LetterCheck['what'], string>> = {
  'nhs-number': 'NHS number',
  ubrn: 'UBRN',
  name: 'Name',
  address: 'Postcode of the address',
  date: 'Date of the appointment',
  time: 'Time of the appointment',
  pages: 'Pages',
};

/** What was compared. */
export const checkName = ({ what }: Pick<LetterCheck, 'what'>): string => CHECK_NAMES[what];

/** A value as the desk shows such a thing everywhere; nothing found is said. */
export function checkValue(what: LetterCheck['what'], value: string): string {
  if (value === '') return 'not found';
  if (what === 'nhs-number' && /^\d{10}$/.test(value)) return formatNhsNumber(value);
  if (what === 'ubrn' && /^\d{12}$/.test(value)) return formatUbrn(value);
  return what === 'date' && isCalendarDate(value) ? formatStaffDay(value) : value;
}

const namesOf = (checks: readonly LetterCheck[]) =>
  [...new Set(checks.map(checkName))].map((name, at) => (at === 0 ? name : lowerFirst(name))).join(', ');

/** `UBRN` and `NHS number` keep their capitals. */
const lowerFirst = (name: string) =>
  /^[A-Z]{2}/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);

/** The one line of a letter that matches: what was compared. */
export function matchWords(checks: readonly LetterCheck[]): string {
  const same = checks.filter(({ result }) => result === 'same');
  return same.length === 0 ? 'Checked.' : `Checked: ${namesOf(same)} as in the referral.`;
}

/** What of a letter could not be compared. */
export function missingWords(checks: readonly LetterCheck[]): string {
  const missing = checks.filter(({ result }) => result === 'missing');
  return missing.length === 0
    ? 'The desk does not know this kind of letter, or could not read it.'
    : `The desk could not compare all of it. Not found: ${namesOf(missing)}.`;
}

/** What is said in the status line when a letter comes. */
export const VERDICT_SPOKEN: Readonly<Record<LetterVerdict, string>> = {
  matches: 'Checked: it matches the referral.',
  differs: 'It DIFFERS from the referral: it cannot be printed.',
  'not-checked': 'NOT checked: read it before you print it.',
};

/** Why a letter cannot be printed at all; null when it may be. */
export function verdictRefusal(verdict: LetterVerdict): string | null {
  return verdict === 'differs'
    ? 'the letter differs from the referral, see above. F9 fetches it again; if it still differs, call the service desk.'
    : null;
}
