import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Appointment, Referral } from '../world/model.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { readCancellationRequest, type CancellationRequest } from './a034-request.ts';
import { cancelledBy, checkReason, isCancellable } from './a034-rules.ts';
import { askPasToCancel } from './pas-cancellation.ts';
import {
  checkLock,
  checkPatientForCancelling,
  checkRelationship,
  checkType,
  checkVersion,
} from './referral-checks.ts';

/** 200 with the appointment as it is now; the referral's new version is in its body. */
const cancelled = (call: Call, referral: Referral, appointment: Appointment): Answer => ({
  status: 200,
  headers: { ETag: `W/"${appointment.version}"` },
  json: appointmentBody(call, referral, appointment, { id: appointment.id, isReplyToA016: false }),
});

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
    checkPatientForCancelling(call, referral) ??
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
    return await askPasToCancel({
      call,
      referral,
      appointment,
      cancelInErs: () => world.cancel(referral, why, cancelledBy(concept)),
      cancelInPas: () => world.removeFromPas(appointment.serviceId, referral.ubrn),
      succeed: () => cancelled(call, referral, appointment),
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
