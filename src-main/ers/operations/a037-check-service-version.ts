import { parseServiceId } from '../../contract/identifiers.ts';
import { parseVersionTag } from '../fhir/version-tag.ts';
import { read, WRONG_SHAPE } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import type { A033Input } from './a033-retrieve-healthcare-service.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

/** The version of a service, in the ETag alone: whether what is remembered of it is still so (contract.md section 7, A037). */
export const a037CheckServiceVersion: Operation<A033Input, { readonly version: number }> = {
  id: 'A037',
  name: 'Check the version of a healthcare service',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'none',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_RELATIONSHIP: 'tell', REC_NOT_FOUND: 'tell' },
  dialects: {
    'api-platform': {
      build: ({ serviceId }) => ({ method: 'HEAD', path: `/R4/HealthcareService/${serviceId}` }),
      readRequest(request) {
        const groups = matchPath(request, 'HEAD', '/R4/HealthcareService/', /^(\d{1,12})$/);
        const serviceId = parseServiceId(groups?.[0]);
        return serviceId === null ? null : { serviceId };
      },
      successStatus: [200],
    },
  },
  read(reply) {
    const version = parseVersionTag(reply.headers['etag']);
    return version === null ? WRONG_SHAPE : read({ version });
  },
};
