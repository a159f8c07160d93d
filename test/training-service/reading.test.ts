import { beforeEach, describe, expect, it } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { listAt, textAt } from '../../src-main/training-service/wire/read-body.ts';
import { codeOf, createBench, listBody, slotQuery, type Answered, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const scene = (name: SceneName) => bench.world.findScene(name)[0] ?? '';
const asProvider = (role = 'SERVICE_PROVIDER_CLINICIAN') => ({
  'NHSD-End-User-Organisation-ODS': 'R68',
  'NHSD-eRS-Business-Function': role,
  'NHSD-eRS-Comm-Rule-Org': null,
});
const extensionOf = (answered: Answered, name: string) =>
  listAt(answered.json, 'extension').find((one) => textAt(one, 'url')?.endsWith(`Extension-eRS-${name}`));
const containedOf = (answered: Answered, id: string) =>
  listAt(answered.json, 'contained').find((one) => textAt(one, 'id') === id);

describe('A005', () => {
  it('gives the referral with its version as ETag, and the current version only', async () => {
    const { ubrn, version } = bench.world.referral(scene('booked'));
    const read = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
    expect(read.status).toBe(200);
    expect([read.at('id'), read.at('meta', 'versionId'), read.headers.get('etag')]).toEqual([
      ubrn,
      String(version),
      `W/"${version}"`,
    ]);
    const history = (n: number) => bench.platform(`/STU3/ReferralRequest/${ubrn}/_history/${n}`);
    expect((await history(version)).status).toBe(200);
    expect(await history(version - 1)).toMatchObject({ status: 404, text: '' });
  });

  it('tells state, real appointment id and requirements on the platform, and none of it in 2021', async () => {
    const ubrn = scene('booked');
    const platform = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
    const spine = await bench.spine(`/STU3/v1/ReferralRequest/${ubrn}`);
    expect(textAt(extensionOf(platform, 'ReferralState-1'), 'extension', 0, 'valueCoding', 'code')).toBe(
      'BOOKED',
    );
    const id = bench.world.appointmentOf(ubrn)?.id ?? '';
    expect(textAt(extensionOf(platform, 'Appointment-Reference-1'), 'valueReference', 'reference')).toBe(
      `Appointment/${id}`,
    );
    expect(textAt(containedOf(platform, 'appointment'), 'status')).toBe('booked');
    for (const name of ['ReferralState-1', 'Appointment-Reference-1', 'eReferralPathwayStart-1']) {
      expect(extensionOf(spine, name), name).toBeUndefined();
    }
    expect(spine.at('identifier')).toBeUndefined();
    expect(textAt(containedOf(spine, 'appointment'), 'status')).toBe('booked');
    const needy = await bench.platform(`/STU3/ReferralRequest/${scene('requirements')}`);
    expect(extensionOf(needy, 'PatientAdditionalRequirement-1')).toBeDefined();
  });

  it('gives attachments with their availability, and 2021’s own ids', async () => {
    const ubrn = scene('attachments');
    const platform = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
    for (const status of ['AVAILABLE', 'PENDING', 'THREATS_FOUND', 'VALIDATION_FAILED']) {
      expect(platform.text).toContain(`"code":"${status}"`);
    }
    const spine = await bench.spine(`/STU3/v1/ReferralRequest/${ubrn}`);
    expect(spine.text).not.toContain('AvailabilityStatus');
    expect(spine.text).toContain(`Binary/att-${Number(ubrn)}-`);
  });

  it('refuses in the words of the dialect', async () => {
    const platform = async (ubrn: string) => {
      const read = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
      return [read.status, codeOf(read)];
    };
    expect(await platform('000000000000')).toEqual([404, undefined]);
    expect(await platform(scene('advice-request'))).toEqual([422, 'INVALID_REQUEST_TYPE']);
    expect(await platform(scene('draft-request'))).toEqual([422, 'INVALID_REQUEST_TYPE']);
    expect(await platform(scene('no-relationship'))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(await platform(scene('patient-error'))).toEqual([422, 'PATIENT_ERROR']);
    expect(await platform(scene('s-flag'))).toEqual([200, undefined]);
    const unknown = await bench.spine('/STU3/v1/ReferralRequest/000000000000');
    expect([unknown.status, codeOf(unknown)]).toEqual([422, 'NO_SUCH_REQUEST']);
  });

  it('shows a provider what its workgroup has', async () => {
    const read = (ubrn: string) => bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: asProvider() });
    expect((await read(scene('booked'))).status).toBe(200);
    expect(codeOf(await read(scene('bookable')))).toBe('NO_RELATIONSHIP');
  });
});

