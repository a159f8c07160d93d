import { Type, type Static } from 'typebox';
import {
  coded,
  count,
  fhirId,
  instant,
  nhsNumber,
  oneOf,
  orNull,
  PRIORITIES,
  sdsUserId,
  serviceId,
  strict,
  text,
  ubrn,
  uuid,
} from '../schema.ts';
import { attachmentFile } from './attachments.ts';
import { patientDetails } from './patient.ts';
import { actsFor, commitAnswer, digits, givenFile, identity, reviewFile } from './review-panel.ts';

/** What an answer to a referrer may be (A026). */
export const ADVICE_OUTCOMES = ['RETURN_TO_REFERRER_WITH_ADVICE', 'REQUIRE_FURTHER_INFORMATION'] as const;
/** What comes with advice, and not with a question. */
export const ADVICE_RECOMMENDATIONS = [
  'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED',
  'ADVICE_FOLLOWED_BY_REFERRAL_IF_REQUIRED',
  'REFERRAL_RECOMMENDED',
  'OTHER',
] as const;

/** A request for advice in a list; kept by the desk for a referrer, for whom e-RS has no list (A023). */
export const adviceRow = strict({
  ubrn,
  nhsNumber: orNull(nhsNumber),
  priority: coded,
  specialty: orNull(coded),
  /** eRS-AdviceAndGuidanceStatus-1; the words live in the renderer. */
  category: coded,
  serviceName: text(200),
  firstRequested: orNull(instant),
  lastUpdated: orNull(instant),
});

const adviceList = strict({
  rows: Type.Array(adviceRow, { maxItems: 20_000 }),
  unreadable: count,
  readAt: instant,
  /** `provider`: the list of A023. `own`: the requests that this person made or opened here. */
  source: oneOf(['provider', 'own']),
});

const party = orNull(strict({ userId: orNull(sdsUserId), organisation: orNull(text(10)), role: text(60) }));

const adviceFile = strict({
  title: text(255),
  description: text(400),
  contentType: text(100),
  bytes: orNull(count),
  availability: coded,
});

const adviceMessage = strict({
  messageId: fhirId,
  /** REQUESTER, RESPONDER or REFERRER_CLINICAL_INFORMATION_UPDATED. */
  sentBy: coded,
  sentAt: instant,
  /** Plain text: links are written out, and nothing of it is ever HTML. */
  text: text(20_000),
  sender: party,
  requester: party,
  files: Type.Array(adviceFile, { maxItems: 50 }),
});

const adviceView = strict({
  ubrn,
  version: count,
  nhsNumber,
  category: coded,
  status: text(20),
  priority: coded,
  specialty: orNull(coded),
  serviceName: text(200),
  requester: party,
  sender: party,
  isConversionAuthorised: orNull(Type.Boolean()),
  patient: orNull(patientDetails),
  patientProblem: orNull(oneOf(['not-found', 'unavailable', 'restricted', 'different-number'])),
  /** Oldest first. */
  messages: Type.Array(adviceMessage, { maxItems: 1000 }),
  unreadable: count,
  /** Files of the request itself. */
  files: Type.Array(adviceFile, { maxItems: 200 }),
  /**
   * Null, or why not: `role-cannot-answer`, `patient-sensitive`, `patient-differs`, `patient-deceased`,
   * `not-with-provider`, `no-service-known`; of a conversion also `conversion-not-authorised`.
   */
  canAnswer: orNull(text(60)),
  canConvert: orNull(text(60)),
  /** `not-in-dialect` in 2021; `patient-sensitive`. */
  canReadOverview: orNull(text(60)),
  readAt: instant,
});

const reviewed = {
  reviewId: uuid,
  ubrn,
  version: count,
  serviceName: text(200),
  onBehalfOf: actsFor,
  isOffline: Type.Boolean(),
  priority: oneOf(PRIORITIES),
  maxText: count,
  maxFiles: count,
  ...identity,
};

const answerReview = strict(reviewed);
const conversionReview = strict({ ...reviewed, maxComment: count });

const foundPatient = strict({
  nhsNumber,
  /** Null where PDS could not be asked: then e-RS alone judges. */
  patient: orNull(patientDetails),
  /** `patient-sensitive`, `patient-deceased`: nobody is asked about them through e-RS. */
  blocked: orNull(text(40)),
});

const foundService = strict({ serviceId, name: text(300), location: text(200), alert: text(2000) });

/** A request of this patient's that this desk knows: nothing keeps e-RS from taking the same question twice (A044). */
const knownRequest = strict({
  /** Null where the answer to an earlier asking never came: it may have been made. */
  ubrn: orNull(ubrn),
  serviceName: text(200),
  category: orNull(coded),
  at: orNull(instant),
  /** At the service that is asked now, and not ended: this may be the same question twice. */
  isAlike: Type.Boolean(),
});

const requestReview = strict({
  reviewId: uuid,
  nhsNumber,
  patient: orNull(patientDetails),
  serviceName: text(300),
  priority: oneOf(PRIORITIES),
  specialty: text(200),
  request: text(8000),
  isConversionAuthorised: Type.Boolean(),
  referrer: orNull(sdsUserId),
  isOffline: Type.Boolean(),
  known: Type.Array(knownRequest, { maxItems: 50 }),
  /** True while one of them is alike: the clerk says that this is another. */
  asksOther: Type.Boolean(),
  ...identity,
});

