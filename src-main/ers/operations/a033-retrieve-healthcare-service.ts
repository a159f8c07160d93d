import { parseServiceId, type ServiceId } from '../../contract/identifiers.ts';
import { readHealthcareService } from '../fhir/healthcare-service.ts';
import { readAs } from '../fhir/shape.ts';
import type { ServiceRecord } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A033Input {
  readonly serviceId: ServiceId;
}

/** One service: how it is booked, site, instructions, the patients' phone number (contract.md section 7, A033). */
export const a033RetrieveHealthcareService: Operation<A033Input, ServiceRecord> = {
  id: 'A033',
  name: 'Retrieve healthcare service',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_RELATIONSHIP: 'tell', REC_NOT_FOUND: 'tell' },
  dialects: {
    'api-platform': {
      build: ({ serviceId }) => ({ method: 'GET', path: `/R4/HealthcareService/${serviceId}` }),
      readRequest(request) {
        const groups = matchPath(request, 'GET', '/R4/HealthcareService/', /^(\d{1,12})$/);
        const serviceId = parseServiceId(groups?.[0]);
        return serviceId === null ? null : { serviceId };
      },
      successStatus: [200],
    },
  },
  read: (reply) => readService(reply.json),
  echoes: (service, input) => service.id === input.serviceId,
};

const readService = readAs('healthcareService', readHealthcareService);
