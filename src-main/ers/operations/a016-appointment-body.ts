/** The Appointment that A016 sends, from the app's values, and back (contract.md A016). */
import {
  parseSdsUserId,
  parseServedNhsNumber,
  parseServiceId,
  parseSlotId,
  type NhsNumber,
  type SdsUserId,
  type ServiceId,
  type SlotId,
  type Ubrn,
} from '../../contract/identifiers.ts';
import { participantActor } from '../fhir/appointment.ts';
import { conceptOf, identifierValue, readConcept } from '../fhir/codings.ts';
import { normaliseInstant } from '../fhir/instants.ts';
import { asObject, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { idOfReference, parseReferralReference, referralReference } from '../fhir/references.ts';
import {
  CARE_CONNECT_APPOINTMENT,
  ersProfile,
  fixedCodeSystem,
  ID_SYSTEMS,
  PARTICIPANT_TYPE_SYSTEM,
} from '../fhir/systems.ts';
import type { DialectName } from '../operation.ts';

interface A016Target {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  readonly serviceId: ServiceId;
  readonly nhsNumber: NhsNumber;
  /** Set when the slot's schedule has a clinician. */
  readonly clinicianId: SdsUserId | null;
}

/** Books a slot; `start` and `end` are the slot's instants. */
export interface BookInput extends A016Target {
  readonly use: 'book';
  readonly slotId: SlotId;
  readonly start: string;
  readonly end: string;
}

export type DeferralReason = 'NO_SLOTS_AT_SERVICE' | 'SLOT_NOT_AVAILABLE' | 'BOOKING_ATTEMPT_PROBLEM';

/** Defers to provider; needs the evidence of contract.md section 10. The slot goes with SLOT_NOT_AVAILABLE only. */
export interface DeferInput extends A016Target {
  readonly use: 'defer';
  readonly reason: DeferralReason;
  readonly slotId: SlotId | null;
  readonly comment: string;
}

/** Sends for triage; platform only. */
export interface TriageInput extends A016Target {
  readonly use: 'triage';
  readonly comment: string;
}

export type A016Input = BookInput | DeferInput | TriageInput;

const DESCRIPTION = 'e-Referral Appointment';
const REVIEW_REASON = fixedCodeSystem('eRS-ReviewReason-1');
const DEFERRAL_REASONS: readonly DeferralReason[] = [
  'NO_SLOTS_AT_SERVICE',
  'SLOT_NOT_AVAILABLE',
  'BOOKING_ATTEMPT_PROBLEM',
];

export function buildAppointmentBody(input: A016Input, dialect: DialectName): unknown {
  const isPlatform = dialect === 'api-platform';
  return {
    ...(isPlatform ? { id: 'appointment' } : {}),
    meta: {
      profile: isPlatform
        ? [ersProfile('eRS-Appointment-1'), CARE_CONNECT_APPOINTMENT]
        : [CARE_CONNECT_APPOINTMENT],
    },
    language: 'en',
    resourceType: 'Appointment',
    description: DESCRIPTION,
    ...buildUse(input),
    incomingReferral: [{ reference: referralReference(input.ubrn, input.version) }],
    participant: buildParticipants(input, isPlatform),
  };
}

function buildUse(input: A016Input): Record<string, unknown> {
  if (input.use === 'book') {
    return { status: 'booked', start: input.start, end: input.end, slot: [slotReference(input.slotId)] };
  }
  const reason = input.use === 'triage' ? 'TRIAGE' : input.reason;
  const slotId = input.use === 'defer' && input.reason === 'SLOT_NOT_AVAILABLE' ? input.slotId : null;
  return {
    status: 'proposed',
    reason: [conceptOf(REVIEW_REASON, reason)],
    ...(slotId == null ? {} : { slot: [slotReference(slotId)] }),
    ...(input.comment ? { comment: input.comment } : {}),
  };
}

const slotReference = (slotId: SlotId) => ({ reference: `Slot/${slotId}` });

function buildParticipants({ serviceId, nhsNumber, clinicianId }: A016Input, isPlatform: boolean): unknown[] {
  const participant = (system: string, value: string) => ({
    actor: { identifier: { system, value } },
    status: 'accepted',
  });
  // A single object where FHIR wants a list: a proper list is refused (contract.md section 16).
  const type = isPlatform ? { type: conceptOf(PARTICIPANT_TYPE_SYSTEM, 'CON') } : {};
  return [
    participant(ID_SYSTEMS.service, serviceId),
    participant(ID_SYSTEMS.nhsNumber, nhsNumber),
    ...(clinicianId == null ? [] : [{ ...type, ...participant(ID_SYSTEMS.sdsUser, clinicianId) }]),
  ];
}

/** The reverse; null when the body is none that `buildAppointmentBody` makes. */
export function readAppointmentBody(body: unknown): A016Input | null {
  const json = asObject(body);
  const target = readTarget(json);
  if (target === null || textAt(json, 'description') !== DESCRIPTION) return null;
  const slotId = parseSlotId(idOfReference(textAt(objectsAt(json, 'slot')[0] ?? null, 'reference'), 'Slot'));
  const comment = textAt(json, 'comment');
  if (textAt(json, 'status') === 'booked') {
    const [start, end] = [normaliseInstant(textAt(json, 'start')), normaliseInstant(textAt(json, 'end'))];
    return slotId === null || start === null || end === null
      ? null
      : { use: 'book', ...target, slotId, start, end };
  }
  const reason = readConcept(objectsAt(json, 'reason')[0] ?? null);
  if (textAt(json, 'status') !== 'proposed' || reason?.system !== REVIEW_REASON) return null;
  if (reason.code === 'TRIAGE') return { use: 'triage', ...target, comment };
  const deferral = DEFERRAL_REASONS.find((candidate) => candidate === reason.code);
  return deferral === undefined ? null : { use: 'defer', ...target, reason: deferral, slotId, comment };
}

function readTarget(json: Json | null): A016Target | null {
  const referral = parseReferralReference(
    textAt(objectsAt(json, 'incomingReferral')[0] ?? null, 'reference'),
  );
  const valueOf = (system: string) => identifierValue(participantActor(json, system));
  const serviceId = parseServiceId(valueOf(ID_SYSTEMS.service));
  const nhsNumber = parseServedNhsNumber(valueOf(ID_SYSTEMS.nhsNumber));
  if (textAt(json, 'resourceType') !== 'Appointment' || referral?.version == null) return null;
  if (serviceId === null || nhsNumber === null) return null;
  const clinicianId = parseSdsUserId(valueOf(ID_SYSTEMS.sdsUser));
  return { ubrn: referral.ubrn, version: referral.version, serviceId, nhsNumber, clinicianId };
}
