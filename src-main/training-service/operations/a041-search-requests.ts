import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import { CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type JsonObject, type Operation } from '../service-types.ts';
import { R4_NHS_NUMBER } from '../wire/systems.ts';
import { checkRelationship } from './referral-checks.ts';

const UBRN_SYSTEM = 'https://fhir.nhs.uk/Id/UBRN';
const CODES = 'https://fhir.nhs.uk/CodeSystem';
const ENDED = ['CONVERSATION_ENDED_CLOSED', 'ADVICE_CONVERTED'];

interface Request {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly nhsNumber: string;
  readonly isAdvice: boolean;
}

function resourceOf(ubrn: string, { id, version, status, nhsNumber, isAdvice }: Request): JsonObject {
  const category = isAdvice ? 'request' : 'referral';
  return {
    id,
    meta: { versionId: String(version) },
    resourceType: 'ServiceRequest',
    identifier: [{ system: UBRN_SYSTEM, value: ubrn }],
    status,
    intent: 'order',
    category: [{ coding: [{ system: `${CODES}/message-category-servicerequest`, code: category }] }],
    ...(isAdvice
      ? { code: { coding: [{ system: `${CODES}/servicerequest-code`, code: 'advice-and-guidance' }] } }
      : {}),
    subject: { identifier: { system: R4_NHS_NUMBER, value: nhsNumber } },
  };
}

/** What the UBRN stands for: a referral that the caller has to do with, a request for advice, or both. */
function find(call: Call, ubrn: string): Request[] {
  const { world } = call.desk;
  const [referral, advice] = [world.findReferral(ubrn), world.findAdvice(ubrn)];
  const requests: Request[] = [];
  if (referral && referral.kind !== 'draft' && checkRelationship(call, referral) === null) {
    const { requestId, version, nhsNumber, state, kind } = referral;
    const status = state === 'CANCELLED_REFERRAL' ? 'revoked' : 'active';
    requests.push({ id: requestId, version, nhsNumber, status, isAdvice: kind === 'advice' });
  }
  if (advice) {
    const { requestId, version, nhsNumber, category } = advice;
    const isCancelled = category === 'CONVERSATION_ENDED_CANCELLED';
    const status = isCancelled ? 'revoked' : ENDED.includes(category) ? 'completed' : 'active';
    requests.push({ id: requestId, version, nhsNumber, status, isAdvice: true });
  }
  return requests;
}

function answer(call: Call): Answer {
  const [, system, ubrn] = /^(?:(.*)\|)?(\d{12})$/.exec(call.query.get('identifier') ?? '') ?? [];
  const isSystem = system === undefined || system === UBRN_SYSTEM;
  if (ubrn === undefined || !isSystem) return refuse(400, 'REC_BAD_REQUEST', 'identifier takes a UBRN');
  const now = toIso(call.desk.clock.nowMs());
  const found = find(call, ubrn);
  const entry = found.map((request) => ({
    fullUrl: `${call.base}/R4/ServiceRequest/${request.id}`,
    resource: resourceOf(ubrn, request),
    search: { mode: 'match' },
  }));
  return {
    status: 200,
    json: {
      id: randomUUID(),
      resourceType: 'Bundle',
      meta: { lastUpdated: now },
      timestamp: now,
      link: [{ relation: 'self', url: `${call.base}/R4/ServiceRequest?identifier=${ubrn}` }],
      total: entry.length,
      type: 'searchset',
      ...(entry.length > 0 ? { entry } : {}),
    },
  };
}

/** A041: the requests behind a UBRN. */
export const searchRequests: Operation = {
  id: 'A041',
  fhir: 'r4',
  produces: 'fhir+json',
  consumes: null,
  routes: [{ surface: 'api-platform', method: 'GET', path: '/R4/ServiceRequest', permission: CLINICAL }],
  answer,
};
