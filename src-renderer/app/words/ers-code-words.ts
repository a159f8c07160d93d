import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was changed for the patient.';
const REREAD = 'Press F5 to read the referral again before you go on.';
const CALL = 'Call the service desk: the desk asked for something in a way that e-RS does not take.';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

const OUR_FAULT = words('e-RS did not understand the request', UNCHANGED, CALL);
const NO_RIGHT = words(
  'e-RS does not allow this in your role',
  UNCHANGED,
  'Press Alt+R to choose another role, or pass the referral to a colleague who holds it.',
);
const BUSY = words(
  'Too many requests to e-RS at once',
  `Every desk of the site shares one limit. ${UNCHANGED}`,
  'The desk goes on by itself after a short pause; then press F5.',
);
const DOWN = words(
  'e-RS is not available just now',
  'e-RS could not answer. This says nothing about the referral itself.',
  'Wait a minute, then press F5. If it lasts, call the service desk.',
);
const LOCKED = words(
  'Someone else is working on this referral in e-RS',
  `e-RS does not say who. ${UNCHANGED}`,
  'Wait about 10 seconds, then press F5.',
);
const CHANGED = words(
  'The referral has changed since it was read',
  'Your action was not carried out.',
  REREAD,
);
const CLINICIAN = words(
  'The clinician named is not active in that role or organisation',
  UNCHANGED,
  'Choose another clinician, or none.',
);
const FILE_WAITS = words(
  'The file is still being checked for threats',
  'It cannot be opened yet.',
  'Try again in 5 minutes.',
);
const STILL_FREE = words(
  'The service has free slots, so the referral may not be deferred',
  'Not deferred. The patient can be booked.',
  'Press F7 to see the fresh slots.',
);
const PATIENT = words(
  'This patient’s record cannot be used in e-RS',
  'NOT BOOKED. e-RS says: do not attempt again for this patient.',
  'Do not try again. Follow your office’s procedure for restricted records.',
);
const unknownTo = (thing: string) =>
  words(`e-RS does not know this ${thing}`, UNCHANGED, `Check the ${thing}, then press F5 to read again.`);
const organisation = (why: string) =>
  words(`The organisation ${why}`, UNCHANGED, 'Choose another organisation or call the service desk.');

