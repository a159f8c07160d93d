/** Sealed records of what a provider asks for when a referral is reviewed (A013, A014, A028). */
import { Type, type Static } from 'typebox';
import { fhirId, instant, oneOf, orNull, PRIORITIES, strict, text } from '../../contract/schema.ts';
import { chosenReason, target, uploads } from './record-parts.ts';

/** A booked referral, accepted as it is (A013). */
export const acceptReferralIntent = strict({
  action: Type.Literal('accept-referral'),
  ...target,
  /** The appointment that the clerk saw; null in the spine dialect, which does not name it. */
  appointmentId: orNull(fhirId),
  start: orNull(instant),
});

/** A booked referral, rejected, and its appointment cancelled (A014). */
export const rejectReferralIntent = strict({
  action: Type.Literal('reject-referral'),
  ...target,
  reason: chosenReason,
  comment: text(2000),
  /** Whether the appointment was cancelled in the provider's system; null for directly bookable services. */
  isCancelledInPas: orNull(Type.Boolean()),
  appointmentId: orNull(fhirId),
  start: orNull(instant),
});

/** The outcome of a triage (A028). */
export const recordReviewIntent = strict({
  action: Type.Literal('record-review'),
  ...target,
  outcome: oneOf(['ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'] as const),
  /** On a return: the advice. */
  comment: text(2000),
  /** Needed to accept. */
  priority: orNull(oneOf(PRIORITIES)),
  uploads,
});

export type AcceptReferralIntent = Static<typeof acceptReferralIntent>;
export type RejectReferralIntent = Static<typeof rejectReferralIntent>;
export type RecordReviewIntent = Static<typeof recordReviewIntent>;
