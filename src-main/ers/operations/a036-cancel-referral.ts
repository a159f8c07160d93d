import type { Ubrn } from '../../contract/identifiers.ts';
import { readAppointment } from '../fhir/appointment.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, objectAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { readReferral } from '../fhir/referral.ts';
import { fitsSchema, readAs } from '../fhir/shape.ts';
import { ersProfile, lastSegment } from '../fhir/systems.ts';
import type { CancelledReferral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { framePinnedWrite, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export interface A036Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  /** A concept of REFERRAL-CANCELLATION-REASON; `system` is the `url` that A004 gave for that set. */
  readonly reason: { readonly system: string; readonly code: string };
  /** At most 2000 characters; empty for none, mandatory with some reasons (property `commentIsMandatory`). */
  readonly comment: string;
}

const REASON_SET = 'REFERRAL-CANCELLATION-REASON';
/** Some published examples name the set so (contract.md section 15, row 21). */
const REASON_SETS = [REASON_SET, 'REQUEST-CANCELLATION-REASON'];
const NAMES = ['cancellationReason', 'cancellationComments'];

function buildBody({ reason, comment }: A036Input): unknown {
  const { system, code } = reason;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-CancelReferral-Request-Parameters-1')] },
    parameter: [
      { name: 'cancellationReason', valueCoding: { system, code } },
      ...(comment === '' ? [] : [{ name: 'cancellationComments', valueString: comment }]),
    ],
  };
}

function readBody(body: unknown): Pick<A036Input, 'reason' | 'comment'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const reason = readCoding(objectAt(parameterNamed(parameters, 'cancellationReason'), 'valueCoding'));
  if (reason === null || !REASON_SETS.includes(lastSegment(reason.system))) return null;
  const comment = textAt(parameterNamed(parameters, 'cancellationComments'), 'valueString');
  return { reason: { system: reason.system, code: reason.code }, comment };
}

/**
 * Cancels a referral for good, with its current appointment when there is one (contract.md A036). `If-Match` with the
 * referral's version is the pin. The answer has no ETag: the new version is in its referral. A provider's system takes
 * part, so after 502 and 504 only e-RS can be read back.
 */
export const a036CancelReferral: Operation<A036Input, CancelledReferral> = {
  id: 'A036',
  name: 'Cancel referral',
  kind: 'write',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    MISSING_VALUE: 'ask-again',
    // The reason cannot be used here: another one must be chosen.
    INAPPROPRIATE_VALUE: 'ask-again',
    INVALID_REQUEST_STATE: 'reread',
    UNABLE_TO_CANCEL_APPOINTMENT: 'reread',
    PAS_RESPONDED_WITH_ERROR: 'unknown-outcome',
    PAS_NOT_RESPONDING: 'unknown-outcome',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: {
    'api-platform': framePinnedWrite('api-platform', '$ers.cancelReferral', buildBody, readBody),
  },
  read: (reply) => readCancelled(reply.json),
  echoes: ({ referral }, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    referral.status === 'cancelled' &&
    referral.state?.code === 'CANCELLED_REFERRAL' &&
    (referral.state.reason === null || referral.state.reason.code === input.reason.code),
};

const readCancelled = readAs('parameters', (json): CancelledReferral | null => {
  const updated = resourceNamed(json, 'updatedReferralRequest');
  const referral = fitsSchema('referral', updated) ? readReferral(updated) : null;
  if (referral === null) return null;
  const cancelled = resourceNamed(json, 'updatedAppointment');
  if (cancelled === null) return { referral, appointment: null };
  return fitsSchema('appointment', cancelled) ? { referral, appointment: readAppointment(cancelled) } : null;
});

function resourceNamed(parameters: Json, name: string): Json | null {
  return objectAt(parameterNamed(parameters, name), 'resource');
}
