/** Sealed records of what is asked for in advice and guidance (A026, A027, A044). */
import { Type, type Static } from 'typebox';
import { fhirId, oneOf, orNull, PRIORITIES, sdsUserId, strict, text } from '../../contract/schema.ts';
import { creation, criteria, target, uploads } from './record-parts.ts';

/** The longest text of a conversation (contract.md section 4.6). */
const LONGEST_TEXT = 8000;

/** A provider's answer (A026); `ubrn` and `pinnedVersion` are those of the request for advice. */
export const sendAdviceIntent = strict({
  action: Type.Literal('send-advice'),
  ...target,
  outcome: oneOf(['RETURN_TO_REFERRER_WITH_ADVICE', 'REQUIRE_FURTHER_INFORMATION'] as const),
  guidance: text(LONGEST_TEXT),
  /** With advice; null with a question. */
  recommendation: orNull(
    oneOf([
      'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED',
      'ADVICE_FOLLOWED_BY_REFERRAL_IF_REQUIRED',
      'REFERRAL_RECOMMENDED',
      'OTHER',
    ] as const),
  ),
  /** The request's own where it stays: it is always sent. */
  priority: oneOf(PRIORITIES),
  uploads,
  /** The ids of the conversation's messages that the clerk saw: none of them is the one that is asked for. */
  knownMessages: Type.Array(fhirId, { maxItems: 1000 }),
});

/** A request for advice made a referral (A027). Its result is the referral's UBRN. */
export const convertAdviceIntent = strict({
  action: Type.Literal('convert-advice'),
  ...target,
  guidance: text(LONGEST_TEXT),
  priority: oneOf(PRIORITIES),
  /** The instruction to the admin team: `reviewComments`. */
  comment: text(2000),
  /** Files of the guidance. */
  uploads,
  /** Files that go with the referral. */
  reviewUploads: uploads,
});

/** A new request for advice (A044), to one service. Its result is the new UBRN. */
export const requestAdviceIntent = strict({
  action: Type.Literal('request-advice'),
  ...creation,
  criteria,
  request: text(LONGEST_TEXT),
  isConversionAuthorised: Type.Boolean(),
  /** For whom an admin asks; null for a clinician. */
  referringClinician: orNull(sdsUserId),
  uploads,
});

export type SendAdviceIntent = Static<typeof sendAdviceIntent>;
export type ConvertAdviceIntent = Static<typeof convertAdviceIntent>;
export type RequestAdviceIntent = Static<typeof requestAdviceIntent>;