describe('A008', () => {
  const path = '/STU3/ReferralRequest/$ers.fetchworklist';
  const fetch = (list: string, ...parameters: unknown[]) =>
    bench.platform(path, { method: 'POST', body: listBody(list, ...parameters) });
  const fetchProvider = (list: string, ...parameters: unknown[]) =>
    bench.platform(path, { method: 'POST', body: listBody(list, ...parameters), headers: asProvider() });
  const ubrnsOf = (answered: Answered) =>
    listAt(answered.json, 'entry').map((entry) => textAt(entry, 'item', 'reference')?.slice(-12));
  const service = (value: string) => ({
    name: 'service',
    valueIdentifier: { system: 'http://fhir.nhs.net/Id/ers-service', value },
  });
  const indicator = (name: string, code: string) => ({
    name: `${name}AssignedIndicator`,
    valueCodeableConcept: { coding: [{ code }] },
  });

  it.each([
    [
      'AWAITING_BOOKING',
      ['bookable', 'deferred', 'awaiting-triage', 'cancelled-by-patient'],
      ['booked', 'advice-request'],
    ],
    ['LETTERS_OUTSTANDING', ['letter-due'], ['booked']],
    ['REJECTED_TRIAGE_RESPONSE', ['rejected', 'triage-response'], ['triaged']],
    [
      'ASSESSMENT_RETURNED_CANCELLED_DNA',
      ['assessment-result', 'did-not-attend', 'cancelled-elsewhere'],
      ['booked'],
    ],
  ] as const)('gives the referrer list %s', async (list, present, absent) => {
    const ubrns = ubrnsOf(await fetch(list));
    for (const name of present) expect(ubrns, name).toContain(scene(name));
    for (const name of absent) expect(ubrns, name).not.toContain(scene(name));
    expect(ubrns).not.toContain(scene('no-relationship'));
  });

  it('spells cancelled states its own way in lists', async () => {
    const { text } = await fetch('AWAITING_BOOKING');
    expect(text).toContain('"APP_CANCELLED_BY_PATIENT"');
    expect(text).toContain('"Appointment cancelled by patient"');
    expect(text).not.toContain('APPT_CANCELLED');
  });

  it('gives the review list with contained patients and versions, without versions in 2021', async () => {
    const platform = await fetchProvider('REFERRALS_FOR_REVIEW');
    expect(ubrnsOf(platform)).toContain(scene('booked'));
    expect(ubrnsOf(platform)).toContain(scene('awaiting-triage'));
    expect(listAt(platform.json, 'contained').length).toBeGreaterThan(0);
    expect(platform.text).toContain('referralRequestVersion');
    const body = listBody('REFERRALS_FOR_REVIEW');
    const spine = await bench.spine(
      `/STU3/v1/ReferralRequest/$ers.fetchworklist`,
      { method: 'POST', body },
      'SERVICE_PROVIDER_CLINICIAN',
    );
    expect(ubrnsOf(spine)).toEqual(ubrnsOf(platform));
    expect(spine.text).not.toContain('referralRequestVersion');
    expect(spine.text).toContain('000+00:00');
  });

  it('gives slot issues with the server’s own contact date', async () => {
    const issues = await fetchProvider('APPOINTMENT_SLOT_ISSUES');
    expect(ubrnsOf(issues)).toContain(scene('deferred'));
    expect(issues.text).toContain('patientContactExpected');
  });

  it('filters provider lists by service and clinician', async () => {
    const all = ubrnsOf(await fetchProvider('REFERRALS_FOR_REVIEW'));
    const some = ubrnsOf(await fetchProvider('REFERRALS_FOR_REVIEW', service('11001')));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
    const unassigned = await fetchProvider('REFERRALS_FOR_REVIEW', indicator('clinician', 'NOT_ASSIGNED'));
    expect(ubrnsOf(unassigned)).not.toContain(scene('booked-with-clinician'));
    const one = {
      name: 'clinician',
      valueIdentifier: { value: bench.world.appointmentOf(scene('booked-with-clinician'))?.clinicianId },
    };
    const assigned = await fetchProvider('REFERRALS_FOR_REVIEW', indicator('clinician', 'ASSIGNED'), one);
    expect(ubrnsOf(assigned)).toContain(scene('booked-with-clinician'));
  });

  it('leaves the entry element out of an empty list', async () => {
    const empty = await fetchProvider('APPOINTMENT_SLOT_ISSUES', service('11001'));
    expect([empty.status, empty.at('entry')]).toEqual([200, undefined]);
  });

  it('refuses by the rules of its parameters', async () => {
    const refusals: [Promise<Answered>, number, string][] = [
      [fetch('NO_SUCH_LIST'), 422, 'INVALID_CODE'],
      [fetch('AWAITING_BOOKING', service('11001')), 422, 'UNEXPECTED_FIELD'],
      [fetch('REFERRALS_FOR_REVIEW'), 403, 'FORBIDDEN'],
      [fetchProvider('AWAITING_BOOKING'), 403, 'FORBIDDEN'],
      [fetchProvider('REFERRALS_FOR_REVIEW', service('99999')), 422, 'REFERENCE_NOT_FOUND'],
      [fetchProvider('REFERRALS_FOR_REVIEW', service('11010')), 422, 'NO_RELATIONSHIP'],
      [fetchProvider('REFERRALS_FOR_REVIEW', indicator('clinician', 'ASSIGNED')), 422, 'MISSING_VALUE'],
      [fetchProvider('REFERRALS_FOR_REVIEW', indicator('specialty', 'NOT_ASSIGNED')), 422, 'INVALID_VALUE'],
      [
        fetchProvider('REFERRALS_FOR_REVIEW', {
          name: 'clinician',
          valueIdentifier: { value: '021600556514' },
        }),
        422,
        'UNEXPECTED_FIELD',
      ],
    ];
    for (const [answered, status, code] of refusals) {
      expect([(await answered).status, codeOf(await answered)]).toEqual([status, code]);
    }
  });

  it('has the two provider lists only in 2021, with its own codes', async () => {
    const spine = (list: string, ...parameters: unknown[]) =>
      bench.spine(
        '/STU3/v1/ReferralRequest/$ers.fetchworklist',
        { method: 'POST', body: listBody(list, ...parameters) },
        'SERVICE_PROVIDER_CLINICIAN',
      );
    expect(codeOf(await spine('AWAITING_BOOKING'))).toBe('INVALID_CODE');
    expect(codeOf(await spine('REFERRALS_FOR_REVIEW', service('99999')))).toBe('NO_SUCH_SERVICE');
  });
});

