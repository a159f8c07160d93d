import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { wait } from '../wait.ts';
import type { Appointment, PasBehaviour, Referral } from '../world/model.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { readCancellationRequest, type CancellationRequest } from './a034-request.ts';
import { cancelledBy, checkReason, isCancellable } from './a034-rules.ts';
import {
  checkLock,
  checkPatientForWriting,
  checkRelationship,
  checkType,
  checkVersion,
} from './referral-checks.ts';

interface Cancellation {
  readonly call: Call;
  readonly referral: Referral;
  readonly appointment: Appointment;
  /** Makes the change in e-RS. */
  cancelInErs(): void;
  /** Makes it in the provider's system. */
  cancelInPas(): void;
}

/** 200 with the appointment as it is now; the referral's new version is in its body. */
function cancelled({ call, referral, appointment }: Cancellation): Answer {
  return {
    status: 200,
    headers: { ETag: `W/"${appointment.version}"` },
    json: appointmentBody(call, referral, appointment, { id: appointment.id, isReplyToA016: false }),
  };
}

/** The provider's system says nothing for the delay; afterwards the appointment may stand on either side. */
async function meetSilence(
  cancellation: Cancellation,
  truth: Extract<PasBehaviour, { kind: 'silence' }>,
  refusal: Refusal,
): Promise<Refusal> {
  const { call, appointment } = cancellation;
  await wait(call.desk.clock, call.desk.pasDelayMs);
  if (!truth.bookedInPas) cancellation.cancelInPas();
  // Meanwhile the appointment may have gone outside the API.
  if (!truth.bookedInErs && appointment.status === 'booked') cancellation.cancelInErs();
  return refusal;
}

async function askPas(cancellation: Cancellation): Promise<Answer> {
  const { call, referral, appointment } = cancellation;
  const { id, serviceId, slotId } = appointment;
  const behaviour = call.pas ?? call.desk.world.pasOf({ id: slotId ?? '', serviceId });
  const describe = (status: string): string =>
    `PAS unable to cancel appointment '${id}' for UBRN: ${referral.ubrn}. PAS Request Status: ${status}`;
  const refused = refuse(422, 'UNABLE_TO_CANCEL_APPOINTMENT', describe('REFUSED'));
  switch (behaviour.kind) {
    case 'ok':
      cancellation.cancelInPas();
      cancellation.cancelInErs();
      return cancelled(cancellation);
    case 'gone':
      cancellation.cancelInPas();
      return refused;
    case 'unconfirmed':
      return refused;
    case 'error':
      return refuse(502, 'PAS_RESPONDED_WITH_ERROR', describe('ERROR'));
    case 'silence':
      return meetSilence(cancellation, behaviour, refuse(504, 'PAS_NOT_RESPONDING', describe('TIMED_OUT')));
  }
}

/** 409 for any version of the appointment but the current one. */
function checkAppointmentVersion(appointment: Appointment, request: CancellationRequest): Refusal | null {
  return request.appointmentVersion === appointment.version
    ? null
    : refuse(409, '', 'The appointment has changed');
}

/** The body must speak of the appointment that the path names. */
function checkParties(
  request: CancellationRequest,
  referral: Referral,
  appointment: Appointment,
): Refusal | null {
  const { serviceId, nhsNumber, clinicianId } = request;
  const isSame =
    serviceId === appointment.serviceId &&
    nhsNumber === referral.nhsNumber &&
    (clinicianId === null || clinicianId === appointment.clinicianId);
  return isSame ? null : refuse(422, 'INAPPROPRIATE_VALUE', 'participant');
}

function checkAll(
  call: Call,
  request: CancellationRequest,
  referral: Referral,
  appointment: Appointment,
): Refusal | null {
  return (
    checkType(referral) ??
    checkRelationship(call, referral) ??
    checkPatientForWriting(call, referral) ??
    (request.ubrn === referral.ubrn ? null : refuse(422, 'INAPPROPRIATE_VALUE', 'incomingReferral')) ??
    checkAppointmentVersion(appointment, request) ??
    checkVersion(call, referral, request.referralVersion) ??
    checkLock(call, referral) ??
    (isCancellable(call, referral)
      ? null
      : refuse(422, 'INVALID_REQUEST_STATE', 'Not a current, directly booked appointment')) ??
    checkParties(request, referral, appointment)
  );
}

/** Cancels while the referral is locked for everybody else, as long as the PAS takes. */
async function answer(call: Call): Promise<Answer> {
  const request = readCancellationRequest(call);
  if ('isRefusal' in request) return request;
  const { world } = call.desk;
  const referral = world.findReferralByAppointment(call.params.id ?? '');
  const appointment = referral?.appointment;
  if (!referral || !appointment) return refuse(404, '');
  const refusal = checkAll(call, request, referral, appointment);
  if (refusal) return refusal;
  const concept = checkReason(call, request.reason, request.comment);
  if ('isRefusal' in concept) return concept;
  // Cancellation reasons come without a display in the published examples.
  const why = {
    reason: { set: 'APPOINTMENT-CANCELLATION-REASON', code: concept.code } as const,
    comment: request.comment,
  };
  if (!world.beginWrite(referral.ubrn)) return refuse(423, '');
  try {
    return await askPas({
      call,
      referral,
      appointment,
      cancelInErs: () => world.cancel(referral, why, cancelledBy(concept)),
      cancelInPas: () => world.removeFromPas(appointment.serviceId, referral.ubrn),
    });
  } finally {
    world.endWrite(referral.ubrn);
  }
}

/** A034: cancel a directly booked appointment, the only change of one that there is. Platform only. */
export const cancelAppointment: Operation = {
  id: 'A034',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    { surface: 'api-platform', method: 'PUT', path: '/STU3/Appointment/:id', permission: REFERRER_CLINICAL },
  ],
  answer,
};
