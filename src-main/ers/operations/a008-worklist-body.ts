/** The Parameters of A008 from the app's filters, and back (contract.md A008). */
import {
  parseSdsUserId,
  parseServiceId,
  type SdsUserId,
  type ServiceId,
} from '../../contract/identifiers.ts';
import type { WorklistKind } from '../../contract/channels/worklist.ts';
import { conceptOf, readConcept, type SystemCoded } from '../fhir/codings.ts';
import { asObject, objectAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { ersProfile, fixedCodeSystem, ID_SYSTEMS } from '../fhir/systems.ts';

/** `not-assigned`: only referrals without one. */
export type Assignment<T> = T | 'not-assigned';

/** Filters of the provider lists; the referrer lists take none (contract.md A008). */
export interface WorklistFilters {
  readonly serviceId?: ServiceId;
  /** The system is the `url` that A004 gave for SPECIALTY. */
  readonly specialty?: Assignment<{ readonly system: string; readonly code: string }>;
  /** An organisation or site code. */
  readonly location?: string;
  readonly clinicianId?: Assignment<SdsUserId>;
}

export interface A008Input {
  readonly kind: WorklistKind;
  readonly filters?: WorklistFilters;
}

/** The lists of this operation; kept here, because the contract's own table comes with the schema library. */
const KINDS: readonly WorklistKind[] = [
  'AWAITING_BOOKING',
  'LETTERS_OUTSTANDING',
  'REJECTED_TRIAGE_RESPONSE',
  'ASSESSMENT_RETURNED_CANCELLED_DNA',
  'APPOINTMENT_SLOT_ISSUES',
  'REFERRALS_FOR_REVIEW',
];

const NAMES = [
  'listType',
  'specialtyAssignedIndicator',
  'specialty',
  'service',
  'location',
  'clinicianAssignedIndicator',
  'clinician',
];

export function buildWorklistBody({ kind, filters = {} }: A008Input): unknown {
  return buildListBody('eRS-ReferralListSelector-1', kind, filters);
}

/** A list that is known by a code of one of the two list selectors (A008, A023). */
export function buildListBody(selector: string, kind: string, filters: WorklistFilters): unknown {
  const { serviceId, specialty, location, clinicianId } = filters;
  const isAssigned = <T>(value: T | 'not-assigned' | undefined): value is T =>
    value !== undefined && value !== 'not-assigned';
  const parameter = [
    concept('listType', fixedCodeSystem(selector), kind),
    ...indicator('specialtyAssignedIndicator', specialty),
    ...(isAssigned(specialty) ? [concept('specialty', specialty.system, specialty.code)] : []),
    ...identifier('service', ID_SYSTEMS.service, serviceId),
    ...identifier('location', ID_SYSTEMS.directoryOrganisation, location),
    ...indicator('clinicianAssignedIndicator', clinicianId),
    ...identifier('clinician', ID_SYSTEMS.sdsUser, isAssigned(clinicianId) ? clinicianId : undefined),
  ];
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-FetchWorklist-Parameters-1')] },
    parameter,
  };
}

const concept = (name: string, system: string, code: string) => ({
  name,
  valueCodeableConcept: conceptOf(system, code),
});

const identifier = (name: string, system: string, value: string | undefined) =>
  value === undefined ? [] : [{ name, valueIdentifier: { system, value } }];

const indicator = (name: string, value: unknown) =>
  value === undefined
    ? []
    : [
        concept(
          name,
          fixedCodeSystem('eRS-AssignedIndicator-1'),
          value === 'not-assigned' ? 'NOT_ASSIGNED' : 'ASSIGNED',
        ),
      ];

/** The reverse; null when the body holds anything that `buildWorklistBody` cannot say. */
export function readWorklistBody(body: unknown): A008Input | null {
  const list = readListBody(body);
  const kind = KINDS.find((candidate) => candidate === list?.kind);
  if (list === null || kind === undefined) return null;
  return Object.keys(list.filters).length === 0 ? { kind } : { kind, filters: list.filters };
}

/** The code of the list and its filters; null when the body holds anything that `buildListBody` cannot say. */
export function readListBody(
  body: unknown,
): { readonly kind: string; readonly filters: WorklistFilters } | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const kind = conceptNamed(parameters, 'listType')?.code;
  const specialty = readSpecialty(parameters);
  const clinicianId = readClinician(parameters);
  const service = identifierNamed(parameters, 'service');
  const serviceId = parseServiceId(service);
  if (kind === undefined || specialty === null || clinicianId === null) return null;
  if (service !== undefined && serviceId === null) return null;
  const location = identifierNamed(parameters, 'location');
  const filters: WorklistFilters = {
    ...(serviceId === null ? {} : { serviceId }),
    ...(specialty === undefined ? {} : { specialty }),
    ...(location === undefined ? {} : { location }),
    ...(clinicianId === undefined ? {} : { clinicianId }),
  };
  return { kind, filters };
}

function conceptNamed(parameters: Json | null, name: string): SystemCoded | null {
  return readConcept(objectAt(parameterNamed(parameters, name), 'valueCodeableConcept'));
}

function identifierNamed(parameters: Json | null, name: string): string | undefined {
  return textAt(objectAt(parameterNamed(parameters, name), 'valueIdentifier'), 'value') || undefined;
}

/** Undefined: no filter. Null: indicator and value contradict each other. */
function readSpecialty(parameters: Json | null): WorklistFilters['specialty'] | null {
  const coded = conceptNamed(parameters, 'specialty');
  const assigned = conceptNamed(parameters, 'specialtyAssignedIndicator')?.code;
  if (assigned === undefined) return coded === null ? undefined : null;
  if (assigned === 'NOT_ASSIGNED') return coded === null ? 'not-assigned' : null;
  return coded === null ? null : { system: coded.system, code: coded.code };
}

function readClinician(parameters: Json | null): WorklistFilters['clinicianId'] | null {
  const value = identifierNamed(parameters, 'clinician');
  const assigned = conceptNamed(parameters, 'clinicianAssignedIndicator')?.code;
  if (assigned === undefined) return value === undefined ? undefined : null;
  if (assigned === 'NOT_ASSIGNED') return value === undefined ? 'not-assigned' : null;
  return parseSdsUserId(value);
}
