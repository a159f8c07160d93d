import { stripSeparators } from '../../contract/identifiers.ts';

/**
 * True when a typed second identifier fits: the last four digits of the NHS number, or the date of birth
 * as ddmmyyyy with or without separators.
 */
export function isSecondIdentifier(typed: string, nhsNumber: string, birthDate: string | null): boolean {
  const digits = stripSeparators(typed).replaceAll('/', '');
  if (digits.length === 4) return digits === nhsNumber.slice(-4);
  if (digits.length !== 8 || birthDate === null) return false;
  return digits === `${birthDate.slice(8, 10)}${birthDate.slice(5, 7)}${birthDate.slice(0, 4)}`;
}