/** Words for the error codes of e-RS (contract.md section 13). */
export const ERS_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  ACCESS_DENIED: NO_RIGHT,
  CONFLICTING_VALUES: OUR_FAULT,
  DUPLICATE_FILENAME: words(
    'A file of this name is attached already',
    UNCHANGED,
    'Rename the file and attach it again.',
  ),
  DUPLICATE_SERVICE: words('A service is on the shortlist twice', UNCHANGED, REREAD),
  FIELD_NOT_PERMITTED: words(
    'e-RS does not take one of the answers given',
    UNCHANGED,
    'Check the answers and try again.',
  ),
  FILE_SIZE_ERROR: words(
    'The file is empty or too large',
    'It was not attached.',
    'Choose a file of up to 5 MB.',
  ),
  FORBIDDEN: NO_RIGHT,
  HISTORY_NOT_SUPPORTED: CHANGED,
  INAPPROPRIATE_SLOT: words(
    'This slot does not suit the referral',
    'NOT BOOKED.',
    'Press F7 to search again.',
  ),
  INAPPROPRIATE_VALUE: words('One of the values does not fit this referral now', UNCHANGED, REREAD),
  INVALID_CODE: OUR_FAULT,
  INVALID_FHIR_STRUCTURE: OUR_FAULT,
  INVALID_REQUEST_STATE: words(
    'The referral’s state does not allow this now',
    'It may already be booked, deferred, triaged or cancelled. Your action was not carried out.',
    REREAD,
  ),
  INVALID_REQUEST_TYPE: words(
    'This UBRN is not a referral',
    UNCHANGED,
    'Check the UBRN with the caller, digit by digit.',
  ),
  INVALID_STATE: words('Something this refers to can no longer be used', UNCHANGED, REREAD),
  INVALID_VALUE: OUR_FAULT,
  MISSING_HEADER: OUR_FAULT,
  MISSING_PARAMETER: OUR_FAULT,
  MISSING_VALUE: words(
    'Something that must be filled in is missing',
    UNCHANGED,
    'Fill in every field, then try again.',
  ),
  NO_ACCESS: NO_RIGHT,
  NO_ACCESS_CODE: words(
    'There is no access code for this referral',
    'No letter with an access code can be made. The booking, if there is one, is not affected.',
    'Tell the patient the details yourself, or make the letter in the e-RS web application.',
  ),
  NO_CHANGES_DETECTED: words('There is nothing to save', UNCHANGED, 'Change something first, or press Esc.'),
  NO_CLINICAL_INFO: words('No clinical information is attached', UNCHANGED, 'Ask the referrer to attach it.'),
  NO_REG_GP_PRACTICE: words(
    'The patient has no registered GP practice',
    'e-RS does not allow a referral without one.',
    'Follow your office’s procedure for patients without a practice.',
  ),
  NO_RELATIONSHIP: words(
    'You have no recorded relationship with this patient',
    'e-RS does not show the referral in this role or workgroup.',
    'Press Alt+R to choose another role, or ask a colleague of the right organisation.',
  ),
  NO_SUCH_ATTACHMENT: unknownTo('attachment'),
  NO_SUCH_CLINICIAN: unknownTo('clinician'),
  NO_SUCH_LOCATION: unknownTo('location'),
  NO_SUCH_REQUEST: words(
    'e-RS knows no referral with this UBRN',
    'Nothing was shown. One digit may be wrong.',
    'Ask the caller for the UBRN again, digit by digit, then press F2.',
  ),
  NO_SUCH_SERVICE: unknownTo('service'),
  NO_SUCH_SPECIALTY: unknownTo('specialty'),
  NOT_AUTHORISED: NO_RIGHT,
  ORGANISATION_IS_CLOSED: organisation('is closed'),
  ORGANISATION_NOT_APPROPRIATE: organisation('does not fit this request'),
  PAS_NOT_RESPONDING: words(
    'The provider’s booking system did not answer',
    'NOT CONFIRMED. It is not known whether the provider holds the appointment.',
    'The desk reads the referral again. Do not book again until it says what happened.',
  ),
  PAS_RESPONDED_WITH_ERROR: words(
    'The provider’s booking system refused the slot',
    'NOT BOOKED, unless reading the referral again shows otherwise.',
    'Press F5 to read it again, then F7 for other slots.',
  ),
  PATIENT_ERROR: PATIENT,
  PATIENT_SENSITIVE: PATIENT,
  PENDING: FILE_WAITS,
  PRIORITY_NOT_CURRENT: words('This priority is no longer in use', UNCHANGED, 'Choose another priority.'),
  REC_BAD_REQUEST: OUR_FAULT,
  REC_FORBIDDEN: NO_RIGHT,
  REC_NOT_ACCEPTABLE: OUR_FAULT,
  REC_NOT_FOUND: unknownTo('item'),
  REC_SERVER_ERROR: DOWN,
  REC_UNAVAILABLE: DOWN,
  REC_UNSUPPORTED_MEDIA_TYPE: OUR_FAULT,
  REFERENCE_NOT_FOUND: words('Something this refers to is not known to e-RS', UNCHANGED, REREAD),
  REFERENCED_USER_IS_NOT_ACTIVE: CLINICIAN,
  REFERENCED_USER_IS_NOT_RC: CLINICIAN,
  REFERENCED_USER_IS_NOT_RC_AT_ORG: CLINICIAN,
  REFERENCED_USER_IS_NOT_SPC: CLINICIAN,
  REFERENCED_USER_NOT_IN_ORG: CLINICIAN,
  REFERRAL_LOCKED: LOCKED,
  SERVICE_UNAVAILABLE: words(
    'The service has been withdrawn from e-RS',
    'NOT BOOKED. It cannot be booked at this service.',
    'Press Esc and choose another service of the shortlist (F7).',
  ),
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: words('A shortlisted service no longer matches', UNCHANGED, REREAD),
  SLOT_NOT_AVAILABLE: words(
    'The slot has gone',
    'NOT BOOKED. Someone else took this slot.',
    'Press F7 for fresh slots, and offer the patient another time.',
  ),
  SLOTS_CURRENTLY_AVAILABLE: STILL_FREE,
  SNOMED_NOT_FOUND: words(
    'The clinical term is not known to e-RS',
    UNCHANGED,
    'Search again with another term.',
  ),
  SYSTEM_UNAVAILABLE: DOWN,
  TECHNICAL_ERROR: DOWN,
  THIS_SLOT_IS_AVAILABLE: STILL_FREE,
  THREATS_FOUND: words(
    'A threat was found in the file',
    'It cannot be opened.',
    'Ask the sender for a clean file.',
  ),
  TOO_MANY_ITEMS: words('There are too many services on the shortlist', UNCHANGED, REREAD),
  TOO_MANY_REQUESTS: BUSY,
  UNABLE_TO_CANCEL_APPOINTMENT: words(
    'The provider’s booking system did not cancel',
    'The appointment is still booked, as far as we know.',
    'Press F5 to read it again, and ring the provider.',
  ),
  UNABLE_TO_CONFIRM_APPOINTMENT: words(
    'The provider’s booking system did not confirm the booking',
    'NOT CONFIRMED. It is not known whether the provider holds the appointment.',
    'The desk reads the referral again. Do not book again until it says what happened.',
  ),
  UNEXPECTED_FIELD: OUR_FAULT,
  UNSUPPORTED_PRIORITY: words(
    'The service does not take this priority',
    UNCHANGED,
    'Choose another service or priority.',
  ),
  VALIDATION_FAILED: words(
    'The file failed its check',
    'It cannot be opened.',
    'Ask the sender for the file again.',
  ),
  VALUE_IS_REQUIRED: words('An answer is missing', UNCHANGED, 'Answer every question, then try again.'),
  VERSION_CONFLICT: CHANGED,
};
