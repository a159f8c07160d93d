/** What the bodies of A016 and A034 have in common: an Appointment, its referral and its participants. */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import {
  CARE_CONNECT_APPOINTMENT_PROFILE,
  ERS_APPOINTMENT_PROFILE,
  ERS_SERVICE,
  NHS_NUMBER,
  PARTICIPANT_TYPE,
  SDS_USER,
} from '../wire/systems.ts';

const STATUSES = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
];

/** A refusal that names the field. */
export const bad = (code: string, where: string): Refusal => refuse(422, code, `'${where}'`);

/** Broken JSON or another resource: 400 without a body on the platform. */
export const refuseShape = (call: Call, expected = 'Appointment'): Refusal =>
  isSpine(call)
    ? refuse(422, 'INVALID_FHIR_STRUCTURE', `${expected} expected`)
    : refuse(400, 'INVALID_FHIR_STRUCTURE');

/** Profiles, description and status; `allowed` are the statuses that the operation takes. */
export function checkFixedFields(call: Call, allowed: readonly string[]): Refusal | null {
  const { body } = call;
  const profiles = listAt(body, 'meta', 'profile');
  const needed = isSpine(call)
    ? [CARE_CONNECT_APPOINTMENT_PROFILE]
    : [ERS_APPOINTMENT_PROFILE, CARE_CONNECT_APPOINTMENT_PROFILE];
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!needed.every((one) => profiles.includes(one))) return bad('INVALID_VALUE', 'meta.profile');
  if (at(body, 'description') === undefined) return bad('MISSING_VALUE', 'description');
  if (at(body, 'description') !== 'e-Referral Appointment') return bad('INVALID_VALUE', 'description');
  const status = at(body, 'status');
  if (status === undefined) return bad('MISSING_VALUE', 'status');
  if (typeof status !== 'string' || !STATUSES.includes(status)) return bad('INVALID_CODE', 'status');
  return allowed.includes(status) ? null : bad('INVALID_VALUE', 'status');
}

/** The referral and the version that the body was made for. */
export function readReference(body: unknown): { ubrn: string; version: number } | Refusal {
  const references = listAt(body, 'incomingReferral');
  if (references.length === 0) return bad('MISSING_VALUE', 'incomingReferral');
  const text = textAt(references[0], 'reference') ?? '';
  const match = /^ReferralRequest\/(\d{12})\/_history\/(\d{1,9})$/.exec(text);
  if (references.length > 1 || !match?.[1] || !match[2])
    return bad('INVALID_VALUE', 'incomingReferral[0].reference');
  return { ubrn: match[1], version: Number(match[2]) };
}

/** The type of a clinician: one object, not a list, which a strict FHIR model gets wrong (section 16). */
function checkParticipantType(participant: unknown, where: string): Refusal | null {
  const type = at(participant, 'type');
  if (Array.isArray(type) || typeof type !== 'object' || type === null) {
    return bad('INVALID_FHIR_STRUCTURE', `${where}.type`);
  }
  const isConsultant =
    textAt(type, 'coding', 0, 'system') === PARTICIPANT_TYPE && textAt(type, 'coding', 0, 'code') === 'CON';
  return isConsultant ? null : bad('INVALID_CODE', `${where}.type`);
}

export interface Participants {
  readonly serviceId: string;
  readonly nhsNumber: string | null;
  readonly clinicianId: string | null;
}

/** The service, which comes first, the patient and the clinician. */
export function readParticipants(call: Call): Participants | Refusal {
  const participants = listAt(call.body, 'participant');
  const found = new Map<string, string>();
  for (const [i, participant] of participants.entries()) {
    const where = `participant[${i}]`;
    if (at(participant, 'status') !== 'accepted') return bad('INVALID_VALUE', `${where}.status`);
    const system = textAt(participant, 'actor', 'identifier', 'system') ?? '';
    const value = at(participant, 'actor', 'identifier', 'value');
    if (![ERS_SERVICE, NHS_NUMBER, SDS_USER].includes(system)) return bad('INVALID_VALUE', `${where}.actor`);
    // A 2021 sample names a clinician whose value is null.
    if (value === null && system === SDS_USER && isSpine(call)) continue;
    if (typeof value !== 'string' || found.has(system)) return bad('INVALID_VALUE', `${where}.actor`);
    const refusal = system === SDS_USER && !isSpine(call) ? checkParticipantType(participant, where) : null;
    if (refusal) return refusal;
    found.set(system, value);
  }
  const serviceId = found.get(ERS_SERVICE);
  if (serviceId === undefined) return bad('MISSING_VALUE', 'participant[0]');
  const isServiceFirst = textAt(participants[0], 'actor', 'identifier', 'system') === ERS_SERVICE;
  if (!isServiceFirst) return bad('INVALID_VALUE', 'participant[0]');
  const nhsNumber = found.get(NHS_NUMBER) ?? null;
  if (nhsNumber === null && !isSpine(call)) return bad('MISSING_VALUE', 'participant[1]');
  return { serviceId, nhsNumber, clinicianId: found.get(SDS_USER) ?? null };
}
