/** When a referral may be judged: by A013, A014 and A022 while booked, by A028 while a review is open (section 9). */
import { londonDate } from '../../contract/london-time.ts';
import { refuse, type Call, type Refusal } from '../service-types.ts';
import type { Referral } from '../world/model.ts';

/** Booked, on the review list, for today or later, with its clinical information there and none to come. */
export function checkForReview(call: Call, referral: Referral): Refusal | null {
  const { state, appointment, isReviewPending, clinicalInfoMs, letterDue } = referral;
  const isForReview = state === 'BOOKED' && appointment?.status === 'booked' && isReviewPending;
  const isInformed = clinicalInfoMs !== null && letterDue === null;
  const isPast = londonDate(appointment?.startMs ?? 0) < londonDate(call.desk.clock.nowMs());
  return isForReview && isInformed && !isPast
    ? null
    : refuse(422, 'INVALID_REQUEST_STATE', 'Not a booked referral for review');
}

/** True while A028 may record an outcome: in triage, or deferred with clinical information. */
export function isReviewOpen({ state, clinicalInfoMs }: Referral): boolean {
  return state === 'AWAITING_TRIAGE' || (state === 'DEFERRED_TO_PROVIDER' && clinicalInfoMs !== null);
}
