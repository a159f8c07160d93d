/** Why e-RS refused a cancellation with action later (A022), per code. */
import { COMMON, OUR_FAULT, words, type CodeWords } from './code-words.ts';

const AGAIN = 'Shift+F9 reviews it again: your comment is kept.';
const FILE_AGAIN = `Take the file out or choose another one. ${AGAIN}`;

export const LATER_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  TECHNICAL_ERROR: words(
    'A technical error in e-RS: the appointment stays booked.',
    `F5 reads the referral again. If it is still booked, ${AGAIN}`,
  ),
  INVALID_REQUEST_STATE: words(
    'The referral is in another state than it was: its appointment may be over or cancelled, or it is not on “Referrals for Review” any more.',
    'F5 reads the referral again and shows its state.',
  ),
  INAPPROPRIATE_VALUE: words(
    'Something does not fit the referral now: often a file that was uploaded for another one.',
    FILE_AGAIN,
  ),
  MISSING_VALUE: words('e-RS misses something, most likely the comment.', AGAIN),
  VALUE_IS_REQUIRED: words(
    'e-RS wants to know whether the appointment is cancelled in the PAS: the service is booked indirectly by now.',
    `F5 reads the referral again, then ${AGAIN}`,
  ),
  FIELD_NOT_PERMITTED: words(
    'e-RS does not take the answer about the PAS: the service is booked directly by now.',
    `F5 reads the referral again, then ${AGAIN}`,
  ),
  INVALID_VALUE: OUR_FAULT,
  REFERENCE_NOT_FOUND: words(
    'e-RS does not know a file of this action any more: files that wait too long are deleted there.',
    `Choose the files again. ${AGAIN}`,
  ),
  INVALID_STATE: words('A file belongs to another action already, or cannot be used.', FILE_AGAIN),
  DUPLICATE_FILENAME: words(
    'The referral has a file of this name already.',
    `Rename the file, then choose it again. ${AGAIN}`,
  ),
  FILE_SIZE_ERROR: words('A file is empty or larger than 5 MB.', FILE_AGAIN),
  CONFLICTING_VALUES: words('A file is not what its name says.', FILE_AGAIN),
  PRIORITY_NOT_CURRENT: words('e-RS does not use this priority any more.', `Choose another one. ${AGAIN}`),
  UNSUPPORTED_PRIORITY: words('The service does not take this priority.', `Choose another one. ${AGAIN}`),
};
