/** Why e-RS refused an answer (A026), a conversion (A027) or a new request (A044), per code, and what to press next. */
import { COMMON, OUR_FAULT, words, type CodeWords } from '../cancellation/code-words.ts';

type Words = Readonly<Record<string, CodeWords>>;

const REREAD = 'F5 reads the request again: look at where it stands.';
const KEPT = 'your text is kept.';
const CHANGED = words(
  'Someone or something changed the request after your review. Nothing was changed for a version that you had not seen.',
  `F5 reads it again, and the same key reviews the new version: ${KEPT} F12 compares the two.`,
);
const UNKNOWN = words('e-RS does not know this request for advice any more.', REREAD);

/** What means the same for an answer and a conversion; `again` says which key reviews it again. */
function onRequest(again: string): Words {
  const fileAgain = `Take the file out or choose another one. ${again}`;
  return {
    ...COMMON,
    'http-404': UNKNOWN,
    NO_SUCH_REQUEST: UNKNOWN,
    'http-409': CHANGED,
    VERSION_CONFLICT: CHANGED,
    INVALID_REQUEST_TYPE: words('For e-RS this UBRN is not a request for advice.', REREAD),
    INVALID_REQUEST_STATE: words('The request is no longer with the provider, or is closed.', REREAD),
    UNSUPPORTED_PRIORITY: words(
      'The service does not take this priority.',
      `Choose another priority. ${again}`,
    ),
    INAPPROPRIATE_VALUE: words(
      'Something does not fit the request now: often a file that was uploaded for another one.',
      `F5 reads the request again. ${fileAgain}`,
    ),
    INVALID_VALUE: OUR_FAULT,
    CONFLICTING_VALUES: words(
      'For e-RS two things that were sent contradict each other: often a file that is not what its name says.',
      fileAgain,
    ),
    INVALID_STATE: words('A file belongs to another action already, or cannot be used.', fileAgain),
    DUPLICATE_FILENAME: words(
      'The request has a file of this name already.',
      `Rename the file, then choose it again. ${again}`,
    ),
    REFERENCE_NOT_FOUND: words(
      'e-RS does not know a file of this action any more: files that wait too long are deleted there.',
      `Choose the files again. ${again}`,
    ),
    TECHNICAL_ERROR: words(
      'A technical error in e-RS: nothing was sent, as far as we know.',
      `F5 reads the request again. If it still waits for you: ${again}`,
    ),
  };
}

const ANSWER_AGAIN = `Alt+A answers again: ${KEPT}`;

export const ANSWER_REFUSALS: Words = {
  ...onRequest(ANSWER_AGAIN),
  MISSING_VALUE: words('e-RS misses something, most likely the advice or the priority.', ANSWER_AGAIN),
  VALUE_IS_REQUIRED: words('e-RS misses what you recommend.', `Choose what you recommend. ${ANSWER_AGAIN}`),
  FIELD_NOT_PERMITTED: words(
    'e-RS does not take what you recommend with this.',
    `Choose again whether you advise or ask for more. ${ANSWER_AGAIN}`,
  ),
};

const CONVERT_AGAIN = `Alt+C makes the referral again: ${KEPT}`;
const MISSING = words('e-RS misses the answer, the priority or the instruction.', CONVERT_AGAIN);

export const CONVERSION_REFUSALS: Words = {
  ...onRequest(CONVERT_AGAIN),
  MISSING_VALUE: MISSING,
  VALUE_IS_REQUIRED: MISSING,
  INVALID_REQUEST_STATE: words(
    'The request is no longer with the provider, is closed, or the referrer does not allow a referral of it any more.',
    REREAD,
  ),
  'conversion-not-authorised': words('The referrer has taken the permission back.', REREAD),
};

const SEARCH = 'Enter in step 2 searches the services again';
const ASK_AGAIN = `F7 reviews it again: ${KEPT}`;
const CHOOSE = `${SEARCH}: choose another one. ${ASK_AGAIN}`;
const ELSEWHERE = 'Do not try again. Ask in another way, or use the e-RS web application.';
const clinician = (meaning: string) =>
  words(meaning, `Type the 12 digits of another clinician in step 2, and search again (Enter). ${ASK_AGAIN}`);
const organisation = (why: string) =>
  words(`e-RS says that an organisation of this request ${why}.`, ELSEWHERE);
const FILLED = words('e-RS wants more than was filled in.', `Look at the steps 1 to 3. ${ASK_AGAIN}`);
const SHORTLIST = words('e-RS wants exactly one service to be asked.', CHOOSE);
const STALE = words(
  'e-RS refused it as out of date, though nothing of it was there before.',
  `${SEARCH}. ${ASK_AGAIN}`,
);

export const REQUEST_REFUSALS: Words = {
  ...COMMON,
  'http-404': words('e-RS does not know something that the request names.', `${SEARCH}. ${ASK_AGAIN}`),
  'http-409': STALE,
  VERSION_CONFLICT: STALE,
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: words('e-RS no longer finds this service for the patient.', CHOOSE),
  SNOMED_NOT_FOUND: words('e-RS does not know a term of the search.', `${SEARCH}. ${ASK_AGAIN}`),
  SERVICE_UNAVAILABLE: words('The service was withdrawn.', CHOOSE),
  INVALID_STATE: words('The service takes no request for advice now, or a file cannot be used.', CHOOSE),
  DUPLICATE_SERVICE: SHORTLIST,
  TOO_MANY_ITEMS: SHORTLIST,
  REFERENCE_NOT_FOUND: words(
    'e-RS does not know the service, the clinician or a file of the request.',
    CHOOSE,
  ),
  INAPPROPRIATE_VALUE: words('The service does not give advice, or not on this.', CHOOSE),
  FIELD_NOT_PERMITTED: words(
    'e-RS does not take a clinician’s name with this: you ask in your own.',
    'Do not try again in this role: Alt+R chooses another one, or use the e-RS web application.',
  ),
  VALUE_IS_REQUIRED: FILLED,
  MISSING_VALUE: FILLED,
  INVALID_VALUE: OUR_FAULT,
  UNSUPPORTED_PRIORITY: words(
    'The service does not take this priority.',
    `Choose another priority in step 2, and search again (Enter). ${ASK_AGAIN}`,
  ),
  NO_REG_GP_PRACTICE: words(
    'e-RS knows no GP practice of this patient.',
    'Have the registration corrected first. Ask in another way meanwhile, or use the e-RS web application.',
  ),
  ORGANISATION_IS_CLOSED: organisation('is closed'),
  ORGANISATION_NOT_APPROPRIATE: organisation('may not take part in it'),
  REFERENCED_USER_IS_NOT_ACTIVE: clinician('The clinician in whose name you ask is not active in e-RS.'),
  REFERENCED_USER_IS_NOT_RC: clinician('The person in whose name you ask is no referring clinician.'),
  REFERENCED_USER_IS_NOT_RC_AT_ORG: clinician(
    'The clinician in whose name you ask is no referring clinician of your organisation.',
  ),
  REFERENCED_USER_NOT_IN_ORG: clinician('The clinician in whose name you ask is none of your organisation.'),
  DUPLICATE_FILENAME: words(
    'Two files of the request have the same name.',
    `Rename the file, then choose it again. ${ASK_AGAIN}`,
  ),
};
