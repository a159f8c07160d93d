/** Reads an Appointment as A016, A038 or a referral's contained one states it (contract.md A038). */
import {
  parseAppointmentId,
  parseSdsUserId,
  parseServedNhsNumber,
  parseServiceId,
  parseSlotId,
} from '../../contract/identifiers.ts';
import type { AppointmentRecord } from '../model.ts';
import { identifierValue, readConcept } from './codings.ts';
import { normaliseInstant } from './instants.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { idOfReference, parseReferralReference } from './references.ts';
import { ID_SYSTEMS, lastSegment } from './systems.ts';

/** The actor of a kind among the participants, told by its identifier's system and never by its place. */
export function participantActor(appointment: Json | null, system: string): Json | null {
  const actors = objectsAt(appointment, 'participant').map((participant) => objectAt(participant, 'actor'));
  const isOfKind = (actor: Json | null) =>
    lastSegment(textAt(objectAt(actor, 'identifier'), 'system')) === lastSegment(system);
  return actors.find(isOfKind) ?? null;
}

export function readAppointment(appointment: Json): AppointmentRecord {
  const service = participantActor(appointment, ID_SYSTEMS.service);
  const referral = parseReferralReference(
    textAt(objectsAt(appointment, 'incomingReferral')[0] ?? null, 'reference'),
  );
  return {
    id: parseAppointmentId(textAt(appointment, 'id')),
    version: integerAt(objectAt(appointment, 'meta'), 'versionId'),
    status: textAt(appointment, 'status'),
    reason: readConcept(objectsAt(appointment, 'reason')[0] ?? null),
    comment: textAt(appointment, 'comment'),
    serviceId: parseServiceId(identifierValue(service)),
    serviceName: textAt(service, 'display'),
    nhsNumber: parseServedNhsNumber(identifierValue(participantActor(appointment, ID_SYSTEMS.nhsNumber))),
    clinicianId: parseSdsUserId(identifierValue(participantActor(appointment, ID_SYSTEMS.sdsUser))),
    start: normaliseInstant(textAt(appointment, 'start')),
    end: normaliseInstant(textAt(appointment, 'end')),
    slotId: parseSlotId(
      idOfReference(textAt(objectsAt(appointment, 'slot')[0] ?? null, 'reference'), 'Slot'),
    ),
    created: normaliseInstant(textAt(appointment, 'created')),
    referral: referral?.version == null ? null : { ubrn: referral.ubrn, version: referral.version },
  };
}
