import { parseAppointmentId, type AppointmentId } from '../../contract/identifiers.ts';
import { readAppointment } from '../fhir/appointment.ts';
import { readAs } from '../fhir/shape.ts';
import type { AppointmentRecord } from '../model.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { matchPath, parseCount, READ_TIMEOUT_MS } from './framing.ts';

export interface A038Input {
  /** The real id, from the referral's Appointment-Reference: never the contained one's. */
  readonly appointmentId: AppointmentId;
  /** Asks for this version only; an older one than the current is a 404. */
  readonly version?: number;
}

/**
 * An appointment (contract.md A038). `proposed` does not mean that it awaits booking: the system of the reason says
 * whether it was deferred, sent for triage, or has an outcome.
 */
export const a038RetrieveAppointment: Operation<A038Input, AppointmentRecord> = {
  id: 'A038',
  name: 'Retrieve appointment',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { PATIENT_ERROR: 'block-patient', NO_RELATIONSHIP: 'tell' },
  dialects: {
    'api-platform': {
      build: ({ appointmentId, version }) => ({
        method: 'GET',
        path: `/STU3/Appointment/${appointmentId}${version === undefined ? '' : `/_history/${version}`}`,
      }),
      readRequest(request) {
        const rest = /^\/Appointment\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/(\d{1,9}))?$/;
        const groups = matchPath(request, 'GET', '/STU3', rest);
        const appointmentId = parseAppointmentId(groups?.[0]);
        const version = parseCount(groups?.[1]);
        if (appointmentId === null) return null;
        return version === null ? { appointmentId } : { appointmentId, version };
      },
      successStatus: [200],
    },
  },
  read: (reply) => readOne(reply.json),
  echoes: (appointment, input) => appointment.id === input.appointmentId,
};

const readOne = readAs('appointment', (json) => {
  const appointment = readAppointment(json);
  return appointment.id === null ? null : appointment;
});
