/**
 * What the desk may do with an open referral: null, or the code of the first reason against it. The words live in the
 * renderer. e-RS may still refuse; A029 is asked again when a panel opens and before anything is sent.
 */
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { ReferralView, ShortlistedService } from '../../contract/channels/referral.ts';
import type { Coded } from '../../contract/schema.ts';
import type { Referral, ServiceRecord } from '../../ers/model.ts';
import type { DialectName } from '../../ers/operation.ts';
import { isIndirectlyBooked } from '../../ers/referral-facts.ts';
import type { Abilities } from '../session/abilities.ts';
import { reasonNotToJudgeBooking, reasonNotToRecordOutcome, type ReviewItem } from './review-gates.ts';

export type { ReviewItem };

export interface GateParts {
  readonly referral: Referral;
  readonly services: readonly ServiceRecord[];
  /** A029 as asked just now; null where it could not be, and never from what is remembered. */
  readonly actions: readonly Coded[] | null;
  readonly can: Abilities;
  readonly dialect: DialectName;
  readonly reviewItem: ReviewItem | null;
  readonly nowMs: number;
  readonly isRemembered: boolean;
  readonly patient: PatientDetails | null;
  readonly patientProblem: ReferralView['patientProblem'];
  readonly shortlist: readonly ShortlistedService[];
}

export type Gates = Pick<
  ReferralView,
  | 'canBook'
  | 'canReadLetter'
  | 'canCancelLater'
  | 'canCancelAppointment'
  | 'canCancelReferral'
  | 'canChangeShortlist'
  | 'canSendForTriage'
  | 'canAccept'
  | 'canReject'
  | 'canRecordReview'
  | 'canMaintainLetter'
>;

/** States from which A016 may book (contract.md section 9); the cancelled ones only after a new shortlist. */
const BOOKABLE_STATES = ['NOT_BOOKED', 'APPT_CANCELLED_BY_PATIENT', 'APPT_CANCELLED_BY_PROVIDER'];

export function judge(parts: GateParts): Gates {
  return {
    canBook: reasonNotToBook(parts),
    canReadLetter: reasonNotToReadLetter(parts),
    canCancelLater: reasonNotToCancelLater(parts),
    canCancelAppointment: reasonNotToCancelAppointment(parts),
    canCancelReferral: reasonNotToCancelReferral(parts),
    canChangeShortlist: reasonNotToChangeShortlist(parts),
    canSendForTriage: reasonNotToSendForTriage(parts),
    canMaintainLetter: reasonNotToMaintainLetter(parts),
    ...judgeReview(parts),
  };
}

/** A012: the referrer's own letters, in any state but the end (contract.md section 7). */
function reasonNotToMaintainLetter(parts: GateParts): string | null {
  if (!parts.can.canBook) return 'role-cannot-maintain-letter';
  return reasonOfPatient(parts) ?? reasonOfDeath(parts) ?? reasonOfStatus(parts);
}

/** A013, A014 and A028: for the roles of A022 (contract.md section 3). */
function judgeReview(parts: GateParts): Pick<Gates, 'canAccept' | 'canReject' | 'canRecordReview'> {
  const always = parts.can.canCancelLater
    ? (reasonOfPatient(parts) ?? reasonOfStatus(parts))
    : 'role-cannot-review';
  const ofBooking = always ?? reasonNotToJudgeBooking(parts);
  return {
    // An appointment that nobody will come to is not accepted; it can and must still be cancelled.
    canAccept: always ?? reasonOfDeath(parts) ?? ofBooking,
    canReject: ofBooking,
    canRecordReview:
      always ??
      reasonOfDeath(parts) ??
      reasonNotToRecordOutcome(parts) ??
      reasonOfActions(parts, 'RECORD_REVIEW_OUTCOME'),
  };
}

/** How a referral stands on the review list as it was read last in this sitting; null when it does not. */
export function reviewItemOf(
  lists: {
    readonly isOnReviewList: (ubrn: string) => boolean;
    readonly rowOf: (ubrn: string) => { readonly referralType: Coded | null } | null;
  },
  ubrn: string,
): ReviewItem | null {
  if (!lists.isOnReviewList(ubrn)) return null;
  const type = lists.rowOf(ubrn)?.referralType?.code;
  return type === 'APPOINTMENT' || type === 'TRIAGE_DEFERRAL' ? type : 'unknown';
}

/** What stands against every write: e-RS is not to be used for this patient, or it is not certain who it is. */
function reasonOfPatient({ patient, patientProblem }: GateParts): string | null {
  if (patient?.isSensitive === true || patientProblem === 'restricted') return 'patient-sensitive';
  return patientProblem === 'different-number' ? 'patient-differs' : null;
}

/** What has died with the patient: nothing new is arranged. What is arranged can and must still be cancelled. */
const reasonOfDeath = ({ patient }: GateParts) => (patient?.deceased != null ? 'patient-deceased' : null);

const reasonOfStatus = ({ referral }: GateParts) =>
  referral.status === 'active' ? null : 'referral-not-active';

const isBooked = ({ referral }: GateParts) => referral.appointment?.status === 'booked';

/** A029 where it could be asked. */
const reasonOfActions = ({ actions }: GateParts, wanted: string) =>
  actions === null || actions.some((action) => action.code === wanted) ? null : 'action-not-offered';

