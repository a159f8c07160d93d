import type { Ubrn } from '../../contract/identifiers.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, booleanAt, objectAt, textAt } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import { ersProfile, lastSegment } from '../fhir/systems.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import { framePinnedWrite, inBothDialects, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export interface A014Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  /** A concept of APPOINTMENT-CANCELLATION-REASON with usage REJECT; `system` is the `url` that A004 gave. */
  readonly reason: { readonly system: string; readonly code: string };
  /** At most 2000 characters; empty for none, mandatory with some reasons (property `commentIsMandatory`). */
  readonly comment: string;
  /** Indirectly bookable service: whether the provider's system has cancelled too. Directly bookable: null. */
  readonly isCancelledInPas: boolean | null;
}

const REASON_SET = 'APPOINTMENT-CANCELLATION-REASON';
const NAMES = ['rejectionReason', 'rejectionComments', 'appointmentCancelledInPAS'];

function buildBody({ reason, comment, isCancelledInPas }: A014Input): unknown {
  const { system, code } = reason;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-RejectReferral-Parameters-1')] },
    parameter: [
      { name: 'rejectionReason', valueCoding: { system, code } },
      ...(comment === '' ? [] : [{ name: 'rejectionComments', valueString: comment }]),
      ...(isCancelledInPas == null
        ? []
        : [{ name: 'appointmentCancelledInPAS', valueBoolean: isCancelledInPas }]),
    ],
  };
}

function readBody(body: unknown): Omit<A014Input, 'ubrn' | 'version'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const reason = readCoding(objectAt(parameterNamed(parameters, 'rejectionReason'), 'valueCoding'));
  if (reason === null || lastSegment(reason.system) !== REASON_SET) return null;
  const flag = parameterNamed(parameters, 'appointmentCancelledInPAS');
  const isCancelledInPas = booleanAt(flag, 'valueBoolean');
  if (flag !== null && isCancelledInPas === null) return null;
  const comment = textAt(parameterNamed(parameters, 'rejectionComments'), 'valueString');
  return { reason: { system: reason.system, code: reason.code }, comment, isCancelledInPas };
}

/**
 * Rejects a booked referral after its review and cancels its appointment; it goes back to the referrer (contract.md
 * A014). `If-Match` with the referral's version is the pin. A provider's system takes part, so after 502 and 504 only
 * e-RS can be read back. No A029 code announces it: state, list and role decide.
 */
export const a014RejectReferral: Operation<A014Input, Referral> = {
  id: 'A014',
  name: 'Reject referral',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
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
    VALUE_IS_REQUIRED: 'ask-again',
    FIELD_NOT_PERMITTED: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
    NO_SUCH_REQUEST: 'tell',
    INVALID_REQUEST_TYPE: 'tell',
    REFERRAL_LOCKED: 'wait',
    VERSION_CONFLICT: 'reread',
    TECHNICAL_ERROR: 'reread',
  },
  dialects: inBothDialects((_stu3, dialect) =>
    framePinnedWrite(dialect, '$ers.rejectReferral', buildBody, readBody),
  ),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    isRejected(referral, input.reason.code),
};

const readOne = readAs('referral', readReferral);

/**
 * True for a referral that A014 rejected for that reason. The spine dialect has no state on the wire and its example no
 * reason either: there a cancelled appointment is all that shows.
 */
export function isRejected({ state, appointment }: Referral, reasonCode: string): boolean {
  const isCancelled = appointment?.status === 'cancelled';
  const shown = state?.reason ?? appointment?.reason ?? null;
  if (state !== null && state.code !== 'REJECTED') return false;
  return isCancelled && (shown === null || shown.code === reasonCode);
}
