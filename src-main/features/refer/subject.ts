/** The patient who is to be referred: looked up, known by a second identifier, and none whom e-RS refuses (hazards 1, 15). */
import type { PatientOfDraft } from '../../contract/channels/refer.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import { parseTypedNhsNumber, stripSeparators, type NhsNumber } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';

export interface Subject {
  readonly nhsNumber: NhsNumber;
  /** Null where the dialect does not reach PDS, or it could not be asked. */
  readonly patient: PatientDetails | null;
  readonly blocked: PatientOfDraft['blocked'];
}

/** What PDS says of a number; fails where it might say something and did not. */
export function subjectOf(nhsNumber: NhsNumber, answer: Outcome<PatientDetails>): Outcome<Subject> {
  if (answer.ok) return ok({ nhsNumber, patient: answer.value, blocked: reasonOf(answer.value, nhsNumber) });
  switch (answer.problem.kind) {
    case 'not-in-dialect':
      return ok({ nhsNumber, patient: null, blocked: null });
    case 'forbidden':
      return ok({ nhsNumber, patient: null, blocked: 'patient-sensitive' });
    case 'not-found':
      return ok({ nhsNumber, patient: null, blocked: 'patient-not-found' });
    default:
      return answer;
  }
}

function reasonOf(patient: PatientDetails, nhsNumber: string): string | null {
  if (patient.nhsNumber !== nhsNumber) return 'patient-differs';
  if (patient.isSensitive) return 'patient-sensitive';
  return patient.deceased === null ? null : 'patient-deceased';
}

/** Of a patient who may not be referred nothing but the reason is shown. */
export const viewSubject = ({ nhsNumber, patient, blocked }: Subject): PatientOfDraft => ({
  nhsNumber,
  patient: blocked === null ? patient : null,
  blocked,
});

/** The typed number; the faults have the codes that Find has for them. */
export function readTyped(text: string): Outcome<NhsNumber> {
  const typed = parseTypedNhsNumber(text);
  if (typed.ok) return ok(typed.nhsNumber);
  return fail('invalid-input', `nhs-number-${typed.fault}`, { digits: stripSeparators(text).length });
}

/**
 * Null when the second identifier fits: the date of birth as ddmmyyyy, or the number typed again where PDS has no date.
 * The end of the number is none here: the number itself was typed.
 */
export function objectToIdentifier(
  { nhsNumber, patient }: Subject,
  typed: string | null,
): ReturnType<typeof fail> | null {
  const birthDate = patient?.birthDate ?? null;
  const asks = birthDate === null ? 'number-again' : 'birth-date';
  if (typed === null) return fail('needs-second-identifier', 'typed-nhs-number', { asks });
  const digits = stripSeparators(typed).replaceAll('/', '');
  const wanted =
    birthDate === null
      ? nhsNumber
      : `${birthDate.slice(8, 10)}${birthDate.slice(5, 7)}${birthDate.slice(0, 4)}`;
  return digits === wanted ? null : fail('wrong-identifier', 'wrong-second-identifier', { asks });
}
