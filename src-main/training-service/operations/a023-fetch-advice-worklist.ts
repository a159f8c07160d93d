import { PROVIDER_ALL } from '../../ers/roles.ts';
import {
  isSpine,
  refuse,
  type Answer,
  type Call,
  type JsonObject,
  type Operation,
} from '../service-types.ts';
import type { AdviceRequest } from '../world/advice-model.ts';
import { instantText } from '../wire/instants.ts';
import {
  codeSystem,
  concept,
  ERS_SERVICE,
  extensionUrl,
  identified,
  NHS_NUMBER,
  profile,
  SDS_USER,
  serverSystem,
} from '../wire/systems.ts';
import { readFilters, type Filters } from './a008-criteria.ts';
import { isRelated } from './advice-checks.ts';

const LIST = 'ADVICE_AND_GUIDANCE_REQUESTS';
const ON_LIST: readonly AdviceRequest['category'][] = [
  'PROVIDER_RESPONSE_REQUIRED',
  'REFERRER_TO_SUBMIT_FURTHER_INFORMATION',
];

function isWanted(call: Call, request: AdviceRequest, filters: Filters): boolean {
  const { serviceId, specialty, location, clinician } = filters;
  const service = call.desk.world.findService(request.serviceId);
  return (
    ON_LIST.includes(request.category) &&
    isRelated(call, request) &&
    (serviceId === null || request.serviceId === serviceId) &&
    (specialty === null || request.specialty === specialty) &&
    (location === null || service?.site === location) &&
    // No request of this world names a clinician.
    (clinician === null || clinician === 'none')
  );
}

function entryOf(call: Call, request: AdviceRequest): JsonObject {
  const coded = (url: string, system: string, code: string): JsonObject => ({
    url,
    valueCodeableConcept: concept(system, code),
  });
  const named = (url: string, system: string, value: string, display?: string): JsonObject => ({
    url,
    valueReference: identified(system, value, display),
  });
  const { serviceId } = request;
  return {
    extension: [
      {
        url: extensionUrl('AdviceAndGuidanceRequests-WorkListItem-1'),
        extension: [
          coded('priority', codeSystem('eRS-Priority-1'), request.priority),
          coded('specialty', serverSystem(call, 'SPECIALTY'), request.specialty),
          named('patient', NHS_NUMBER, request.nhsNumber),
          coded('category', codeSystem('eRS-AdviceAndGuidanceStatus-1'), request.category),
          { url: 'adviceFirstRequested', valueDateTime: instantText(request.firstRequestedMs) },
          { url: 'adviceLastUpdated', valueDateTime: instantText(request.updatedMs) },
          named('referrer', SDS_USER, request.requester.userId),
          named('service', ERS_SERVICE, serviceId, call.desk.world.findService(serviceId)?.name),
          coded('clinicType', serverSystem(call, 'CLINIC-TYPE'), request.clinicType),
          // The samples of 2021 do not say it.
          ...(isSpine(call) ? [] : [{ url: 'communicationRequestVersion', valueInteger: request.version }]),
        ],
      },
    ],
    item: { reference: `CommunicationRequest/${request.ubrn}` },
  };
}

function answer(call: Call): Answer {
  const filters = readFilters(call, (list) =>
    list === LIST ? null : refuse(422, list === null ? 'MISSING_VALUE' : 'INVALID_CODE', 'listType'),
  );
  if ('isRefusal' in filters) return filters;
  const requests = call.desk.world.listAdvice().filter((request) => isWanted(call, request, filters));
  return {
    status: 200,
    json: {
      meta: { profile: [profile('eRS-FetchWorklist-List-1')] },
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      ...(requests.length > 0 ? { entry: requests.map((request) => entryOf(call, request)) } : {}),
    },
  };
}

/** A023: the requests for advice that a provider has to answer. */
export const fetchAdviceWorklist: Operation = {
  id: 'A023',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/CommunicationRequest/$ers.fetchworklist',
      permission: PROVIDER_ALL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/CommunicationRequest/$ers.fetchworklist',
      permission: PROVIDER_ALL,
    },
  ],
  answer,
};
