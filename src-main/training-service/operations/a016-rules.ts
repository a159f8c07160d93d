/** State, field, slot and deferral rules of A016 (contract.md A016 and section 10). */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { Referral, Service, Slot } from '../world/model.ts';
import { isSlotFor } from '../world/slot-book.ts';
import type { BookingRequest } from './a016-request.ts';

const bad = (code: string, why: string): Refusal => refuse(422, code, why);

/** Only an initial referral for which nothing is arranged can be booked, deferred or sent for triage. */
export function checkState(referral: Referral): Refusal | null {
  const isOpen = referral.state === 'NOT_BOOKED' && referral.isInitial;
  return isOpen ? null : bad('INVALID_REQUEST_STATE', 'The referral is not an initial, unbooked one');
}

/** What each of the three uses must and must not carry. */
export function checkFields(call: Call, request: BookingRequest, referral: Referral): Refusal | null {
  const { status, reason, slotIds, hasTimes, nhsNumber } = request;
  if (nhsNumber !== null && nhsNumber !== referral.nhsNumber) return bad('INAPPROPRIATE_VALUE', 'patient');
  if (status === 'booked') {
    if (reason !== null) return bad('INAPPROPRIATE_VALUE', 'reason');
    if (slotIds.length === 0) return bad('MISSING_VALUE', 'slot');
    if (slotIds.length > 1) return bad('INVALID_VALUE', 'slot');
    return request.startMs === null || request.endMs === null ? bad('MISSING_VALUE', 'start, end') : null;
  }
  if (reason === null) return bad('MISSING_VALUE', 'reason');
  // 2021 sent for triage through A021 only.
  if (reason === 'TRIAGE' && isSpine(call)) return bad('INVALID_VALUE', 'reason');
  if (hasTimes) return bad('INAPPROPRIATE_VALUE', 'start, end');
  if (slotIds.length > 1) return bad('INVALID_VALUE', 'slot');
  if (reason === 'SLOT_NOT_AVAILABLE') return slotIds.length === 0 ? bad('MISSING_VALUE', 'slot') : null;
  return slotIds.length > 0 ? bad('INAPPROPRIATE_VALUE', 'slot') : null;
}

/** The service that is asked, which must be on the shortlist and of the right kind. */
export function checkService(call: Call, request: BookingRequest, referral: Referral): Service | Refusal {
  const service = call.desk.world.findService(request.serviceId);
  if (!service) return bad(isSpine(call) ? 'NO_SUCH_SERVICE' : 'REFERENCE_NOT_FOUND', 'service');
  if (!referral.shortlist.includes(service.id))
    return bad('INAPPROPRIATE_VALUE', 'The service is not on the shortlist');
  if (service.isWithdrawn) return bad('SERVICE_UNAVAILABLE', 'The service has been withdrawn');
  const wanted = request.reason === 'TRIAGE' ? 'triage' : 'directly-bookable';
  return service.kind === wanted ? service : bad('INVALID_STATE', 'The service does not take this request');
}

/** A slot that exists and belongs to the service. */
function findSlot(call: Call, request: BookingRequest): Slot | Refusal {
  const slot = call.desk.world.slots.find(request.slotIds[0] ?? '');
  if (!slot) return bad('REFERENCE_NOT_FOUND', 'slot');
  return slot.serviceId === request.serviceId
    ? slot
    : bad('INAPPROPRIATE_SLOT', 'Not a slot of this service');
}

/** The slot to book, or the refusal. */
export function checkSlot(call: Call, request: BookingRequest, referral: Referral): Slot | Refusal {
  const slot = findSlot(call, request);
  if ('isRefusal' in slot) return slot;
  if (!isSlotFor(slot, referral.priority)) return bad('INAPPROPRIATE_SLOT', 'Not a slot for this priority');
  if (request.startMs !== slot.startMs || request.endMs !== slot.endMs)
    return bad('INAPPROPRIATE_VALUE', 'start, end');
  if (request.clinicianId !== null && request.clinicianId !== slot.clinicianId) {
    return bad('INAPPROPRIATE_VALUE', 'The clinician is not the one of the slot');
  }
  return call.desk.world.slots.isFree(slot) ? slot : bad('SLOT_NOT_AVAILABLE', 'The slot is not available');
}

/** The evidence behind a deferral, looked at again by the server (contract.md section 10). */
export function checkEvidence(call: Call, request: BookingRequest, referral: Referral): Refusal | null {
  const { world } = call.desk;
  switch (request.reason) {
    case 'NO_SLOTS_AT_SERVICE':
      return world.freeSlots(request.serviceId, { priority: referral.priority }).length > 0
        ? bad('SLOTS_CURRENTLY_AVAILABLE', 'There are slots at the service')
        : null;
    case 'SLOT_NOT_AVAILABLE': {
      const slot = findSlot(call, request);
      if ('isRefusal' in slot) return slot;
      return world.slots.isFree(slot) ? bad('THIS_SLOT_IS_AVAILABLE', 'The slot is available') : null;
    }
    case 'BOOKING_ATTEMPT_PROBLEM':
      // The contract names no code for this; without a silent attempt there is no problem to report.
      return world.hasSilence(referral.ubrn, request.serviceId)
        ? null
        : bad('INAPPROPRIATE_VALUE', 'No booking attempt met a silent provider system');
    default:
      return null;
  }
}
