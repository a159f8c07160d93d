import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import type { Call, JsonObject, Operation } from '../service-types.ts';
import { findStaff } from '../world/staff.ts';
import { ODS_CODE, R4_SDS_USER } from '../wire/systems.ts';

function roleEntry(call: Call, organisation: string, functions: readonly string[], now: string): JsonObject {
  const { userId } = call.caller;
  const id = `PractitionerRole-${organisation}-${userId}`;
  return {
    fullUrl: `${call.base}/R4/PractitionerRole/${id}`,
    resource: {
      id,
      meta: { lastUpdated: now },
      resourceType: 'PractitionerRole',
      practitioner: { identifier: { system: R4_SDS_USER, value: userId } },
      organization: { identifier: { system: ODS_CODE, value: organisation } },
      code: functions.map((code) => ({
        coding: [{ system: 'https://fhir.nhs.uk/CodeSystem/eRS-BusinessFunction-1', code }],
      })),
    },
    search: { mode: 'match' },
  };
}

/** A030: one entry per organisation, codes outside the header's enum included (contract.md section 3). */
export const listRoles: Operation = {
  id: 'A030',
  fhir: 'r4',
  produces: 'fhir+json',
  consumes: null,
  routes: [{ surface: 'api-platform', method: 'GET', path: '/R4/PractitionerRole', permission: 'signed-in' }],
  answer(call) {
    const now = toIso(call.desk.clock.nowMs());
    const byOrganisation = new Map<string, string[]>();
    for (const { organisation, businessFunction } of findStaff(call.caller.userId)?.grants ?? []) {
      byOrganisation.set(organisation, [...(byOrganisation.get(organisation) ?? []), businessFunction]);
    }
    const entry = [...byOrganisation].map(([org, functions]) => roleEntry(call, org, functions, now));
    return {
      status: 200,
      json: {
        id: randomUUID(),
        meta: { lastUpdated: now },
        resourceType: 'Bundle',
        type: 'searchset',
        total: entry.length,
        timestamp: now,
        link: [{ relation: 'self', url: `${call.base}/R4/PractitionerRole` }],
        ...(entry.length > 0 ? { entry } : {}),
      },
    };
  },
};
