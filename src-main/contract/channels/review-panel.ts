/** What the channels of every review panel share: the patient's digits, and the answer to a commit (hazard 1). */
import { Type } from 'typebox';
import { outboxItem } from './outbox.ts';
import { count, instant, oneOf, orNull, sdsUserId, strict, text, ubrn, uuid } from '../schema.ts';

/** Four digits: the patient's as spoken, or the last of a UBRN typed again. */
export const digits = Type.String({ pattern: '^\\d{4}$' });

/** Which digits the clerk asks the patient for, and how often they may still be wrong. */
export const identity = { identityQuestion: oneOf(['birth-ddmm', 'nhs-last-4']), attemptsLeft: count };

export const wrongDigits = strict({ kind: Type.Literal('wrong-digits'), attemptsLeft: count });

/** The write is in the outbox, or the digits were not the patient's. */
export const commitAnswer = Type.Union([
  strict({ kind: Type.Literal('started'), item: outboxItem }),
  wrongDigits,
]);

/** The referral that a panel is about, as it was read: `version` is the pin of what follows. */
export const reviewedReferral = {
  reviewId: uuid,
  ubrn,
  version: count,
  serviceName: text(200),
  start: orNull(instant),
  clinicianId: orNull(sdsUserId),
  maxComment: count,
  ...identity,
};

/** For whom a clinician's admin acts; null for a clinician. The label is the site's, e-RS gives ids only. */
export const actsFor = orNull(strict({ userId: sdsUserId, label: text(120) }));

/** A reason of A004 that this role may use now for this appointment or referral (contract.md A014, A034, A036). */
export const offeredReason = strict({
  code: text(80),
  display: text(200),
  commentIsMandatory: Type.Boolean(),
});

/** A file that goes with a write; uploaded by A020 through the outbox, ahead of it. */
export const reviewFile = strict({ fileId: uuid, name: text(255), bytes: count });

/** A file for the open panel: name, type and size are judged; the bytes are sealed on this desk. */
export const givenFile = strict({
  reviewId: uuid,
  name: text(255),
  description: text(200),
  /** Base64, at most 5 MB of bytes (contract.md section 4.6). */
  content: Type.String({ maxLength: 6_990_508, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
});
