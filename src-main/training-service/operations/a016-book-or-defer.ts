import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { wait } from '../wait.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Appointment, PasBehaviour, Referral, Slot } from '../world/model.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { stu3Root } from '../wire/systems.ts';
import { readBookingRequest, type BookingRequest } from './a016-request.ts';
import { checkEvidence, checkFields, checkService, checkSlot, checkState } from './a016-rules.ts';
import { checkLock, checkPinnedWrite, findReferral } from './referral-checks.ts';

/** 201 with the appointment; the referral's new version is in its body, the ETag is the appointment's. */
function created(call: Call, referral: Referral, appointment: Appointment): Answer {
  const history = `Appointment/${appointment.id}/_history/${appointment.version}`;
  return {
    status: 201,
    headers: isSpine(call)
      ? { Location: `${stu3Root(call)}/${history}` }
      : { ETag: `W/"${appointment.version}"` },
    json: appointmentBody(call, referral, appointment, { id: appointment.id, isReplyToA016: true }),
  };
}

const describe = (slot: Slot, referral: Referral, status: string): string =>
  `PAS unable to create booking into slot '${slot.id}' for UBRN: ${referral.ubrn}. PAS Request Status: ${status}`;

/** The provider's system says nothing for the delay; afterwards either side may hold the booking. */
async function meetSilence(
  call: Call,
  referral: Referral,
  slot: Slot,
  truth: Extract<PasBehaviour, { kind: 'silence' }>,
): Promise<Refusal> {
  const { world, clock, pasDelayMs } = call.desk;
  world.slots.take(slot.id);
  world.recordSilence(referral.ubrn, slot.serviceId);
  await wait(clock, pasDelayMs);
  if (truth.bookedInPas) world.recordInPas(slot, referral.ubrn);
  // Meanwhile the referral may have moved outside the API.
  if (truth.bookedInErs && referral.state === 'NOT_BOOKED') world.book(referral, slot);
  else if (!truth.bookedInPas) world.slots.release(slot.id);
  return refuse(504, 'PAS_NOT_RESPONDING', describe(slot, referral, 'TIMED_OUT'));
}

async function askPas(call: Call, referral: Referral, slot: Slot): Promise<Answer> {
  const { world } = call.desk;
  const behaviour = call.pas ?? world.pasOf(slot);
  const lose = (after: 'taken' | 'free' | undefined): void => {
    if (after !== 'free') world.slots.take(slot.id);
  };
  const error = refuse(502, 'PAS_RESPONDED_WITH_ERROR', describe(slot, referral, 'ERROR'));
  const unconfirmed = refuse(422, 'UNABLE_TO_CONFIRM_APPOINTMENT', describe(slot, referral, 'REFUSED'));
  switch (behaviour.kind) {
    case 'ok':
      world.recordInPas(slot, referral.ubrn);
      return created(call, referral, world.book(referral, slot));
    case 'gone':
      lose('taken');
      return isSpine(call) ? unconfirmed : error;
    case 'error':
      lose(behaviour.slotAfter);
      return error;
    case 'unconfirmed':
      lose(behaviour.slotAfter);
      return unconfirmed;
    case 'silence':
      return meetSilence(call, referral, slot, behaviour);
  }
}

/** Books while the referral is locked for everybody else, as long as the PAS takes. */
async function book(call: Call, request: BookingRequest, referral: Referral): Promise<Answer> {
  const slot = checkSlot(call, request, referral);
  if ('isRefusal' in slot) return slot;
  const { world } = call.desk;
  if (!world.beginWrite(referral.ubrn)) return checkLock(call, referral) ?? refuse(423, '');
  try {
    return await askPas(call, referral, slot);
  } finally {
    world.endWrite(referral.ubrn);
  }
}

function defer(call: Call, request: BookingRequest, referral: Referral): Answer {
  const refusal = checkEvidence(call, request, referral);
  if (refusal) return refusal;
  const why = {
    reason: { set: 'eRS-ReviewReason-1', code: request.reason ?? '' } as const,
    comment: request.comment,
  };
  return created(call, referral, call.desk.world.propose(referral, request.serviceId, why));
}

async function answer(call: Call): Promise<Answer> {
  const request = readBookingRequest(call);
  if ('isRefusal' in request) return request;
  const unknown = isSpine(call)
    ? refuse(404, 'NO_SUCH_REQUEST', 'No such UBRN')
    : refuse(422, 'REFERENCE_NOT_FOUND', 'No such UBRN');
  const referral = findReferral(call, request.ubrn, unknown);
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, request.version) ??
    checkState(referral) ??
    checkFields(call, request, referral);
  if (refusal) return refusal;
  const service = checkService(call, request, referral);
  if ('isRefusal' in service) return service;
  return request.status === 'booked' ? book(call, request, referral) : defer(call, request, referral);
}

/** A016: book a slot, defer to the provider, or (platform) send for triage. */
export const bookOrDefer: Operation = {
  id: 'A016',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    { surface: 'api-platform', method: 'POST', path: '/STU3/Appointment', permission: REFERRER_CLINICAL },
    { surface: 'spine-session', method: 'POST', path: '/STU3/v1/Appointment', permission: REFERRER_CLINICAL },
  ],
  answer,
};
