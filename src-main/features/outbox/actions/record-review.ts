/** Recording the outcome of a triage (A028): `If-Match` with the referral's version is the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { a028RecordReviewOutcome } from '../../../ers/operations/a028-record-review-outcome.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { RecordReviewIntent } from '../record-schemas.ts';
import type { ActionDriver, ActionRun } from './action-driver.ts';
import { objectionOfPatient } from './patient-alive.ts';
import { isProofInReferral } from './proofs.ts';
import { checkReferral, objectionOfActions, readBackReferral } from './read-referral.ts';
import { uploadedFiles } from './uploaded.ts';

export const recordReview: ActionDriver<RecordReviewIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    const objection = await objectionOfActions(run, checked.referral, 'RECORD_REVIEW_OUTCOME');
    if (objection !== null) return objection;
    const ofPatient = await objectionOfPatient(run);
    if (ofPatient !== null) return ofPatient;
    return filesOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { outcome, comment, priority } = intent;
    const attachments = filesOf(run);
    assertInvariant(attachments !== null, 'I3', 'an outcome without the files that were asked for');
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      ...{ outcome, comment, priority, attachments },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a028RecordReviewOutcome, input, options);
    return classifyAnswer(reply, (referral) => isProofInReferral(referral, intent));
  },
  readBack: (run) => readBackReferral(run),
};

const filesOf = (run: ActionRun<RecordReviewIntent>) => uploadedFiles(run, run.intent.uploads ?? []);
