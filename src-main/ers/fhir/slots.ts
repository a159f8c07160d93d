/** Reads the Bundle of A015: slots, and the schedules that say whose they are. */
import { parseSdsUserId, parseServiceId, parseSlotId } from '../../contract/identifiers.ts';
import { parseInstant, toIso } from '../../contract/london-time.ts';
import type { FreeSlot, SlotsReply } from '../model.ts';
import { identifierValue } from './codings.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { idOfReference } from './references.ts';
import { ID_SYSTEMS, lastSegment } from './systems.ts';

export function readSlots(bundle: Json): SlotsReply {
  const resources = objectsAt(bundle, 'entry').map((entry) => objectAt(entry, 'resource'));
  const schedules = new Map(
    resources.filter(isOfType('Schedule')).map((schedule) => [textAt(schedule, 'id'), schedule]),
  );
  const read = resources.filter(isOfType('Slot')).map((slot) => readSlot(slot, schedules));
  const slots = read.filter((slot) => slot !== null);
  return {
    slots,
    unreadable: read.length - slots.length,
    total: integerAt(bundle, 'total') ?? 0,
    // Only whether there is a next page is taken: the link's host and path are never followed (section 4.7).
    hasNext: objectsAt(bundle, 'link').some((link) => textAt(link, 'relation') === 'next'),
  };
}

const isOfType = (type: string) => (resource: Json | null) => textAt(resource, 'resourceType') === type;

/** Null without an id or readable times, or when the end is before the start. */
function readSlot(slot: Json | null, schedules: ReadonlyMap<string, Json | null>): FreeSlot | null {
  const id = parseSlotId(textAt(slot, 'id'));
  const [start, end] = [parseInstant(textAt(slot, 'start')), parseInstant(textAt(slot, 'end'))];
  if (id === null || start === null || end === null || end < start) return null;
  const schedule =
    schedules.get(idOfReference(textAt(objectAt(slot, 'schedule'), 'reference'), 'Schedule')) ?? null;
  return {
    id,
    start: toIso(start),
    end: toIso(end),
    clinicianId: parseSdsUserId(actorOf(schedule, ID_SYSTEMS.sdsUser)),
    serviceId: parseServiceId(actorOf(schedule, ID_SYSTEMS.service)),
  };
}

/** From the actor only: a schedule's id may name a clinician whom it does not have (contract.md section 16). */
function actorOf(schedule: Json | null, system: string): string {
  const isOfSystem = (actor: Json) =>
    lastSegment(textAt(objectAt(actor, 'identifier'), 'system')) === lastSegment(system);
  return identifierValue(objectsAt(schedule, 'actor').find(isOfSystem) ?? null);
}
