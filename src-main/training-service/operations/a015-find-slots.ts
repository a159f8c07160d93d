import { randomUUID } from 'node:crypto';

import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import type { Answer, Call, JsonObject, Operation } from '../service-types.ts';
import type { Slot } from '../world/model.ts';
import {
  ERS_SCHEDULE,
  ERS_SERVICE,
  SDS_USER,
  SLOT_REFERENCE,
  STU3_BUNDLE_PROFILE,
  linkRoot,
} from '../wire/systems.ts';
import { describePage, readSlotQuery, refusePage, type SlotQuery } from './a015-query.ts';
import { instantText } from '../wire/instants.ts';

const careConnect = (name: string): JsonObject => ({
  profile: [`https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${name}-1`],
});

function slotEntry(root: string, slot: Slot): JsonObject {
  const [start, end] = [instantText(slot.startMs), instantText(slot.endMs)];
  const compact = (instant: string): string => instant.slice(11, 16).replace(':', '');
  const usrn = `${start.slice(0, 10).replaceAll('-', '')}-${compact(start)}-${compact(end)}-${slot.id}`;
  return {
    fullUrl: `${root}/Slot/${slot.id}`,
    resource: {
      id: slot.id,
      meta: careConnect('Slot'),
      resourceType: 'Slot',
      identifier: [{ system: SLOT_REFERENCE, value: usrn }],
      schedule: { reference: `Schedule/${slot.scheduleId}` },
      status: 'free',
      start,
      end,
    },
    search: { mode: 'match' },
  };
}

/** The schedule of a slot: only its actors say whether a clinician holds it (contract.md section 16). */
function scheduleEntry(root: string, slot: Slot): JsonObject {
  const actor = [{ identifier: { system: ERS_SERVICE, value: slot.serviceId } }];
  if (slot.clinicianId !== null) actor.push({ identifier: { system: SDS_USER, value: slot.clinicianId } });
  return {
    fullUrl: `${root}/Schedule/${slot.scheduleId}`,
    resource: {
      id: slot.scheduleId,
      meta: careConnect('Schedule'),
      resourceType: 'Schedule',
      identifier: [{ system: ERS_SCHEDULE, value: slot.scheduleId }],
      actor,
    },
    search: { mode: 'include' },
  };
}

function links(root: string, query: SlotQuery, hasNext: boolean): JsonObject[] {
  const link = (relation: string, page: number): JsonObject => ({
    relation,
    url: `${root}/Slot?${describePage(query, page)}`,
  });
  return [
    link('self', query.page),
    ...(query.page > 1 ? [link('previous', query.page - 1)] : []),
    ...(hasNext ? [link('next', query.page + 1)] : []),
  ];
}

function answer(call: Call): Answer {
  const query = readSlotQuery(call);
  if ('isRefusal' in query) return query;
  const filter = query.clinicianId === null ? {} : { clinicianId: query.clinicianId };
  const free = call.desk.world.freeSlots(query.service.id, { ...filter, priority: query.priority });
  const first = (query.page - 1) * query.count;
  // Page 1 of nothing is an empty bundle: the one search outcome that permits deferral.
  if (first >= free.length && query.page > 1) return refusePage(call, query.page);
  const shown = free.slice(first, first + query.count);
  const root = linkRoot(call);
  const schedules = new Map(shown.map((slot) => [slot.scheduleId, slot]));
  return {
    status: 200,
    json: {
      id: randomUUID(),
      meta: { lastUpdated: instantText(call.desk.clock.nowMs()), profile: [STU3_BUNDLE_PROFILE] },
      resourceType: 'Bundle',
      type: 'searchset',
      total: free.length,
      link: links(root, query, first + shown.length < free.length),
      entry: [
        ...shown.map((slot) => slotEntry(root, slot)),
        ...[...schedules.values()].map((slot) => scheduleEntry(root, slot)),
      ],
    },
  };
}

/** A015: the free slots of a service, live: another user may take some between two pages. */
export const findSlots: Operation = {
  id: 'A015',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/Slot', permission: REFERRER_CLINICAL },
    { surface: 'spine-session', method: 'GET', path: '/STU3/v1/Slot', permission: REFERRER_CLINICAL },
  ],
  answer,
};
