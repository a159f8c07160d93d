/** The Parameters of A010 from the app's values, and back (contract.md section 7, A010). */
import {
  parseOdsCode,
  parseSdsUserId,
  parseServedNhsNumber,
  type NhsNumber,
  type OdsCode,
  type SdsUserId,
} from '../../contract/identifiers.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { ersProfile, fixedCodeSystem, ID_SYSTEMS, lastSegment, ODS_SYSTEM } from '../fhir/systems.ts';
import type { SearchCriteria } from '../model.ts';

export type RequestType = 'APPOINTMENT_REQUEST' | 'ADVICE_AND_GUIDANCE_REQUEST';
export type SortBy = 'DISTANCE' | 'IWT';

export interface A010Input {
  readonly requestType: RequestType;
  readonly sortBy: SortBy;
  readonly nhsNumber: NhsNumber;
  /** Made by `buildSearchCriteria`, or those of an existing referral as they came. */
  readonly criteria: SearchCriteria;
  /** Needed from a referring clinician's admin, refused from a clinician. */
  readonly referringClinician: SdsUserId | null;
  /** Needed for an existing referral: its own. */
  readonly commissioningOrg: OdsCode | null;
}

const NAMES = [
  'requestType',
  'sortBy',
  'patient',
  'searchCriteria',
  'referringClinician',
  'commissioningRuleOrganisation',
];
const CRITERIA_ID = 'ServiceSearchCriteria-1';
const REQUEST_TYPES: readonly RequestType[] = ['APPOINTMENT_REQUEST', 'ADVICE_AND_GUIDANCE_REQUEST'];
const SORTS: readonly SortBy[] = ['DISTANCE', 'IWT'];

export function buildSearchBody(input: A010Input): unknown {
  const { requestType, sortBy, nhsNumber, criteria, referringClinician, commissioningOrg } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-PatientServiceSearch-Parameters-1')] },
    parameter: [
      {
        name: 'requestType',
        valueCoding: { system: fixedCodeSystem('eRS-RequestType-1'), code: requestType },
      },
      { name: 'sortBy', valueCoding: { system: fixedCodeSystem('eRS-SortBy-1'), code: sortBy } },
      { name: 'patient', valueIdentifier: { system: ID_SYSTEMS.nhsNumber, value: nhsNumber } },
      ...identified('referringClinician', ID_SYSTEMS.sdsUser, referringClinician),
      {
        name: 'searchCriteria',
        resource: {
          resourceType: 'Parameters',
          id: CRITERIA_ID,
          meta: { profile: [ersProfile('eRS-ServiceSearchCriteria-Parameters-1')] },
          parameter: criteria,
        },
      },
      ...identified('commissioningRuleOrganisation', ODS_SYSTEM, commissioningOrg),
    ],
  };
}

/** A parameter with an identifier; none for null. */
export const identified = (name: string, system: string, value: string | null) =>
  value == null ? [] : [{ name, valueIdentifier: { system, value } }];

/** The reverse; null when the body is none that `buildSearchBody` makes. */
export function readSearchBody(body: unknown): A010Input | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const code = (name: string) => readCoding(objectAt(parameterNamed(parameters, name), 'valueCoding'))?.code;
  const requestType = REQUEST_TYPES.find((one) => one === code('requestType'));
  const sortBy = SORTS.find((one) => one === code('sortBy'));
  const nhsNumber = parseServedNhsNumber(identifierOf(parameters, 'patient'));
  const criteria = objectAt(parameterNamed(parameters, 'searchCriteria'), 'resource');
  const referringClinician = parseSdsUserId(identifierOf(parameters, 'referringClinician'));
  const commissioningOrg = parseOdsCode(identifierOf(parameters, 'commissioningRuleOrganisation'));
  if (requestType === undefined || sortBy === undefined || nhsNumber === null || criteria === null)
    return null;
  return {
    requestType,
    sortBy,
    nhsNumber,
    criteria: objectsAt(criteria, 'parameter'),
    referringClinician,
    commissioningOrg,
  };
}

/** The identifier of a parameter; '' when it has none. */
export function identifierOf(parameters: Json | null, name: string): string {
  return textAt(objectAt(parameterNamed(parameters, name), 'valueIdentifier'), 'value');
}

/** What a clerk searches services by. Null leaves a criterion out. */
export interface SearchValues {
  /** ROUTINE, URGENT or TWO_WEEK_WAIT. */
  readonly priority: string;
  /** `system` is the `url` that A004 gave for SPECIALTY. */
  readonly specialty: { readonly system: string; readonly code: string } | null;
  readonly clinicType: string | null;
  /** A SNOMED CT concept, in place of specialty and clinic type or with them. */
  readonly clinicalTerm: string | null;
  readonly namedClinician: SdsUserId | null;
  /** The code of an organisation or a site whose services alone are wanted. */
  readonly organisation: string | null;
  readonly postcode: string | null;
  /** In miles, with a postcode. */
  readonly distanceLimit: number | null;
  /** In days. */
  readonly waitLimit: number | null;
  readonly isForAgeAndGender: boolean;
  /** A code of eRS-CommissioningProvisioning-1; left out where nothing is said. */
  readonly commissioning?: string;
}

/** The criteria as A010 takes them, and as A011, A021, A031 and A032 send them again. */
export function buildSearchCriteria(values: SearchValues): SearchCriteria {
  const { priority, specialty, clinicType, clinicalTerm, postcode, distanceLimit, waitLimit } = values;
  const coded = (name: string, system: string, code: string | null) =>
    code === null ? [] : [{ name, valueCoding: { system, code } }];
  const counted = (name: string, value: number | null) =>
    value === null ? [] : [{ name, valueUnsignedInt: value }];
  return [
    ...coded('priority', fixedCodeSystem('eRS-Priority-1'), priority),
    ...coded('specialty', specialty?.system ?? '', specialty?.code ?? null),
    ...coded('clinicType', fixedCodeSystem('eRS-ClinicType-1'), clinicType),
    ...identified('namedClinician', ID_SYSTEMS.sdsUser, values.namedClinician),
    ...coded('clinicalTerm', 'http://snomed.info/sct', clinicalTerm),
    ...coded(
      'commissioningProvisioning',
      fixedCodeSystem('eRS-CommissioningProvisioning-1'),
      values.commissioning ?? null,
    ),
    ...identified('organisation', ID_SYSTEMS.directoryOrganisation, values.organisation),
    { name: 'ageAndGenderAppropriate', valueBoolean: values.isForAgeAndGender },
    ...counted('distanceLimit', distanceLimit),
    ...(postcode === null ? [] : [{ name: 'postcode', valueString: postcode }]),
    ...counted('indicativeAppointmentWaitTimeLimit', waitLimit),
  ];
}

/** The priority that criteria name; '' when they name none. */
export function priorityOf(criteria: SearchCriteria): string {
  const priority = criteria.find((one) => textAt(one, 'name') === 'priority') ?? null;
  const coding = readCoding(objectAt(priority, 'valueCoding'));
  return coding !== null && lastSegment(coding.system) === 'eRS-Priority-1' ? coding.code : '';
}
