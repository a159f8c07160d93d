import { Type, type Static } from 'typebox';
import { coded, count, oneOf, orNull, PRIORITIES, strict, text, ubrn, uuid } from '../schema.ts';
import {
  actsFor,
  commitAnswer,
  digits,
  givenFile,
  offeredReason,
  reviewedReferral,
  reviewFile,
} from './review-panel.ts';

/** Cancel, action later (A022). */
const laterReview = strict({
  ...reviewedReferral,
  onBehalfOf: actsFor,
  /** True for an indirectly bookable service: "Cancelled in PAS?" is asked, without a default. */
  asksPas: Type.Boolean(),
  priority: coded,
  priorities: Type.Array(oneOf(PRIORITIES), { maxItems: 3 }),
  isOffline: Type.Boolean(),
  maxFiles: count,
});

const appointmentReview = strict({
  ...reviewedReferral,
  appointmentVersion: count,
  reasons: Type.Array(offeredReason, { maxItems: 100 }),
});

const referralReview = strict({
  ...reviewedReferral,
  reasons: Type.Array(offeredReason, { maxItems: 100 }),
  /** True when the call cancels a current appointment, too. */
  cancelsAppointment: Type.Boolean(),
  /** Site policy: a second person confirms with their own initials. */
  needsSecondPerson: Type.Boolean(),
});

export const requests = {
  'cancellation/review-later': { input: strict({ ubrn }), output: laterReview },
  'cancellation/add-file': { input: givenFile, output: reviewFile },
  'cancellation/remove-file': { input: strict({ reviewId: uuid, fileId: uuid }), output: strict({}) },
  'cancellation/commit-later': {
    input: strict({
      reviewId: uuid,
      digits,
      comment: text(2000),
      /** Null: unchanged. */
      priority: orNull(oneOf(PRIORITIES)),
      /** Required where `asksPas`, else null. */
      isCancelledInPas: orNull(Type.Boolean()),
    }),
    output: commitAnswer,
  },
  /** Cancel appointment (A034): asks A029 and A038 afresh; refused for indirectly bookable services. */
  'cancellation/review-appointment': {
    /** `isMove`: the patient is to have another day; a red task stays until the next booking is done. */
    input: strict({ ubrn, isMove: Type.Optional(Type.Boolean()) }),
    output: appointmentReview,
  },
  'cancellation/commit-appointment': {
    input: strict({
      reviewId: uuid,
      digits,
      reasonCode: text(80),
      comment: text(2000),
    }),
    output: commitAnswer,
  },
  /** Cancel referral (A036): an end state. */
  'cancellation/review-referral': { input: strict({ ubrn }), output: referralReview },
  'cancellation/commit-referral': {
    input: strict({
      reviewId: uuid,
      digits,
      /** The last four digits of the UBRN, typed again. */
      ubrnDigits: digits,
      reasonCode: text(80),
      comment: text(2000),
      secondPerson: text(10),
    }),
    output: commitAnswer,
  },
  'cancellation/close-review': { input: strict({ reviewId: uuid }), output: strict({}) },
};

export const pushes = {};

export type LaterReview = Static<typeof laterReview>;
export type ReviewFile = Static<typeof reviewFile>;
export type CancellationReason = Static<typeof offeredReason>;
export type AppointmentCancelReview = Static<typeof appointmentReview>;
export type ReferralCancelReview = Static<typeof referralReview>;
export type CancelAnswer = Static<typeof commitAnswer>;
