import { beforeEach, describe, expect, it } from 'vitest';
import { because, bookingBody, codeOf, createBench, listBody, slotQuery, type Bench } from './support.ts';

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = bench.world.findScene('bookable')[0] ?? '';
});

const refusal = async (answered: ReturnType<Bench['send']>) => {
  const { status, headers, text } = await answered;
  return { status, text, requestId: headers.get('x-request-id') };
};

describe('step 1: authentication', () => {
  it('refuses a missing and an expired token with NO_ACCESS, an unknown one with a fault of the gateway', async () => {
    const path = `/STU3/ReferralRequest/${ubrn}`;
    const missing = await bench.platform(path, { headers: { Authorization: null } });
    expect([missing.status, codeOf(missing)]).toEqual([401, 'NO_ACCESS']);
    const unknown = await bench.platform(path, { headers: { Authorization: 'Bearer nonsense' } });
    expect([unknown.status, codeOf(unknown), unknown.at('fault', 'faultstring')]).toEqual([
      401,
      undefined,
      'Invalid Access Token',
    ]);
    expect(unknown.headers.get('x-request-id')).toBeNull();
    await bench.clock.advance(3_600_001);
    expect(codeOf(await bench.platform(path))).toBe('NO_ACCESS');
    expect(codeOf(await bench.platform('/R4/PractitionerRole'))).toBe('ACCESS_DENIED');
  });

  it('comes before the role', async () => {
    const answered = await bench.platform('/STU3/Slot', {
      headers: { Authorization: null, 'NHSD-eRS-Business-Function': 'REFERRING_ADMIN' },
    });
    expect(answered.status).toBe(401);
  });
});

describe('step 2: role, organisation, on behalf of', () => {
  it('refuses missing headers with MISSING_HEADER', async () => {
    for (const name of ['NHSD-End-User-Organisation-ODS', 'NHSD-eRS-Business-Function']) {
      const answered = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: { [name]: null } });
      expect([answered.status, codeOf(answered)]).toEqual([400, 'MISSING_HEADER']);
    }
  });

  it('refuses a role that the user does not hold there, or that may not call', async () => {
    for (const headers of [
      { 'NHSD-End-User-Organisation-ODS': 'R70' },
      { 'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_CLINICIAN' },
      { 'NHSD-eRS-Business-Function': 'REFERRING_ADMIN' },
      { 'NHSD-eRS-Business-Function': 'SERVICE_DEFINER', 'NHSD-End-User-Organisation-ODS': 'R68' },
    ]) {
      const answered = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers });
      expect([answered.status, codeOf(answered)], JSON.stringify(headers)).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('wants an on-behalf-of clinician of the organisation from SPCA, and from nobody else', async () => {
    const ask = (role: string, onBehalfOf: string | null) =>
      bench.platform('/STU3/ReferralRequest/$ers.fetchworklist', {
        method: 'POST',
        body: listBody('APPOINTMENT_SLOT_ISSUES'),
        headers: {
          'NHSD-End-User-Organisation-ODS': 'R68',
          'NHSD-eRS-Business-Function': role,
          'NHSD-eRS-On-Behalf-Of-User-ID': onBehalfOf,
        },
      });
    const spca = 'SERVICE_PROVIDER_CLINICIAN_ADMIN';
    expect((await ask(spca, '021600556514')).status).toBe(200);
    expect([(await ask(spca, null)).status, codeOf(await ask(spca, null))]).toEqual([400, 'MISSING_HEADER']);
    expect((await ask(spca, '555000000211')).status).toBe(403);
    expect((await ask('SERVICE_PROVIDER_CLINICIAN', '021600556514')).status).toBe(403);
  });
});

describe('step 3: media types', () => {
  it('refuses another content type with 415 and an unsatisfiable Accept with 406, in plain text on STU3', async () => {
    const list = { method: 'POST', body: listBody('AWAITING_BOOKING') };
    const path = '/STU3/ReferralRequest/$ers.fetchworklist';
    const type = await bench.platform(path, { ...list, headers: { 'Content-Type': 'application/json' } });
    expect([type.status, type.headers.get('content-type')]).toEqual([415, 'text/plain']);
    const accept = await bench.platform(path, { ...list, headers: { Accept: 'application/pdf' } });
    expect([accept.status, accept.headers.get('content-type')]).toEqual([406, 'text/plain']);
    const r4 = await bench.platform('/R4/PractitionerRole', { headers: { Accept: 'text/html' } });
    expect([r4.status, codeOf(r4)]).toEqual([406, 'REC_NOT_ACCEPTABLE']);
  });
});

