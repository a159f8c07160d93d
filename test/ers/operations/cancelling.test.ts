import { describe, expect, test } from 'vitest';
import type {
  AppointmentId,
  NhsNumber,
  SdsUserId,
  ServiceId,
  Ubrn,
} from '../../../src-main/contract/identifiers.ts';
import type { DialectName, PublishedRequest } from '../../../src-main/ers/operation.ts';
import {
  a022CancelAppointmentActionLater as a022,
  isLeftForActionLater,
  type A022Input,
} from '../../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import {
  a034CancelAppointment as a034,
  type A034Input,
} from '../../../src-main/ers/operations/a034-cancel-appointment.ts';
import { a038RetrieveAppointment } from '../../../src-main/ers/operations/a038-retrieve-appointment.ts';
import { a040RetrieveOnBehalfOfPractitioners as a040 } from '../../../src-main/ers/operations/a040-retrieve-on-behalf-of-practitioners.ts';
import { bookedAppointment, BOOKING, referralBody } from '../payloads.ts';
import { asRole, createTestClient, headerOf, replyWith, SPINE } from '../support.ts';
import { readWith, UBRN, valueOf, WRONG } from './read-with.ts';

const REASON_SYSTEM = 'https://ers.test/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON';
const OUTCOME_SYSTEM = 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1';
const profile = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/${name}`;
const coded = (system: string, code: string) => [{ coding: [{ system, code }] }];

const LATER: A022Input = {
  ubrn: UBRN as Ubrn,
  version: 4,
  comment: 'Please rebook',
  priority: null,
  isCancelledInPas: null,
  attachments: [],
};

const CANCELLATION: A034Input = {
  appointmentId: '70123' as AppointmentId,
  appointmentVersion: 0,
  ubrn: UBRN as Ubrn,
  referralVersion: 6,
  serviceId: '11000' as ServiceId,
  serviceName: 'Cardiology Clinic',
  nhsNumber: '9912003888' as NhsNumber,
  clinicianId: '021600556514' as SdsUserId,
  reason: { system: REASON_SYSTEM, code: 'PATIENT_ILL' },
  comment: '',
};

const requestOf = (input: A022Input, dialect: DialectName = 'api-platform') =>
  a022.dialects[dialect]?.build(input);

describe('A022', () => {
  test('is pinned to the referral’s version, and says the least that it can', () => {
    expect(requestOf(LATER)).toEqual({
      method: 'POST',
      path: `/STU3/ReferralRequest/${UBRN}/$ers.cancelAppointmentActionLater`,
      headers: { 'If-Match': 'W/"4"' },
      body: {
        resourceType: 'Parameters',
        meta: { profile: [profile('eRS-cancelAppointmentActionLater-Parameters-1')] },
        parameter: [{ name: 'comments', valueString: 'Please rebook' }],
      },
    });
  });

  test('has another spelling and another profile in the spine dialect', () => {
    const request = requestOf(LATER, 'spine-session');
    expect(request?.path).toBe(`/STU3/v1/ReferralRequest/${UBRN}/$ers.CancelAppointmentActionLater`);
    expect(request?.body).toMatchObject({
      meta: { profile: [profile('eRS-cancelAppointmentActionLater-Operation-1')] },
    });
  });

  test('carries priority, the flag of the provider’s system and attachments', () => {
    const indexed = '2027-06-30T13:02:32.000Z';
    const attachments = [{ binaryId: 'att-1-2', description: '', indexed }];
    const { body } = requestOf({ ...LATER, priority: 'URGENT', isCancelledInPas: false, attachments }) ?? {};
    expect(body).toMatchObject({
      parameter: [
        {
          name: 'priority',
          valueCoding: { system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-Priority-1', code: 'URGENT' },
        },
        { name: 'comments' },
        { name: 'appointmentCancelledInPAS', valueBoolean: false },
        {
          name: 'providerAttachmentFile',
          resource: {
            resourceType: 'DocumentReference',
            meta: { profile: [profile('eRS-DocumentReference-1')] },
            status: 'current',
            type: {
              coding: [
                { system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-AttachmentType-1', code: 'PROVIDER' },
              ],
            },
            indexed,
            description: '',
            content: [{ attachment: { url: 'Binary/att-1-2' } }],
          },
        },
      ],
    });
  });

  const published = (change: Partial<PublishedRequest> = {}): PublishedRequest => ({
    method: 'POST',
    path: `/STU3/ReferralRequest/${UBRN}/$ers.cancelAppointmentActionLater`,
    query: {},
    headers: { 'if-match': 'W/"4"' },
    body: requestOf(LATER)?.body,
    ...change,
  });
  const parameters = (...parameter: unknown[]) => ({ resourceType: 'Parameters', parameter });
  const comments = { name: 'comments', valueString: 'x' };

  test.each<[string, Partial<PublishedRequest>]>([
    ['no If-Match', { headers: {} }],
    ['a strong If-Match', { headers: { 'if-match': '"4"' } }],
    ['the other dialect’s name', { path: published().path.replace('cancel', 'Cancel') }],
    ['no comment', { body: parameters() }],
    ['an unknown parameter', { body: parameters(comments, { name: 'reason' }) }],
    [
      'a flag that is none',
      { body: parameters(comments, { name: 'appointmentCancelledInPAS', valueBoolean: 'no' }) },
    ],
    [
      'a priority of another system',
      { body: parameters(comments, { name: 'priority', valueCoding: { code: 'URGENT' } }) },
    ],
    [
      'a file of the referrer',
      { body: parameters(comments, { name: 'providerAttachmentFile', resource: {} }) },
    ],
  ])('does not take a request with %s for its own', (_what, change) => {
    const framing = a022.dialects['api-platform'];
    expect(framing?.readRequest(published())).toEqual(LATER);
    expect(framing?.readRequest(published(change))).toBeNull();
  });

  const leftForLater = (appointment: object, more: object = {}) => {
    const body = referralBody(UBRN);
    const [, ...others] = body.contained;
    return { ...body, contained: [{ ...body.contained[0], ...appointment }, ...others], ...more };
  };
  const later = { status: 'proposed', reason: coded(OUTCOME_SYSTEM, 'CANCEL_APPOINTMENT_ACTION_LATER') };

  test.each([
    ['proposed for later', later, true],
    ['cancelled, as in 2021', { ...later, status: 'cancelled' }, true],
    ['cancelled without a reason', { status: 'cancelled' }, true],
    ['still booked', {}, false],
    [
      'proposed under another system',
      { ...later, reason: coded('https://x.test/Y', 'CANCEL_APPOINTMENT_ACTION_LATER') },
      false,
    ],
    ['proposed for triage', { ...later, reason: coded(OUTCOME_SYSTEM, 'ACCEPT_REFER_BOOK_LATER') }, false],
    [
      'cancelled by the clinic',
      { status: 'cancelled', reason: coded(REASON_SYSTEM, 'CLINIC_CANCELLED') },
      false,
    ],
  ])('knows its effect in an appointment that is %s', (_what, appointment, isEffect) => {
    const referral = valueOf(a022, leftForLater(appointment));
    expect(isLeftForActionLater(referral.appointment)).toBe(isEffect);
    expect(a022.echoes?.(referral, LATER)).toBe(isEffect);
  });

  test('takes no answer about another referral, or of the version that was pinned, for its own', () => {
    const referral = valueOf(a022, leftForLater(later));
    expect(a022.echoes?.(referral, { ...LATER, ubrn: '000000000009' as Ubrn })).toBe(false);
    expect(a022.echoes?.(referral, { ...LATER, version: 5 })).toBe(false);
    expect(isLeftForActionLater(null)).toBe(false);
  });
});

describe('A034', () => {
  test('sends the appointment back as cancelled, pinned to its own version', () => {
    const participant = (system: string, value: string, display?: string) => ({
      actor: {
        identifier: { system: `http://fhir.nhs.net/Id/${system}`, value },
        ...(display ? { display } : {}),
      },
      status: 'accepted',
    });
    expect(a034.dialects['api-platform']?.build(CANCELLATION)).toEqual({
      method: 'PUT',
      path: '/STU3/Appointment/70123',
      headers: { 'If-Match': 'W/"0"' },
      body: {
        id: '70123',
        meta: {
          versionId: '0',
          profile: [
            profile('eRS-Appointment-1'),
            'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1',
          ],
        },
        language: 'en',
        resourceType: 'Appointment',
        status: 'cancelled',
        reason: coded(REASON_SYSTEM, 'PATIENT_ILL'),
        description: 'e-Referral Appointment',
        incomingReferral: [{ reference: `ReferralRequest/${UBRN}/_history/6` }],
        participant: [
          participant('ers-service', '11000', 'Cardiology Clinic'),
          participant('nhs-number', '9912003888'),
          {
            type: {
              coding: [{ system: 'http://hl7.org/fhir/ValueSet/encounter-participant-type', code: 'CON' }],
            },
            ...participant('sds-user-id', '021600556514'),
          },
        ],
      },
    });
  });

  test('has a comment when there is one', () => {
    const body = a034.dialects['api-platform']?.build({ ...CANCELLATION, comment: 'Away' }).body;
    expect(body).toMatchObject({ comment: 'Away' });
  });

  test('does not exist in the spine dialect', async () => {
    const { client, sent } = createTestClient(replyWith(200), { dialect: 'spine-session', identity: SPINE });
    expect(await client.call(a034, CANCELLATION)).toEqual({ kind: 'not-in-dialect', operation: 'A034' });
    expect(await client.call(a040, {})).toEqual({ kind: 'not-in-dialect', operation: 'A040' });
    expect(sent).toEqual([]);
  });

  const cancelled = {
    ...bookedAppointment({ ...BOOKING, ubrn: UBRN as Ubrn }),
    meta: { versionId: '1' },
    status: 'cancelled',
    reason: coded(REASON_SYSTEM, 'PATIENT_ILL'),
  };

  test.each([
    ['as asked for', {}, true],
    ['still booked', { status: 'booked' }, false],
    ['for another reason', { reason: coded(REASON_SYSTEM, 'PATIENT_HOLIDAY') }, false],
    ['of the version that was pinned', { meta: { versionId: '0' } }, false],
    ['with another id', { id: '70124' }, false],
    ['about nobody', { participant: [] }, false],
    [
      'of another referral',
      { incomingReferral: [{ reference: 'ReferralRequest/000000000009/_history/7' }] },
      false,
    ],
  ])('takes an answer %s: %#', (_what, change, isEcho) => {
    const appointment = valueOf(a034, { ...cancelled, ...change });
    expect(a034.echoes?.(appointment, CANCELLATION)).toBe(isEcho);
  });

  const published = (change: Partial<PublishedRequest> = {}): PublishedRequest => ({
    method: 'PUT',
    path: '/STU3/Appointment/70123',
    query: {},
    headers: { 'if-match': 'W/"0"' },
    body: a034.dialects['api-platform']?.build(CANCELLATION).body,
    ...change,
  });

  test.each<[string, Partial<PublishedRequest>]>([
    ['no If-Match', { headers: {} }],
    ['another version in the header', { headers: { 'if-match': 'W/"1"' } }],
    ['another appointment in the path', { path: '/STU3/Appointment/70124' }],
    [
      'a reason of another set',
      { body: { ...(published().body as object), reason: coded('x/SPECIALTY', 'X') } },
    ],
    ['no reason', { body: { ...(published().body as object), reason: [] } }],
    ['another status', { body: { ...(published().body as object), status: 'booked' } }],
  ])('does not take a request with %s for its own', (_what, change) => {
    const framing = a034.dialects['api-platform'];
    expect(framing?.readRequest(published())).toEqual(CANCELLATION);
    expect(framing?.readRequest(published(change))).toBeNull();
  });

  test('reads what A038 reads, and needs a real id', () => {
    expect(valueOf(a034, cancelled)).toEqual(valueOf(a038RetrieveAppointment, cancelled));
    expect(readWith(a034, { ...cancelled, id: 'appointment' })).toEqual(WRONG);
  });
});

