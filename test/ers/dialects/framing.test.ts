import { describe, expect, test } from 'vitest';
import type { NhsNumber, OdsCode, ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import type { ErsIdentity } from '../../../src-main/ers/client.ts';
import type { DialectName, Operation } from '../../../src-main/ers/operation.ts';
import { a001CreateProfessionalSession } from '../../../src-main/ers/operations/a001-create-professional-session.ts';
import { a002SelectRole } from '../../../src-main/ers/operations/a002-select-role.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a015RetrieveAppointmentSlots } from '../../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a019GeneratePatientLetter } from '../../../src-main/ers/operations/a019-generate-patient-letter.ts';
import { a030RetrieveBusinessFunctions } from '../../../src-main/ers/operations/a030-retrieve-business-functions.ts';
import { pdsReadPatient } from '../../../src-main/ers/operations/pds-read-patient.ts';
import { BOOKING } from '../payloads.ts';
import { a040RetrieveOnBehalfOfPractitioners } from '../../../src-main/ers/operations/a040-retrieve-on-behalf-of-practitioners.ts';
import { asRole, createTestClient, PLATFORM, replyWith, SPINE } from '../support.ts';

const UBRN = '000000123456' as Ubrn;
const CORRELATION = '0f8fad5b-d9cb-469f-a165-70867728950e';
const SLOTS = {
  serviceId: '11000' as ServiceId,
  priority: 'ROUTINE',
  commissioningOrg: 'R69',
  page: 1,
  count: 100,
  clinicianId: null,
};

async function sentBy<I>(
  operation: Operation<I, unknown>,
  input: I,
  identity: ErsIdentity,
  dialect: DialectName = identity.dialect,
) {
  const { client, sent } = createTestClient(replyWith(404), { identity, dialect });
  const outcome = await client.call(operation, input, { correlationId: CORRELATION });
  return { request: sent[0], headers: sent[0]?.headers, outcome };
}

describe('the platform', () => {
  test('names token, organisation, role and correlation on every call', async () => {
    const { headers, request } = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, PLATFORM);
    expect(headers).toEqual({
      Authorization: 'Bearer token-1',
      'NHSD-End-User-Organisation-ODS': 'R69',
      'NHSD-eRS-Business-Function': 'REFERRING_CLINICIAN_ADMIN',
      'X-Correlation-ID': CORRELATION,
      Accept: 'application/fhir+json',
    });
    expect(request).toMatchObject({
      baseUrl: 'https://ers.test/base',
      path: '/STU3/ReferralRequest/000000123456',
    });
  });

  test('names a body type when there is a body', async () => {
    const { headers } = await sentBy(a016BookOrDeferAppointment, BOOKING, PLATFORM);
    expect(headers).toMatchObject({ 'Content-Type': 'application/fhir+json' });
  });

  test('asks for a PDF, and takes an error as well', async () => {
    const { headers } = await sentBy(a019GeneratePatientLetter, { ubrn: UBRN }, PLATFORM);
    expect(headers).toMatchObject({ Accept: 'application/pdf, application/fhir+json;q=0.9' });
    expect(headers).not.toHaveProperty('Content-Type');
  });

  test('leaves the role out where the roles are asked for', async () => {
    const { headers } = await sentBy(a030RetrieveBusinessFunctions, {}, PLATFORM);
    expect(Object.keys(headers ?? {})).toEqual(['Authorization', 'X-Correlation-ID', 'Accept']);
  });

  test('sends the commissioning organisation with a slot search', async () => {
    const { headers } = await sentBy(a015RetrieveAppointmentSlots, SLOTS, PLATFORM);
    expect(headers).toMatchObject({ 'NHSD-eRS-Comm-Rule-Org': 'R69' });
  });

  test('names an on-behalf-of clinician for SPCA only', async () => {
    const obo = '021600556514';
    const spca = await sentBy(
      a005RetrieveReferral,
      { ubrn: UBRN },
      asRole('SERVICE_PROVIDER_CLINICIAN_ADMIN', obo),
    );
    expect(spca.headers).toMatchObject({ 'NHSD-eRS-On-Behalf-Of-User-ID': obo });
    const spc = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, asRole('SERVICE_PROVIDER_CLINICIAN', obo));
    expect(spc.headers).not.toHaveProperty('NHSD-eRS-On-Behalf-Of-User-ID');
  });

  test('makes no call but one for an SPCA without a clinician', async () => {
    const admin = asRole('SERVICE_PROVIDER_CLINICIAN_ADMIN');
    const early = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, admin);
    expect([early.request, early.outcome]).toEqual([
      undefined,
      expect.objectContaining({ kind: 'not-sent', reason: 'no-clinician-chosen' }),
    ]);
    const list = await sentBy(a040RetrieveOnBehalfOfPractitioners, {}, admin);
    expect(list.request?.path).toBe('/R4/Practitioner');
  });

  test('sends no token where there is none: the sandbox', async () => {
    const { headers } = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, {
      ...PLATFORM,
      bearer: '',
    } as ErsIdentity);
    expect(headers).not.toHaveProperty('Authorization');
  });

  test.each([
    ['no role', { ...PLATFORM, businessFunction: null }, 'no-role-chosen'],
    ['no organisation', { ...PLATFORM, organisation: '' }, 'no-role-chosen'],
    ['a spine session', SPINE, 'wrong-dialect'],
    ['a token with a line break', { ...PLATFORM, bearer: 'a\r\nX-Evil: 1' }, 'bad-header'],
  ])('sends nothing with %s', async (_what, identity, reason) => {
    const { request, outcome } = await sentBy(
      a005RetrieveReferral,
      { ubrn: UBRN },
      identity as ErsIdentity,
      'api-platform',
    );
    expect(request).toBeUndefined();
    expect(outcome).toMatchObject({ kind: 'not-sent', reason });
  });
});