describe('A004', () => {
  it('gives every set, expired concepts too, under a system of this server', async () => {
    for (const set of [
      'SPECIALTY',
      'CLINIC-TYPE',
      'APPOINTMENT-CANCELLATION-REASON',
      'REFERRAL-CANCELLATION-REASON',
      'APPOINTMENT-NON-ATTENDANCE-REASON',
      'PRIORITY',
    ]) {
      const read = await bench.platform(`/STU3/CodeSystem/${set}`);
      expect([read.status, read.at('url')]).toEqual([
        200,
        `https://training.test/referrals/FHIR/STU3/CodeSystem/${set}`,
      ]);
      expect(listAt(read.json, 'concept').length).toBeGreaterThan(2);
    }
    const priority = await bench.platform('/STU3/CodeSystem/PRIORITY');
    expect(priority.text).toContain('{"code":"deferToProviderContactDays","valueInteger":10}');
    const reasons = await bench.platform('/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON');
    expect(reasons.text).toContain('"effectiveTo"');
  });

  it('has three sets in 2021, specialties with a numeric designation', async () => {
    const specialty = await bench.spine('/STU3/v1/CodeSystem/SPECIALTY');
    expect(specialty.at('url')).toBe('https://training.test/ers-api/STU3/v1/CodeSystem/SPECIALTY');
    expect(specialty.text).toContain('"designation":[{"value":"320"}]');
    expect(await bench.spine('/STU3/v1/CodeSystem/PRIORITY')).toMatchObject({ status: 404, text: '' });
    expect(await bench.platform('/STU3/CodeSystem/NOTHING')).toMatchObject({ status: 404, text: '' });
  });
});

