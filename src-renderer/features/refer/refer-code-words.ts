/** What to do when e-RS refuses a new referral (A011, A021) or a new set of letters (A012); contract.md sections 7, 13. */
import { COMMON, OUR_FAULT, words, type CodeWords } from '../cancellation/code-words.ts';

const DRAFT = 'Ctrl+Shift+F2 goes back to the draft, which is kept.';
const SEARCH = words(
  'A service on the shortlist is not among those that e-RS finds for this patient now.',
  `${DRAFT} F5 there searches again: choose another service.`,
);
const REFERRER = words(
  'e-RS does not take the clinician for whom you refer.',
  `${DRAFT} Type another clinician’s 12-digit id in step 2 (Esc), or call the service desk.`,
);
const ORGANISATION = words(
  'e-RS says that an organisation of this referral cannot be used now.',
  'Do not try again. Use the e-RS web application, or call the service desk with the correlation id.',
);
const FIELD = words(
  'e-RS does not take a value of the draft.',
  `${DRAFT} Look through what is asked in step 2 (Esc), then search again (Enter).`,
);
const STALE = words(
  'e-RS answered that this is out of date, though nothing of it was there. The desk found no such referral.',
  `${DRAFT} F5 there searches again, then review it afresh.`,
);
const UNKNOWN = words(
  'e-RS does not know something that the referral names.',
  `${DRAFT} F5 there searches again. If it is refused again, use the e-RS web application.`,
);

export const CREATION_CODE_WORDS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  FIELD_NOT_PERMITTED: FIELD,
  VALUE_IS_REQUIRED: FIELD,
  INVALID_VALUE: FIELD,
  MISSING_VALUE: words(
    'For e-RS something is missing in the referral.',
    `${DRAFT} Fill in what is asked in step 2 (Esc) and the letter in step 4, then review it again (Enter).`,
  ),
  CONFLICTING_VALUES: words(
    'For e-RS two values of the draft do not go together.',
    `${DRAFT} Look at specialty and clinic type in step 2 (Esc), then search again (Enter).`,
  ),
  INAPPROPRIATE_VALUE: words(
    'e-RS does not take these services together: some are booked, others look at the referral first.',
    `${DRAFT} Leave services of one kind on the shortlist (Esc), then review it again (Enter).`,
  ),
  TOO_MANY_ITEMS: words(
    'The shortlist is too long for this.',
    `${DRAFT} Take services off (Esc), then review it again (Enter).`,
  ),
  DUPLICATE_SERVICE: words(
    'A service is on the shortlist twice.',
    `${DRAFT} Take it off once (Esc), then review it again (Enter).`,
  ),
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: SEARCH,
  SNOMED_NOT_FOUND: words(
    'e-RS does not know the clinical term.',
    `${DRAFT} Search by another term or a specialty in step 2 (Esc).`,
  ),
  REFERENCE_NOT_FOUND: SEARCH,
  SERVICE_UNAVAILABLE: words(
    'A service on the shortlist has been withdrawn.',
    `${DRAFT} F5 there searches again: choose another service.`,
  ),
  INVALID_STATE: SEARCH,
  NO_REG_GP_PRACTICE: words(
    'The patient is not registered with a GP practice, so e-RS takes no referral.',
    'Do not try again. The patient has to be registered first; refer on paper if it is urgent.',
  ),
  ORGANISATION_IS_CLOSED: ORGANISATION,
  ORGANISATION_NOT_APPROPRIATE: ORGANISATION,
  REFERENCED_USER_IS_NOT_ACTIVE: REFERRER,
  REFERENCED_USER_IS_NOT_RC: REFERRER,
  REFERENCED_USER_IS_NOT_RC_AT_ORG: REFERRER,
  REFERENCED_USER_NOT_IN_ORG: REFERRER,
  // There is no referral yet that e-RS could know, or have in a newer version.
  NO_SUCH_REQUEST: UNKNOWN,
  'http-404': UNKNOWN,
  VERSION_CONFLICT: STALE,
  'http-409': STALE,
};

export const LETTER_CODE_WORDS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  MISSING_VALUE: OUR_FAULT,
  INVALID_VALUE: OUR_FAULT,
  INVALID_REQUEST_STATE: words(
    'The referral has ended meanwhile: its letters cannot be changed.',
    'F5 reads the referral again: look at its state.',
  ),
  NO_CHANGES_DETECTED: words(
    'e-RS has these letters already.',
    'F5 reads the referral again: look at its letters.',
  ),
  DUPLICATE_FILENAME: words(
    'Two letters would have the same name.',
    'Rename the new file, then press Ctrl+F9 and choose it again.',
  ),
  CONFLICTING_VALUES: OUR_FAULT,
  INAPPROPRIATE_VALUE: words(
    'A file is not one of this referral.',
    'F5 reads the referral again. Choose the files again with Ctrl+F9.',
  ),
  INVALID_STATE: words(
    'A file is linked already.',
    'F5 reads the referral again: look at its letters before you press Ctrl+F9.',
  ),
  REFERENCE_NOT_FOUND: words(
    'A file is not at e-RS any more: uploaded files that nothing names are deleted after a time.',
    'F5 reads the referral again. Choose the files again with Ctrl+F9.',
  ),
};
