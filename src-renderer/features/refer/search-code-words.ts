/** What to change when e-RS refuses a search for services (A010; contract.md sections 7, 13): the step stays as it is. */
import { problemWords } from '../../app/words/problem-words.ts';
import type { ProblemWords } from '../../app/words/words-shape.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';

const NOT_SEARCHED = 'NOT SEARCHED. The draft is kept as it is.';
const words = (title: string, next: string, meaning = NOT_SEARCHED): ProblemWords => ({
  title,
  meaning,
  next,
});

const STEP = 'In step 2, What is asked,';
const ENTER = 'then press Enter to search again';
const REFERRER = words(
  'e-RS does not take the clinician for whom you refer',
  `${STEP} type another clinician’s 12-digit id, ${ENTER}.`,
);
const ORGANISATION = words(
  'e-RS says that an organisation of this search is closed or not the right one',
  `${STEP} take the organisation or site out or type another, ${ENTER}. If none is typed, call the service desk with the correlation id.`,
);
const FIELD = words(
  'e-RS does not take a value of what is asked',
  `${STEP} look through every field, ${ENTER}. If it is refused again, call the service desk with the correlation id.`,
);
const MISSING = words(
  'For e-RS something is missing in what is asked',
  `${STEP} fill in the referring clinician, and a specialty or a clinical term, ${ENTER}.`,
);
const PATIENT_RECORD = words(
  'e-RS cannot use this patient’s record',
  'Do not try again. Follow your office’s procedure for restricted records.',
  'NOT REFERRED. e-RS says: do not attempt again for this patient.',
);

export const SEARCH_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  FIELD_NOT_PERMITTED: FIELD,
  INVALID_VALUE: FIELD,
  INVALID_CODE: FIELD,
  'http-400': FIELD,
  VALUE_IS_REQUIRED: MISSING,
  MISSING_VALUE: MISSING,
  CONFLICTING_VALUES: words(
    'For e-RS two values of what is asked do not go together',
    `${STEP} choose a clinic type of the specialty, or “Any”, ${ENTER}.`,
  ),
  REFERENCE_NOT_FOUND: words(
    'e-RS does not know something that is asked for',
    `${STEP} look at the clinicians’ ids, the clinic type and the organisation, ${ENTER}.`,
  ),
  SNOMED_NOT_FOUND: words(
    'e-RS does not know the clinical term',
    `${STEP} type another SNOMED CT number, or take it out and choose a specialty, ${ENTER}.`,
  ),
  NO_REG_GP_PRACTICE: words(
    'The patient is not registered with a GP practice',
    'Do not try again. The patient has to be registered first; refer on paper if it is urgent.',
    'NOT REFERRED. e-RS takes no referral without a practice.',
  ),
  ORGANISATION_IS_CLOSED: ORGANISATION,
  ORGANISATION_NOT_APPROPRIATE: ORGANISATION,
  REFERENCED_USER_IS_NOT_ACTIVE: REFERRER,
  REFERENCED_USER_IS_NOT_RC: REFERRER,
  REFERENCED_USER_IS_NOT_RC_AT_ORG: REFERRER,
  REFERENCED_USER_NOT_IN_ORG: REFERRER,
  PATIENT_ERROR: PATIENT_RECORD,
  PATIENT_SENSITIVE: PATIENT_RECORD,
};

/** The words of a search that did not come to anything; those of any other problem where the search has none of its own. */
export const searchProblemWords = (problem: Problem): ProblemWords =>
  SEARCH_CODE_WORDS[problem.code] ?? problemWords(problem);
