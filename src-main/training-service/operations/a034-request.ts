/** The body of A034 and the rules of its shape (contract.md A034). */
import type { Call, Refusal } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { pinnedVersion } from '../if-match.ts';
import {
  bad,
  checkFixedFields,
  readParticipants,
  readReference,
  refuseShape,
  type Participants,
} from './appointment-request.ts';

export interface CancellationRequest extends Participants {
  readonly appointmentVersion: number;
  readonly ubrn: string;
  readonly referralVersion: number;
  /** A code of APPOINTMENT-CANCELLATION-REASON. */
  readonly reason: string;
  readonly comment: string;
}

/** No source limits this comment; A014, A022 and A036 take so many characters. */
const LONGEST_COMMENT = 2000;
/** The system of a reason is server-relative: its host is not compared (contract.md section 4.2). */
const REASON_SYSTEM = /\/STU3\/CodeSystem\/APPOINTMENT-CANCELLATION-REASON$/;

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

function checkShape(call: Call): Refusal | null {
  const { body, params } = call;
  if (textAt(body, 'resourceType') !== 'Appointment') return refuseShape(call);
  if (!isPresent(at(body, 'id'))) return bad('MISSING_VALUE', 'id');
  if (at(body, 'id') !== params.id) return bad('INVALID_VALUE', 'id');
  if (isPresent(at(body, 'language')) && at(body, 'language') !== 'en')
    return bad('INVALID_VALUE', 'language');
  const versionId = at(body, 'meta', 'versionId');
  if (isPresent(versionId) && versionId !== String(pinnedVersion(call)))
    return bad('INVALID_VALUE', 'meta.versionId');
  // What a cancelled appointment does not have is not sent either, as in the published examples.
  const surplus = ['start', 'end', 'slot'].find((name) => isPresent(at(body, name)));
  return checkFixedFields(call, ['cancelled']) ?? (surplus ? bad('UNEXPECTED_FIELD', surplus) : null);
}

function readReason(body: unknown): { readonly reason: string } | Refusal {
  const reasons = listAt(body, 'reason');
  const code = textAt(reasons[0], 'coding', 0, 'code');
  if (code === undefined) return bad('MISSING_VALUE', 'reason');
  const isOne = reasons.length === 1 && listAt(reasons[0], 'coding').length === 1;
  const system = textAt(reasons[0], 'coding', 0, 'system') ?? '';
  return isOne && REASON_SYSTEM.test(system) ? { reason: code } : bad('INVALID_VALUE', 'reason[0]');
}

/** The request, or the refusal of its shape. */
export function readCancellationRequest(call: Call): CancellationRequest | Refusal {
  const { body } = call;
  const refusal = checkShape(call);
  if (refusal) return refusal;
  const reference = readReference(body);
  if ('isRefusal' in reference) return reference;
  const participants = readParticipants(call);
  if ('isRefusal' in participants) return participants;
  const reason = readReason(body);
  if ('isRefusal' in reason) return reason;
  const comment = textAt(body, 'comment') ?? '';
  if (comment.length > LONGEST_COMMENT) return bad('INVALID_VALUE', 'comment');
  const { ubrn, version: referralVersion } = reference;
  return {
    ...{ appointmentVersion: pinnedVersion(call), ubrn, referralVersion, comment },
    ...participants,
    ...reason,
  };
}
