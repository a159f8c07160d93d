/** Cancelling an appointment with an action for later (A022): `If-Match` with the referral's version is the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { a022CancelAppointmentActionLater } from '../../../ers/operations/a022-cancel-appointment-action-later.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { CancelLaterIntent } from '../record-schemas.ts';
import type { ActionDriver, ActionRun } from './action-driver.ts';
import { isProof } from './proofs.ts';
import { checkReferral, readBackReferral } from './read-referral.ts';
import { uploadedFiles } from './uploaded.ts';

export const cancelLater: ActionDriver<CancelLaterIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    // A029 does not list this action: role and state decide (contract.md A029).
    const isBooked = checked.referral.appointment?.status === 'booked';
    if (!isBooked) return { kind: 'changed', code: 'not-booked-any-more' };
    return attachmentsOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { ubrn, comment, priority, isCancelledInPas } = intent;
    const attachments = attachmentsOf(run);
    assertInvariant(attachments !== null, 'I3', 'a cancellation without the files that were asked for');
    const input = {
      ubrn: ubrn as Ubrn,
      version: intent.pinnedVersion,
      comment,
      priority,
      isCancelledInPas,
      attachments,
    };
    assertInvariant(input.comment !== '', 'I3', 'a cancellation without the comment that was asked for');
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a022CancelAppointmentActionLater, input, options);
    return classifyAnswer(
      reply,
      ({ appointment }) => appointment !== null && isProof(appointment, intent, 0, false),
    );
  },
  readBack: (run) => readBackReferral(run),
};

const attachmentsOf = (run: ActionRun<CancelLaterIntent>) => uploadedFiles(run, run.intent.uploads ?? []);
