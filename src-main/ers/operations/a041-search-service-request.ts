import { parseServedNhsNumber, parseUbrn, type NhsNumber, type Ubrn } from '../../contract/identifiers.ts';
import { identifierValue, readConcept } from '../fhir/codings.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import { lastSegment } from '../fhir/systems.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A041Input {
  readonly ubrn: Ubrn;
}

/** One of the requests behind a UBRN: a referral (`r.…`) or an advice and guidance request (`a.…`). */
export interface ServiceRequestRecord {
  readonly id: string;
  readonly kind: 'referral' | 'advice';
  readonly ubrn: Ubrn;
  readonly version: number | null;
  readonly status: string;
  readonly nhsNumber: NhsNumber | null;
}

/** What a UBRN stands for: nothing, a referral, a request for advice, or both (contract.md section 7, A041). */
export const a041SearchServiceRequest: Operation<A041Input, readonly ServiceRequestRecord[]> = {
  id: 'A041',
  name: 'Search service request',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_RELATIONSHIP: 'tell', REC_BAD_REQUEST: 'fix', PATIENT_ERROR: 'block-patient' },
  dialects: {
    'api-platform': {
      build: ({ ubrn }) => ({ method: 'GET', path: '/R4/ServiceRequest', query: [['identifier', ubrn]] }),
      readRequest(request) {
        // `[system|]UBRN`: the system may be left out, and we leave it out.
        const ubrn = parseUbrn(/(?:^|\|)(\d{12})$/.exec(request.query['identifier'] ?? '')?.[1] ?? '');
        return matchPath(request, 'GET', '/R4/ServiceRequest', /^$/) === null || ubrn === null
          ? null
          : { ubrn };
      },
      successStatus: [200],
    },
  },
  read: (reply) => readRequests(reply.json),
  echoes: (requests, input) => requests.every(({ ubrn }) => ubrn === input.ubrn),
};

const readRequests = readAs('bundle', (json): readonly ServiceRequestRecord[] =>
  objectsAt(json, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .filter((resource) => textAt(resource, 'resourceType') === 'ServiceRequest')
    .map(readRequest)
    .filter((request) => request !== null),
);

function readRequest(request: Json | null): ServiceRequestRecord | null {
  const isUbrn = (identifier: Json) => lastSegment(textAt(identifier, 'system')) === 'UBRN';
  const ubrn = parseUbrn(textAt(objectsAt(request, 'identifier').find(isUbrn) ?? null, 'value'));
  if (ubrn === null) return null;
  const code = readConcept(objectAt(request, 'code'))?.code;
  return {
    id: textAt(request, 'id'),
    kind: code === 'advice-and-guidance' ? 'advice' : 'referral',
    ubrn,
    version: integerAt(objectAt(request, 'meta'), 'versionId'),
    status: textAt(request, 'status'),
    nhsNumber: parseServedNhsNumber(identifierValue(objectAt(request, 'subject'))),
  };
}
