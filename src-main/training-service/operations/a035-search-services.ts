import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { serviceBody } from '../wire/service-body.ts';

const MOST_IDS = 20;

function answer(call: Call): Answer {
  const ids = (call.query.get('_id') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0 || ids.length > MOST_IDS || !ids.every((id) => /^\d{1,12}$/.test(id))) {
    return refuse(400, 'REC_BAD_REQUEST', '_id takes 1 to 20 service ids');
  }
  const now = toIso(call.desk.clock.nowMs());
  // Ids that match nothing, or nothing that the caller may see, are just missing.
  const entry = [...new Set(ids)].flatMap((id) => {
    const service = call.desk.world.findService(id);
    if (!service?.commissionedFor.includes(call.caller.organisation)) return [];
    const fullUrl = `${call.base}/R4/HealthcareService/${id}`;
    return [{ fullUrl, resource: serviceBody(service), search: { mode: 'match' } }];
  });
  return {
    status: 200,
    json: {
      id: randomUUID(),
      meta: { lastUpdated: now },
      resourceType: 'Bundle',
      type: 'searchset',
      timestamp: now,
      total: entry.length,
      link: [{ relation: 'self', url: `${call.base}/R4/HealthcareService?_id=${ids.join(',')}` }],
      ...(entry.length > 0 ? { entry } : {}),
    },
  };
}

/** A035: services by their ids. */
export const searchServices: Operation = {
  id: 'A035',
  fhir: 'r4',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/R4/HealthcareService', permission: REFERRER_CLINICAL },
  ],
  answer,
};
