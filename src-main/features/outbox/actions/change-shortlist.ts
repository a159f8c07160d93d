/** Changing the shortlist (A031): `If-Match` with the referral's version is the pin. */
import type { ServiceId, Ubrn } from '../../../contract/identifiers.ts';
import { a031ChangeShortlist } from '../../../ers/operations/a031-change-shortlist.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { ChangeShortlistIntent } from '../record-schemas.ts';
import type { ActionDriver } from './action-driver.ts';
import { isProofInReferral } from './proofs.ts';
import { checkReferral, objectionOfActions, readBackReferral } from './read-referral.ts';

export const changeShortlist: ActionDriver<ChangeShortlistIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    const objection = await objectionOfActions(run, checked.referral, 'CHANGE_SHORTLIST');
    return objection ?? { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { criteria, letterIntention, reminderDays } = intent;
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      services: intent.services.map(({ serviceId }) => ({ serviceId: serviceId as ServiceId })),
      ...{ criteria, letterIntention, reminderDays },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a031ChangeShortlist, input, options);
    return classifyAnswer(reply, (referral) => isProofInReferral(referral, intent));
  },
  readBack: (run) => readBackReferral(run),
};
