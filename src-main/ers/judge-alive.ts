/**
 * Whether the patient lives, before an outcome is recorded: e-RS does not judge it (contract.md A028). PDS is asked afresh;
 * what it cannot say, because the dialect does not reach it or it has no such record, a person has to have looked up.
 */
import type { PatientDetails } from '../contract/channels/patient.ts';
import { fail, ok, type Outcome, type ProblemKind } from '../contract/outcome.ts';

/** There is nothing that PDS could say, however often it is asked. */
const CANNOT_SAY: readonly ProblemKind[] = ['not-in-dialect', 'not-found'];

/** `asksPerson` is true where a person must answer; fails for the dead, and while nobody knows. */
export function judgeAlive(
  answer: Outcome<Pick<PatientDetails, 'nhsNumber' | 'isSensitive' | 'deceased'>>,
  nhsNumber: string,
): Outcome<{ readonly asksPerson: boolean }> {
  if (!answer.ok) {
    const { kind, facts, correlationId } = answer.problem;
    if (CANNOT_SAY.includes(kind)) return ok({ asksPerson: true });
    if (kind === 'forbidden') return fail('rejected', 'patient-sensitive');
    return fail('rejected', 'patient-not-looked-up', facts, correlationId);
  }
  const { value } = answer;
  if (value.nhsNumber !== nhsNumber) return fail('rejected', 'patient-differs');
  if (value.isSensitive) return fail('rejected', 'patient-sensitive');
  return value.deceased === null ? ok({ asksPerson: false }) : fail('rejected', 'patient-deceased');
}
