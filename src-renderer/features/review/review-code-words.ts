/** Why e-RS refused a judgement (A013, A014, A028), per code. */
import { COMMON, OUR_FAULT, PAS_WORDS, words, type CodeWords } from '../cancellation/code-words.ts';

const AGAIN = 'Ctrl+Shift+F9 reviews it again: your comment is kept.';
const REREAD = 'F5 reads the referral again and shows its state.';
const JUDGED = words(
  'The referral cannot be judged so any more: somebody has judged it, its appointment is over or cancelled, or its information is not there.',
  REREAD,
);
const FILE_AGAIN = `Take the file out or choose another one. ${AGAIN}`;
const TECHNICAL = words(
  'A technical error in e-RS: nothing was changed, as far as we know.',
  `F5 reads the referral again. If it still waits for review, ${AGAIN}`,
);

export const ACCEPT_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  INVALID_REQUEST_STATE: JUDGED,
  TECHNICAL_ERROR: TECHNICAL,
};

export const REJECT_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  ...PAS_WORDS,
  INVALID_REQUEST_STATE: JUDGED,
  TECHNICAL_ERROR: TECHNICAL,
  INVALID_VALUE: words('e-RS does not know this reason any more.', `Choose another reason. ${AGAIN}`),
  INAPPROPRIATE_VALUE: words(
    'This reason does not fit the appointment or your role now.',
    `Choose another reason. ${AGAIN}`,
  ),
  MISSING_VALUE: words('e-RS wants a comment with this reason.', `Type a comment. ${AGAIN}`),
  VALUE_IS_REQUIRED: words(
    'e-RS wants to know whether the appointment is cancelled in the PAS: the service is booked indirectly by now.',
    `F5 reads the referral again, then ${AGAIN}`,
  ),
  FIELD_NOT_PERMITTED: words(
    'e-RS does not take the answer about the PAS: the service is booked directly by now.',
    `F5 reads the referral again, then ${AGAIN}`,
  ),
};

/** What PDS says right before it is sent (hazard 17). */
const OF_PATIENT: Readonly<Record<string, CodeWords>> = {
  'patient-deceased': words(
    'PDS says that the patient has died. Nothing was recorded.',
    'Do not try again. Tell the referrer by telephone, and follow your office’s procedure.',
  ),
  'patient-sensitive': words(
    'PDS says that the patient’s record is restricted (S flag). Nothing was recorded.',
    'Do not try again. Follow your office’s procedure for restricted records.',
  ),
  'patient-differs': words(
    'PDS and e-RS have different NHS numbers for this patient. Nothing was recorded.',
    'Do not try again. Use the e-RS web application, and call the service desk.',
  ),
};

export const OUTCOME_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  ...OF_PATIENT,
  INVALID_REQUEST_STATE: JUDGED,
  TECHNICAL_ERROR: TECHNICAL,
  PRIORITY_NOT_CURRENT: words(
    'The priority of the referral was changed since you read it.',
    `F5 reads the referral again: look at its priority, then ${AGAIN}`,
  ),
  UNSUPPORTED_PRIORITY: words('The service does not take this priority.', `Choose another one. ${AGAIN}`),
  MISSING_VALUE: words('e-RS misses something, most likely priority or comment.', AGAIN),
  VALUE_IS_REQUIRED: words('e-RS misses something, most likely the priority.', AGAIN),
  FIELD_NOT_PERMITTED: OUR_FAULT,
  INVALID_VALUE: OUR_FAULT,
  INAPPROPRIATE_VALUE: words(
    'Something does not fit the referral now: often a file that was uploaded for another one.',
    FILE_AGAIN,
  ),
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
};
