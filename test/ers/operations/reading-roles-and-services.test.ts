import { describe, expect, test } from 'vitest';
import { a001CreateProfessionalSession } from '../../../src-main/ers/operations/a001-create-professional-session.ts';
import { a002SelectRole } from '../../../src-main/ers/operations/a002-select-role.ts';
import { a004RetrieveReferenceData } from '../../../src-main/ers/operations/a004-retrieve-reference-data.ts';
import { a029RetrieveAvailableActions } from '../../../src-main/ers/operations/a029-retrieve-available-actions.ts';
import { a030RetrieveBusinessFunctions } from '../../../src-main/ers/operations/a030-retrieve-business-functions.ts';
import { a033RetrieveHealthcareService } from '../../../src-main/ers/operations/a033-retrieve-healthcare-service.ts';
import { a035SearchHealthcareServices } from '../../../src-main/ers/operations/a035-search-healthcare-services.ts';
import { readWith, valueOf, WRONG } from './read-with.ts';

describe('a professional session (A001, A002)', () => {
  const permission = {
    businessFunction: 'REFERRING_CLINICIAN',
    orgIdentifier: 'R69',
    orgName: ' Test Trust ',
  };
  const session = {
    typeInfo: 'x',
    id: 'pro-xapi-session_1',
    token: ' AQIC5',
    user: {
      identifier: '555020964101',
      firstName: 'Ann',
      lastName: 'Clerk',
      middleName: null,
      permissions: [permission],
    },
    permission: null,
  };

  test('names the user, the roles, and no role selected yet', () => {
    const grant = {
      businessFunction: 'REFERRING_CLINICIAN',
      organisation: 'R69',
      organisationName: 'Test Trust',
    };
    expect(valueOf(a001CreateProfessionalSession, session)).toEqual({
      sessionKey: 'pro-xapi-session_1',
      token: 'AQIC5',
      userId: '555020964101',
      userName: 'Ann Clerk',
      permissions: [grant],
      selected: null,
      clinicians: [],
    });
    expect(valueOf(a002SelectRole, { ...session, permission }).selected).toEqual(grant);
  });

  test('of a clinician’s admin names those whom it may act for, and takes the chosen one', () => {
    const ids = ['021600556514', '921600556514'];
    const half = { ...session, permission, onBehalfOfUsers: [...ids, 'nobody', 7] };
    expect(valueOf(a002SelectRole, half).clinicians).toEqual(ids);
    const input = { sessionKey: 's', token: 't', businessFunction: 'SERVICE_PROVIDER_CLINICIAN_ADMIN' };
    const chosen = { ...input, organisation: 'R68', onBehalfOf: ids[1] } as never;
    const { body } = a002SelectRole.dialects['spine-session']?.build(chosen) ?? {};
    expect(body).toMatchObject({ onBehalfOf: '921600556514' });
  });

  test('may come without any role, and without the permission field', () => {
    const { permission: _none, ...rest } = session;
    const bare = { ...rest, user: { identifier: '555020964101', permissions: [] } };
    expect(valueOf(a001CreateProfessionalSession, bare)).toMatchObject({
      permissions: [],
      selected: null,
      userName: '',
    });
  });

  test.each([{}, { ...session, id: '' }, { ...session, id: 'a\r\nb' }, { ...session, user: null }, []])(
    'is not %j',
    (json) => expect(readWith(a001CreateProfessionalSession, json)).toEqual(WRONG),
  );

  test('with another role than the one selected is no answer', () => {
    const input = {
      sessionKey: 's',
      token: 't',
      businessFunction: 'REFERRING_CLINICIAN',
      organisation: 'R69',
    };
    const selected = valueOf(a002SelectRole, { ...session, permission });
    expect(a002SelectRole.echoes?.(selected, input as never)).toBe(true);
    expect(a002SelectRole.echoes?.(selected, { ...input, organisation: 'R68' } as never)).toBe(false);
  });
});

describe('reference data (A004)', () => {
  const set = (concepts: unknown) => ({
    resourceType: 'CodeSystem',
    id: 'PRIORITY',
    url: 'https://x/STU3/CodeSystem/PRIORITY',
    concept: concepts,
  });

  test('keeps every property, repeated ones with all values', () => {
    const property = [
      { code: 'effectiveFrom', valueDateTime: '2004-06-01T00:00:00+00:00' },
      { code: 'businessFunction', valueCoding: { code: 'REFERRING_CLINICIAN' } },
      { code: 'businessFunction', valueCoding: { code: 'REFERRING_CLINICIAN_ADMIN' } },
      { code: 'commentIsMandatory', valueBoolean: false },
      { code: 'triageContactDays', valueInteger: 5 },
      { code: '__proto__', valueString: 'odd' },
      { code: 'empty' },
    ];
    const { url, concepts } = valueOf(
      a004RetrieveReferenceData,
      set([{ code: 'URGENT', display: 'Urgent', property }]),
    );
    expect(url).toBe('https://x/STU3/CodeSystem/PRIORITY');
    expect(concepts[0]).toMatchObject({
      code: 'URGENT',
      effectiveFrom: '2004-06-01T00:00:00.000Z',
      effectiveTo: null,
    });
    expect(concepts[0]?.properties).toMatchObject({
      businessFunction: ['REFERRING_CLINICIAN', 'REFERRING_CLINICIAN_ADMIN'],
      commentIsMandatory: [false],
      triageContactDays: [5],
    });
    expect(({} as Record<string, unknown>)['odd']).toBeUndefined();
  });

  test('reads the older extension dates and the numeric code of 2021', () => {
    const extension = [
      {
        url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-eRS-EffectivefromDate-1',
        valueDate: '2004-06-01',
      },
      {
        url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-eRS-EffectivetoDate-1',
        valueDate: '2008-05-09',
      },
    ];
    const designation = [{ value: '101' }];
    const { concepts } = valueOf(
      a004RetrieveReferenceData,
      set([{ code: 'UROLOGY', extension, designation }]),
    );
    expect(concepts).toEqual([
      {
        code: 'UROLOGY',
        display: '',
        effectiveFrom: '2004-06-01T00:00:00.000Z',
        effectiveTo: '2008-05-09T00:00:00.000Z',
        properties: { designation: ['101'] },
      },
    ]);
  });

  test('may be empty, but not a list of nothings', () => {
    expect(valueOf(a004RetrieveReferenceData, set(undefined)).concepts).toEqual([]);
    expect(readWith(a004RetrieveReferenceData, set([{ display: 'no code' }]))).toEqual(WRONG);
  });
});

