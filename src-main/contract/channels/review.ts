/** A provider judges a referral: A013 accepts it, A014 rejects it, A028 records the outcome of its review. */
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

const judged = { ...reviewedReferral, onBehalfOf: actsFor, isOffline: Type.Boolean() };

const acceptance = strict(judged);

const rejection = strict({
  ...judged,
  reasons: Type.Array(offeredReason, { maxItems: 100 }),
  /** True for an indirectly bookable service: "Cancelled in PAS?" is asked, without a default. */
  asksPas: Type.Boolean(),
});

const outcomeCode = oneOf(['ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'] as const);

const outcomeReview = strict({
  ...judged,
  outcome: outcomeCode,
  priority: coded,
  /** To choose from on an acceptance, none of them beforehand; empty on a return. */
  priorities: Type.Array(oneOf(PRIORITIES), { maxItems: 3 }),
  /** True where PDS cannot say whether the patient lives: somebody has to have looked it up elsewhere. */
  asksAlive: Type.Boolean(),
  maxFiles: count,
});

const panel = strict({ reviewId: uuid });

export const requests = {
  'review/review-acceptance': { input: strict({ ubrn }), output: acceptance },
  'review/commit-acceptance': { input: strict({ reviewId: uuid, digits }), output: commitAnswer },
  /** Reads the reasons of A004 that this role may reject with. */
  'review/review-rejection': { input: strict({ ubrn }), output: rejection },
  'review/commit-rejection': {
    input: strict({
      reviewId: uuid,
      digits,
      reasonCode: text(80),
      comment: text(2000),
      /** Required where `asksPas`, else null. */
      isCancelledInPas: orNull(Type.Boolean()),
    }),
    output: commitAnswer,
  },
  /** Asks A029 afresh, and PDS whether the patient lives. */
  'review/review-outcome': { input: strict({ ubrn, outcome: outcomeCode }), output: outcomeReview },
  'review/add-file': { input: givenFile, output: reviewFile },
  'review/remove-file': { input: strict({ reviewId: uuid, fileId: uuid }), output: strict({}) },
  /** PDS is asked once more before anything is written down. */
  'review/commit-outcome': {
    input: strict({
      reviewId: uuid,
      digits,
      comment: text(2000),
      /** Required to accept, null on a return. */
      priority: orNull(oneOf(PRIORITIES)),
      /** Required where `asksAlive`. */
      isKnownAlive: Type.Boolean(),
    }),
    output: commitAnswer,
  },
  'review/close': { input: panel, output: strict({}) },
};

export const pushes = {};

export type Acceptance = Static<typeof acceptance>;
export type Rejection = Static<typeof rejection>;
export type OutcomeReview = Static<typeof outcomeReview>;
export type ReviewOutcomeCode = Static<typeof outcomeCode>;
export type ReviewAnswer = Static<typeof commitAnswer>;
