/** The criteria of a service search (A010), which A011, A021, A031 and A032 send again with their shortlist. */
import { findReferenceSet } from '../reference-sets.ts';
import type { Call, Refusal } from '../service-types.ts';
import { PRIORITY_DISPLAY } from '../wire/displays.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { codeSystem, LOCATION, profile, SDS_USER } from '../wire/systems.ts';
import type { Priority, SearchTerms } from '../world/model.ts';
import { bad } from './appointment-request.ts';

const NAMES = [
  'priority',
  'specialty',
  'clinicType',
  'namedClinician',
  'clinicalTerm',
  'organisation',
  'ageAndGenderAppropriate',
  'distanceLimit',
  'postcode',
  'indicativeAppointmentWaitTimeLimit',
  // Its value is taken and has no effect on the platform (contract.md section 4.2).
  'commissioningProvisioning',
];
const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;
const SNOMED = 'http://snomed.info/sct';

const isPriority = (code: string): code is Priority => Object.hasOwn(PRIORITY_DISPLAY, code);

type Found = ReadonlyMap<string, unknown>;

function readParameters(criteria: unknown): Found | Refusal {
  const isCriteria =
    textAt(criteria, 'resourceType') === 'Parameters' &&
    listAt(criteria, 'meta', 'profile').includes(profile('eRS-ServiceSearchCriteria-Parameters-1'));
  if (!isCriteria) return bad('INVALID_VALUE', 'searchCriteria');
  const found = new Map<string, unknown>();
  for (const parameter of listAt(criteria, 'parameter')) {
    const name = textAt(parameter, 'name') ?? '';
    if (!NAMES.includes(name) || found.has(name)) return bad('INVALID_VALUE', `searchCriteria.${name}`);
    found.set(name, parameter);
  }
  return found;
}

function readCoded(
  found: Found,
  name: string,
  isSystem: (system: string) => boolean,
): string | null | Refusal {
  if (!found.has(name)) return null;
  const code = textAt(found.get(name), 'valueCoding', 'code');
  if (code === undefined) return bad('MISSING_VALUE', name);
  return isSystem(textAt(found.get(name), 'valueCoding', 'system') ?? '') ? code : bad('INVALID_CODE', name);
}

function readIdentifier(found: Found, name: string, system: string): string | null | Refusal {
  if (!found.has(name)) return null;
  const value = textAt(found.get(name), 'valueIdentifier', 'value');
  const isSystem = textAt(found.get(name), 'valueIdentifier', 'system') === system;
  return value !== undefined && isSystem ? value : bad('INVALID_VALUE', name);
}

function readCount(found: Found, name: string): number | null | Refusal {
  if (!found.has(name)) return null;
  const value = at(found.get(name), 'valueUnsignedInt');
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : bad('INVALID_VALUE', name);
}

const isRefused = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'isRefusal' in value;

/** The set's own concept, effective or not; a server-relative system is known by its last part (section 4.2). */
const isOfSet = (set: string) => (system: string) => system.endsWith(`/CodeSystem/${set}`);

function isKnown(set: string, code: string): boolean {
  return findReferenceSet(set)?.concepts.some((concept) => concept.code === code) ?? false;
}

function checkCodes({ specialty, clinicType }: SearchTerms): Refusal | null {
  if (specialty !== null && !isKnown('SPECIALTY', specialty)) return bad('REFERENCE_NOT_FOUND', 'specialty');
  if (clinicType === null) return null;
  if (specialty === null) return bad('VALUE_IS_REQUIRED', 'specialty');
  const concepts = findReferenceSet('CLINIC-TYPE')?.concepts ?? [];
  const concept = concepts.find(({ code }) => code === clinicType);
  if (concept === undefined) return bad('REFERENCE_NOT_FOUND', 'clinicType');
  return concept.properties?.['specialty'] === specialty ? null : bad('CONFLICTING_VALUES', 'clinicType');
}

function checkTerms(call: Call, terms: SearchTerms): Refusal | null {
  const { specialty, clinicalTerm, namedClinician, postcode, distanceLimit } = terms;
  if (specialty === null && clinicalTerm === null && namedClinician === null)
    return bad('MISSING_VALUE', 'specialty');
  const codes = checkCodes(terms);
  if (codes) return codes;
  if (clinicalTerm !== null && !call.desk.world.isClinicalTerm(clinicalTerm))
    return bad('SNOMED_NOT_FOUND', 'clinicalTerm');
  if (postcode !== null && !POSTCODE.test(postcode)) return bad('INVALID_VALUE', 'postcode');
  return distanceLimit !== null && postcode === null ? bad('VALUE_IS_REQUIRED', 'postcode') : null;
}

/** The criteria, or the refusal of their shape or of a value. */
export function readSearchTerms(call: Call, criteria: unknown): SearchTerms | Refusal {
  const found = readParameters(criteria);
  if ('isRefusal' in found) return found;
  const priority = readCoded(found, 'priority', (system) => system === codeSystem('eRS-Priority-1'));
  const specialty = readCoded(
    found,
    'specialty',
    (system) => isOfSet('SPECIALTY')(system) || isOfSet('eRS-Specialty-1')(system),
  );
  const clinicType = readCoded(found, 'clinicType', isOfSet('eRS-ClinicType-1'));
  const clinicalTerm = readCoded(found, 'clinicalTerm', (system) => system === SNOMED);
  const namedClinician = readIdentifier(found, 'namedClinician', SDS_USER);
  const organisation = readIdentifier(found, 'organisation', LOCATION);
  const distanceLimit = readCount(found, 'distanceLimit');
  const waitLimit = readCount(found, 'indicativeAppointmentWaitTimeLimit');
  for (const value of [priority, specialty, clinicType, clinicalTerm]) if (isRefused(value)) return value;
  for (const value of [namedClinician, organisation, distanceLimit, waitLimit])
    if (isRefused(value)) return value;
  if (priority === null) return bad('MISSING_VALUE', 'priority');
  if (!isPriority(priority as string)) return bad('INVALID_CODE', 'priority');
  const isForAgeAndGender = at(found.get('ageAndGenderAppropriate'), 'valueBoolean');
  if (typeof isForAgeAndGender !== 'boolean') return bad('MISSING_VALUE', 'ageAndGenderAppropriate');
  const postcode = textAt(found.get('postcode'), 'valueString') ?? null;
  const terms = {
    ...{ priority, specialty, clinicType, clinicalTerm, namedClinician },
    ...{ organisation, postcode, distanceLimit, waitLimit, isForAgeAndGender },
  } as SearchTerms;
  return checkTerms(call, terms) ?? terms;
}
