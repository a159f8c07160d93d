/** An appointment on the wire: the shapes of contract.md A038, for A005, A016 and A038. */

import { isSpine, type Call, type Json, type JsonObject } from '../service-types.ts';
import type { Appointment, Reason, Referral } from '../world/model.ts';
import {
  CARE_CONNECT_APPOINTMENT_PROFILE,
  ERS_APPOINTMENT_PROFILE,
  ERS_SERVICE,
  NHS_NUMBER,
  PARTICIPANT_TYPE,
  SDS_USER,
  coding,
  identified,
  reasonSystem,
} from './systems.ts';
import { instantText } from './instants.ts';

interface Shape {
  /** The real id, or the literal `appointment` inside a referral (contract.md section 16). */
  readonly id: string;
  /** A016 echoes the slot of a booking only, and writes instants with `+00:00`. */
  readonly isReplyToA016: boolean;
}

/** A reason as a concept, in its own system. */
export function reasonConcept(call: Call, reason: Reason): JsonObject {
  return { coding: [coding(reasonSystem(call, reason.set), reason.code, reason.display)] };
}

function participants(call: Call, appointment: Appointment, referral: Referral): Json[] {
  const service = call.desk.world.findService(appointment.serviceId);
  const list: Json[] = [
    { actor: identified(ERS_SERVICE, appointment.serviceId, service?.name), status: 'accepted' },
    { actor: identified(NHS_NUMBER, referral.nhsNumber), status: 'accepted' },
  ];
  if (appointment.clinicianId !== null) {
    const actor = identified(SDS_USER, appointment.clinicianId);
    // A single object, not a list, on the platform; no type at all in 2021 (contract.md section 15.11).
    const type = { coding: [coding(PARTICIPANT_TYPE, 'CON')] };
    list.push(isSpine(call) ? { actor, status: 'accepted' } : { type, actor, status: 'accepted' });
  }
  return list;
}

/** 2021 shows an appointment that was cancelled to be acted on later as cancelled (contract.md section 15, row 3). */
function statusOf(call: Call, { status, reason }: Appointment): string {
  return isSpine(call) && reason?.code === 'CANCEL_APPOINTMENT_ACTION_LATER' ? 'cancelled' : status;
}

/** The appointment of a referral as the dialect shows it. */
export function appointmentBody(
  call: Call,
  referral: Referral,
  appointment: Appointment,
  shape: Shape,
): JsonObject {
  const instant = (ms: number): string =>
    shape.isReplyToA016 ? instantText(ms).replace('Z', '+00:00') : instantText(ms);
  const profiles = [ERS_APPOINTMENT_PROFILE, CARE_CONNECT_APPOINTMENT_PROFILE];
  const meta = isSpine(call)
    ? { profile: profiles }
    : { versionId: String(appointment.version), profile: profiles };
  const { startMs, endMs, slotId, reason, comment } = appointment;
  return {
    id: shape.id,
    meta,
    language: 'en',
    resourceType: 'Appointment',
    status: statusOf(call, appointment),
    ...(reason ? { reason: [reasonConcept(call, reason)] } : {}),
    description: 'e-Referral Appointment',
    ...(startMs !== null && endMs !== null ? { start: instant(startMs), end: instant(endMs) } : {}),
    ...(slotId === null ? {} : { slot: [{ reference: `Slot/${slotId}` }] }),
    created: instant(appointment.createdMs),
    ...(comment === '' ? {} : { comment }),
    incomingReferral: [{ reference: `ReferralRequest/${referral.ubrn}/_history/${referral.version}` }],
    participant: participants(call, appointment, referral),
  };
}