describe('A029', () => {
  const ask = (ubrn: string, headers = {}, version = bench.world.referral(ubrn).version) =>
    bench.platform(
      `/STU3/Task?focus=ReferralRequest/${ubrn}/_history/${version}&intent=proposal&status=ready`,
      { headers },
    );
  const actions = async (answered: Promise<Answered>) =>
    listAt((await answered).json, 'entry').map((entry) =>
      textAt(entry, 'resource', 'code', 'coding', 0, 'code'),
    );

  it('tells a referrer by state', async () => {
    expect(await actions(ask(scene('bookable')))).toContain('CREATE_APPOINTMENT');
    expect(await actions(ask(scene('indirectly-bookable')))).not.toContain('CREATE_APPOINTMENT');
    expect(await actions(ask(scene('booked')))).toEqual([
      'CANCEL_DIRECTLY_BOOKED_APPOINTMENT',
      'CANCEL_REFERRAL',
    ]);
    expect(await actions(ask(scene('booked-indirectly')))).toEqual(['CANCEL_REFERRAL']);
    expect(await actions(ask(scene('booked-past')))).toEqual(['CANCEL_REFERRAL']);
    expect(await actions(ask(scene('cancelled-referral')))).toEqual([]);
  });

  it('tells a provider of reviews, and in 2021 of nothing else', async () => {
    const ubrn = scene('awaiting-triage');
    expect(await actions(ask(ubrn, asProvider()))).toEqual(['RECORD_REVIEW_OUTCOME', 'CANCEL_REFERRAL']);
    const path = `/STU3/v1/Task?focus=ReferralRequest/${ubrn}/_history/${bench.world.referral(ubrn).version}&intent=proposal&status=ready`;
    expect(await actions(bench.spine(path, {}, 'SERVICE_PROVIDER_CLINICIAN'))).toEqual([
      'RECORD_REVIEW_OUTCOME',
    ]);
    expect((await bench.spine(path)).status).toBe(403);
  });

  it('refuses an old version and missing parameters with 400 and a body', async () => {
    const ubrn = scene('bookable');
    expect(codeOf(await ask(ubrn, {}, 1))).toBe('HISTORY_NOT_SUPPORTED');
    const bare = await bench.platform('/STU3/Task?intent=proposal&status=ready');
    expect([bare.status, codeOf(bare)]).toEqual([400, 'MISSING_PARAMETER']);
  });
});

