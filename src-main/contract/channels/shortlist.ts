import { Type, type Static } from 'typebox';
import { coded, count, instant, oneOf, orNull, serviceId, strict, text, ubrn, uuid } from '../schema.ts';
import { commitAnswer, digits, identity } from './review-panel.ts';

/** What A033 or A035 says of a service, with what a clerk reads to a patient. */
const serviceDetails = strict({
  serviceId,
  name: text(200),
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
  site: text(80),
  /** False: e-RS says that the service is not in use. */
  isActive: Type.Boolean(),
  address: text(400),
  phone: text(60),
  /** For staff only; not to be read out. */
  staffPhone: text(60),
  hours: text(400),
  instructions: text(4000),
  specialty: text(200),
  clinicTypes: Type.Array(text(120), { maxItems: 40 }),
  /** Everything else that the service states of itself, as label and value. */
  facts: Type.Array(strict({ label: text(80), value: text(400) }), { maxItems: 60 }),
  version: orNull(count),
  readAt: instant,
});

const listed = strict({
  serviceId,
  name: text(200),
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
});

/** Changing the shortlist (A031). */
const changeReview = strict({
  reviewId: uuid,
  ubrn,
  version: count,
  before: Type.Array(listed, { maxItems: 20 }),
  after: Type.Array(listed, { minItems: 1, maxItems: 20 }),
  /** Requests that e-RS may drop without saying so: the clerk must note each before going on (hazard 14). */
  requirements: Type.Array(coded, { maxItems: 3 }),
  ...identity,
});

/** Sending for triage (A016, reason TRIAGE; api-platform only). */
const triageReview = strict({
  reviewId: uuid,
  ubrn,
  version: count,
  serviceId,
  serviceName: text(200),
  maxComment: count,
  ...identity,
});

export const requests = {
  /** Details of services (A033 for one, A035 for more); those that are unknown are missing from the answer. */
  'shortlist/read-services': {
    input: strict({ serviceIds: Type.Array(serviceId, { minItems: 1, maxItems: 20 }) }),
    output: strict({ services: Type.Array(serviceDetails, { maxItems: 20 }) }),
  },
  'shortlist/review-change': {
    input: strict({ ubrn, serviceIds: Type.Array(serviceId, { minItems: 1, maxItems: 20 }) }),
    output: changeReview,
  },
  'shortlist/commit-change': {
    input: strict({
      reviewId: uuid,
      digits,
      /** The codes of all requirements of the review, each noted by the clerk as to be asked for again. */
      notedRequirements: Type.Array(text(80), { maxItems: 3 }),
    }),
    output: commitAnswer,
  },
  'shortlist/review-triage': { input: strict({ ubrn, serviceId }), output: triageReview },
  'shortlist/commit-triage': {
    input: strict({ reviewId: uuid, digits, comment: text(1000) }),
    output: commitAnswer,
  },
  'shortlist/close-review': { input: strict({ reviewId: uuid }), output: strict({}) },
};

export const pushes = {};

export type ServiceDetails = Static<typeof serviceDetails>;
export type ShortlistChangeReview = Static<typeof changeReview>;
export type TriageReview = Static<typeof triageReview>;
export type ShortlistAnswer = Static<typeof commitAnswer>;
