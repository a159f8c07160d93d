import { readAppointment } from '../fhir/appointment.ts';
import { readAs } from '../fhir/shape.ts';
import { parseVersionTag, versionTag } from '../fhir/version-tag.ts';
import type { AppointmentRecord } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { buildCancelledBody, readCancelledBody, type A034Input } from './a034-appointment-body.ts';
import { matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export type { A034Input } from './a034-appointment-body.ts';

/**
 * Cancels a directly booked appointment (contract.md A034). `If-Match` with the appointment's version is the pin; the
 * referral's version goes with the body. Reason: usage CANCEL, the caller's role among its business functions,
 * effective today. A provider's system takes part, so after 502 and 504 only e-RS can be read back.
 */
export const a034CancelAppointment: Operation<A034Input, AppointmentRecord> = {
  id: 'A034',
  name: 'Cancel appointment',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    UNABLE_TO_CANCEL_APPOINTMENT: 'reread',
    PAS_RESPONDED_WITH_ERROR: 'unknown-outcome',
    PAS_NOT_RESPONDING: 'unknown-outcome',
    INVALID_REQUEST_STATE: 'reread',
    // The reason cannot be used here: another one must be chosen.
    INAPPROPRIATE_VALUE: 'ask-again',
    MISSING_VALUE: 'ask-again',
    INVALID_VALUE: 'fix',
    UNEXPECTED_FIELD: 'fix',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: {
    'api-platform': {
      build: (input) => ({
        method: 'PUT',
        path: `/STU3/Appointment/${input.appointmentId}`,
        headers: { 'If-Match': versionTag(input.appointmentVersion) },
        body: buildCancelledBody(input),
      }),
      readRequest(request) {
        const [id] = matchPath(request, 'PUT', '/STU3', /^\/Appointment\/([A-Za-z0-9\-.]{1,64})$/) ?? [];
        const input = readCancelledBody(request.body);
        const isPinned = parseVersionTag(request.headers['if-match']) === input?.appointmentVersion;
        return input !== null && input.appointmentId === id && isPinned ? input : null;
      },
      successStatus: [200],
    },
  },
  read: (reply) => readOne(reply.json),
  echoes: (appointment, input) =>
    appointment.id === input.appointmentId &&
    appointment.referral?.ubrn === input.ubrn &&
    appointment.nhsNumber === input.nhsNumber &&
    appointment.status === 'cancelled' &&
    appointment.reason?.code === input.reason.code &&
    (appointment.version ?? 0) > input.appointmentVersion,
};

const readOne = readAs('appointment', (json) => {
  const appointment = readAppointment(json);
  return appointment.id === null ? null : appointment;
});
