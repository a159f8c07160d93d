/** Why e-RS refused to cancel a referral (A036), per code. */
import { COMMON, OUR_FAULT, PAS_WORDS, words, type CodeWords } from './code-words.ts';

const AGAIN = 'Shift+F12 reviews it again.';
const both = (pas: CodeWords): CodeWords => words(`${pas.meaning} The referral was not cancelled.`, pas.next);

export const REFERRAL_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  ...Object.fromEntries(Object.entries(PAS_WORDS).map(([code, pas]) => [code, both(pas)])),
  INVALID_REQUEST_STATE: words(
    'The referral is in another state than it was: it may be cancelled or completed already.',
    'F5 reads the referral again and shows its state.',
  ),
  INVALID_VALUE: OUR_FAULT,
  INAPPROPRIATE_VALUE: words(
    'This reason does not fit the referral now, for example because its appointment came or went.',
    `Choose another reason. ${AGAIN}`,
  ),
  MISSING_VALUE: words('e-RS wants a comment with this reason.', `Type a comment. ${AGAIN}`),
};
