/** Identifier systems, code systems and profiles of e-RS (contract.md sections 4.1 and 4.2). */
const STU3 = 'https://fhir.nhs.uk/STU3';

export const ID_SYSTEMS = {
  nhsNumber: 'http://fhir.nhs.net/Id/nhs-number',
  sdsUser: 'http://fhir.nhs.net/Id/sds-user-id',
  service: 'http://fhir.nhs.net/Id/ers-service',
  directoryOrganisation: 'https://directory.spineservices.nhs.uk/STU3/Organization',
} as const;

/** Organisations, but for search criteria and the locations of worklists. */
export const ODS_SYSTEM = 'https://fhir.nhs.uk/Id/ods-organization-code';

export const PARTICIPANT_TYPE_SYSTEM = 'http://hl7.org/fhir/ValueSet/encounter-participant-type';

/** One of the fixed code systems, e.g. `eRS-Priority-1`. */
export const fixedCodeSystem = (name: string) => `${STU3}/CodeSystem/${name}`;

export const ersProfile = (name: string) => `${STU3}/StructureDefinition/${name}`;

export const CARE_CONNECT_APPOINTMENT =
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1';

/** The last segment of a system or URL: server-relative systems differ by host only (contract.md section 4.2). */
export function lastSegment(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
