/** Parameters, state and reason rules of A036 (contract.md A036). */
import { findReferenceSet, type Concept } from '../reference-sets.ts';
import { refuse, type Call, type Refusal } from '../service-types.ts';
import { listAt, textAt } from '../wire/read-body.ts';
import { profile } from '../wire/systems.ts';
import type { Referral } from '../world/model.ts';
import { hasProperty, isEffective } from './a034-rules.ts';
import { bad, refuseShape } from './appointment-request.ts';

export interface CancelRequest {
  /** A code of REFERRAL-CANCELLATION-REASON. */
  readonly reason: string;
  readonly comment: string;
}

const LONGEST_COMMENT = 2000;
/** The system is server-relative: its host is not compared (contract.md section 4.2). */
const REASON_SYSTEM = /\/STU3\/CodeSystem\/REFERRAL-CANCELLATION-REASON$/;

/** The request, or the refusal of its shape. */
export function readCancelRequest(call: Call): CancelRequest | Refusal {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Parameters') return refuseShape(call, 'Parameters');
  const profiles = listAt(body, 'meta', 'profile');
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!profiles.includes(profile('eRS-CancelReferral-Request-Parameters-1')))
    return bad('INVALID_VALUE', 'meta.profile');
  const found = new Map<string, unknown>();
  for (const [i, parameter] of listAt(body, 'parameter').entries()) {
    const name = textAt(parameter, 'name') ?? '';
    const isKnown = name === 'cancellationReason' || name === 'cancellationComments';
    if (!isKnown || found.has(name)) return bad('INVALID_VALUE', `parameter[${i}].name`);
    found.set(name, parameter);
  }
  const reason = textAt(found.get('cancellationReason'), 'valueCoding', 'code');
  if (reason === undefined) return bad('MISSING_VALUE', 'cancellationReason');
  const system = textAt(found.get('cancellationReason'), 'valueCoding', 'system') ?? '';
  if (!REASON_SYSTEM.test(system)) return bad('INVALID_VALUE', 'cancellationReason');
  const comment = textAt(found.get('cancellationComments'), 'valueString') ?? '';
  return comment.length > LONGEST_COMMENT
    ? bad('INVALID_VALUE', 'cancellationComments')
    : { reason, comment };
}

/** Anything but the end state can be cancelled. */
export function checkOpen(referral: Referral): Refusal | null {
  return referral.state === 'CANCELLED_REFERRAL'
    ? refuse(422, 'INVALID_REQUEST_STATE', 'The referral is cancelled')
    : null;
}

/** The rows of the contract's table: who calls, and whether an appointment stands. */
function isForCase(call: Call, referral: Referral, concept: Concept): boolean {
  const hasAppointment = referral.appointment?.status === 'booked';
  const canCancel = hasProperty(concept, 'canCancelAppointment', true);
  if (!call.caller.businessFunction.startsWith('SERVICE_PROVIDER')) return !hasAppointment || canCancel;
  const isType = (type: string): boolean =>
    hasProperty(concept, 'appointmentRequestCancellationReasonType', type);
  if (hasAppointment) return (isType('PROVIDER') || isType('PATIENT')) && canCancel;
  const isTriage = referral.state === 'AWAITING_TRIAGE' || referral.state === 'TRIAGED_PROVIDER_TO_ACTION';
  return isTriage ? isType('PROVIDER_TRIAGE') : isType('PROVIDER') || isType('PATIENT');
}

/** The concept of a code that this caller may use here and now, with the comment that it asks for. */
export function checkReferralReason(
  call: Call,
  referral: Referral,
  { reason, comment }: CancelRequest,
): Concept | Refusal {
  const concept = findReferenceSet('REFERRAL-CANCELLATION-REASON')?.concepts.find(
    (one) => one.code === reason,
  );
  const isUsable =
    concept !== undefined &&
    hasProperty(concept, 'referrerUsage', 'CANCEL_REFERRAL') &&
    hasProperty(concept, 'businessFunction', call.caller.businessFunction) &&
    isEffective(concept, call.desk.clock.nowMs()) &&
    isForCase(call, referral, concept);
  if (!isUsable) return bad('INAPPROPRIATE_VALUE', 'cancellationReason');
  const isMandatory = hasProperty(concept, 'commentIsMandatory', true);
  return isMandatory && comment.trim() === '' ? bad('MISSING_VALUE', 'cancellationComments') : concept;
}
