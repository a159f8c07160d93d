/**
 * What PDS says of the patient right before an outcome goes out (A028, hazard 17): between the commit and the sending
 * lie minutes, or hours where the clerk's word was asked for again, and e-RS does not look.
 */
import type { NhsNumber } from '../../../contract/identifiers.ts';
import { judgeAlive } from '../../../ers/judge-alive.ts';
import { pdsReadPatient } from '../../../ers/operations/pds-read-patient.ts';
import { toOutcome } from '../../../ers/problem-of.ts';
import type { Finding } from '../protocol/findings.ts';
import type { Intent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionRun } from './action-driver.ts';
import { unreachedOf } from './outcomes.ts';

/**
 * Null where nothing speaks against it. Where PDS cannot say, because the dialect does not reach it or it has no such
 * record, the word of the person stands who looked the patient up for the commit. An answer that says nothing is asked
 * for again a few times, then a person decides.
 */
export async function objectionOfPatient(run: ActionRun<Intent>): Promise<Finding | null> {
  const { client, intent, urgency } = run;
  if (client.dialect === 'spine-session') return null;
  const nhsNumber = intent.nhsNumber as NhsNumber;
  const read = await client.call(pdsReadPatient, { nhsNumber }, { urgency });
  if (!run.mayGoOn()) return PERSON_LEFT;
  const judged = judgeAlive(toOutcome(read), nhsNumber);
  if (judged.ok) return null;
  const { code } = judged.problem;
  if (code !== 'patient-not-looked-up') return { kind: 'refused', code };
  const unreached = read.kind === 'success' ? null : unreachedOf(read);
  const saysWhy = unreached?.kind === 'limited' || unreached?.kind === 'held' || read.kind === 'not-sent';
  return saysWhy && unreached !== null ? unreached : { kind: 'not-readable', code };
}
