/** Why e-RS refused a deferral to the provider (A016 proposed), per code (contract.md A016 and section 10). */
import { COMMON, OUR_FAULT, words, type CodeWords } from '../cancellation/code-words.ts';

const REREAD = 'F5 reads the referral again: look at its state.';
const AGAIN = 'F7 searches the slots again; if it finds none, Shift+F8 there.';
const OTHER_SERVICE = 'F7 chooses another service of the shortlist.';
const RING = 'Ring the provider, then F5 reads the referral again.';

export const DEFER_REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  INVALID_REQUEST_STATE: words(
    'The referral is in another state than it was: it may be booked, deferred or in triage already.',
    REREAD,
  ),
  INVALID_STATE: words('The service takes no deferral: it cannot be booked directly now.', OTHER_SERVICE),
  INAPPROPRIATE_VALUE: words(
    'Something of the deferral does not fit any more, such as its service or the evidence behind it.',
    `${REREAD} Then ${AGAIN}`,
  ),
  INAPPROPRIATE_SLOT: words('The slot that failed does not belong to this referral or service.', AGAIN),
  SLOT_NOT_AVAILABLE: words('e-RS does not take the slot that failed as a reason.', AGAIN),
  SERVICE_UNAVAILABLE: words('The service has been withdrawn from e-RS.', OTHER_SERVICE),
  REFERENCE_NOT_FOUND: words(
    'e-RS does not know the referral or the slot any more.',
    `${REREAD} Then ${AGAIN}`,
  ),
  PAS_RESPONDED_WITH_ERROR: words("The provider's system answered with an error.", RING),
  PAS_NOT_RESPONDING: words("The provider's system did not answer.", RING),
  UNABLE_TO_CONFIRM_APPOINTMENT: words('e-RS could not confirm the deferral.', RING),
  INVALID_VALUE: OUR_FAULT,
  MISSING_VALUE: OUR_FAULT,
};