describe('the spine session', () => {
  test('names ASID and session key, and no correlation', async () => {
    const { headers, request } = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, SPINE);
    expect(headers).toEqual({
      XAPI_ASID: '000000000001',
      HTTP_X_SESSION_KEY: 'session-1',
      Accept: 'application/fhir+json',
    });
    expect(request?.path).toBe('/STU3/v1/ReferralRequest/000000123456');
  });

  test('has no session header before there is a session', async () => {
    const identity = { ...SPINE, sessionKey: null } as ErsIdentity;
    const { headers, request } = await sentBy(
      a001CreateProfessionalSession,
      { token: ' AQIC5=# ' },
      identity,
    );
    expect(headers).toEqual({
      XAPI_ASID: '000000000001',
      Accept: 'application/json',
      'Content-Type': 'application/json',
    });
    expect(JSON.parse(String(request?.body))).toEqual({
      typeInfo: 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession',
      token: 'AQIC5=#',
    });
  });

  test('selects a role in the session that is named', async () => {
    const input = {
      sessionKey: 'pro-api-session:0a/1?',
      token: 't',
      businessFunction: 'REFERRING_CLINICIAN',
      organisation: 'R69' as OdsCode,
    };
    const { headers, request } = await sentBy(a002SelectRole, input, SPINE);
    expect(headers).toMatchObject({ HTTP_X_SESSION_KEY: 'pro-api-session:0a/1?' });
    expect(request).toMatchObject({
      method: 'PUT',
      path: '/v1/ProfessionalSession/pro-api-session:0a%2F1%3F',
    });
  });

  test('asks for a PDF alone', async () => {
    const { headers } = await sentBy(a019GeneratePatientLetter, { ubrn: UBRN }, SPINE);
    expect(headers).toMatchObject({ Accept: 'application/pdf' });
  });

  test('sends the commissioning organisation under its old name', async () => {
    const { headers, request } = await sentBy(a015RetrieveAppointmentSlots, SLOTS, SPINE);
    expect(headers).toMatchObject({ 'X-ERS-XAPI-COMM-RULE-ORG': 'R69' });
    expect(request?.query).toContainEqual(['_include', 'Slot:schedule']);
  });

  test('sends nothing without a session', async () => {
    const { outcome } = await sentBy(a005RetrieveReferral, { ubrn: UBRN }, {
      ...SPINE,
      sessionKey: null,
    } as ErsIdentity);
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'not-signed-in' });
  });
});

describe('the patient directory', () => {
  const patient = { nhsNumber: '9912003888' as NhsNumber };

  test('has its own address and takes the same token, without a role', async () => {
    const { headers, request } = await sentBy(pdsReadPatient, patient, PLATFORM);
    expect(request).toMatchObject({ baseUrl: 'https://pds.test/FHIR/R4', path: '/Patient/9912003888' });
    expect(headers).toEqual({
      Authorization: 'Bearer token-1',
      Accept: 'application/fhir+json',
      'X-Request-ID': CORRELATION,
      'X-Correlation-ID': CORRELATION,
    });
  });

  test('is never shown the key of a spine session', async () => {
    const { headers } = await sentBy(pdsReadPatient, patient, SPINE);
    expect(JSON.stringify(headers)).not.toMatch(/session-1|XAPI/);
  });
});
