import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { casesOf } from '../../scripts/conformance/check-row.ts';
import { readRows, titleOf } from '../../scripts/conformance/rows.ts';
import { runConformance, runMutations } from '../../scripts/conformance/run.ts';

const OFFICIAL = fileURLToPath(new URL('../../../shared/ers/examples/', import.meta.url));

describe('the published examples', () => {
  const isHere = existsSync(join(OFFICIAL, 'index.json'));

  test('are what this client builds and reads', async (context) => {
    if (!isHere) context.skip('NOT RUN: the folder of published examples is not on this machine');
    const report = await runConformance(OFFICIAL);
    expect(report.lines).toEqual([]);
    expect(report.passed).toBeGreaterThanOrEqual(101);
  });

  test('would not pass with any value changed', async (context) => {
    if (!isHere) context.skip('NOT RUN: the folder of published examples is not on this machine');
    const report = await runMutations(OFFICIAL);
    expect(report.lines).toEqual([]);
    expect(report.passed).toBeGreaterThanOrEqual(101);
  });
});

test('every example of the clerk’s actions is covered', (context) => {
  if (!existsSync(join(OFFICIAL, 'index.json')))
    context.skip('NOT RUN: the folder of published examples is not on this machine');
  const wanted = ['A006', 'A007', 'A008', 'A016', 'A020', 'A022', 'A031', 'A034', 'A036', 'A040', 'A042'];
  const rows = readRows(OFFICIAL).filter(({ endpoint }) => wanted.includes(endpoint));
  expect(new Set(rows.map(({ endpoint }) => endpoint))).toEqual(new Set(wanted));
  expect(rows.filter((row) => casesOf(row).length === 0).map(titleOf)).toEqual([]);
});

