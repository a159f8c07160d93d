import { describe, expect, test } from 'vitest';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a008FetchWorklist } from '../../../src-main/ers/operations/a008-fetch-worklist.ts';
import { a015RetrieveAppointmentSlots } from '../../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a038RetrieveAppointment } from '../../../src-main/ers/operations/a038-retrieve-appointment.ts';
import {
  bookedAppointment,
  BOOKING,
  concept,
  patientField,
  referralBody,
  schedule,
  slot,
  slotBundle,
  worklistBody,
  worklistEntry,
} from '../payloads.ts';
import { readWith, UBRN, valueOf, WRONG } from './read-with.ts';

describe('a referral (A005)', () => {
  test('says everything that the desk needs', () => {
    expect(valueOf(a005RetrieveReferral, referralBody(UBRN))).toEqual({
      ubrn: UBRN,
      version: 5,
      status: 'active',
      nhsNumber: '9912003888',
      state: {
        code: 'BOOKED',
        display: 'Booked',
        reason: { code: 'A_NEW_REASON', display: '' },
        comments: 'as agreed',
      },
      priority: { code: 'URGENT', display: 'Urgent' },
      specialty: { code: 'CARDIOLOGY', display: '' },
      shortlist: [
        { serviceId: '11000', name: 'Cardiology Clinic' },
        { serviceId: '11021', name: 'Second Clinic' },
      ],
      commissioningOrg: 'R69',
      appointment: expect.objectContaining({
        id: null,
        version: 2,
        status: 'booked',
        start: '2027-07-12T12:00:00.000Z',
      }),
      appointmentId: '70123',
      attachments: [
        {
          id: '1',
          title: 'letter.pdf',
          description: 'Letter',
          contentType: 'application/pdf',
          url: 'Binary/19eb7224',
          bytes: 6,
          availability: { code: 'PENDING', display: '' },
          type: { code: 'REFERRER', display: '' },
        },
      ],
      additionalRequirements: [
        { code: 'INTERPRETER', display: 'Interpreter' },
        { code: 'TRANSPORT', display: '' },
      ],
      relatedReferrals: ['000000000042'],
      pathwayStart: '2027-05-08T09:54:23.167Z',
      searchCriteria: [
        {
          name: 'specialty',
          valueCoding: { system: '_baseUrl_/STU3/CodeSystem/SPECIALTY', code: 'CARDIOLOGY' },
        },
      ],
      clinicalInfoSince: null,
    });
  });

  test('of the spine dialect has no state, no appointment id and perhaps no shortlist', () => {
    const { contained: _all, supportingInfo: _info, ...bare } = referralBody(UBRN);
    const referral = valueOf(a005RetrieveReferral, { ...bare, extension: [] });
    expect(referral).toMatchObject({
      state: null,
      appointmentId: null,
      shortlist: [],
      commissioningOrg: null,
      appointment: null,
    });
    expect(referral).toMatchObject({
      priority: { code: '', display: '' },
      specialty: null,
      pathwayStart: null,
    });
  });

  test('finds a contained appointment without a reference to it', () => {
    const body = referralBody(UBRN);
    const extension = body.extension.filter(({ url }) => !url.endsWith('Appointment-1'));
    expect(valueOf(a005RetrieveReferral, { ...body, extension }).appointment).toMatchObject({
      status: 'booked',
    });
  });

  test.each([
    ['another resource', { resourceType: 'CommunicationRequest' }],
    ['a UBRN of 11 digits', { id: '00000012345' }],
    ['no version', { meta: {} }],
    ['a version that is no number', { meta: { versionId: '5; DROP' } }],
    ['no patient', { subject: {} }],
    ['no extensions', { extension: 'none' }],
  ])('is not readable with %s', (_what, change) =>
    expect(readWith(a005RetrieveReferral, { ...referralBody(UBRN), ...change })).toEqual(WRONG),
  );
});

