import { Type, type Static } from 'typebox';
import {
  coded,
  count,
  fhirId,
  instant,
  oneOf,
  orNull,
  sdsUserId,
  serviceId,
  strict,
  text,
  ubrn,
  uuid,
} from '../schema.ts';
import { commitAnswer, digits, identity, wrongDigits } from './review-panel.ts';

/** Where a booking stands, in the machine's words of safety.md; the clerk's words live in the renderer. */
export const BOOKING_STATES = [
  'preflight',
  'sending',
  'confirming',
  'booked',
  'refused',
  'conflict',
  'held',
  'waiting',
  'unknown',
  'needs-clerk',
  'expired',
  'withdrawn',
] as const;

export const DEFERRAL_REASONS = [
  'NO_SLOTS_AT_SERVICE',
  'SLOT_NOT_AVAILABLE',
  'BOOKING_ATTEMPT_PROBLEM',
] as const;

const bookingReview = strict({
  reviewId: uuid,
  ubrn,
  version: count,
  serviceId,
  serviceName: text(200),
  serviceSite: orNull(text(40)),
  servicePhone: orNull(text(40)),
  instructions: text(2000),
  clinicianId: orNull(sdsUserId),
  slotId: fhirId,
  start: instant,
  end: instant,
  isUnusual: Type.Boolean(),
  slotReadAt: instant,
  /** True when the desk is offline and the slots are remembered ones: the booking will be queued, NOT BOOKED. */
  isOffline: Type.Boolean(),
  /** Since when this service's provider system has been silent twice or more in ten minutes; null when it answers. */
  providerSilentSince: orNull(instant),
  ...identity,
  /** Other appointments of this patient that this desk knows of, on the same day. */
  clashes: Type.Array(strict({ ubrn, start: instant, serviceName: text(200) }), { maxItems: 20 }),
  requirements: Type.Array(coded, { maxItems: 3 }),
});

const bookingState = strict({
  intentId: uuid,
  ubrn,
  state: oneOf(BOOKING_STATES),
  /** The e-RS code or a code of our own that the words explain; empty when there is none. */
  code: text(80),
  correlationId: text(80),
  serviceName: text(200),
  start: instant,
  clinicianId: orNull(sdsUserId),
  /** When the booking was sent; null before the first byte. */
  sentAt: orNull(instant),
  /** The next read-back of an unknown outcome. */
  nextCheckAt: orNull(instant),
  appointmentId: orNull(text(64)),
  /** True when this outcome is evidence that allows deferral (contract.md section 10). */
  mayDefer: Type.Boolean(),
  updatedAt: instant,
});

/** The review of a deferral; the reason comes from evidence that main itself gathered (contract.md section 10). */
const deferralReview = strict({
  reviewId: uuid,
  ubrn,
  version: count,
  serviceId,
  serviceName: text(200),
  reason: oneOf(DEFERRAL_REASONS),
  /** When the evidence was gathered; null when offline: then it is gathered before sending. */
  evidenceAt: orNull(instant),
  isOffline: Type.Boolean(),
  /** The slot that was refused, with SLOT_NOT_AVAILABLE. */
  slotStart: orNull(instant),
  isTwoWeekWait: Type.Boolean(),
  /** Other shortlisted services, to be offered before a two-week-wait patient is deferred. */
  otherServices: Type.Array(strict({ serviceId, name: text(200) }), { maxItems: 20 }),
  ...identity,
  maxComment: count,
});

const bookingAnswer = Type.Union([
  strict({ kind: Type.Literal('started'), booking: bookingState }),
  wrongDigits,
]);

export const requests = {
  /** Makes the review panel for a slot of a search of this session. Changes nothing. */
  'booking/review-slot': {
    input: strict({ searchId: uuid, slotId: fhirId }),
    output: bookingReview,
  },
  /**
   * Commits a review with the digits that the patient spoke. Answers once the intent is on disk;
   * what follows comes as `booking/changed`.
   */
  'booking/commit': {
    input: strict({
      reviewId: uuid,
      digits,
      /** Further slots of the same search that the patient named, in their order; only when offline. */
      alsoSlotIds: Type.Array(fhirId, { maxItems: 2 }),
    }),
    output: bookingAnswer,
  },
  /** Makes the review panel for a deferral at a shortlisted service; refused without evidence (hazard 9). */
  'booking/review-deferral': { input: strict({ ubrn, serviceId }), output: deferralReview },
  'booking/commit-deferral': {
    input: strict({
      reviewId: uuid,
      digits,
      comment: text(1000),
    }),
    output: commitAnswer,
  },
  'booking/close-review': { input: strict({ reviewId: uuid }), output: strict({}) },
  /** The last booking of a referral known to this desk, or null. */
  'booking/read-state': { input: strict({ ubrn }), output: strict({ booking: orNull(bookingState) }) },
  /** Reads back now an outcome that is not known. */
  'booking/read-back': { input: strict({ intentId: uuid }), output: strict({ booking: bookingState }) },
};

export const pushes = {
  'booking/changed': bookingState,
};

export type BookingReview = Static<typeof bookingReview>;
export type DeferralReview = Static<typeof deferralReview>;
export type DeferralAnswer = Static<typeof commitAnswer>;
export type DeferralReasonName = (typeof DEFERRAL_REASONS)[number];
export type BookingState = Static<typeof bookingState>;
export type BookingStateName = (typeof BOOKING_STATES)[number];
export type CommitAnswer = Static<typeof bookingAnswer>;