describe('the steps on the way to a booking', () => {
  const post = (body: unknown) => bench.platform('/STU3/Appointment', { method: 'POST', body });
  const slotOf = (service = '11000') => {
    const [slot] = bench.world.freeSlots(service, { priority: 'ROUTINE' });
    if (!slot) throw new Error('no slot');
    return slot;
  };
  const codes = async (body: unknown) => {
    const answered = await post(body);
    return [answered.status, codeOf(answered)];
  };
  const scene = (name: Parameters<Bench['world']['findScene']>[0]) =>
    bench.world.referral(bench.world.findScene(name)[0] ?? '');

  it('4: the body is JSON and an Appointment, else 400 without a body', async () => {
    expect(await refusal(post('{"resourceType": "Appoin'))).toMatchObject({ status: 400, text: '' });
    expect(await refusal(post({ resourceType: 'Basic' }))).toMatchObject({ status: 400, text: '' });
  });

  it('5: the referral exists', async () => {
    const unknown = { ...bench.world.referral(ubrn), ubrn: '999999999999' };
    expect(await codes(bookingBody(unknown, slotOf()))).toEqual([422, 'REFERENCE_NOT_FOUND']);
  });

  it('6: it is a referral', async () => {
    expect(await codes(bookingBody(scene('advice-request'), slotOf()))).toEqual([
      422,
      'INVALID_REQUEST_TYPE',
    ]);
  });

  it('7: the caller has a relationship, asked before the version', async () => {
    const referral = { ...scene('no-relationship'), version: 1 };
    expect(await codes(bookingBody(referral, slotOf()))).toEqual([422, 'NO_RELATIONSHIP']);
  });

  it('8: the patient can be written for, asked before the version', async () => {
    for (const name of ['s-flag', 'deceased', 'patient-error'] as const) {
      const referral = { ...scene(name), version: 1 };
      expect(await codes(bookingBody(referral, slotOf())), name).toEqual([422, 'PATIENT_ERROR']);
    }
  });

  it('9: the version is current, asked before the lock, 409 without a body', async () => {
    const stale = bench.world.referral(ubrn);
    bench.world.touch(ubrn);
    bench.world.lock(ubrn, 5000);
    expect(await refusal(post(bookingBody(stale, slotOf())))).toMatchObject({ status: 409, text: '' });
  });

  it('10: nobody has the lock, asked before the state, 423 without a body until it ends', async () => {
    const booked = scene('booked');
    bench.world.lock(booked.ubrn, 5000);
    expect(await refusal(post(bookingBody(booked, slotOf())))).toMatchObject({ status: 423, text: '' });
    await bench.clock.advance(5001);
    expect(await codes(bookingBody(booked, slotOf()))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('11: the state allows it, asked before the fields', async () => {
    for (const name of [
      'booked',
      'deferred',
      'triaged',
      'rejected',
      'cancelled-referral',
      'onward',
    ] as const) {
      const body = bookingBody(scene(name), slotOf(), { slot: [] });
      expect(await codes(body), name).toEqual([422, 'INVALID_REQUEST_STATE']);
    }
  });

  it('12: the fields belong together, asked before the service', async () => {
    const referral = bench.world.referral(ubrn);
    const elsewhere = { ...referral, shortlist: ['11001'] };
    expect(await codes(bookingBody(elsewhere, null))).toEqual([422, 'MISSING_VALUE']);
    const withReason = bookingBody(referral, slotOf('11001'), { reason: because('TRIAGE') });
    expect(await codes(withReason)).toEqual([422, 'INAPPROPRIATE_VALUE']);
  });
});

describe('unknown paths', () => {
  it('are 404: empty on STU3 and in 2021, an OperationOutcome on R4', async () => {
    expect(await bench.platform('/STU3/Nothing')).toMatchObject({ status: 404, text: '' });
    expect(codeOf(await bench.platform('/R4/Nothing'))).toBe('REC_NOT_FOUND');
    expect(await bench.spine('/STU3/v1/Nothing')).toMatchObject({ status: 404, text: '' });
    expect((await bench.spine('/STU3/v1/Slot', { method: 'POST', body: {} })).status).toBe(405);
    expect((await bench.send('https://training.test/elsewhere')).status).toBe(404);
  });

  it('include what the other dialect has', async () => {
    expect((await bench.spine('/STU3/v1/Appointment/70000')).status).toBe(404);
    expect((await bench.platform('/v1/ProfessionalSession', { method: 'POST', body: {} })).status).toBe(404);
  });
});

describe('headers of every reply', () => {
  it('echo the correlation id and name the transaction, on errors too', async () => {
    const headers = { 'X-Correlation-ID': 'abc-1' };
    for (const path of [`/STU3/ReferralRequest/${ubrn}`, '/STU3/ReferralRequest/000000000000']) {
      const answered = await bench.platform(path, { headers });
      expect(answered.headers.get('x-correlation-id')).toBe('abc-1');
      expect(answered.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}-1$/);
    }
    const spine = await bench.spine(`/STU3/v1/Slot?${slotQuery('11000')}`);
    expect(spine.headers.get('x_ers_transaction_id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(spine.headers.get('x-request-id')).toBeNull();
  });
});

describe('the rate limit', () => {
  it('refuses the eleventh request of a second without a body, R4 with one, and forgets after the second', async () => {
    const limited = await createBench({ enforceRateLimit: true });
    const read = () => limited.platform(`/STU3/ReferralRequest/${ubrn}`);
    for (let i = 0; i < 10; i++) expect((await read()).status).toBe(200);
    expect(await read()).toMatchObject({ status: 429, text: '' });
    expect(codeOf(await limited.platform('/R4/PractitionerRole'))).toBe('TOO_MANY_REQUESTS');
    await limited.clock.advance(1000);
    expect((await read()).status).toBe(200);
  });
});
