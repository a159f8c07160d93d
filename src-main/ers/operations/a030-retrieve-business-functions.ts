import { parseOdsCode } from '../../contract/identifiers.ts';
import { identifierValue, readConcept } from '../fhir/codings.ts';
import { objectAt, objectsAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import type { RoleGrant } from '../model.ts';
import type { Operation } from '../operation.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export type A030Input = Readonly<Record<string, never>>;

/**
 * The user's business functions, one per organisation and code, without organisation names (contract.md A030). Codes
 * outside the platform's header enum can come: a role picker leaves those out.
 */
export const a030RetrieveBusinessFunctions: Operation<A030Input, readonly RoleGrant[]> = {
  id: 'A030',
  name: "Retrieve user's business functions",
  kind: 'read',
  roles: 'any',
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_ACCESS: 'sign-in', ACCESS_DENIED: 'sign-in' },
  dialects: {
    'api-platform': {
      build: () => ({ method: 'GET', path: '/R4/PractitionerRole' }),
      readRequest: (request) =>
        matchPath(request, 'GET', '/R4/PractitionerRole', /^$/) === null ? null : {},
      successStatus: [200],
    },
  },
  read: (reply) => readGrants(reply.json),
};

const readGrants = readAs('bundle', (json): readonly RoleGrant[] =>
  objectsAt(json, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .flatMap(toGrants),
);

function toGrants(role: Json | null): RoleGrant[] {
  const organisation = parseOdsCode(identifierValue(objectAt(role, 'organization')));
  if (role?.['resourceType'] !== 'PractitionerRole' || organisation === null) return [];
  return objectsAt(role, 'code').flatMap((concept) => {
    const coded = readConcept(concept);
    return coded === null ? [] : [{ businessFunction: coded.code, organisation, organisationName: null }];
  });
}
