import { parseSdsUserId, parseServedNhsNumber, parseServiceId } from '../../contract/identifiers.ts';
import type { AdviceEntry, AdviceListReply } from '../advice-model.ts';
import { identifierValue, NO_CODE, readConcept, withoutSystem } from '../fhir/codings.ts';
import { extensionNamed } from '../fhir/extensions.ts';
import { normaliseInstant } from '../fhir/instants.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { parseAdviceReference } from '../fhir/references.ts';
import { readAs } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { PROVIDER_ALL } from '../roles.ts';
import { buildListBody, readListBody, type WorklistFilters } from './a008-worklist-body.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A023Input {
  /** As those of the provider lists of A008. */
  readonly filters?: WorklistFilters;
}

const SELECTOR = 'eRS-CommunicationListSelector-1';
const KIND = 'ADVICE_AND_GUIDANCE_REQUESTS';

/**
 * The requests for advice that a provider has to answer (contract.md section 7, A023). There is no such list for
 * referrers. Entries without a readable UBRN are counted, not shown.
 */
export const a023FetchAdviceWorklist: Operation<A023Input, AdviceListReply> = {
  id: 'A023',
  name: 'Retrieve advice worklist',
  kind: 'read',
  roles: PROVIDER_ALL,
  replyType: 'fhir+json',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    REFERENCE_NOT_FOUND: 'ask-again',
    NO_SUCH_SERVICE: 'ask-again',
    NO_SUCH_LOCATION: 'ask-again',
    NO_SUCH_SPECIALTY: 'ask-again',
    NO_SUCH_CLINICIAN: 'ask-again',
    MISSING_VALUE: 'fix',
    UNEXPECTED_FIELD: 'fix',
    NO_RELATIONSHIP: 'tell',
  },
  // The list of 2021 said GET where its page said POST: POST holds (contract.md section 15, row 1).
  dialects: inBothDialects((stu3) => ({
    build: ({ filters = {} }) => ({
      method: 'POST',
      path: `${stu3}/CommunicationRequest/$ers.fetchworklist`,
      body: buildListBody(SELECTOR, KIND, filters),
    }),
    readRequest(request) {
      const rest = /^\/CommunicationRequest\/\$ers\.fetchworklist$/;
      const list = matchPath(request, 'POST', stu3, rest) === null ? null : readListBody(request.body);
      if (list?.kind !== KIND) return null;
      return Object.keys(list.filters).length === 0 ? {} : { filters: list.filters };
    },
    successStatus: [200],
  })),
  read: (reply) => readList(reply.json),
};

const readList = readAs('worklist', (list): AdviceListReply => {
  const read = objectsAt(list, 'entry').map(readEntry);
  const entries = read.filter((entry) => entry !== null);
  return { entries, unreadable: read.length - entries.length };
});

function readEntry(entry: Json): AdviceEntry | null {
  const request = parseAdviceReference(textAt(objectAt(entry, 'item'), 'reference'));
  const item = extensionNamed(entry, 'Extension-eRS-AdviceAndGuidanceRequests-WorkListItem-1');
  if (request === null || item === null) return null;
  const field = (name: string) => extensionNamed(item, name);
  const concept = (name: string) => withoutSystem(readConcept(objectAt(field(name), 'valueCodeableConcept')));
  const instant = (name: string) => normaliseInstant(textAt(field(name), 'valueDateTime'));
  const identified = (name: string) => identifierValue(objectAt(field(name), 'valueReference'));
  return {
    ubrn: request.ubrn,
    nhsNumber: parseServedNhsNumber(identified('patient')),
    priority: concept('priority') ?? NO_CODE,
    specialty: concept('specialty'),
    clinicType: concept('clinicType'),
    category: concept('category') ?? NO_CODE,
    firstRequested: instant('adviceFirstRequested'),
    lastUpdated: instant('adviceLastUpdated'),
    referrerId: parseSdsUserId(identified('referrer')),
    clinicianId: parseSdsUserId(identified('namedClinician')),
    serviceId: parseServiceId(identified('service')),
    serviceName: textAt(objectAt(field('service'), 'valueReference'), 'display'),
    version: integerAt(field('communicationRequestVersion'), 'valueInteger'),
  };
}
