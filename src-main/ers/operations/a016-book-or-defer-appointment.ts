import { readAppointment } from '../fhir/appointment.ts';
import { readAs } from '../fhir/shape.ts';
import type { AppointmentRecord } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { buildAppointmentBody, readAppointmentBody, type A016Input } from './a016-appointment-body.ts';
import { inBothDialects, matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export type {
  A016Input,
  BookInput,
  DeferInput,
  DeferralReason,
  TriageInput,
} from './a016-appointment-body.ts';

/**
 * Books a slot, defers to provider, or sends for triage (contract.md A016). The referral's version in the body is the
 * pin: a second sending under the same pin cannot book twice, a new pin is a new decision of the clerk. The
 * referral's new version is in the answer's `referral`; the answer's own version is the appointment's.
 */
export const a016BookOrDeferAppointment: Operation<A016Input, AppointmentRecord> = {
  id: 'A016',
  name: 'Book or defer appointment',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    SLOT_NOT_AVAILABLE: 'may-defer',
    PAS_RESPONDED_WITH_ERROR: 'may-defer',
    PAS_NOT_RESPONDING: 'unknown-outcome',
    UNABLE_TO_CONFIRM_APPOINTMENT: 'unknown-outcome',
    SLOTS_CURRENTLY_AVAILABLE: 'new-search',
    THIS_SLOT_IS_AVAILABLE: 'new-search',
    INAPPROPRIATE_SLOT: 'new-search',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    INVALID_STATE: 'reread',
    SERVICE_UNAVAILABLE: 'tell',
    REFERENCE_NOT_FOUND: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
    MISSING_VALUE: 'fix',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    NO_SUCH_REQUEST: 'tell',
    INVALID_REQUEST_TYPE: 'tell',
    REFERRAL_LOCKED: 'wait',
    VERSION_CONFLICT: 'reread',
  },
  dialects: inBothDialects((stu3, dialect) => ({
    build: (input) => ({
      method: 'POST',
      path: `${stu3}/Appointment`,
      body: buildAppointmentBody(input, dialect),
    }),
    readRequest(request) {
      return matchPath(request, 'POST', stu3, /^\/Appointment$/) ? readAppointmentBody(request.body) : null;
    },
    successStatus: [201],
    supports: (input) => dialect === 'api-platform' || input.use !== 'triage',
  })),
  read: (reply) => readCreated(reply.json),
  echoes: (appointment, input) =>
    appointment.referral?.ubrn === input.ubrn &&
    appointment.serviceId === input.serviceId &&
    appointment.nhsNumber === input.nhsNumber &&
    (input.use !== 'book' || appointment.slotId === input.slotId),
};

/** A created appointment has a real id. */
const readCreated = readAs('appointment', (json) => {
  const appointment = readAppointment(json);
  return appointment.id === null ? null : appointment;
});
