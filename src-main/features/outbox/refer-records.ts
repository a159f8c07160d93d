/** Sealed records of what is asked for when a patient is referred (A011, A021, A012). */
import { Type, type Static } from 'typebox';
import {
  count,
  fhirId,
  instant,
  oneOf,
  orNull,
  sdsUserId,
  strict,
  text,
  ubrn,
} from '../../contract/schema.ts';
import { creation, criteria, listedService, target, uploads } from './record-parts.ts';

const newReferral = {
  ...creation,
  /** The search whose results the services are from. */
  criteria,
  letterIntention: oneOf(['NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'] as const),
  reminderDays: count,
  /** For whom an admin refers; null for a clinician. */
  referringClinician: orNull(sdsUserId),
  /**
   * Our correlation text: a minute before the clerk's Ctrl+Enter, by main's clock, to the millisecond (e-RS takes no
   * moment to come, and clocks differ). It is sent as the pathway's start, which A005 of the platform gives back: by it
   * and the patient a referral is known again whose reply was lost.
   */
  pathwayStart: instant,
  /** The patient's referrals that the clerk was shown beside the panel: these are not the one that is asked for. */
  known: Type.Array(ubrn, { maxItems: 500 }),
};

/** A new referral (A011); `serviceId` and `serviceName` are those of the first service. Its result is the new UBRN. */
export const createReferralIntent = strict({
  action: Type.Literal('create-referral'),
  ...newReferral,
  /** In the order of preference. */
  services: Type.Array(listedService, { minItems: 1, maxItems: 20 }),
});

/** A new referral, sent for triage in the same call (A021). Its result is the new UBRN. */
export const createAndTriageIntent = strict({
  action: Type.Literal('create-and-triage'),
  ...newReferral,
  services: Type.Array(listedService, { minItems: 1, maxItems: 1 }),
});

/** The whole set of letters of a referral (A012): what is in neither list is taken from it. At least one in all. */
export const maintainLetterIntent = strict({
  action: Type.Literal('maintain-letter'),
  ...target,
  /** Letters that are there and stay, by the id in their `Binary/{id}`. */
  keeps: Type.Array(strict({ documentId: fhirId, name: text(255), description: text(200) }), {
    maxItems: 50,
  }),
  uploads,
});

export type CreateReferralIntent = Static<typeof createReferralIntent>;
export type CreateAndTriageIntent = Static<typeof createAndTriageIntent>;
export type MaintainLetterIntent = Static<typeof maintainLetterIntent>;
