/** The facts of the patient banner in the order of CUI PAB-0016 to PAB-0053, with the asked digits hidden. */
import { formatNhsNumber } from '../../../src-main/contract/identifiers.ts';
import { ageOn, formatStaffDate, isCalendarDate } from '../../../src-main/contract/london-time.ts';
import type { BookingReview } from '../../../src-main/contract/channels/booking.ts';
import type { PatientDetails } from '../../../src-main/contract/channels/patient.ts';
import { formatName } from '../../app/format.ts';

/** The digits that the clerk is asking the patient for, and which the screen must not show meanwhile (hazard 1). */
export type HiddenDigits = BookingReview['identityQuestion'] | null;

const GENDERS: Readonly<Record<PatientDetails['gender'], string>> = {
  male: 'Male',
  female: 'Female',
  other: 'Other',
  unknown: 'Not known',
};

export const genderWords = (gender: PatientDetails['gender']): string => GENDERS[gender];

/** `SMITH, John (Mr)`, or that PDS holds no name. */
export function nameWords(patient: PatientDetails): string {
  return patient.name === null ? 'Name not held by PDS' : formatName(patient.name);
}

/** `05-Jan-1961 (65)`; with day and month hidden while they are asked for. */
export function bornWords(birthDate: string | null, today: string, hidden: HiddenDigits): string {
  if (birthDate === null || !isCalendarDate(birthDate)) return 'Not known';
  const age = ` (${ageOn(birthDate, today)})`;
  return hidden === 'birth-ddmm'
    ? `••-•••-${birthDate.slice(0, 4)}${age}`
    : `${formatStaffDate(birthDate)}${age}`;
}

/** `999 000 0018`; with the last four hidden while they are asked for. */
export function nhsNumberWords(nhsNumber: string, hidden: HiddenDigits): string {
  const shown = formatNhsNumber(nhsNumber);
  return hidden === 'nhs-last-4' ? `${shown.slice(0, -4)}••••` : shown;
}

/** `Died 12-Mar-2026`, or only that PDS says so. */
export function deathWords(deceased: string): string {
  return isCalendarDate(deceased) ? `Died ${formatStaffDate(deceased)}` : 'Died, date not given';
}
