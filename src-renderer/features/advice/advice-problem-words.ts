/** Why requests for advice could not be read (A023, A024, A025, A043), where the words of a referral do not fit. */
import type { Problem } from '../../../src-main/contract/outcome.ts';
import type { ProblemWords } from '../../app/words/words-shape.ts';

const words = (title: string, next: string, meaning = 'Nothing was changed.'): ProblemWords => ({
  ...{ title, meaning, next },
});

const AGAIN = 'Press F5 to read the request again.';
const CHANGED = words('The request has changed since it was read', AGAIN);
const NO_LONGER = words(
  'e-RS does not make this of the request as it stands now',
  'Press Esc, then F5 to read the request again and see where it stands.',
);
const OUR_FAULT = words(
  'e-RS did not understand the question',
  'Press F5 to ask again. If it stays so, call the service desk: this is a fault of the desk, not yours.',
);
const OTHER_KIND = words(
  'This UBRN is not a request for advice',
  'Check the UBRN, then press F2: it may be a referral by now.',
);
const RECORD = words(
  'This patient’s record cannot be used in e-RS',
  'Do not try again. Follow your office’s procedure for restricted records.',
  'e-RS says: do not attempt again for this patient.',
);

const WORDS: Readonly<Record<string, ProblemWords>> = {
  HISTORY_NOT_SUPPORTED: CHANGED,
  REFERENCE_NOT_FOUND: CHANGED,
  INVALID_REQUEST_STATE: NO_LONGER,
  INVALID_REQUEST_TYPE: OTHER_KIND,
  NO_SUCH_REQUEST: words(
    'e-RS knows no request for advice with this UBRN',
    'Check the UBRN digit by digit, then press F2.',
  ),
  NO_RELATIONSHIP: words(
    'You have no recorded relationship with this patient',
    'Press Alt+R to choose another role, or ask a colleague of the right organisation.',
    'e-RS does not show the request in this role or workgroup.',
  ),
  PATIENT_ERROR: RECORD,
  PATIENT_SENSITIVE: RECORD,
  INVALID_VALUE: OUR_FAULT,
  MISSING_PARAMETER: OUR_FAULT,
  MISSING_VALUE: OUR_FAULT,
  UNEXPECTED_FIELD: OUR_FAULT,
};

/** Null where the words of the code itself fit. */
export const adviceProblemWords = ({ code }: Problem): ProblemWords | null => WORDS[code] ?? null;

const LIST_WORDS: Readonly<Record<string, ProblemWords>> = {
  NO_RELATIONSHIP: words(
    'e-RS does not show these requests in this role',
    'Press Alt+R to choose another role or clinician, then Alt+G.',
  ),
};

/** The list is asked for as a whole: whatever e-RS finds wrong with the question is none of the clerk's choices. */
const OF_QUESTION = [
  'REFERENCE_NOT_FOUND',
  'NO_SUCH_SERVICE',
  'NO_SUCH_LOCATION',
  'NO_SUCH_SPECIALTY',
  'NO_SUCH_CLINICIAN',
  'INVALID_VALUE',
  'MISSING_VALUE',
  'UNEXPECTED_FIELD',
];

/** The same for the list of them (A023). */
export const adviceListProblemWords = ({ code }: Problem): ProblemWords | null =>
  OF_QUESTION.includes(code) ? OUR_FAULT : (LIST_WORDS[code] ?? null);
