import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import type { Answer, Call, Operation, Refusal } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { ERS_SERVICE } from '../wire/systems.ts';
import type { SearchTerms } from '../world/model.ts';
import { sentAnswer } from './a026-answer-advice.ts';
import { readCode, readText } from './advice-checks.ts';
import { bad } from './appointment-request.ts';
import { linkUploads, readFiles, readNamedParameters, type NamedParameters } from './decision-parameters.ts';
import { readPatient, readReferrer } from './referrer-checks.ts';
import { readSearchTerms } from './search-terms.ts';

const FILES = 'requestAttachmentFile';
const SHAPE = {
  profile: 'eRS-CreateAdviceAndGuidance-Request-Parameters-1',
  names: [
    ...['patient', 'providerConversionAuthorisation', 'shortlist', 'request', 'referringClinician'],
    FILES,
  ],
  repeating: FILES,
};
const CODES = ['AUTHORISED_TO_CONVERT', 'NOT_AUTHORISED_TO_CONVERT'] as const;

/** One service, with the criteria that it was found by. */
function readShortlist(
  call: Call,
  parameters: NamedParameters,
): { readonly serviceId: string; readonly terms: SearchTerms } | Refusal {
  const list = at(parameters.get('shortlist')?.[0], 'resource');
  if (textAt(list, 'resourceType') !== 'List') return bad('MISSING_VALUE', 'shortlist');
  const entries = listAt(list, 'entry');
  if (entries.length > 1) return bad('TOO_MANY_ITEMS', 'shortlist');
  const identifier = at(entries[0], 'item', 'identifier');
  const serviceId = textAt(identifier, 'value');
  if (serviceId === undefined || textAt(identifier, 'system') !== ERS_SERVICE)
    return bad('MISSING_VALUE', 'shortlist.entry[0]');
  const terms = readSearchTerms(call, listAt(list, 'contained')[0]);
  return 'isRefusal' in terms ? terms : { serviceId, terms };
}

/** The service must be there, take requests for advice, and be what the search finds. */
function checkService(
  call: Call,
  serviceId: string,
  search: Omit<Parameters<typeof call.desk.world.searchServices>[0], 'isForAdvice' | 'organisation'>,
): Refusal | null {
  const { world } = call.desk;
  const where = 'shortlist.entry[0]';
  const service = world.findService(serviceId);
  if (!service) return bad('REFERENCE_NOT_FOUND', where);
  if (service.isWithdrawn) return bad('SERVICE_UNAVAILABLE', where);
  if (!service.takesAdvice) return bad('INAPPROPRIATE_VALUE', where);
  const { organisation } = call.caller;
  const found = world.searchServices({ ...search, organisation, isForAdvice: true });
  return found.some((one) => one.service.id === serviceId)
    ? null
    : bad('SHORTLISTED_SERVICE_NOT_IN_RESULTS', where);
}

function answer(call: Call): Answer {
  const parameters = readNamedParameters(call, SHAPE);
  if ('isRefusal' in parameters) return parameters;
  const patient = readPatient(call, parameters.get('patient')?.[0]);
  if ('isRefusal' in patient) return patient;
  const referrer = readReferrer(call, parameters.get('referringClinician')?.[0]);
  if ('isRefusal' in referrer) return referrer;
  const authorisation = readCode(parameters, {
    name: 'providerConversionAuthorisation',
    system: 'eRS-ProviderConversionAuthorisation-1',
    codes: CODES,
  });
  if ('isRefusal' in authorisation) return authorisation;
  if (authorisation.code === undefined) return bad('MISSING_VALUE', 'providerConversionAuthorisation');
  const text = readText(call, parameters, 'request');
  if ('isRefusal' in text) return text;
  const listed = readShortlist(call, parameters);
  if ('isRefusal' in listed) return listed;
  const { serviceId, terms } = listed;
  const refusal = checkService(call, serviceId, { ...patient, terms });
  if (refusal) return refusal;
  const linked = readFiles(call, parameters, FILES, { ubrn: null, attachments: [] }, 'ADVICE_REQUEST');
  if ('isRefusal' in linked) return linked;
  linkUploads(call, linked.files);
  const { userId, organisation, businessFunction } = call.caller;
  const created = call.desk.world.createAdvice({
    ...text,
    serviceId,
    searchTerms: terms,
    nhsNumber: patient.patient.nhsNumber,
    isConversionAuthorised: authorisation.code === 'AUTHORISED_TO_CONVERT',
    sender: { userId, organisation, businessFunction },
    requester: { userId: referrer.referrerId, organisation, businessFunction: 'REFERRING_CLINICIAN' },
    attachments: linked.files.map((file) => file.attachment),
  });
  const names = {
    profile: 'eRS-CreateAdviceAndGuidance-Response-Parameters-1',
    request: 'createdCommunicationRequest',
  };
  return sentAnswer(call, names, created);
}

/** A044: a new request for advice. Platform only; nothing keeps a second one like it from being made. */
export const createAdvice: Operation = {
  id: 'A044',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/CommunicationRequest/$ers.createAdviceAndGuidance',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
