/** Which reasons of A004 a role may use now, and where (contract.md A004, A014, A034 and A036). */
import type { CancellationReason } from '../../contract/channels/cancellation.ts';
import { fromLondon, isCalendarDate, parseInstant } from '../../contract/london-time.ts';
import type { ReferenceConcept, ReferenceSet } from '../../ers/model.ts';
import type { DialectName } from '../../ers/operation.ts';
import { CLINICAL, PROVIDER_CLINICAL } from '../../ers/roles.ts';

/** A reason as it is sent back: the system is the address that A004 gave for its set. */
export interface OfferedReason extends CancellationReason {
  readonly system: string;
}

export interface WhoAndWhen {
  readonly businessFunction: string;
  readonly nowMs: number;
}

/** What decides on the reasons for a whole referral. */
export interface ReferralCase extends WhoAndWhen {
  readonly hasAppointment: boolean;
  /** A triage service has it, or has triaged it. */
  readonly isTriage: boolean;
}

/** A034: usage CANCEL, the role among its business functions, effective now. */
export function appointmentReasons(set: ReferenceSet, at: WhoAndWhen): OfferedReason[] {
  return offer(set, (concept) => has(concept, 'usage', 'CANCEL') && isFor(concept, at));
}

/**
 * A014: usage REJECT, the role, effective now. The set of 2021 says neither usage nor roles: there the type of the reason
 * tells (contract.md A004).
 */
export function rejectionReasons(
  set: ReferenceSet,
  at: WhoAndWhen & { readonly dialect: DialectName },
): OfferedReason[] {
  return offer(set, (concept) =>
    at.dialect === 'spine-session'
      ? has(concept, 'appointmentBookingCancellationReasonType', 'PROVIDER_REJECT') &&
        isEffective(concept, at.nowMs)
      : has(concept, 'usage', 'REJECT') && isFor(concept, at),
  );
}

/** A036: referrer usage CANCEL_REFERRAL, the role, the dates, and what fits the case. */
export function referralReasons(set: ReferenceSet, at: ReferralCase): OfferedReason[] {
  return offer(
    set,
    (concept) =>
      has(concept, 'referrerUsage', 'CANCEL_REFERRAL') && isFor(concept, at) && fitsCase(concept, at),
  );
}

const isProvider = (businessFunction: string) => PROVIDER_CLINICAL.some((role) => role === businessFunction);

function fitsCase(concept: ReferenceConcept, { businessFunction, hasAppointment, isTriage }: ReferralCase) {
  const mayCancel = !hasAppointment || has(concept, 'canCancelAppointment', true);
  if (!isProvider(businessFunction)) return mayCancel;
  const isOfType = (type: string) => has(concept, 'appointmentRequestCancellationReasonType', type);
  if (isTriage) return isOfType('PROVIDER_TRIAGE');
  return mayCancel && (isOfType('PROVIDER') || isOfType('PATIENT'));
}

const has = ({ properties }: ReferenceConcept, name: string, value: string | boolean) =>
  properties[name]?.includes(value) === true;

/** A concept that names no business function is open to nobody through the API (contract.md A004). */
function isFor(concept: ReferenceConcept, { businessFunction, nowMs }: WhoAndWhen): boolean {
  const isRole = CLINICAL.some((role) => role === businessFunction);
  return isRole && has(concept, 'businessFunction', businessFunction) && isEffective(concept, nowMs);
}

/** Effective from its first instant on, and before its last; days are London's. */
function isEffective({ effectiveFrom, effectiveTo }: ReferenceConcept, nowMs: number): boolean {
  const fromMs = instantOf(effectiveFrom);
  const toMs = instantOf(effectiveTo);
  return (fromMs === null || fromMs <= nowMs) && (toMs === null || toMs > nowMs);
}

function instantOf(text: string | null): number | null {
  if (text === null) return null;
  return isCalendarDate(text) ? fromLondon(text, 0, 0) : parseInstant(text);
}

function offer(set: ReferenceSet, fits: (concept: ReferenceConcept) => boolean): OfferedReason[] {
  return set.concepts.filter(fits).map((concept) => ({
    system: set.url,
    code: concept.code,
    display: concept.display.slice(0, 200) || concept.code,
    commentIsMandatory: has(concept, 'commentIsMandatory', true),
  }));
}

/** Why this reason with this comment cannot be sent; null when it can. */
export function objectionToReason(
  reasons: readonly OfferedReason[],
  { reasonCode, comment }: { readonly reasonCode: string; readonly comment: string },
): 'reason-not-offered' | 'comment-missing' | null {
  const reason = reasons.find(({ code }) => code === reasonCode);
  if (reason === undefined) return 'reason-not-offered';
  return reason.commentIsMandatory && comment.trim() === '' ? 'comment-missing' : null;
}