/** Examples of our own, in the form of the published ones, with names that no scenario knows. */
describe('an examples folder never seen before', () => {
  let folder = '';
  const roleHeaders = {
    Authorization: 'Bearer <access token>',
    'NHSD-End-User-Organisation-ODS': 'R70',
    'NHSD-eRS-Business-Function': 'REFERRING_CLINICIAN',
  };
  const participant = (system: string, value: string) => ({
    actor: { identifier: { system: `http://fhir.nhs.net/Id/${system}`, value } },
    status: 'accepted',
  });
  const appointment = {
    language: 'en',
    resourceType: 'Appointment',
    status: 'booked',
    description: 'e-Referral Appointment',
    start: '2027-07-11T13:00:00+01:00',
    end: '2027-07-11T13:30:00.000Z',
    slot: [{ reference: 'Slot/77' }],
    incomingReferral: [{ reference: 'ReferralRequest/000000000077/_history/3' }],
    participant: [
      participant('ers-service', '77'),
      participant('nhs-number', '9912003888'),
      {
        type: {
          coding: [{ system: 'http://hl7.org/fhir/ValueSet/encounter-participant-type', code: 'CON' }],
        },
        ...participant('sds-user-id', '021600556514'),
      },
    ],
  };
  const profile = [
    'https://fhir.nhs.uk/STU3/StructureDefinition/eRS-Appointment-1',
    'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1',
  ];
  const files: Record<string, unknown> = {
    'book.json': { id: 'appointment', meta: { profile }, ...appointment },
    'booked.json': { id: '80077', meta: { versionId: '0', profile }, ...appointment },
    'refused.json': {
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code: 'SLOT_NOT_AVAILABLE' }] } }],
    },
    'later.json': {
      resourceType: 'Parameters',
      meta: {
        profile: [
          'https://fhir.nhs.uk/STU3/StructureDefinition/eRS-cancelAppointmentActionLater-Operation-1',
        ],
      },
      parameter: [{ name: 'comments', valueString: 'Please rebook' }],
    },
    'list.json': { resourceType: 'List', entry: [] },
    'roles.json': { resourceType: 'Bundle', entry: [] },
  };
  const postHeaders = { ...roleHeaders, 'Content-Type': 'application/fhir+json' };
  const bookingRow = {
    ...{ dialect: 'api-platform', endpoint: 'A016', name: 'new-booking', kinds: ['request', 'response'] },
    ...{ method: 'POST', path: '/STU3/Appointment', query: {}, headers: postHeaders, expectedStatus: 201 },
    ...{ request: 'book.json', response: 'booked.json' },
  };
  const notStoredRow = {
    ...{
      dialect: 'spine-session',
      endpoint: 'A022',
      name: 'reply-not-stored',
      kinds: ['request'],
      method: 'POST',
      query: {},
      expectedStatus: 200,
    },
    path: '/STU3/v1/ReferralRequest/000000000077/$ers.CancelAppointmentActionLater',
    headers: {
      XAPI_ASID: '<asid>',
      HTTP_X_SESSION_KEY: '<session id>',
      'Content-Type': 'application/fhir+json',
      'If-Match': 'W/"<referral version>"',
    },
    request: 'later.json',
  };
  const rows = [
    bookingRow,
    { ...bookingRow, name: 'new-refusal', expectedStatus: 422, response: 'refused.json' },
    {
      ...{
        dialect: 'spine-session',
        endpoint: 'A008',
        name: 'body-not-stored',
        kinds: ['response'],
        method: 'POST',
      },
      ...{
        path: '/STU3/v1/ReferralRequest/$ers.fetchworklist',
        query: {},
        expectedStatus: 200,
        response: 'list.json',
      },
      headers: {
        XAPI_ASID: '<asid>',
        HTTP_X_SESSION_KEY: '<session id>',
        'Content-Type': 'application/fhir+json',
      },
    },
    {
      ...{
        dialect: 'api-platform',
        endpoint: 'A030',
        name: 'no-values',
        kinds: ['response'],
        method: 'GET',
        query: {},
      },
      ...{
        path: '/R4/PractitionerRole',
        headers: { Authorization: 'Bearer <access token>' },
        expectedStatus: 200,
        response: 'roles.json',
      },
    },
    {
      ...{
        dialect: 'spine-session',
        endpoint: 'A019',
        name: 'letter',
        kinds: [],
        method: 'POST',
        query: {},
        expectedStatus: 200,
      },
      path: '/STU3/v1/ReferralRequest/{ubrn}/$ers.generatePatientLetter',
      headers: { XAPI_ASID: '<asid>', HTTP_X_SESSION_KEY: '<session id>', Accept: 'application/pdf' },
    },
    notStoredRow,
    {
      ...{
        dialect: 'api-platform',
        endpoint: 'A005',
        name: 'versioned',
        kinds: [],
        method: 'GET',
        query: {},
        expectedStatus: 404,
      },
      ...{ path: '/STU3/ReferralRequest/000000000077/_history/2', headers: roleHeaders },
    },
    {
      ...{
        dialect: 'api-platform',
        endpoint: 'errors',
        name: 'gone',
        appliesTo: ['A016'],
        kinds: ['response'],
      },
      ...{ expectedStatus: 422, response: 'refused.json' },
    },
  ];
  const unknownRow = {
    dialect: 'api-platform',
    endpoint: 'A099',
    name: 'later',
    kinds: [],
    method: 'GET',
    path: '/x',
  };

  const writeIndex = (examples: readonly unknown[]) =>
    writeFileSync(join(folder, 'index.json'), JSON.stringify({ examples }));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, name), JSON.stringify(content));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('passes through the operations’ own reading of requests', async () => {
    writeIndex([...rows, unknownRow]);
    expect(await runConformance(folder)).toEqual({
      lines: [],
      passed: rows.length,
      failed: 0,
      notCovered: 1,
    });
  });

  test('passes with no changed value unnoticed', async () => {
    writeIndex([...rows, unknownRow]);
    expect(await runMutations(folder)).toEqual({ lines: [], passed: rows.length, failed: 0, notCovered: 1 });
  });

  test.each([
    ['a path', { path: '/STU3/Appointments' }],
    ['a method', { method: 'PUT' }],
    ['a query', { query: { page: '1' } }],
    ['a header', { headers: { ...postHeaders, 'If-Match': 'W/"3"' } }],
    ['a body', { request: 'booked.json' }],
    ['a response', { response: 'list.json' }],
    ['a status', { expectedStatus: 200 }],
    ['a missing file', { request: 'nowhere.json' }],
  ])('fails for %s that this client does not know', async (_what, change) => {
    writeIndex([{ ...bookingRow, ...change }, bookingRow]);
    const report = await runConformance(folder);
    expect(report).toMatchObject({ passed: 1, failed: 1 });
    expect(report.lines[0]).toMatch(/^api-platform A016 new-booking: /);
  });

  test('fails for a request that differs, though its reply is not stored', async () => {
    const { headers, path } = notStoredRow;
    const unpinned = { ...notStoredRow, headers: { ...headers, 'If-Match': '"3"' } };
    writeIndex([notStoredRow, unpinned, { ...notStoredRow, path: path.replace('Cancel', 'cancel') }]);
    expect(await runConformance(folder)).toMatchObject({ passed: 1, failed: 2 });
  });

  test('is refused without a list of examples', async () => {
    writeFileSync(join(folder, 'index.json'), '{}');
    await expect(runConformance(folder)).rejects.toThrow('index.json');
  });
});
