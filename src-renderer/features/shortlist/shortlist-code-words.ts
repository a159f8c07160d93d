/** Why e-RS refused a new shortlist (A031) or a triage (A016 TRIAGE), per code. */
import { COMMON, OUR_FAULT, words, type CodeWords } from '../cancellation/code-words.ts';

const REREAD = 'F5 reads the referral again: look at its state.';
const AGAIN = 'Ctrl+F7 opens it again as you left it.';
const OTHER_SERVICE = `Take that service off and add another one. ${AGAIN}`;

export const CHANGE_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  INVALID_REQUEST_STATE: words(
    'The referral is in another state than it was: it may be booked already.',
    REREAD,
  ),
  DUPLICATE_SERVICE: words('A service is on the new shortlist twice.', OTHER_SERVICE),
  TOO_MANY_ITEMS: words('There are too many services on the new shortlist.', OTHER_SERVICE),
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: words(
    'A service does not fit this referral: its specialty, age range or priority.',
    OTHER_SERVICE,
  ),
  SERVICE_UNAVAILABLE: words('A service has been withdrawn from e-RS.', OTHER_SERVICE),
  INVALID_STATE: words('A service takes no referral now.', OTHER_SERVICE),
  NO_SUCH_SERVICE: words('e-RS does not know one of the services.', OTHER_SERVICE),
  REFERENCE_NOT_FOUND: words('e-RS does not know one of the services.', OTHER_SERVICE),
  NO_CHANGES_DETECTED: words('Nothing differs from the shortlist as it is.', REREAD),
  INAPPROPRIATE_VALUE: words('A service does not fit this referral now.', OTHER_SERVICE),
  CONFLICTING_VALUES: words('Services of this shortlist do not go together.', OTHER_SERVICE),
  UNSUPPORTED_PRIORITY: words('A service does not take the referral’s priority.', OTHER_SERVICE),
  INVALID_VALUE: OUR_FAULT,
  MISSING_VALUE: OUR_FAULT,
};

const TRIAGE_AGAIN = 'Ctrl+Shift+F7 reviews it again.';
/** A triage has no slot and no provider's system: what e-RS answers of either cannot be meant so. */
const ABOUT_A_SLOT = words(
  'e-RS answered about a slot, and a triage has none.',
  `${REREAD} If it says so again, use the e-RS web application and call the service desk.`,
);
const ABOUT_A_PROVIDER = words(
  'e-RS answered about a provider’s system, and a triage asks none.',
  `${REREAD} ${TRIAGE_AGAIN}`,
);
export const TRIAGE_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  INVALID_REQUEST_STATE: words(
    'The referral is in another state than it was: it may be booked, deferred or in triage already.',
    REREAD,
  ),
  INVALID_STATE: words('The service takes no referral for triage now.', `${REREAD} ${TRIAGE_AGAIN}`),
  INAPPROPRIATE_VALUE: words('The service is not a triage service of the shortlist any more.', REREAD),
  SERVICE_UNAVAILABLE: words('The service has been withdrawn from e-RS.', 'Ctrl+F7 changes the shortlist.'),
  REFERENCE_NOT_FOUND: words('e-RS does not know the referral or the service any more.', REREAD),
  SLOTS_CURRENTLY_AVAILABLE: words(
    'The service has free slots and can be booked.',
    'F7 shows the fresh slots.',
  ),
  THIS_SLOT_IS_AVAILABLE: ABOUT_A_SLOT,
  SLOT_NOT_AVAILABLE: ABOUT_A_SLOT,
  INAPPROPRIATE_SLOT: ABOUT_A_SLOT,
  PAS_RESPONDED_WITH_ERROR: ABOUT_A_PROVIDER,
  PAS_NOT_RESPONDING: ABOUT_A_PROVIDER,
  UNABLE_TO_CONFIRM_APPOINTMENT: words('e-RS could not confirm the triage.', `${REREAD} ${TRIAGE_AGAIN}`),
  INVALID_VALUE: OUR_FAULT,
  MISSING_VALUE: OUR_FAULT,
};
