import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import { refuse, type Call, type JsonObject, type Operation } from '../service-types.ts';
import { R4_SDS_USER } from '../wire/systems.ts';
import { isGranted, STAFF } from '../world/staff.ts';

/** Clinicians of the caller's organisation who share a service with the caller (contract.md A002, third stage). */
function listClinicians(call: Call): string[] {
  const { userId, organisation } = call.caller;
  const workgroups = call.desk.world.services
    .map((service) => service.workgroup)
    .filter((workgroup) => workgroup.includes(userId));
  return STAFF.map((member) => member.userId).filter(
    (id) =>
      id !== userId &&
      isGranted(id, 'SERVICE_PROVIDER_CLINICIAN', organisation) &&
      workgroups.some((workgroup) => workgroup.includes(id)),
  );
}

const entryOf = (id: string, now: string): JsonObject => ({
  fullUrl: `Practitioner/${id}`,
  resource: {
    id,
    resourceType: 'Practitioner',
    meta: { lastUpdated: now },
    // A single object, as published.
    identifier: { system: R4_SDS_USER, value: id },
  },
  search: { mode: 'match' },
});

/** A040: for whom a service provider clinician admin may act. Ids only. */
export const listPractitioners: Operation = {
  id: 'A040',
  fhir: 'r4',
  produces: 'fhir+json',
  consumes: null,
  isBeforeOnBehalfOf: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'GET',
      path: '/R4/Practitioner',
      permission: ['SERVICE_PROVIDER_CLINICIAN_ADMIN'],
    },
  ],
  answer(call) {
    if (call.query.get('_query') !== 'onBehalfOf') return refuse(400, 'REC_BAD_REQUEST', '_query');
    const now = toIso(call.desk.clock.nowMs());
    const entry = listClinicians(call).map((id) => entryOf(id, now));
    return {
      status: 200,
      json: {
        id: randomUUID(),
        resourceType: 'Bundle',
        meta: { lastUpdated: now },
        type: 'searchset',
        total: entry.length,
        timestamp: now,
        link: [{ relation: 'self', url: `${call.base}/R4/Practitioner?_query=onBehalfOf` }],
        ...(entry.length > 0 ? { entry } : {}),
      },
    };
  },
};
