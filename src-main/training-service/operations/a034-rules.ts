/** State and reason rules of A034 (contract.md A034). */
import { parseInstant } from '../../contract/london-time.ts';
import { findReferenceSet, type Concept } from '../reference-sets.ts';
import type { Call, Refusal } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { bad } from './appointment-request.ts';

/** A current appointment still to come, booked directly at a service that is on the shortlist. */
export function isCancellable(call: Call, referral: Referral): boolean {
  const { state, appointment, shortlist } = referral;
  const { world, clock } = call.desk;
  const service = world.findService(appointment?.serviceId ?? '');
  return (
    state === 'BOOKED' &&
    appointment?.status === 'booked' &&
    service?.kind === 'directly-bookable' &&
    shortlist.includes(service.id) &&
    (appointment.startMs ?? 0) > clock.nowMs()
  );
}

/** A concept without end lasts for ever. */
export function isEffective({ from, to }: Concept, nowMs: number): boolean {
  const endMs = to === undefined ? Infinity : (parseInstant(to) ?? -Infinity);
  return (parseInstant(from) ?? Infinity) <= nowMs && nowMs < endMs;
}

/** True when the concept has that value of a property, which may repeat. */
export function hasProperty(concept: Concept, name: string, value: string | boolean): boolean {
  const found = concept.properties?.[name];
  return Array.isArray(found) ? found.some((one) => one === value) : found === value;
}

/** True when a caller of that role may cancel an appointment for the reason now. */
export function isReasonToCancel(concept: Concept, businessFunction: string, nowMs: number): boolean {
  return (
    hasProperty(concept, 'usage', 'CANCEL') &&
    hasProperty(concept, 'businessFunction', businessFunction) &&
    isEffective(concept, nowMs)
  );
}

/** The concept of a code that may be used here and now, with the comment that it asks for. */
export function checkReason(call: Call, code: string, comment: string): Concept | Refusal {
  const concept = findReferenceSet('APPOINTMENT-CANCELLATION-REASON')?.concepts.find(
    (one) => one.code === code,
  );
  // The published example refuses a code of another set in these words, not as an unknown one.
  if (!concept || !isReasonToCancel(concept, call.caller.businessFunction, call.desk.clock.nowMs()))
    return bad('INAPPROPRIATE_VALUE', 'reason');
  const isMandatory = concept.properties?.commentIsMandatory === true;
  return isMandatory && comment.trim() === '' ? bad('MISSING_VALUE', 'comment') : concept;
}

/** Who cancels, as the reason tells it. */
export const cancelledBy = (concept: Concept): 'PATIENT' | 'PROVIDER' =>
  hasProperty(concept, 'appointmentBookingCancellationReasonType', 'PROVIDER') ? 'PROVIDER' : 'PATIENT';
