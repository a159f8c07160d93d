import { parseSdsUserId, type SdsUserId } from '../../contract/identifiers.ts';
import { objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import { lastSegment } from '../fhir/systems.ts';
import type { Operation } from '../operation.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export type A040Input = Readonly<Record<string, never>>;

/**
 * The clinicians for whom a service provider clinician admin may act: ids only, without names (contract.md section 7,
 * A040). One of them goes into the on-behalf-of header of every other call.
 */
export const a040RetrieveOnBehalfOfPractitioners: Operation<A040Input, readonly SdsUserId[]> = {
  id: 'A040',
  name: 'Retrieve on behalf of practitioners',
  kind: 'read',
  roles: ['SERVICE_PROVIDER_CLINICIAN_ADMIN'],
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { REC_BAD_REQUEST: 'fix', REC_FORBIDDEN: 'tell', ACCESS_DENIED: 'sign-in' },
  dialects: {
    'api-platform': {
      build: () => ({ method: 'GET', path: '/R4/Practitioner', query: [['_query', 'onBehalfOf']] }),
      readRequest(request) {
        const isOurs = matchPath(request, 'GET', '/R4/Practitioner', /^$/) !== null;
        return isOurs && request.query['_query'] === 'onBehalfOf' ? {} : null;
      },
      successStatus: [200],
    },
  },
  read: (reply) => readIds(reply.json),
};

const readIds = readAs('bundle', (json): readonly SdsUserId[] => {
  const ids = objectsAt(json, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .filter((resource) => textAt(resource, 'resourceType') === 'Practitioner')
    .map(readUserId)
    .filter((id) => id !== null);
  return [...new Set(ids)];
});

/** The identifier is a single object here (published example), a list by FHIR. */
function readUserId(practitioner: Json | null): SdsUserId | null {
  const isUserId = (identifier: Json) => lastSegment(textAt(identifier, 'system')) === 'sds-user-id';
  return parseSdsUserId(textAt(objectsAt(practitioner, 'identifier').find(isUserId) ?? null, 'value'));
}
