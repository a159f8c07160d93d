/** Cancelling a referral (A036), an end state: `If-Match` with the referral's version is the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { a036CancelReferral } from '../../../ers/operations/a036-cancel-referral.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { CancelReferralIntent } from '../record-schemas.ts';
import type { ActionDriver } from './action-driver.ts';
import { isProofInReferral } from './proofs.ts';
import { checkReferral, objectionOfActions, readBackReferral } from './read-referral.ts';

export const cancelReferral: ActionDriver<CancelReferralIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    const objection = await objectionOfActions(run, checked.referral, 'CANCEL_REFERRAL');
    return objection ?? { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      reason: { system: intent.reason.system, code: intent.reason.code },
      comment: intent.comment,
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a036CancelReferral, input, options);
    return classifyAnswer(reply, ({ referral }) => isProofInReferral(referral, intent));
  },
  readBack: (run) => readBackReferral(run),
};
