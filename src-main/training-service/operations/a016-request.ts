/** The body of A016 and the rules of its shape (contract.md A016). */
import { parseInstant } from '../../contract/london-time.ts';
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import {
  CARE_CONNECT_APPOINTMENT_PROFILE,
  ERS_APPOINTMENT_PROFILE,
  ERS_SERVICE,
  NHS_NUMBER,
  PARTICIPANT_TYPE,
  SDS_USER,
  codeSystem,
} from '../wire/systems.ts';

export interface BookingRequest {
  readonly status: 'booked' | 'proposed';
  readonly ubrn: string;
  readonly version: number;
  readonly serviceId: string;
  readonly nhsNumber: string | null;
  readonly clinicianId: string | null;
  readonly slotIds: readonly string[];
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly hasTimes: boolean;
  /** The code of a ReviewReason; null without any reason. */
  readonly reason: string | null;
  readonly comment: string;
}

const REVIEW_REASONS = ['NO_SLOTS_AT_SERVICE', 'SLOT_NOT_AVAILABLE', 'BOOKING_ATTEMPT_PROBLEM', 'TRIAGE'];
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
/** 2021 says at most 1000 characters. */
const LONGEST_COMMENT = 1000;

const bad = (code: string, where: string): Refusal => refuse(422, code, `'${where}'`);

/** Broken JSON or another resource: 400 without a body on the platform. */
export const refuseShape = (call: Call): Refusal =>
  isSpine(call)
    ? refuse(422, 'INVALID_FHIR_STRUCTURE', 'Appointment expected')
    : refuse(400, 'INVALID_FHIR_STRUCTURE');

function checkFixedFields(call: Call): Refusal | null {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Appointment') return refuseShape(call);
  if (!isSpine(call) && at(body, 'id') === undefined) return bad('MISSING_VALUE', 'id');
  if (!isSpine(call) && at(body, 'id') !== 'appointment') return bad('INVALID_VALUE', 'id');
  const profiles = listAt(body, 'meta', 'profile');
  const needed = isSpine(call)
    ? [CARE_CONNECT_APPOINTMENT_PROFILE]
    : [ERS_APPOINTMENT_PROFILE, CARE_CONNECT_APPOINTMENT_PROFILE];
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!needed.every((one) => profiles.includes(one))) return bad('INVALID_VALUE', 'meta.profile');
  if (at(body, 'language') !== 'en') return bad('INVALID_VALUE', 'language');
  if (at(body, 'description') === undefined) return bad('MISSING_VALUE', 'description');
  if (at(body, 'description') !== 'e-Referral Appointment') return bad('INVALID_VALUE', 'description');
  const status = at(body, 'status');
  if (status === undefined) return bad('MISSING_VALUE', 'status');
  if (typeof status !== 'string' || !STATUSES.includes(status)) return bad('INVALID_CODE', 'status');
  return status === 'booked' || status === 'proposed' ? null : bad('INVALID_VALUE', 'status');
}

function readReference(body: unknown): { ubrn: string; version: number } | Refusal {
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

type Participants = Pick<BookingRequest, 'serviceId' | 'nhsNumber' | 'clinicianId'>;

function readParticipants(call: Call): Participants | Refusal {
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

function readReason(body: unknown): string | null | Refusal {
  const reasons = listAt(body, 'reason');
  if (reasons.length === 0) return null;
  const system = textAt(reasons[0], 'coding', 0, 'system');
  const code = textAt(reasons[0], 'coding', 0, 'code') ?? '';
  const isOne = reasons.length === 1 && listAt(reasons[0], 'coding').length === 1;
  if (!isOne || system !== codeSystem('eRS-ReviewReason-1')) return bad('INVALID_VALUE', 'reason[0]');
  return REVIEW_REASONS.includes(code) ? code : bad('INVALID_CODE', 'reason[0]');
}

function readSlots(body: unknown): string[] | Refusal {
  const ids: string[] = [];
  for (const slot of listAt(body, 'slot')) {
    const id = /^Slot\/([A-Za-z0-9\-.]{1,64})$/.exec(textAt(slot, 'reference') ?? '')?.[1];
    if (id === undefined) return bad('INVALID_VALUE', 'slot[0].reference');
    ids.push(id);
  }
  return ids;
}

const instantAt = (body: unknown, name: string): number | null => parseInstant(textAt(body, name) ?? '');

/** The request, or the refusal of its shape. */
export function readBookingRequest(call: Call): BookingRequest | Refusal {
  const { body } = call;
  const refusal = checkFixedFields(call);
  if (refusal) return refusal;
  const reference = readReference(body);
  if ('isRefusal' in reference) return reference;
  const participants = readParticipants(call);
  if ('isRefusal' in participants) return participants;
  const reason = readReason(body);
  if (reason !== null && typeof reason !== 'string') return reason;
  const slotIds = readSlots(body);
  if ('isRefusal' in slotIds) return slotIds;
  const comment = textAt(body, 'comment') ?? '';
  if (comment.length > LONGEST_COMMENT) return bad('INVALID_VALUE', 'comment');
  return {
    status: at(body, 'status') === 'booked' ? 'booked' : 'proposed',
    ...reference,
    ...participants,
    slotIds,
    startMs: instantAt(body, 'start'),
    endMs: instantAt(body, 'end'),
    hasTimes: at(body, 'start') !== undefined || at(body, 'end') !== undefined,
    reason,
    comment,
  };
}
