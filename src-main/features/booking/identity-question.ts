/** The digits that the clerk asks the patient for before a booking (hazard 1, screens.md section 4). */
import type { PatientDetails } from '../../contract/channels/patient.ts';

export type IdentityQuestion = 'birth-ddmm' | 'nhs-last-4';

/** Day and month of birth when PDS gave it, else the end of the NHS number (screens.md section 4). */
export function questionFor(patient: PatientDetails | null): IdentityQuestion {
  return patient?.birthDate == null ? 'nhs-last-4' : 'birth-ddmm';
}

/** The digits that answer a question. */
export function expectedDigits(
  question: IdentityQuestion,
  nhsNumber: string,
  patient: PatientDetails | null,
): string {
  const birth = patient?.birthDate;
  if (question === 'birth-ddmm' && birth != null) return `${birth.slice(8, 10)}${birth.slice(5, 7)}`;
  return nhsNumber.slice(-4);
}