describe('A030, A033, A035, A038', () => {
  it('lists the roles of the main user, those outside the header’s enum too', async () => {
    const roles = await bench.platform('/R4/PractitionerRole', {
      headers: { 'NHSD-End-User-Organisation-ODS': null, 'NHSD-eRS-Business-Function': null },
    });
    expect([roles.status, roles.at('total')]).toEqual([200, 2]);
    expect(roles.text).toContain('SERVICE_DEFINER');
    expect(roles.at('entry', 0, 'resource', 'organization', 'identifier', 'value')).toBe('R69');
  });

  it('reads services, one without most of its parts, one that is not open to R69', async () => {
    const dummy = await bench.platform('/R4/HealthcareService/11006');
    expect(dummy.text).toMatch(/Do not attend/);
    expect(dummy.headers.get('etag')).toBe('W/"1"');
    expect((await bench.platform('/R4/HealthcareService/12001')).at('characteristic')).toBeUndefined();
    const closed = await bench.platform('/R4/HealthcareService/11010');
    expect([closed.status, codeOf(closed)]).toEqual([403, 'NO_RELATIONSHIP']);
    expect(codeOf(await bench.platform('/R4/HealthcareService/99999'))).toBe('REC_NOT_FOUND');
  });

  it('searches services by id, unmatched ones just missing', async () => {
    const found = await bench.platform('/R4/HealthcareService?_id=11000,99999,11010,13000');
    expect([found.at('total'), listAt(found.json, 'entry').length]).toEqual([2, 2]);
    expect((await bench.platform('/R4/HealthcareService?_id=99999')).at('entry')).toBeUndefined();
    const many = Array.from({ length: 21 }, (_, i) => 11_000 + i).join(',');
    expect((await bench.platform(`/R4/HealthcareService?_id=${many}`)).status).toBe(400);
  });

  it('reads an appointment by its real id, the current version only', async () => {
    const appointment = bench.world.appointmentOf(scene('booked-with-clinician'));
    const read = await bench.platform(`/STU3/Appointment/${appointment?.id}`);
    expect([read.status, read.at('id'), read.at('slot', 0, 'reference')]).toEqual([
      200,
      appointment?.id,
      `Slot/${appointment?.slotId}`,
    ]);
    expect(read.at('participant', 2, 'type', 'coding', 0, 'code')).toBe('CON');
    expect(read.headers.get('etag')).toBe('W/"0"');
    expect((await bench.platform(`/STU3/Appointment/${appointment?.id}/_history/9`)).status).toBe(404);
    expect((await bench.platform('/STU3/Appointment/appointment')).status).toBe(404);
    const indirect = bench.world.appointmentOf(scene('booked-indirectly'));
    const other = await bench.platform(`/STU3/Appointment/${indirect?.id}`);
    expect(other.at('end')).toBe(other.at('start'));
    expect(other.at('slot')).toBeUndefined();
  });
});

describe('PDS', () => {
  const read = async (name: SceneName) =>
    bench.send(
      `https://training.test/personal-demographics/FHIR/R4/Patient/${bench.world.referral(scene(name)).nhsNumber}`,
      {
        headers: { Authorization: `Bearer ${bench.token}` },
      },
    );

  it('gives name, birth date, address and needs', async () => {
    const patient = await read('requirements');
    expect([patient.status, patient.at('name', 0, 'family')]).toEqual([200, 'Al-Khatib']);
    expect(patient.at('meta', 'security', 0, 'code')).toBe('U');
    expect(patient.text).toContain('"interpreterRequired","valueBoolean":true');
    expect(patient.text).toContain('Large print');
    expect(patient.at('address', 0, 'postalCode')).toBe('ZZ3 5EG');
  });

  it('withholds the whereabouts of an S-flagged patient, tells a death, and does not know everybody', async () => {
    const sensitive = await read('s-flag');
    expect([sensitive.at('meta', 'security', 0, 'code'), sensitive.at('address')]).toEqual(['R', undefined]);
    expect((await read('deceased')).at('deceasedDateTime')).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect([(await read('pds-missing')).status, codeOf(await read('pds-missing'))]).toEqual([
      404,
      'RESOURCE_NOT_FOUND',
    ]);
    const wrong = await bench.send('https://training.test/personal-demographics/FHIR/R4/Patient/9990000000', {
      headers: { Authorization: `Bearer ${bench.token}` },
    });
    expect(codeOf(wrong)).toBe('INVALID_RESOURCE_ID');
    const anonymous = await bench.send(
      'https://training.test/personal-demographics/FHIR/R4/Patient/9990000000',
    );
    expect(anonymous.status).toBe(401);
  });
});

describe('A015 over one state', () => {
  it('gives both dialects the same slots', async () => {
    const ids = (answered: Answered) =>
      listAt(answered.json, 'entry').flatMap((entry) =>
        textAt(entry, 'resource', 'schedule', 'reference') ? textAt(entry, 'resource', 'id') : [],
      );
    const platform = ids(await bench.platform(`/STU3/Slot?${slotQuery('11002')}`));
    expect(platform).toHaveLength(100);
    expect(ids(await bench.spine(`/STU3/v1/Slot?${slotQuery('11002')}`))).toEqual(platform);
  });
});
