import { Type, type Static } from 'typebox';
import {
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
import { patientDetails } from './patient.ts';
import { commitAnswer, digits, givenFile, identity, reviewFile } from './review-panel.ts';

export const REFER_STEPS = ['patient', 'criteria', 'services', 'letter'] as const;
export const SERVICE_SORTS = ['DISTANCE', 'IWT'] as const;
export const LETTER_INTENTIONS = ['NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'] as const;

/** Whose services are searched (eRS-CommissioningProvisioning-1): 2021 only, the platform ignores it (contract.md section 4). */
export const COMMISSIONING = [
  'ALL_AVAILABLE_FOR_BOOKING',
  'LOCALLY_COMMISSIONABLE',
  'NATIONALLY_AVAILABLE',
  'ALL_SERVICES',
] as const;

/** What services are searched by, as the clerk typed it; an empty text leaves a criterion out. */
export const searchForm = strict({
  priority: oneOf(PRIORITIES),
  specialty: text(80),
  clinicType: text(80),
  /** A SNOMED CT concept id. */
  clinicalTerm: text(18),
  /** 12 digits. */
  namedClinician: text(12),
  organisation: text(10),
  postcode: text(8),
  /** Miles, with a postcode. */
  distanceLimit: text(3),
  /** Days. */
  waitLimit: text(3),
  isForAgeAndGender: Type.Boolean(),
  sortBy: oneOf(SERVICE_SORTS),
  /** Absent: e-RS decides. */
  commissioning: Type.Optional(oneOf(COMMISSIONING)),
});

const chosenService = strict({
  serviceId,
  name: text(200),
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
});

/** A referral in the making: what the clerk has filled in. Whose it is main knows; the page does not say it. */
const referForm = strict({
  step: oneOf(REFER_STEPS),
  /** The clinician for whom an admin refers: 12 digits; empty for a clinician. */
  referrer: text(12),
  search: searchForm,
  shortlist: Type.Array(chosenService, { maxItems: 20 }),
  letterIntention: oneOf(LETTER_INTENTIONS),
  reminderDays: text(3),
});

/** The draft as it is sealed on this desk. */
export const referDraft = strict({ nhsNumber, form: referForm, savedAt: instant });

/** A referral of the same patient that this desk or e-RS knows. */
const knownReferral = strict({
  ubrn,
  context: text(200),
  status: text(200),
  created: orNull(instant),
  /** Of the same specialty as what is asked for now: this may be the same referral twice. */
  isAlike: Type.Boolean(),
});

const patientOfDraft = strict({
  nhsNumber,
  /** Null where PDS could not be asked: then e-RS alone judges. */
  patient: orNull(patientDetails),
  /** Why nobody may be referred: `patient-sensitive`, `patient-deceased`, `patient-not-found`. */
  blocked: orNull(text(40)),
});

const option = strict({ code: text(80), display: text(200) });

const foundService = strict({
  serviceId,
  name: text(300),
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
  location: text(200),
  distance: orNull(count),
  waitDays: orNull(count),
  waitCode: text(80),
  isLetterRequired: Type.Boolean(),
  isRestricted: Type.Boolean(),
  isUnaccredited: Type.Boolean(),
  alert: text(2000),
  exclusions: text(2000),
  conditionsTreated: text(2000),
  suggestedInvestigations: text(2000),
});

const referReview = strict({
  reviewId: uuid,
  nhsNumber,
  patient: orNull(patientDetails),
  services: Type.Array(chosenService, { minItems: 1, maxItems: 20 }),
  priority: oneOf(PRIORITIES),
  referrer: orNull(sdsUserId),
  letterIntention: oneOf(LETTER_INTENTIONS),
  reminderDays: count,
  /** The spine dialect makes a referral for triage and sends it in one step (A021). */
  sendsForTriage: Type.Boolean(),
  known: Type.Array(knownReferral, { maxItems: 50 }),
  /** False where e-RS could not be asked for what awaits booking: only what this desk knows is shown. */
  isKnownComplete: Type.Boolean(),
  /** True while one of them is alike: the clerk says that this is another. */
  asksOther: Type.Boolean(),
  ...identity,
});

/** A letter of the referrer that the referral has. */
const presentLetter = strict({
  documentId: fhirId,
  name: text(255),
  description: text(200),
  bytes: orNull(count),
});

const letterReview = strict({
  reviewId: uuid,
  ubrn,
  version: count,
  letters: Type.Array(presentLetter, { maxItems: 50 }),
  /** Letters that cannot be kept, as their file has no address that could be sent again. */
  lost: count,
  isOffline: Type.Boolean(),
  maxFiles: count,
  ...identity,
});

export const requests = {
  /** The draft of the person at the desk, with the patient as PDS says now; a null form when there is none. */
  'refer/read-draft': {
    input: strict({}),
    output: strict({
      form: orNull(referForm),
      savedAt: orNull(instant),
      subject: orNull(patientOfDraft),
      /** False where writes are off: then the draft lives as long as the sitting. */
      isKept: Type.Boolean(),
      /** An admin says for which clinician. */
      needsReferrer: Type.Boolean(),
      /** Clinicians that the site has labels for; e-RS gives no list. */
      clinicians: Type.Array(strict({ userId: sdsUserId, label: text(120) }), { maxItems: 500 }),
    }),
  },
  'refer/save-draft': { input: strict({ form: referForm }), output: strict({ isKept: Type.Boolean() }) },
  'refer/discard-draft': { input: strict({}), output: strict({}) },
  /** Shows nothing of a patient before the second identifier fits: the date of birth, or the number typed again. */
  'refer/find-patient': {
    input: strict({ text: text(40), secondIdentifier: orNull(text(40)) }),
    output: patientOfDraft,
  },
  /** Specialties and clinic types of A004 that are in effect. */
  'refer/read-choices': {
    input: strict({}),
    output: strict({
      specialties: Type.Array(option, { maxItems: 1000 }),
      clinicTypes: Type.Array(strict({ code: text(80), display: text(200), specialty: text(80) }), {
        maxItems: 3000,
      }),
    }),
  },
  /** A010 for the patient of the draft. Not paged by e-RS. */
  'refer/search': {
    input: strict({ search: searchForm, referrer: text(12) }),
    output: strict({
      searchId: uuid,
      services: Type.Array(foundService, { maxItems: 500 }),
      total: count,
      unreadable: count,
      readAt: instant,
    }),
  },
  'refer/review': {
    input: strict({
      searchId: uuid,
      serviceIds: Type.Array(serviceId, { minItems: 1, maxItems: 20 }),
      letterIntention: oneOf(LETTER_INTENTIONS),
      reminderDays: count,
    }),
    output: referReview,
  },
  'refer/commit': {
    /** `isAnother`: the clerk has looked at the referrals that are alike. */
    input: strict({ reviewId: uuid, digits, isAnother: Type.Boolean() }),
    output: commitAnswer,
  },
  /** The letters of an open referral (A012): what is not kept is gone. */
  'refer/review-letters': { input: strict({ ubrn }), output: letterReview },
  'refer/add-letter': { input: givenFile, output: reviewFile },
  'refer/remove-letter': { input: strict({ reviewId: uuid, fileId: uuid }), output: strict({}) },
  'refer/commit-letters': {
    input: strict({ reviewId: uuid, digits, keeps: Type.Array(fhirId, { maxItems: 50 }) }),
    output: commitAnswer,
  },
  'refer/close-review': { input: strict({ reviewId: uuid }), output: strict({}) },
};

export const pushes = {};

export type ReferStep = (typeof REFER_STEPS)[number];
export type SearchForm = Static<typeof searchForm>;
export type ReferForm = Static<typeof referForm>;
export type ReferDraft = Static<typeof referDraft>;
export type ChosenService = Static<typeof chosenService>;
export type FoundServiceView = Static<typeof foundService>;
export type PatientOfDraft = Static<typeof patientOfDraft>;
export type KnownReferral = Static<typeof knownReferral>;
export type ReferReview = Static<typeof referReview>;
export type PresentLetter = Static<typeof presentLetter>;
export type LetterReview = Static<typeof letterReview>;
export type ReferAnswer = Static<typeof commitAnswer>;
