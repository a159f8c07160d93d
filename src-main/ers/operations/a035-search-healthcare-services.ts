import { parseServiceId, type ServiceId } from '../../contract/identifiers.ts';
import { readHealthcareService } from '../fhir/healthcare-service.ts';
import { objectAt, objectsAt } from '../fhir/json.ts';
import { fitsSchema, readAs } from '../fhir/shape.ts';
import type { ServiceRecord } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A035Input {
  /** 1 to 20 services. */
  readonly serviceIds: readonly ServiceId[];
}

/** Several services at once; those that the service does not know are missing (contract.md section 7, A035). */
export const a035SearchHealthcareServices: Operation<A035Input, readonly ServiceRecord[]> = {
  id: 'A035',
  name: 'Search healthcare services',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_RELATIONSHIP: 'tell', REC_BAD_REQUEST: 'fix' },
  dialects: {
    'api-platform': {
      build: ({ serviceIds }) => ({
        method: 'GET',
        path: '/R4/HealthcareService',
        query: [['_id', serviceIds.join(',')]],
      }),
      readRequest(request) {
        if (matchPath(request, 'GET', '/R4/HealthcareService', /^$/) === null) return null;
        const ids = (request.query['_id'] ?? '').split(',').map(parseServiceId);
        const serviceIds = ids.filter((id) => id !== null);
        return serviceIds.length === ids.length ? { serviceIds } : null;
      },
      successStatus: [200],
    },
  },
  read: (reply) => readServices(reply.json),
};

const readServices = readAs('bundle', (json): readonly ServiceRecord[] =>
  objectsAt(json, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .filter((resource) => fitsSchema('healthcareService', resource))
    .map(readHealthcareService)
    .filter((service) => service !== null),
);