const reasonOfDialect = ({ dialect }: GateParts) => (dialect === 'api-platform' ? null : 'not-in-dialect');

function reasonNotToBook(parts: GateParts): string | null {
  const { referral, shortlist } = parts;
  if (!parts.can.canBook) return 'role-cannot-book';
  const always = reasonOfPatient(parts) ?? reasonOfDeath(parts) ?? reasonOfStatus(parts);
  if (always !== null) return always;
  if (isBooked(parts)) return 'already-booked';
  if (referral.state !== null && !BOOKABLE_STATES.includes(referral.state.code)) return 'state-not-bookable';
  if (referral.commissioningOrg === null) return 'no-commissioning-organisation';
  const offered = reasonOfActions(parts, 'CREATE_APPOINTMENT');
  if (offered !== null) return offered;
  if (shortlist.length === 0) return 'no-shortlist';
  return shortlist.some((entry) => entry.bookable === 'directly' || entry.bookable === 'unknown')
    ? null
    : 'no-direct-service';
}

/** Asked also right before a letter is fetched, of the referral and the patient as read then (hazard 15). */
export function reasonNotToReadLetter(
  parts: Pick<GateParts, 'referral' | 'patient' | 'patientProblem' | 'can'>,
): string | null {
  if (!parts.can.canReadLetters) return 'role-cannot-read-letters';
  if (parts.patient?.isSensitive === true || parts.patientProblem === 'restricted')
    return 'patient-sensitive';
  if (parts.patient?.deceased != null) return 'patient-deceased';
  // The spine dialect writes letters only while there is no appointment (contract.md A019).
  if (parts.referral.state === null && parts.referral.appointment !== null) return 'letter-not-in-dialect';
  return null;
}

/** A022: as `reasonNotToJudgeBooking`; A029 does not know it (contract.md A022). */
function reasonNotToCancelLater(parts: GateParts): string | null {
  if (!parts.can.canCancelLater) return 'role-cannot-cancel-later';
  return reasonOfPatient(parts) ?? reasonOfStatus(parts) ?? reasonNotToJudgeBooking(parts);
}

/** A034: directly bookable services only, and only while e-RS answers (screens.md sections 8 and 14). */
function reasonNotToCancelAppointment(parts: GateParts): string | null {
  const { referral, services } = parts;
  if (!parts.can.canCancel) return 'role-cannot-cancel';
  const always = reasonOfPatient(parts) ?? reasonOfDialect(parts) ?? reasonOfStatus(parts);
  if (always !== null) return always;
  const { appointment } = referral;
  if (appointment?.status !== 'booked' || referral.appointmentId === null) return 'not-booked';
  if (isIndirectlyBooked(appointment, services)) return 'indirectly-bookable';
  if (parts.isRemembered) return 'ring-back-instead';
  return reasonOfActions(parts, 'CANCEL_DIRECTLY_BOOKED_APPOINTMENT');
}

/** A036: from every state but the end state. */
function reasonNotToCancelReferral(parts: GateParts): string | null {
  const { status, state } = parts.referral;
  if (!parts.can.canCancelReferral) return 'role-cannot-cancel-referral';
  const always = reasonOfPatient(parts) ?? reasonOfDialect(parts);
  if (always !== null) return always;
  if (status === 'cancelled' || state?.code === 'CANCELLED_REFERRAL') return 'referral-not-active';
  if (parts.isRemembered) return 'ring-back-instead';
  return reasonOfActions(parts, 'CANCEL_REFERRAL');
}

/** A031: from NOT_BOOKED, from others where A029 says so (contract.md section 9). */
function reasonNotToChangeShortlist(parts: GateParts): string | null {
  const { referral, actions } = parts;
  if (!parts.can.canChangeShortlist) return 'role-cannot-change-shortlist';
  const always =
    reasonOfPatient(parts) ?? reasonOfDeath(parts) ?? reasonOfDialect(parts) ?? reasonOfStatus(parts);
  if (always !== null) return always;
  if (isBooked(parts)) return 'already-booked';
  if (parts.isRemembered) return 'needs-connection';
  if (actions === null) return referral.state?.code === 'NOT_BOOKED' ? null : 'actions-not-known';
  return reasonOfActions(parts, 'CHANGE_SHORTLIST');
}

/** A016 TRIAGE: as booking, at a triage service of the shortlist, on the platform only (contract.md section 10). */
function reasonNotToSendForTriage(parts: GateParts): string | null {
  const { referral, actions, shortlist } = parts;
  if (!parts.can.canBook) return 'role-cannot-book';
  const always =
    reasonOfPatient(parts) ?? reasonOfDeath(parts) ?? reasonOfDialect(parts) ?? reasonOfStatus(parts);
  if (always !== null) return always;
  if (isBooked(parts)) return 'already-booked';
  if (referral.state !== null && !BOOKABLE_STATES.includes(referral.state.code)) return 'state-not-bookable';
  if (referral.commissioningOrg === null) return 'no-commissioning-organisation';
  if (parts.isRemembered) return 'needs-connection';
  if (actions === null && referral.state?.code !== 'NOT_BOOKED') return 'actions-not-known';
  const offered = reasonOfActions(parts, 'CREATE_APPOINTMENT');
  if (offered !== null) return offered;
  return shortlist.some(({ bookable }) => bookable === 'triage') ? null : 'no-triage-service';
}
