/** Addresses of FHIR systems and profiles (contract.md sections 4.1 and 4.2). */
import type { Call, Json, JsonObject } from '../service-types.ts';
import type { ReasonSet } from '../world/model.ts';

const STU3 = 'https://fhir.nhs.uk/STU3';

export const NHS_NUMBER = 'http://fhir.nhs.net/Id/nhs-number';
export const SDS_USER = 'http://fhir.nhs.net/Id/sds-user-id';
export const ERS_SERVICE = 'http://fhir.nhs.net/Id/ers-service';
export const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';
export const ODS_SITE = 'https://fhir.nhs.uk/Id/ods-site-code';
export const LOCATION = 'https://directory.spineservices.nhs.uk/STU3/Organization';
export const SLOT_REFERENCE = 'https://fhir.nhs.uk/Id/alternative-slot';
export const ERS_SCHEDULE = 'https://fhir.nhs.uk/Id/ers-schedule';
export const REQUEST_ID = 'https://fhir.nhs.uk/Id/ers-request-id';
export const R4_SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';
export const R4_NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
/** A value set's address used as a system: a known defect of the service (section 4.2). */
export const PARTICIPANT_TYPE = 'http://hl7.org/fhir/ValueSet/encounter-participant-type';
export const ERS_APPOINTMENT_PROFILE = `${STU3}/StructureDefinition/eRS-Appointment-1`;
export const CARE_CONNECT_APPOINTMENT_PROFILE =
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1';
export const STU3_BUNDLE_PROFILE = 'http://hl7.org/fhir/STU3/StructureDefinition/Bundle';

/** A fixed code system of e-RS. */
export const codeSystem = (name: string): string => `${STU3}/CodeSystem/${name}`;
/** A profile of e-RS. */
export const profile = (name: string): string => `${STU3}/StructureDefinition/${name}`;
/** The address of an extension of e-RS. */
export const extensionUrl = (name: string): string => `${STU3}/StructureDefinition/Extension-eRS-${name}`;

/** The root of the STU3 resources of the dialect that was called. */
export function stu3Root(call: Call): string {
  return call.surface === 'spine-session' ? `${call.base}/STU3/v1` : `${call.base}/STU3`;
}

/**
 * The root that links show. The spine service names its internal host, which no client can reach
 * (contract.md section 4.7): only the query of a link may be used.
 */
export function linkRoot(call: Call): string {
  return call.surface === 'spine-session' ? 'https://ers-api:445/STU3/v1' : stu3Root(call);
}

/** A server-relative system, e.g. of SPECIALTY. */
export const serverSystem = (call: Call, set: string): string => `${stu3Root(call)}/CodeSystem/${set}`;

/** The system of a reason, fixed or server-relative. */
export const reasonSystem = (call: Call, set: ReasonSet): string =>
  set.startsWith('eRS-') ? codeSystem(set) : serverSystem(call, set);

/** A coding, with its display where there is one. */
export function coding(system: string, code: string, display?: string): JsonObject {
  return display === undefined ? { system, code } : { system, code, display };
}

/** A codeable concept of one coding. */
export function concept(system: string, code: string, display?: string): JsonObject {
  return { coding: [coding(system, code, display)] };
}

/** A reference by identifier. */
export function identified(system: string, value: string, display?: string): JsonObject {
  const identifier = { system, value };
  return display === undefined ? { identifier } : { identifier, display };
}

/** An extension of e-RS with its one value. */
export function extension(name: string, valueName: string, value: Json): JsonObject {
  return { url: extensionUrl(name), [valueName]: value };
}