describe('a worklist (A008)', () => {
  test('of a referrer', () => {
    const fields = [
      patientField('9912003888'),
      concept('priority', 'ROUTINE'),
      { url: 'referralCreated', valueDateTime: '2027-09-03T14:19:04.702000+00:00' },
      { url: 'clinicalContext', valueString: 'ORTHOPAEDICS/KNEE' },
      { url: 'referralLastUpdated', valueDateTime: '2027-09-04T14:19:04.702Z' },
      concept('status', 'APP_CANCELLED_BY_PROVIDER', 'Appointment cancelled by provider'),
      concept('reason', 'SOMETHING_NEW'),
    ];
    const { entries, unreadable } = valueOf(
      a008FetchWorklist,
      worklistBody([worklistEntry(UBRN, 'AwaitingBooking', fields)]),
    );
    expect(unreadable).toBe(0);
    expect(entries).toEqual([
      {
        ubrn: UBRN,
        nhsNumber: '9912003888',
        priority: { code: 'ROUTINE', display: '' },
        context: 'ORTHOPAEDICS/KNEE',
        status: { code: 'APPT_CANCELLED_BY_PROVIDER', display: 'Appointment cancelled by provider' },
        reason: { code: 'SOMETHING_NEW', display: '' },
        created: '2027-09-03T14:19:04.702Z',
        lastUpdated: '2027-09-04T14:19:04.702Z',
        contactBy: null,
        letterDue: null,
        appointmentStart: null,
        serviceId: null,
        version: null,
        referralType: null,
        clinicalInformation: null,
        pathwayStart: null,
      },
    ]);
  });

  test('of referrals for review names its patients in contained resources', () => {
    const fields = [
      { url: 'patient', valueReference: { reference: '#Patient-1' } },
      concept('priority', 'URGENT'),
      { url: 'eReferralPathwayStart', valueDateTime: '2027-09-01T00:00:00Z' },
      { url: 'appointmentStart', valueDateTime: '2027-09-05T15:09:03.971Z' },
      { url: 'service', valueReference: { identifier: { value: '21012' }, display: 'Cardiology Clinic' } },
      { url: 'referralRequestVersion', valueInteger: 12 },
      concept('referralType', 'TRIAGE_DEFERRAL'),
    ];
    const patient = { resourceType: 'Patient', id: 'Patient-1', identifier: [{ value: '9912003888' }] };
    const { entries } = valueOf(
      a008FetchWorklist,
      worklistBody([worklistEntry(UBRN, 'ReferralsforReview', fields)], [patient]),
    );
    expect(entries[0]).toMatchObject({
      nhsNumber: '9912003888',
      context: 'Cardiology Clinic',
      serviceId: '21012',
      version: 12,
      referralType: { code: 'TRIAGE_DEFERRAL', display: '' },
      created: '2027-09-01T00:00:00.000Z',
      pathwayStart: '2027-09-01T00:00:00.000Z',
      appointmentStart: '2027-09-05T15:09:03.971Z',
      status: null,
    });
  });

  test('of slot issues says whether clinical information is there', () => {
    const fields = [
      patientField('9912003888'),
      { url: 'eReferralPathwayStart', valueDateTime: '2027-09-01T08:00:00.000Z' },
      { url: 'patientContactExpected', valueDate: '2027-09-07' },
      concept('clinicalInformationStatus', 'OVERDUE', 'Overdue'),
    ];
    const { entries } = valueOf(
      a008FetchWorklist,
      worklistBody([worklistEntry(UBRN, 'AppointmentSlotIssues', fields)]),
    );
    expect(entries[0]).toMatchObject({
      contactBy: '2027-09-07',
      clinicalInformation: { code: 'OVERDUE', display: 'Overdue' },
      pathwayStart: '2027-09-01T08:00:00.000Z',
    });
  });

  test('counts the entries that it cannot read, and shows the others', () => {
    const good = worklistEntry(UBRN, 'LettersOutstanding', [{ url: 'letterDue', valueDate: '2027-02-28' }]);
    const bad = [
      worklistEntry('12', 'LettersOutstanding', []),
      { item: { reference: `ReferralRequest/${UBRN}` } },
      { ...good, item: { reference: `CommunicationRequest/${UBRN}` } },
      {},
    ];
    const reply = valueOf(a008FetchWorklist, worklistBody([...bad, good]));
    expect(reply).toMatchObject({ unreadable: 4, entries: [{ ubrn: UBRN, letterDue: '2027-02-28' }] });
  });

  test('leaves out what is no date and no NHS number', () => {
    const fields = [
      patientField('not a number'),
      { url: 'patientContactExpected', valueDate: '2027-02-30' },
      { url: 'ubrnReceived', valueDateTime: 'soon' },
    ];
    const { entries } = valueOf(
      a008FetchWorklist,
      worklistBody([worklistEntry(UBRN, 'AppointmentSlotIssues', fields)]),
    );
    expect(entries[0]).toMatchObject({ nhsNumber: null, contactBy: null, created: null, context: '' });
  });

  test('may come without entries', () => {
    expect(valueOf(a008FetchWorklist, worklistBody(undefined))).toEqual({ entries: [], unreadable: 0 });
    expect(readWith(a008FetchWorklist, { resourceType: 'Bundle' })).toEqual(WRONG);
  });
});

