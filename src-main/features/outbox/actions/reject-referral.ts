/** Rejecting a booked referral after its review (A014): `If-Match` with the referral's version is the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { a014RejectReferral } from '../../../ers/operations/a014-reject-referral.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { RejectReferralIntent } from '../record-schemas.ts';
import type { ActionDriver } from './action-driver.ts';
import { isProofInReferral } from './proofs.ts';
import { checkReferral, readBackReferral } from './read-referral.ts';

export const rejectReferral: ActionDriver<RejectReferralIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    // A029 does not list this action: role and state decide (contract.md A029).
    const isBooked = checked.referral.appointment?.status === 'booked';
    return isBooked ? { kind: 'clear' } : { kind: 'changed', code: 'not-booked-any-more' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { comment, isCancelledInPas } = intent;
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      reason: { system: intent.reason.system, code: intent.reason.code },
      ...{ comment, isCancelledInPas },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a014RejectReferral, input, options);
    return classifyAnswer(reply, (referral) => isProofInReferral(referral, intent));
  },
  readBack: (run) => readBackReferral(run),
};
