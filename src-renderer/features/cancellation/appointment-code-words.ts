/** Why e-RS refused to cancel an appointment (A034), per code. */
import { COMMON, PAS_WORDS, words, type CodeWords } from './code-words.ts';

const AGAIN = 'Shift+F11 reviews it again.';

export const APPOINTMENT_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  ...PAS_WORDS,
  INVALID_REQUEST_STATE: words(
    'The appointment is in another state than it was: it may be over, changed or cancelled already.',
    'F5 reads the referral again and shows its state.',
  ),
  INVALID_VALUE: words('e-RS does not know this reason any more.', `Choose another reason. ${AGAIN}`),
  INAPPROPRIATE_VALUE: words(
    'This reason does not fit the appointment or your role now.',
    `Choose another reason. ${AGAIN}`,
  ),
  MISSING_VALUE: words('e-RS wants a comment with this reason.', `Type a comment. ${AGAIN}`),
  // Its own version is the pin, and e-RS looks at the referral's, too (contract.md section 4.5).
  'refused-as-stale': words(
    'e-RS refused it as out of date: the appointment is as you reviewed it, the referral may have changed.',
    'F5 reads the referral again: look at what changed.',
  ),
};
