import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { foundServiceEntry } from '../wire/found-service-body.ts';
import { at, textAt } from '../wire/read-body.ts';
import { codeSystem, ODS_CODE, profile } from '../wire/systems.ts';
import type { Found } from '../world/find-services.ts';
import { bad } from './appointment-request.ts';
import { readNamedParameters, type NamedParameters } from './decision-parameters.ts';
import { readIdentifier, readPatient, readReferrer } from './referrer-checks.ts';
import { readSearchTerms } from './search-terms.ts';

const SHAPE = {
  profile: 'eRS-PatientServiceSearch-Parameters-1',
  names: [
    'requestType',
    'sortBy',
    'patient',
    'searchCriteria',
    'referringClinician',
    'commissioningRuleOrganisation',
  ],
  repeating: null,
};

const REQUEST_TYPES = ['APPOINTMENT_REQUEST', 'ADVICE_AND_GUIDANCE_REQUEST'];
const SORTS = ['DISTANCE', 'IWT'];

function readCode(
  parameters: NamedParameters,
  name: string,
  set: string,
  codes: readonly string[],
): { readonly code: string } | Refusal {
  const coding = at(parameters.get(name)?.[0], 'valueCoding');
  const code = textAt(coding, 'code');
  if (code === undefined) return bad('MISSING_VALUE', name);
  const isKnown = textAt(coding, 'system') === codeSystem(set) && codes.includes(code);
  return isKnown ? { code } : bad('INVALID_CODE', name);
}

/** Nearest or shortest wait first; equals by their ids, so that a search twice is the same twice. */
const BY: Readonly<Record<string, (found: Found) => number>> = {
  DISTANCE: ({ miles }) => miles,
  IWT: ({ waitDays }) => waitDays ?? Number.MAX_SAFE_INTEGER,
};

function sorted(found: readonly Found[], sortBy: string): Found[] {
  const key = BY[sortBy] ?? (() => 0);
  return [...found].sort((a, b) => key(a) - key(b) || Number(a.service.id) - Number(b.service.id));
}

function answer(call: Call): Answer {
  const parameters = readNamedParameters(call, SHAPE);
  if ('isRefusal' in parameters) return parameters;
  const requestType = readCode(parameters, 'requestType', 'eRS-RequestType-1', REQUEST_TYPES);
  if ('isRefusal' in requestType) return requestType;
  const sortBy = readCode(parameters, 'sortBy', 'eRS-SortBy-1', SORTS);
  if ('isRefusal' in sortBy) return sortBy;
  const patient = readPatient(call, parameters.get('patient')?.[0]);
  if ('isRefusal' in patient) return patient;
  const referrer = readReferrer(call, parameters.get('referringClinician')?.[0]);
  if ('isRefusal' in referrer) return referrer;
  const terms = readSearchTerms(call, at(parameters.get('searchCriteria')?.[0], 'resource'));
  if ('isRefusal' in terms) return terms;
  const name = 'commissioningRuleOrganisation';
  const commissioner = readIdentifier(parameters.get(name)?.[0], name, ODS_CODE);
  if ('isRefusal' in commissioner) return commissioner;
  const found = call.desk.world.searchServices({
    ...patient,
    terms,
    organisation: commissioner.value ?? call.caller.organisation,
    isForAdvice: requestType.code === 'ADVICE_AND_GUIDANCE_REQUEST',
  });
  const hasPostcode = terms.postcode !== null || sortBy.code === 'DISTANCE';
  const entry = sorted(found, sortBy.code).map((one) => foundServiceEntry(call, one, hasPostcode));
  return {
    status: 200,
    json: {
      meta: { profile: [profile('eRS-FetchServices-List-1')] },
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      entry,
      ...(entry.length > 0 ? {} : { emptyReason: NOTHING_FOUND }),
    },
  };
}

const NOTHING_FOUND = {
  coding: [
    { system: 'http://hl7.org/fhir/ValueSet/list-empty-reason', code: 'nilknown', display: 'no results' },
  ],
};

const PATH = '$ers.searchHealthcareServicesForPatient';

/** A010: services that suit a patient. Not paged. */
export const searchServicesForPatient: Operation = {
  id: 'A010',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: `/STU3/HealthcareService/${PATH}`,
      permission: REFERRER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: `/STU3/v1/HealthcareService/${PATH}`,
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