/** What was typed, for one request (`ubrn`), or for a new one ('' then). Digits are never part of it. */
export const adviceDraft = strict({
  ubrn: Type.Union([ubrn, Type.Literal('')]),
  kind: oneOf(['answer', 'conversion', 'request']),
  outcome: oneOf([...ADVICE_OUTCOMES, ''] as const),
  recommendation: oneOf([...ADVICE_RECOMMENDATIONS, ''] as const),
  priority: oneOf([...PRIORITIES, ''] as const),
  text: text(8000),
  comment: text(2000),
  specialty: text(80),
  referrer: text(12),
  isConversionAuthorised: Type.Boolean(),
});

const draftName = strict({
  ubrn: Type.Union([ubrn, Type.Literal('')]),
  kind: oneOf(['answer', 'conversion', 'request']),
});

export const requests = {
  /** A023 for a provider; for a referrer what the desk keeps. */
  'advice/fetch-list': { input: strict({}), output: adviceList },
  /** From a list of this sitting the UBRN is enough; typed, it needs the second identifier (hazard 1). */
  'advice/open': { input: strict({ ubrn, secondIdentifier: orNull(text(20)) }), output: adviceView },
  'advice/reread': { input: strict({ ubrn }), output: adviceView },
  'advice/close': { input: strict({ ubrn }), output: strict({}) },
  /** Request and conversation as one PDF (A043). */
  'advice/read-overview': { input: strict({ ubrn }), output: attachmentFile },
  /** A file by its place: of a message, or of the request itself (`messageId` ''). */
  'advice/read-file': {
    input: strict({ ubrn, messageId: Type.Union([fhirId, Type.Literal('')]), index: count }),
    output: attachmentFile,
  },
  'advice/review-answer': { input: strict({ ubrn }), output: answerReview },
  'advice/commit-answer': {
    input: strict({
      reviewId: uuid,
      digits,
      outcome: oneOf(ADVICE_OUTCOMES),
      recommendation: orNull(oneOf(ADVICE_RECOMMENDATIONS)),
      guidance: text(8000),
      priority: oneOf(PRIORITIES),
    }),
    output: commitAnswer,
  },
  'advice/review-conversion': { input: strict({ ubrn }), output: conversionReview },
  'advice/commit-conversion': {
    input: strict({
      reviewId: uuid,
      digits,
      guidance: text(8000),
      comment: text(2000),
      priority: oneOf(PRIORITIES),
    }),
    output: commitAnswer,
  },
  /** Shows nothing of a patient before the second identifier fits. */
  'advice/find-patient': {
    input: strict({ text: text(40), secondIdentifier: orNull(text(20)) }),
    output: foundPatient,
  },
  /** The specialties of A004 that are in effect. */
  'advice/read-specialties': {
    input: strict({}),
    output: strict({
      specialties: Type.Array(strict({ code: text(80), display: text(200) }), { maxItems: 1000 }),
    }),
  },
  /** A010 for services that take requests for advice, for the patient that was found. */
  'advice/search-services': {
    input: strict({ specialty: text(80), priority: oneOf(PRIORITIES), referrer: text(12) }),
    output: strict({
      searchId: uuid,
      services: Type.Array(foundService, { maxItems: 500 }),
      unreadable: count,
    }),
  },
  'advice/review-request': {
    input: strict({ searchId: uuid, serviceId, request: text(8000), isConversionAuthorised: Type.Boolean() }),
    output: requestReview,
  },
  'advice/commit-request': {
    /** `isAnother`: the clerk has looked at the requests that are alike. */
    input: strict({ reviewId: uuid, digits, isAnother: Type.Boolean() }),
    output: commitAnswer,
  },
  /** A file that goes to the referrer with the answer or the conversion; uploaded ahead of it (A020). */
  'advice/add-file': { input: givenFile, output: reviewFile },
  'advice/remove-file': { input: strict({ reviewId: uuid, fileId: uuid }), output: strict({}) },
  'advice/close-review': { input: strict({ reviewId: uuid }), output: strict({}) },
  /** Sealed on this desk for the person at it; where writes are off it lives as long as the sitting. */
  'advice/save-draft': { input: adviceDraft, output: strict({ isKept: Type.Boolean() }) },
  'advice/read-draft': { input: draftName, output: strict({ draft: orNull(adviceDraft) }) },
  'advice/discard-draft': { input: draftName, output: strict({}) },
};

export const pushes = {};

export type AdviceOutcome = (typeof ADVICE_OUTCOMES)[number];
export type AdviceRecommendation = (typeof ADVICE_RECOMMENDATIONS)[number];
export type AdviceRow = Static<typeof adviceRow>;
export type AdviceList = Static<typeof adviceList>;
export type AdviceFile = Static<typeof adviceFile>;
export type AdviceMessageView = Static<typeof adviceMessage>;
export type AdviceView = Static<typeof adviceView>;
export type AnswerReview = Static<typeof answerReview>;
export type ConversionReview = Static<typeof conversionReview>;
export type FoundPatient = Static<typeof foundPatient>;
export type FoundAdviceService = Static<typeof foundService>;
export type KnownRequest = Static<typeof knownRequest>;
export type RequestReview = Static<typeof requestReview>;
export type AdviceDraft = Static<typeof adviceDraft>;
export type AdviceAnswer = Static<typeof commitAnswer>;
