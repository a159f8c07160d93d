import { randomUUID } from 'node:crypto';
import type { BookingReview, BookingState, CommitAnswer } from '../../contract/channels/booking.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { BookIntent } from '../outbox/record-schemas.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import type { SeenSlot } from '../slots/slots.ts';
import { expectedDigits } from './identity-question.ts';
import { createReviews, type Review } from './review.ts';

export interface BookingFeature {
  readonly reviewSlot: (input: { searchId: string; slotId: string }) => Outcome<BookingReview>;
  readonly commit: (input: { reviewId: string; digits: string }) => Outcome<CommitAnswer>;
  readonly closeReview: (input: { reviewId: string }) => Outcome<Record<string, never>>;
  readonly readState: (input: { ubrn: string }) => Outcome<{ booking: BookingState | null }>;
  readonly readBack: (input: { intentId: string }) => Promise<Outcome<{ booking: BookingState }>>;
  readonly forget: () => void;
}

interface Dependencies {
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly allOpened: () => readonly OpenReferral[];
  readonly seen: (searchId: string, slotId: string) => SeenSlot | null;
  /** Null while writes are off; the reason says why. */
  readonly outbox: () => Outbox | null;
  readonly writesOffReason: () => string;
  readonly auditRefusal: (ubrn: string, code: string) => void;
}

/** Books a slot that the clerk reviewed, after the patient's own digits (screens.md section 4). */
export function createBooking(deps: Dependencies): BookingFeature {
  const reviews = createReviews();

  function reviewSlot({ searchId, slotId }: { searchId: string; slotId: string }): Outcome<BookingReview> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const outbox = deps.outbox();
    if (outbox === null) return fail('writes-off', deps.writesOffReason());
    const seen = deps.seen(searchId, slotId);
    if (seen === null) return fail('expired', 'slot-search-expired');
    const open = deps.opened(seen.terms.ubrn);
    if (open === null) return fail('invalid-input', 'referral-not-open');
    if (outbox.isUnsettled(open.referral.ubrn)) return fail('rejected', 'booking-not-settled');
    return reviews.add(open, seen, deps.allOpened());
  }

  function commit({ reviewId, digits }: { reviewId: string; digits: string }): Outcome<CommitAnswer> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const outbox = deps.outbox();
    if (outbox === null) return fail('writes-off', deps.writesOffReason());
    const review = reviews.get(reviewId);
    if (review === null) return fail('expired', 'review-closed');
    const objection = objectionNow(review);
    if (objection !== null) {
      reviews.drop(reviewId);
      return objection;
    }
    const { referral, patient } = review.open;
    if (digits !== expectedDigits(review.question, referral.nhsNumber, patient)) return refuseDigits(review);
    // A second press finds no review: one panel, one intent.
    reviews.drop(reviewId);
    const booked = outbox.book(desk, intentOf(review));
    return booked.ok ? ok({ kind: 'started', booking: booked.value }) : booked;
  }

  /** What a later reading of the referral said against booking, a death for one, stops the commit. */
  function objectionNow(review: Review): ReturnType<typeof fail> | null {
    const now = deps.opened(review.open.referral.ubrn);
    if (now === null) return fail('expired', 'review-closed');
    if (now.view.canBook !== null) return fail('rejected', now.view.canBook);
    return null;
  }

  function refuseDigits(review: Review): Outcome<CommitAnswer> {
    review.attemptsLeft -= 1;
    deps.auditRefusal(review.open.referral.ubrn, 'wrong-identity-digits');
    if (review.attemptsLeft <= 0) reviews.drop(review.reviewId);
    return ok({ kind: 'wrong-digits', attemptsLeft: review.attemptsLeft });
  }

  return {
    reviewSlot,
    commit,
    closeReview({ reviewId }) {
      reviews.drop(reviewId);
      return ok({});
    },
    readState({ ubrn }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      return ok({ booking: deps.outbox()?.stateOf(desk, ubrn) ?? null });
    },
    async readBack({ intentId }) {
      const desk = deps.desk();
      const outbox = deps.outbox();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      if (outbox === null) return fail('writes-off', deps.writesOffReason());
      const answer = await outbox.readBack(desk, intentId);
      return answer.ok ? ok({ booking: answer.value }) : answer;
    },
    forget: () => reviews.clear(),
  };
}

/** The intent is pinned to the version that the panel showed; nothing refreshes it later (safety.md, I3). */
function intentOf(review: Review): BookIntent {
  const { referral } = review.open;
  const { slot, terms, page } = review.seen;
  const entry = referral.shortlist.find((candidate) => candidate.serviceId === terms.serviceId);
  return {
    intentId: randomUUID(),
    ubrn: referral.ubrn,
    pinnedVersion: referral.version,
    nhsNumber: referral.nhsNumber,
    serviceId: terms.serviceId,
    serviceName: entry?.name ?? '',
    slotId: slot.id,
    start: slot.start,
    end: slot.end,
    clinicianId: slot.clinicianId,
    commissioningOrg: terms.commissioningOrg,
    priority: terms.priority,
    slotPage: page,
  };
}
