import { randomUUID } from 'node:crypto';
import type { BookingReview } from '../../contract/channels/booking.ts';
import { codedOf } from '../../contract/coded.ts';
import { isSameInstant, londonParts } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { questionFor, type IdentityQuestion } from './identity-question.ts';
import type { SeenSlot } from '../slots/slots.ts';

const ATTEMPTS = 2;
const KEPT_REVIEWS = 5;

/** What the clerk was shown when the panel opened: the pin of the booking is this version. */
export interface Review {
  readonly reviewId: string;
  readonly open: OpenReferral;
  readonly seen: SeenSlot;
  readonly question: IdentityQuestion;
  attemptsLeft: number;
}

export interface Reviews {
  readonly add: (
    open: OpenReferral,
    seen: SeenSlot,
    others: readonly OpenReferral[],
  ) => Outcome<BookingReview>;
  readonly get: (reviewId: string) => Review | null;
  readonly drop: (reviewId: string) => void;
  readonly clear: () => void;
}

/** Keeps the open review panels. A panel that closed, or that failed twice, cannot be committed. */
export function createReviews(): Reviews {
  const reviews = new Map<string, Review>();
  return {
    add(open, seen, others) {
      if (open.view.canBook !== null) return fail('rejected', open.view.canBook);
      const reviewId = randomUUID();
      const question = questionFor(open.patient);
      reviews.set(reviewId, { reviewId, open, seen, question, attemptsLeft: ATTEMPTS });
      const oldest = reviews.size > KEPT_REVIEWS ? reviews.keys().next().value : undefined;
      if (oldest !== undefined) reviews.delete(oldest);
      return ok(describe(reviewId, open, seen, question, others));
    },
    get: (reviewId) => reviews.get(reviewId) ?? null,
    drop: (reviewId) => void reviews.delete(reviewId),
    clear: () => reviews.clear(),
  };
}

function describe(
  reviewId: string,
  open: OpenReferral,
  seen: SeenSlot,
  identityQuestion: IdentityQuestion,
  others: readonly OpenReferral[],
): BookingReview {
  const { slot, terms } = seen;
  const service = open.services.find((candidate) => candidate.id === terms.serviceId);
  const entry = open.referral.shortlist.find((candidate) => candidate.serviceId === terms.serviceId);
  return {
    reviewId,
    ubrn: open.referral.ubrn,
    version: open.referral.version,
    serviceId: terms.serviceId,
    serviceName: entry?.name ?? service?.name ?? '',
    serviceSite: service?.site ?? null,
    servicePhone: service?.patientPhone ?? null,
    instructions: service?.instructions ?? '',
    clinicianId: slot.clinicianId,
    slotId: slot.id,
    start: slot.start,
    end: slot.end,
    isUnusual: seen.isUnusual,
    slotReadAt: seen.readAt,
    identityQuestion,
    attemptsLeft: ATTEMPTS,
    clashes: clashesOf(open, slot.start, others),
    requirements: open.referral.additionalRequirements.map(codedOf),
  };
}

/** Booked appointments of the same patient on the same London day, among the referrals this desk has open. */
function clashesOf(
  open: OpenReferral,
  start: string,
  others: readonly OpenReferral[],
): BookingReview['clashes'] {
  const { date } = londonParts(start);
  return others.flatMap(({ referral }) => {
    const other = referral.appointment;
    const isTheirs = referral.ubrn !== open.referral.ubrn && referral.nhsNumber === open.referral.nhsNumber;
    if (!isTheirs || other?.status !== 'booked' || other.start === null) return [];
    const isSameDay = londonParts(other.start).date === date || isSameInstant(other.start, start);
    return isSameDay ? [{ ubrn: referral.ubrn, start: other.start, serviceName: other.serviceName }] : [];
  });
}
