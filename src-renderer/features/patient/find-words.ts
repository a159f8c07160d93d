import {
  parseTypedNhsNumber,
  stripSeparators,
  type NhsNumberFault,
} from '../../../src-main/contract/identifiers.ts';
import { isCalendarDate } from '../../../src-main/contract/london-time.ts';

const NHS_FAULTS: Readonly<Record<NhsNumberFault, string>> = {
  characters: 'A UBRN has 12 digits and an NHS number 10: only digits, blanks and dashes can be read.',
  length: 'A UBRN has 12 digits and an NHS number 10.',
  'check-digit':
    'This is not an NHS number: its last digit does not fit the others. Ask for it again, digit by digit.',
};

/** Why what was typed or scanned can be neither a UBRN nor an NHS number; null when it can be one. */
export function faultOfSearch(typed: string): string | null {
  const digits = stripSeparators(typed);
  if (digits === '') return 'Type or scan a UBRN (12 digits) or an NHS number (10 digits).';
  if (/^\d{12}$/.test(digits)) return null;
  const parsed = parseTypedNhsNumber(typed);
  if (parsed.ok) return null;
  const counted = parsed.fault === 'length' ? ` You typed ${digits.length}.` : '';
  return `${NHS_FAULTS[parsed.fault]}${counted}`;
}

const DATE = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/;

/**
 * The second identifier as main takes it: four digits, or a date of birth as ddmmyyyy (blanks, slashes, dots and
 * dashes allowed). A fault in words otherwise.
 */
export function readSecondIdentifier(
  typed: string,
): { ok: true; text: string } | { ok: false; fault: string } {
  const grouped = DATE.exec(typed.trim());
  const digits = grouped
    ? `${grouped[1]?.padStart(2, '0')}${grouped[2]?.padStart(2, '0')}${grouped[3]}`
    : stripSeparators(typed);
  if (/^\d{4}$/.test(digits)) return { ok: true, text: digits };
  const isDate =
    /^\d{8}$/.test(digits) &&
    isCalendarDate(`${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`);
  if (isDate) return { ok: true, text: digits };
  return {
    ok: false,
    fault: 'Type the last 4 digits of the NHS number, or the date of birth as day, month, year: 05 01 1970.',
  };
}
