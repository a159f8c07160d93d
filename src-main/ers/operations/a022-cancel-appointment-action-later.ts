import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import { lastSegment } from '../fhir/systems.ts';
import type { AppointmentRecord, Referral } from '../model.ts';
import type { DialectName, Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import { buildActionLaterBody, readActionLaterBody, type A022Input } from './a022-parameters-body.ts';
import { framePinnedWrite, inBothDialects, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export type { A022Input } from './a022-parameters-body.ts';
export type { ProviderAttachment } from './provider-file.ts';

/** The operation's name differs by a capital letter, and the other dialect's is a 404 (contract.md section 1). */
const NAME: Readonly<Record<DialectName, string>> = {
  'api-platform': '$ers.cancelAppointmentActionLater',
  'spine-session': '$ers.CancelAppointmentActionLater',
};

/**
 * Cancels a booked appointment and leaves the referral with the provider, to be worked on in the e-RS web application
 * (contract.md A022). `If-Match` with the referral's version is the pin. No A029 code announces this action: state
 * and role decide. The answer is the referral as it is afterwards.
 */
export const a022CancelAppointmentActionLater: Operation<A022Input, Referral> = {
  id: 'A022',
  name: 'Cancel appointment, action later',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    MISSING_VALUE: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    FIELD_NOT_PERMITTED: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    // Both may be the echo of our own earlier sending: the referral says whether the file is there.
    INVALID_STATE: 'reread',
    DUPLICATE_FILENAME: 'reread',
    REFERENCE_NOT_FOUND: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
    NO_SUCH_REQUEST: 'tell',
    INVALID_REQUEST_TYPE: 'tell',
    REFERRAL_LOCKED: 'wait',
    VERSION_CONFLICT: 'reread',
    // The appointment stays booked (contract.md A022).
    TECHNICAL_ERROR: 'reread',
  },
  dialects: inBothDialects((_stu3, dialect) =>
    framePinnedWrite(
      dialect,
      NAME[dialect],
      (input: A022Input) => buildActionLaterBody(input, dialect),
      readActionLaterBody,
    ),
  ),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    isLeftForActionLater(referral.appointment),
};

const readOne = readAs('referral', readReferral);

/**
 * True for an appointment that A022 cancelled: `proposed` with that review outcome on the platform, `cancelled` in the
 * spine dialect (contract.md section 15, row 3). Whose call it was, only the comment tells.
 */
export function isLeftForActionLater(appointment: AppointmentRecord | null): boolean {
  if (appointment === null) return false;
  const { status, reason } = appointment;
  const isOutcome =
    reason !== null &&
    lastSegment(reason.system) === 'eRS-ReviewOutcome-1' &&
    reason.code === 'CANCEL_APPOINTMENT_ACTION_LATER';
  return status === 'proposed' ? isOutcome : status === 'cancelled' && (reason === null || isOutcome);
}