describe('free slots (A015)', () => {
  const [nine, ten] = ['2027-07-12T09:00:00+01:00', '2027-07-12T09:00:00.000Z'];

  test('take times as instants and the clinician from the schedule, never from its id', () => {
    const entry = [
      slot('1', '11000-921600556514', nine, ten),
      slot('2', '11000', ten, ten),
      slot('3', 'unknown', ten, ten),
      schedule('11000-921600556514', '11000'),
      schedule('11000', '11000', '921600556514'),
    ];
    expect(valueOf(a015RetrieveAppointmentSlots, slotBundle(entry, 3, ['self', 'next']))).toEqual({
      slots: [
        {
          id: '1',
          start: '2027-07-12T08:00:00.000Z',
          end: '2027-07-12T09:00:00.000Z',
          clinicianId: null,
          serviceId: '11000',
        },
        {
          id: '2',
          start: '2027-07-12T09:00:00.000Z',
          end: '2027-07-12T09:00:00.000Z',
          clinicianId: '921600556514',
          serviceId: '11000',
        },
        {
          id: '3',
          start: '2027-07-12T09:00:00.000Z',
          end: '2027-07-12T09:00:00.000Z',
          clinicianId: null,
          serviceId: null,
        },
      ],
      unreadable: 0,
      total: 3,
      hasNext: true,
    });
  });

  test('without readable times, with an end before the start, or without an id are counted', () => {
    const entry = [
      slot('1', '11000', undefined, ten),
      slot('2', '11000', 'tomorrow', ten),
      slot('3', '11000', ten, nine),
      slot('4', '11000', '2027-07-12T09:00:00', ten),
      slot('a/../b', '11000', nine, ten),
      slot('6', '11000', nine, ten),
    ];
    const reply = valueOf(a015RetrieveAppointmentSlots, slotBundle(entry, 6));
    expect(reply).toMatchObject({ unreadable: 5, hasNext: false, total: 6 });
    expect(reply.slots.map((one) => one.id)).toEqual(['6']);
  });

  test('repeat as they came: leaving repeats out is the search’s', () => {
    const twice = [slot('1', '11000', nine, ten), slot('1', '11000', nine, ten)];
    expect(valueOf(a015RetrieveAppointmentSlots, slotBundle(twice, 1)).slots).toHaveLength(2);
  });

  test('may be none at all', () => {
    const empty = { slots: [], unreadable: 0, total: 0, hasNext: false };
    expect(valueOf(a015RetrieveAppointmentSlots, slotBundle([], 0))).toEqual(empty);
    expect(
      valueOf(a015RetrieveAppointmentSlots, { resourceType: 'Bundle', type: 'searchset', total: 0 }),
    ).toEqual(empty);
  });

  test.each([
    { resourceType: 'Bundle', type: 'searchset' },
    { resourceType: 'Bundle', type: 'searchset', total: -1 },
    { resourceType: 'Bundle', type: 'searchset', total: '0' },
    { resourceType: 'Bundle', type: 'history', total: 0 },
    { resourceType: 'Bundle', total: 0 },
  ])('without a total, or not a search’s answer, are no evidence: %j', (json) =>
    expect(readWith(a015RetrieveAppointmentSlots, json)).toEqual(WRONG),
  );
});

describe('an appointment (A016, A038)', () => {
  test('is read with its instants, its participants and the new version of the referral', () => {
    expect(valueOf(a016BookOrDeferAppointment, bookedAppointment(BOOKING))).toEqual({
      id: '70123',
      version: 0,
      status: 'booked',
      reason: null,
      comment: '',
      serviceId: '11000',
      serviceName: 'Cardiology Clinic',
      nhsNumber: '9912003888',
      clinicianId: '021600556514',
      start: '2027-07-12T12:00:00.000Z',
      end: '2027-07-12T13:00:00.000Z',
      slotId: '11000021',
      created: '2027-06-30T13:02:32.133Z',
      referral: { ubrn: '000000123456', version: 8 },
    });
  });

  test('keeps the system of its reason, and a code that nobody knows', () => {
    const reason = [
      {
        coding: [
          {
            system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1',
            code: 'NEW_ONE',
            display: 'New',
          },
        ],
      },
    ];
    const appointment = valueOf(a038RetrieveAppointment, {
      ...bookedAppointment(BOOKING),
      status: 'proposed',
      reason,
    });
    expect(appointment).toMatchObject({
      status: 'proposed',
      reason: {
        system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1',
        code: 'NEW_ONE',
        display: 'New',
      },
    });
  });

  test.each([
    ['the id of a contained one', { id: 'appointment' }],
    ['no status', { status: '' }],
    ['no participants', { participant: undefined }],
    ['another resource', { resourceType: 'Slot' }],
  ])('is not readable with %s', (_what, change) => {
    const body = JSON.parse(JSON.stringify({ ...bookedAppointment(BOOKING), ...change })) as unknown;
    expect(readWith(a016BookOrDeferAppointment, body)).toEqual(WRONG);
    expect(readWith(a038RetrieveAppointment, body)).toEqual(WRONG);
  });
});
