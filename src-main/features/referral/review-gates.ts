/** When a provider may judge a referral: what its state, its list and its clinical information say against it. */
import { londonDate, londonParts } from '../../contract/london-time.ts';
import type { Referral } from '../../ers/model.ts';
import { isDeferred } from '../../ers/referral-facts.ts';

/** How the referral stood on the review list of this sitting; `unknown` where the list does not say which it is. */
export type ReviewItem = 'APPOINTMENT' | 'TRIAGE_DEFERRAL' | 'unknown';

interface ReviewParts {
  readonly referral: Referral;
  readonly reviewItem: ReviewItem | null;
  readonly nowMs: number;
  readonly isRemembered: boolean;
}

/**
 * A013, A014 and A022: booked, today or later, on the review list as a booking, informed. A029 has no code for them
 * (contract.md sections 6 and 9), so e-RS may still refuse.
 */
export function reasonNotToJudgeBooking({ referral, reviewItem, nowMs }: ReviewParts): string | null {
  const { appointment, state, clinicalInfoSince } = referral;
  if (reviewItem === 'TRIAGE_DEFERRAL' || appointment?.reason?.code === 'TRIAGE') return 'triage-item';
  if (appointment?.status !== 'booked') return 'not-booked';
  if (state !== null && state.code !== 'BOOKED') return 'not-booked';
  if (reviewItem === null) return 'not-on-review-list';
  if (appointment.start !== null && londonParts(appointment.start).date < londonDate(nowMs))
    return 'appointment-past';
  return clinicalInfoSince === null ? 'no-clinical-information' : null;
}

/**
 * A028: while a review is open, in triage or for a deferred request with clinical information (contract.md section 9).
 * Never from what is remembered: whether the patient lives must be looked up first.
 */
export function reasonNotToRecordOutcome({ referral, isRemembered }: ReviewParts): string | null {
  if (!isTriageOpen(referral) && !isDeferred(referral)) return 'no-review-open';
  if (isDeferred(referral) && referral.clinicalInfoSince === null) return 'no-clinical-information';
  return isRemembered ? 'needs-connection' : null;
}

/** With a triage service, and not judged yet. */
const isTriageOpen = ({ appointment }: Referral): boolean =>
  appointment?.status === 'proposed' && appointment.reason?.code === 'TRIAGE';
