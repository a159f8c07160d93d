import type { Ubrn } from '../../contract/identifiers.ts';
import type { AdviceConversation, AdviceMessage } from '../advice-model.ts';
import { readMessage, type Resolve } from '../fhir/advice.ts';
import { objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { adviceReference, parseAdviceReference } from '../fhir/references.ts';
import { fitsSchema, readAs } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A025Input {
  readonly ubrn: Ubrn;
  /** The current version, from A024; an older one is refused. */
  readonly version: number;
}

/**
 * The conversation of a request for advice, sorted by `sent`: the service promises no order (contract.md section 7,
 * A025). The includes are not asked for: every published answer has them, and the published requests do not ask.
 */
export const a025RetrieveAdviceConversation: Operation<A025Input, AdviceConversation> = {
  id: 'A025',
  name: 'Retrieve advice conversation',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    HISTORY_NOT_SUPPORTED: 'reread',
    REFERENCE_NOT_FOUND: 'reread',
    INVALID_VALUE: 'reread',
    MISSING_PARAMETER: 'fix',
    INVALID_REQUEST_TYPE: 'tell',
    NO_SUCH_REQUEST: 'tell',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: inBothDialects((stu3) => ({
    build: ({ ubrn, version }) => ({
      method: 'GET',
      path: `${stu3}/Communication`,
      query: [['based-on', adviceReference(ubrn, version)]],
    }),
    readRequest(request) {
      if (matchPath(request, 'GET', stu3, /^\/Communication$/) === null) return null;
      const reference = parseAdviceReference(request.query['based-on'] ?? '');
      return reference?.version == null ? null : { ubrn: reference.ubrn, version: reference.version };
    },
    successStatus: [200],
  })),
  read: (reply) => readConversation(reply.json),
  echoes: ({ messages }, input) => messages.every(({ request }) => request.ubrn === input.ubrn),
};

const readConversation = readAs('bundle', (bundle): AdviceConversation => {
  const resources = objectsAt(bundle, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .filter((resource) => resource !== null);
  const named = new Map(
    resources.map((resource) => [`${textAt(resource, 'resourceType')}/${textAt(resource, 'id')}`, resource]),
  );
  const resolve: Resolve = (reference) => named.get(reference) ?? null;
  const read = resources
    .filter((resource) => textAt(resource, 'resourceType') === 'Communication')
    .map((resource): AdviceMessage | null => readOne(resource, resolve));
  const messages = read.filter((message) => message !== null).toSorted(bySent);
  return { messages, unreadable: read.length - messages.length };
});

function readOne(resource: Json, resolve: Resolve): AdviceMessage | null {
  return fitsSchema('communication', resource) ? readMessage(resource, resolve) : null;
}

/** Instants are of one form here, so their texts sort as their moments do. */
function bySent(one: AdviceMessage, other: AdviceMessage): number {
  if (one.sent === other.sent) return 0;
  return one.sent < other.sent ? -1 : 1;
}
