/** What the channels of every review panel share: the patient's digits, and the answer to a commit (hazard 1). */
import { Type } from 'typebox';
import { outboxItem } from './outbox.ts';
import { count, oneOf, strict } from '../schema.ts';

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
