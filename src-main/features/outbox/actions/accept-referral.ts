/** Accepting a booked referral after its review (A013): `If-Match` with the referral's version is the pin. */
import type { ServiceId, Ubrn } from '../../../contract/identifiers.ts';
import type { Referral } from '../../../ers/model.ts';
import { a008FetchWorklist } from '../../../ers/operations/a008-fetch-worklist.ts';
import { a013AcceptReferral } from '../../../ers/operations/a013-accept-referral.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { AcceptReferralIntent } from '../record-schemas.ts';
import type { ActionDriver, ActionRun } from './action-driver.ts';
import { unreadTruth } from './outcomes.ts';
import { isAcceptable } from './proofs.ts';
import { checkReferral, readBackReferral, readReferralOf, type Proof } from './read-referral.ts';

type Run = ActionRun<AcceptReferralIntent>;

export const acceptReferral: ActionDriver<AcceptReferralIntent> = {
  async check(run) {
    const checked = await checkReferral(run, proveAccepted);
    if ('finding' in checked) return checked.finding;
    // A029 does not list this action: role and state decide (contract.md A029).
    const isBooked = checked.referral.appointment?.status === 'booked';
    return isBooked ? { kind: 'clear' } : { kind: 'changed', code: 'not-booked-any-more' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const input = { ubrn: intent.ubrn as Ubrn, version: intent.pinnedVersion };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a013AcceptReferral, input, options);
    return classifyAnswer(reply, (referral) => isAcceptable(referral, intent));
  },
  readBack: (run) => readBackReferral(run, proveAccepted),
};

/**
 * A005 says of an accepted referral what it said before. That the review is closed shows in its list, which names it no
 * more (contract.md section 9). The referral is read again after the list: what left it for another reason is told apart.
 */
async function proveAccepted(run: Run, moved: Referral): Promise<Proof> {
  const { intent, client, urgency } = run;
  if (!isAcceptable(moved, intent)) return { kind: 'changed-otherwise' };
  const input = {
    kind: 'REFERRALS_FOR_REVIEW',
    filters: { serviceId: intent.serviceId as ServiceId },
  } as const;
  const list = await client.call(a008FetchWorklist, input, { urgency });
  if (list.kind !== 'success') return unreadTruth(list);
  if (list.value.unreadable > 0) return { kind: 'not-readable', code: 'list-not-whole' };
  if (list.value.entries.some(({ ubrn }) => ubrn === intent.ubrn)) return { kind: 'changed-otherwise' };
  const again = await readReferralOf(run);
  if (again.kind !== 'success') return unreadTruth(again);
  return isAcceptable(again.value, intent) ? { kind: 'ours', result: null } : { kind: 'changed-otherwise' };
}