describe('A040', () => {
  const practitioner = (id: string, more: object = {}) => ({
    resource: {
      id,
      resourceType: 'Practitioner',
      identifier: { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: id },
      ...more,
    },
  });
  const bundle = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'searchset', entry });

  test('reads the ids, from a single identifier or a list, each once', () => {
    const system = 'https://fhir.nhs.uk/Id/sds-user-id';
    const listed = practitioner('x', {
      identifier: [
        { system: 'https://fhir.nhs.uk/Id/other', value: '000000000009' },
        { system, value: '021600556514' },
      ],
    });
    const all = bundle(practitioner('111111111111'), listed, practitioner('111111111111'));
    expect(valueOf(a040, all)).toEqual(['111111111111', '021600556514']);
    expect(valueOf(a040, { resourceType: 'Bundle' })).toEqual([]);
  });

  test('leaves out what names no user', () => {
    const role = { resource: { ...practitioner('111111111111').resource, resourceType: 'PractitionerRole' } };
    expect(valueOf(a040, bundle(practitioner('12'), role, {}))).toEqual([]);
    expect(readWith(a040, { resourceType: 'List' })).toEqual(WRONG);
  });

  test('is no other query', () => {
    const request = { method: 'GET', path: '/R4/Practitioner', headers: {}, body: undefined };
    const framing = a040.dialects['api-platform'];
    expect(framing?.readRequest({ ...request, query: { _query: 'onBehalfOf' } })).toEqual({});
    expect(framing?.readRequest({ ...request, query: { _query: 'all' } })).toBeNull();
  });

  test('is asked for before anybody is chosen', async () => {
    const reply = replyWith(200, bundle(practitioner('111111111111')));
    const identity = asRole('SERVICE_PROVIDER_CLINICIAN_ADMIN');
    const { client, sent } = createTestClient(reply, { identity });
    expect(await client.call(a040, {})).toMatchObject({ kind: 'success', value: ['111111111111'] });
    expect(sent[0]).toMatchObject({ path: '/R4/Practitioner', query: [['_query', 'onBehalfOf']] });
    expect(headerOf(sent[0], 'NHSD-eRS-Business-Function')).toBe('SERVICE_PROVIDER_CLINICIAN_ADMIN');
    expect(headerOf(sent[0], 'NHSD-eRS-On-Behalf-Of-User-ID')).toBeUndefined();
  });
});
