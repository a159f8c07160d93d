import { hasValidCheckDigit } from '../../contract/identifiers.ts';
import type { Json, JsonObject, Operation, Reply } from '../service-types.ts';
import type { Patient } from '../world/model.ts';
import { ODS_CODE, R4_NHS_NUMBER } from '../wire/systems.ts';

const UK_CORE = 'https://fhir.hl7.org.uk';

function spineError(status: number, code: string): Reply {
  const system = 'https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode';
  return {
    status,
    json: {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: status === 404 ? 'not_found' : 'value',
          details: { coding: [{ version: '1', system, code }] },
        },
      ],
    },
  };
}

/** Language, interpreter and written format: the accessible information that PDS holds. */
function needs(patient: Patient): Json[] {
  const found: Json[] = [];
  if (patient.language) {
    const language = {
      coding: [{ system: `${UK_CORE}/CodeSystem/UKCore-HumanLanguage`, ...patient.language }],
    };
    found.push({
      url: `${UK_CORE}/StructureDefinition/Extension-UKCore-NHSCommunication`,
      extension: [
        { url: 'language', valueCodeableConcept: language },
        { url: 'interpreterRequired', valueBoolean: patient.needsInterpreter },
      ],
    });
  }
  if (patient.writtenFormat) {
    const system = `${UK_CORE}/CodeSystem/UKCore-PreferredWrittenCommunicationFormat`;
    found.push({
      url: `${UK_CORE}/StructureDefinition/Extension-UKCore-ContactPreference`,
      extension: [
        {
          url: 'PreferredWrittenCommunicationFormat',
          valueCodeableConcept: { coding: [{ system, ...patient.writtenFormat }] },
        },
      ],
    });
  }
  return found;
}

/** What an S flag withholds: address, telephone and practice. */
function whereabouts(patient: Patient): JsonObject {
  if (patient.record === 'sensitive') return {};
  return {
    address: [
      {
        id: 'home-1',
        use: 'home',
        period: { start: '2015-01-01' },
        line: patient.address.slice(0, -1),
        postalCode: patient.address.at(-1) ?? '',
      },
    ],
    telecom: [
      { id: 'phone-1', use: 'home', system: 'phone', value: patient.phone, period: { start: '2015-01-01' } },
    ],
    generalPractitioner: [
      { id: 'gp-1', type: 'Organization', identifier: { system: ODS_CODE, value: patient.gpPractice } },
    ],
  };
}

function patientBody(patient: Patient): JsonObject {
  const isRestricted = patient.record === 'sensitive';
  const extension = needs(patient);
  return {
    resourceType: 'Patient',
    id: patient.nhsNumber,
    identifier: [{ system: R4_NHS_NUMBER, value: patient.nhsNumber }],
    meta: {
      versionId: '2',
      security: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
          code: isRestricted ? 'R' : 'U',
          display: isRestricted ? 'restricted' : 'unrestricted',
        },
      ],
    },
    name: [
      {
        id: 'usual-1',
        use: 'usual',
        period: { start: patient.birthDate },
        prefix: [patient.prefix],
        given: [...patient.given],
        family: patient.family,
      },
    ],
    gender: patient.gender,
    birthDate: patient.birthDate,
    ...(patient.deathDate === null ? {} : { deceasedDateTime: `${patient.deathDate}T00:00:00+00:00` }),
    ...whereabouts(patient),
    ...(extension.length > 0 ? { extension } : {}),
  };
}

/** The Personal Demographics Service: who an NHS number belongs to (design.md, Patient details). */
export const readPatient: Operation = {
  id: 'PDS',
  fhir: 'r4',
  produces: 'fhir+json',
  consumes: null,
  routes: [{ surface: 'pds', method: 'GET', path: '/Patient/:nhsNumber', permission: 'signed-in' }],
  answer(call) {
    const { nhsNumber = '' } = call.params;
    if (!/^\d{10}$/.test(nhsNumber) || !hasValidCheckDigit(nhsNumber))
      return spineError(400, 'INVALID_RESOURCE_ID');
    const patient = call.desk.world.findPatient(nhsNumber);
    if (!patient || patient.record === 'missing') return spineError(404, 'RESOURCE_NOT_FOUND');
    return { status: 200, headers: { ETag: 'W/"2"' }, json: patientBody(patient) };
  },
};
