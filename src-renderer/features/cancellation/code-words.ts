/** Words for answers that mean the same for every action of these panels (contract.md section 13): what happened, what to press. */
export interface CodeWords {
  readonly meaning: string;
  readonly next: string;
}

export const words = (meaning: string, next: string): CodeWords => ({ meaning, next });

const REREAD = 'F5 reads the referral again: look at its state.';
export const OUR_FAULT = words(
  'The desk asked in a way that e-RS does not take. This is a fault of the desk, not yours.',
  'Do not try again. Use the e-RS web application, and call the service desk with the correlation id.',
);
export const PATIENT_RECORD = words(
  "e-RS cannot use this patient's record. It says: do not attempt again.",
  "Do not try again. Follow your office's procedure for restricted records.",
);
const NO_RIGHT = words(
  'Your role or workgroup may not do this for this referral.',
  'Alt+R chooses another role or clinician, or pass the referral on.',
);
const LOCKED = words(
  'Someone else is working on this referral in e-RS; nothing was changed.',
  'Wait about 10 seconds, then press the same key again.',
);
const TOO_MANY = words(
  'Too many requests at once: every desk of the site shares one limit. Nothing was changed.',
  'Wait a moment, then press the same key again.',
);
const SESSION_ENDED = words(
  'Your e-RS session ended before anything was changed.',
  'Sign in again, open the referral, then review it afresh: your comment is kept until you leave.',
);
const UNKNOWN_TO_ERS = words('e-RS does not know this referral any more.', REREAD);
const CHANGED = words(
  'Someone or something changed the referral after your review. Nothing was changed for a version that you had not seen.',
  'F5 reads it again. Your text is kept: the same key reviews the new version. F12 compares the two.',
);

const STILL_BOOKED = 'The appointment is still booked, as far as we know.';

/** The provider's system said no, or said nothing: e-RS keeps the appointment until it is proven otherwise. */
export const PAS_WORDS: Readonly<Record<string, CodeWords>> = {
  UNABLE_TO_CANCEL_APPOINTMENT: words(
    `The provider's system did not cancel it; often the appointment was changed there without e-RS. ${STILL_BOOKED}`,
    'Ring the provider: what do they hold? F5 reads the referral again.',
  ),
  PAS_RESPONDED_WITH_ERROR: words(
    `The provider's system answered with an error. ${STILL_BOOKED}`,
    'F5 reads the referral again. Ring the provider before you try once more.',
  ),
  PAS_NOT_RESPONDING: words(
    `The provider's system did not answer. ${STILL_BOOKED}`,
    'F5 reads the referral again. Ring the provider before you try once more.',
  ),
};

export const COMMON: Readonly<Record<string, CodeWords>> = {
  PATIENT_ERROR: PATIENT_RECORD,
  PATIENT_SENSITIVE: PATIENT_RECORD,
  NO_RELATIONSHIP: words(
    'You have no recorded relationship with this patient in this role.',
    'Alt+R chooses another role or clinician, or ask a colleague of the right organisation.',
  ),
  FORBIDDEN: NO_RIGHT,
  NO_ACCESS: NO_RIGHT,
  'http-403': NO_RIGHT,
  REFERRAL_LOCKED: LOCKED,
  'http-423': LOCKED,
  'rate-limited': TOO_MANY,
  'http-429': TOO_MANY,
  'session-ended': SESSION_ENDED,
  'http-401': SESSION_ENDED,
  'http-404': UNKNOWN_TO_ERS,
  NO_SUCH_REQUEST: UNKNOWN_TO_ERS,
  INVALID_REQUEST_TYPE: words('For e-RS this UBRN is not a referral.', REREAD),
  VERSION_CONFLICT: CHANGED,
  'http-409': CHANGED,
  INVALID_CODE: OUR_FAULT,
  INVALID_FHIR_STRUCTURE: OUR_FAULT,
  UNEXPECTED_FIELD: OUR_FAULT,
  'http-400': OUR_FAULT,
  'http-412': OUR_FAULT,
  'not-in-dialect': words(
    'This connection to e-RS does not have this action.',
    'Use the e-RS web application for it.',
  ),
  'not-sent': words(
    'e-RS could not be reached; nothing was sent.',
    'Check the network, then the same key again.',
  ),
  'interrupted-before-sending': words(
    'The desk was closed before anything was sent.',
    'Open the referral, then the same key again.',
  ),
};