describe('available actions (A029)', () => {
  const task = (code: string) => ({
    resource: { resourceType: 'Task', code: { coding: [{ code, display: 'Text' }] } },
  });

  test('are all kept, unknown ones too', () => {
    const json = {
      resourceType: 'Bundle',
      entry: [
        task('CREATE_APPOINTMENT'),
        task('FLY_TO_THE_MOON'),
        { resource: { resourceType: 'Slot' } },
        {},
      ],
    };
    expect(valueOf(a029RetrieveAvailableActions, json).map((action) => action.code)).toEqual([
      'CREATE_APPOINTMENT',
      'FLY_TO_THE_MOON',
    ]);
  });

  test('may be none', () => {
    expect(valueOf(a029RetrieveAvailableActions, { resourceType: 'Bundle' })).toEqual([]);
    expect(readWith(a029RetrieveAvailableActions, {})).toEqual(WRONG);
  });
});

test('business functions (A030) come one per organisation and code', () => {
  const role = (value: string, ...codes: string[]) => ({
    resource: {
      resourceType: 'PractitionerRole',
      organization: { identifier: { value } },
      code: codes.map((code) => ({ coding: [{ code }] })),
    },
  });
  const json = {
    resourceType: 'Bundle',
    entry: [role('R69', 'REFERRING_CLINICIAN', 'SERVICE_DEFINER'), role('not ods', 'X'), role('R68')],
  };
  expect(valueOf(a030RetrieveBusinessFunctions, json)).toEqual([
    { businessFunction: 'REFERRING_CLINICIAN', organisation: 'R69', organisationName: null },
    { businessFunction: 'SERVICE_DEFINER', organisation: 'R69', organisationName: null },
  ]);
});

describe('a service (A033, A035)', () => {
  const flow = (system: string, code: string) => ({
    coding: [{ system: `https://fhir.nhs.uk/CodeSystem/${system}`, code }],
  });
  const service = (id: string, ...characteristic: unknown[]) => ({
    resourceType: 'HealthcareService',
    id,
    name: 'Clinic',
    characteristic,
  });

  test.each([
    ['directly', [flow('eRS-RequestFlowType', 'BOOKABLE'), flow('eRS-BookableType', 'DIRECTLY_BOOKABLE')]],
    ['indirectly', [flow('eRS-BookableType', 'INDIRECTLY_BOOKABLE')]],
    ['triage', [flow('eRS-RequestFlowType', 'REVIEW')]],
    ['unknown', [flow('eRS-RequestFlowType', 'BOOKABLE')]],
    ['unknown', [flow('other', 'REVIEW')]],
    ['unknown', []],
  ])('is bookable %s', (bookable, characteristic) =>
    expect(valueOf(a033RetrieveHealthcareService, service('7', ...characteristic)).bookable).toBe(bookable),
  );

  test('gives patients the number that is meant for them', () => {
    const contact = (purpose: string, system: string, value: string) => ({
      url: 'https://fhir.nhs.uk/StructureDefinition/Extension-eRS-HealthcareService-Contact',
      extension: [
        { url: 'purpose', valueCodeableConcept: { coding: [{ code: purpose }] } },
        { url: 'telecom', valueContactPoint: { system, value } },
      ],
    });
    const extension = [
      contact('HEALTHCARE_PROFESSIONALS', 'phone', '0111'),
      contact('PATINF', 'phone', '0222'),
    ];
    expect(valueOf(a033RetrieveHealthcareService, { ...service('7'), extension }).patientPhone).toBe('0222');
    expect(valueOf(a033RetrieveHealthcareService, service('7')).patientPhone).toBeNull();
  });

  test('takes an object where the schema has a list', () => {
    const single = {
      ...service('7'),
      characteristic: flow('eRS-BookableType', 'DIRECTLY_BOOKABLE'),
      location: { identifier: { value: 'R6901' } },
    };
    expect(valueOf(a033RetrieveHealthcareService, single)).toMatchObject({
      bookable: 'directly',
      site: 'R6901',
    });
  });

  test('that cannot be read is left out of a search', () => {
    const entry = [
      { resource: service('7') },
      { resource: service('x') },
      {},
      { resource: { resourceType: 'Location', id: '8' } },
    ];
    expect(
      valueOf(a035SearchHealthcareServices, { resourceType: 'Bundle', entry }).map(({ id }) => id),
    ).toEqual(['7']);
    expect(valueOf(a035SearchHealthcareServices, { resourceType: 'Bundle' })).toEqual([]);
  });
});
