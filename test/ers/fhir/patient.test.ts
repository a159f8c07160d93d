import { describe, expect, test } from 'vitest';
import { pdsReadPatient } from '../../../src-main/ers/operations/pds-read-patient.ts';

const PATIENT = {
  resourceType: 'Patient',
  id: '9912003888',
  meta: { versionId: '2', security: [{ code: 'U', display: 'unrestricted' }] },
  name: [
    { use: 'usual', family: 'Old', given: ['Name'], period: { start: '1990-01-01', end: '2001-01-01' } },
    { use: 'nickname', family: 'Nick', given: ['Nora'] },
    {
      use: 'usual',
      family: 'Example',
      given: ['Nora', 'May'],
      prefix: ['Mrs'],
      period: { start: '2001-01-02' },
    },
  ],
  birthDate: '1971-02-03',
  gender: 'female',
  address: [
    { use: 'temp', line: ['Somewhere else'], postalCode: 'ZZ1 1ZZ' },
    { use: 'home', line: ['1 Test Road', '', 'Leeds'], postalCode: 'LS1 1ZZ' },
  ],
  telecom: [
    { system: 'email', value: 'nora@example.test', use: 'home' },
    { system: 'phone', value: '0113 000 0000', use: 'home' },
    { system: 'phone', value: '07700 900000', use: 'mobile' },
  ],
  generalPractitioner: [
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y12345' } },
  ],
  extension: [
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSCommunication',
      extension: [
        { url: 'language', valueCodeableConcept: { coding: [{ code: 'fr', display: 'French' }] } },
        { url: 'interpreterRequired', valueBoolean: true },
      ],
    },
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactPreference',
      extension: [
        {
          url: 'PreferredWrittenCommunicationFormat',
          valueCodeableConcept: { coding: [{ code: '12', display: 'Braille' }] },
        },
      ],
    },
  ],
};

const readPatient = (json: unknown) =>
  pdsReadPatient.read({ status: 200, headers: {}, json, bytes: new Uint8Array() }, 'api-platform');

test('a patient is read with the usual name of today, the home address and the needs', () => {
  expect(readPatient(PATIENT)).toEqual({
    ok: true,
    value: {
      nhsNumber: '9912003888',
      name: { family: 'Example', given: 'Nora May', prefix: 'Mrs' },
      birthDate: '1971-02-03',
      gender: 'female',
      deceased: null,
      isSensitive: false,
      address: ['1 Test Road', 'Leeds', 'LS1 1ZZ'],
      phone: '07700 900000',
      gpPractice: 'Y12345',
      communicationNeeds: ['Language: French', 'Interpreter required', 'Written format: Braille'],
    },
  });
});

test.each(['R', 'V', 'REDACTED'])('a patient marked %s comes without address and phone', (code) => {
  const answer = readPatient({ ...PATIENT, meta: { security: [{ code: 'U' }, { code }] } });
  expect(answer).toMatchObject({ ok: true, value: { isSensitive: true, address: [], phone: null } });
});

describe('a death', () => {
  test.each([
    [{ deceasedDateTime: '2026-01-02T00:00:00+00:00' }, '2026-01-02'],
    [{ deceasedDateTime: '2026-01-02' }, '2026-01-02'],
    [{ deceasedDateTime: '2026-01' }, 'unknown'],
    [{ deceasedBoolean: true }, 'unknown'],
    [{ deceasedBoolean: false }, null],
  ])('%j reads as %j', (part, deceased) =>
    expect(readPatient({ ...PATIENT, ...part })).toMatchObject({ value: { deceased } }),
  );
});

test('a bare record is still a record', () => {
  expect(readPatient({ resourceType: 'Patient', id: '9912003888', birthDate: '1971' })).toMatchObject({
    ok: true,
    value: {
      name: null,
      birthDate: null,
      gender: 'unknown',
      address: [],
      phone: null,
      gpPractice: null,
      communicationNeeds: [],
    },
  });
});

test.each([
  {},
  { resourceType: 'Patient' },
  { ...PATIENT, id: '12' },
  { ...PATIENT, resourceType: 'Person' },
])('%j is none', (json) => expect(readPatient(json)).toEqual({ ok: false, reason: 'wrong-shape' }));

test('the record of another number is no answer', () => {
  const answer = readPatient(PATIENT);
  const echoes = (nhsNumber: string) =>
    answer.ok && pdsReadPatient.echoes?.(answer.value, { nhsNumber: nhsNumber as never });
  expect(echoes('9912003888')).toBe(true);
  expect(echoes('9912003999')).toBe(false);
});
