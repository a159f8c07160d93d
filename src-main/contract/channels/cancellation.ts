import { Type, type Static } from 'typebox';
import {
  coded,
  count,
  instant,
  oneOf,
  orNull,
  PRIORITIES,
  sdsUserId,
  strict,
  text,
  ubrn,
  uuid,
} from '../schema.ts';
import { commitAnswer, digits, identity } from './review-panel.ts';

const reviewed = {
  reviewId: uuid,
  ubrn,
  version: count,
  serviceName: text(200),
  start: orNull(instant),
  clinicianId: orNull(sdsUserId),
  maxComment: count,
  ...identity,
};

/** A reason of A004 that this role may use now for this appointment or referral (contract.md A034, A036). */
const reason = strict({ code: text(80), display: text(200), commentIsMandatory: Type.Boolean() });

/** Cancel, action later (A022). */
const laterReview = strict({
  ...reviewed,
  /** For whom a clinician's admin acts; null for a clinician. The label is the site's, e-RS gives ids only. */
  onBehalfOf: orNull(strict({ userId: sdsUserId, label: text(120) })),
  /** True for an indirectly bookable service: "Cancelled in PAS?" is asked, without a default. */
  asksPas: Type.Boolean(),
  priority: coded,
  priorities: Type.Array(oneOf(PRIORITIES), { maxItems: 3 }),
  isOffline: Type.Boolean(),
  maxFiles: count,
});

/** A file that goes with A022; uploaded by A020 through the outbox, ahead of the cancellation. */
const reviewFile = strict({ fileId: uuid, name: text(255), bytes: count });

const appointmentReview = strict({
  ...reviewed,
  appointmentVersion: count,
  reasons: Type.Array(reason, { maxItems: 100 }),
});

const referralReview = strict({
  ...reviewed,
  reasons: Type.Array(reason, { maxItems: 100 }),
  /** True when the call cancels a current appointment, too. */
  cancelsAppointment: Type.Boolean(),
  /** Site policy: a second person confirms with their own initials. */
  needsSecondPerson: Type.Boolean(),
});

export const requests = {
  'cancellation/review-later': { input: strict({ ubrn }), output: laterReview },
  /** Takes a file for the open panel: name, type and size are judged; the bytes are sealed on this desk. */
  'cancellation/add-file': {
    input: strict({
      reviewId: uuid,
      name: text(255),
      description: text(200),
      /** Base64, at most 5 MB of bytes (contract.md section 4.6). */
      content: Type.String({ maxLength: 6_990_508, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
    }),
    output: reviewFile,
  },
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
export type CancellationReason = Static<typeof reason>;
export type AppointmentCancelReview = Static<typeof appointmentReview>;
export type ReferralCancelReview = Static<typeof referralReview>;
export type CancelAnswer = Static<typeof commitAnswer>;
