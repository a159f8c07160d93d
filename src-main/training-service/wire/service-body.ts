/** A HealthcareService of R4 (contract.md A033 and A035). */
import type { JsonObject } from '../service-types.ts';
import type { Service } from '../world/model.ts';
import { ODS_SITE } from './systems.ts';

const R4 = 'https://fhir.nhs.uk';
const REVIEW =
  'A service that reviews referrals, without the support or need for any appointment with the patient to be made';

const r4Concept = (system: string, code: string, display: string): JsonObject => ({
  coding: [{ system: `${R4}/CodeSystem/${system}`, code, display }],
});

function characteristics(service: Service): JsonObject[] {
  if (service.kind === 'triage') {
    return [r4Concept('eRS-RequestFlowType', 'REVIEW', REVIEW)];
  }
  const isDirect = service.kind === 'directly-bookable';
  return [
    r4Concept('eRS-RequestFlowType', 'BOOKABLE', 'A service which supports a patient appointment'),
    r4Concept(
      'eRS-BookableType',
      isDirect ? 'DIRECTLY_BOOKABLE' : 'INDIRECTLY_BOOKABLE',
      isDirect ? 'Directly Bookable' : 'Indirectly Bookable',
    ),
  ];
}

function contact(service: Service): JsonObject {
  const purpose = {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/contactentity-type',
        code: 'PATINF',
        display: 'Patient',
      },
    ],
  };
  return {
    url: `${R4}/StructureDefinition/Extension-eRS-HealthcareService-Contact`,
    extension: [
      { url: 'purpose', valueCodeableConcept: purpose },
      { url: 'telecom', valueContactPoint: { system: 'phone', value: service.patientPhone } },
    ],
  };
}

/** The service; a minimal one has only its name and location, as the contract allows. */
export function serviceBody(service: Service): JsonObject {
  const least = {
    id: service.id,
    meta: { versionId: '1' },
    language: 'en',
    resourceType: 'HealthcareService',
    location: [{ identifier: { system: ODS_SITE, value: service.site } }],
    name: service.name,
  };
  if (service.isMinimal) return least;
  return {
    ...least,
    active: !service.isWithdrawn,
    extension: [
      { url: `${R4}/StructureDefinition/Extension-eRS-HoursOfOperation`, valueString: service.hours },
      {
        url: `${R4}/StructureDefinition/Extension-eRS-ServiceInstructions`,
        valueString: service.instructions,
      },
      contact(service),
    ],
    type: [r4Concept('eRS-AppointmentType', 'FIRST_OUTPATIENT', 'First Outpatient')],
    characteristic: characteristics(service),
  };
}
