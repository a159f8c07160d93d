/** Why e-RS did not take a file that goes with another action (A020), per code (contract.md section 7). */
import { COMMON, OUR_FAULT, words, type CodeWords } from './code-words.ts';

/** The file does not know what it goes with. */
const AGAIN =
  'Enter opens what it belongs to. Review again there what the file goes with (Ctrl+F9 letters, Shift+F9 cancellation, Ctrl+Shift+F9 review, Alt+G advice)';
const OTHER_FILE = `${AGAIN}, with another file or without it.`;

export const UPLOAD_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  FILE_SIZE_ERROR: words('The file is empty or larger than 5 MB. It was not uploaded.', OTHER_FILE),
  CONFLICTING_VALUES: words('The file is not what its name says. It was not uploaded.', OTHER_FILE),
  INAPPROPRIATE_VALUE: words('e-RS does not take such a file for this referral.', OTHER_FILE),
  INVALID_VALUE: words('e-RS does not take the name or the type of the file.', OTHER_FILE),
  DUPLICATE_FILENAME: words(
    'The referral has a file of this name already.',
    `Rename the file. ${AGAIN}, with the renamed file.`,
  ),
  REFERENCE_NOT_FOUND: words('e-RS does not know the referral of this file any more.', `${AGAIN}.`),
  MISSING_VALUE: OUR_FAULT,
};
