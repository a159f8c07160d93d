import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect, FaultTarget } from '../../src-main/training-service/faults.ts';
import { listAt } from '../../src-main/training-service/wire/read-body.ts';
import { bookingBody, codeOf, createBench, slotQuery, type Bench } from './support.ts';

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = bench.world.findScene('bookable')[0] ?? '';
});

const strike = (on: FaultTarget, effect: FaultEffect) => bench.service.faults.add({ on, do: effect });
const read = () => bench.platform(`/STU3/ReferralRequest/${ubrn}`);
const find = () => bench.platform(`/STU3/Slot?${slotQuery('11000')}`);
const book = () => {
  const [slot] = bench.world.freeSlots('11000');
  return bench.platform('/STU3/Appointment', {
    method: 'POST',
    body: bookingBody(bench.world.referral(ubrn), slot ?? null),
  });
};
const state = () => bench.world.referral(ubrn).state;

describe('a rule', () => {
  it('strikes once by default, the operation and UBRN that it names', async () => {
    const other = bench.world.findScene('booked')[0] ?? '';
    strike({ id: 'A005', ubrn }, { kind: 'status', status: 500 });
    expect((await find()).status).toBe(200);
    expect((await bench.platform(`/STU3/ReferralRequest/${other}`)).status).toBe(200);
    expect(await read()).toMatchObject({ status: 500, text: '' });
    expect((await read()).status).toBe(200);
  });

  it('lets calls pass, strikes as often as told, and can be taken away', async () => {
    const remove = strike({ id: 'A005', after: 1, times: 2 }, { kind: 'status', status: 503 });
    expect([
      (await read()).status,
      (await read()).status,
      (await read()).status,
      (await read()).status,
    ]).toEqual([200, 503, 503, 200]);
    remove();
    const always = strike({ times: Infinity }, { kind: 'status', status: 503 });
    expect([(await read()).status, (await find()).status]).toEqual([503, 503]);
    always();
    expect((await read()).status).toBe(200);
  });

  it('keeps to its dialect', async () => {
    strike({ dialect: 'spine-session', times: Infinity }, { kind: 'status', status: 503 });
    expect((await read()).status).toBe(200);
    expect((await bench.spine(`/STU3/v1/Slot?${slotQuery('11000')}`)).status).toBe(503);
  });
});

describe('a status', () => {
  it('has the contract’s body, a code, a text, headers, or none', async () => {
    strike({ id: 'A005' }, { kind: 'status', status: 503, headers: { 'Retry-After': '7' } });
    const unavailable = await read();
    expect([codeOf(unavailable), unavailable.headers.get('retry-after')]).toEqual([
      'SYSTEM_UNAVAILABLE',
      '7',
    ]);
    strike({ id: 'A005' }, { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' });
    expect(codeOf(await read())).toBe('NO_RELATIONSHIP');
    strike({ id: 'A005' }, { kind: 'status', status: 503, body: null });
    expect((await read()).text).toBe('');
    strike({ id: 'A005' }, { kind: 'status', status: 502, body: 'Bad Gateway' });
    expect((await read()).text).toBe('Bad Gateway');
  });

  it('comes before or after the effect', async () => {
    strike({ id: 'A016' }, { kind: 'status', status: 500 });
    expect([(await book()).status, state()]).toEqual([500, 'NOT_BOOKED']);
    strike({ id: 'A016' }, { kind: 'status', status: 500, commits: true });
    expect([(await book()).status, state()]).toEqual([500, 'BOOKED']);
  });

  it('429 has no body', async () => {
    strike({ id: 'A015' }, { kind: 'rate-limit' });
    expect(await find()).toMatchObject({ status: 429, text: '' });
    strike({ id: 'A015' }, { kind: 'rate-limit', retryAfterSeconds: 3 });
    expect((await find()).headers.get('retry-after')).toBe('3');
  });
});

describe('a dropped connection', () => {
  it.each([
    ['refuse-connection', 'refused', 'NOT_BOOKED'],
    ['drop-before', 'before', 'NOT_BOOKED'],
    ['drop-after', 'after', 'BOOKED'],
  ] as const)('%s', async (kind, phase, after) => {
    strike({ id: 'A016' }, { kind });
    await expect(book()).rejects.toMatchObject({ name: 'ConnectionDropped', phase });
    expect(state()).toBe(after);
    expect(bench.service.calls.last('A016')).toMatchObject({ status: null, dropped: phase, ubrn });
  });
});

describe('the world moves just before the call', () => {
  it('slot, lock, version', async () => {
    strike({ id: 'A016' }, { kind: 'slot-taken' });
    expect(codeOf(await book())).toBe('SLOT_NOT_AVAILABLE');
    strike({ id: 'A016' }, { kind: 'lock', forMs: 10 });
    expect((await book()).status).toBe(423);
    await bench.clock.advance(11);
    strike({ id: 'A016' }, { kind: 'version-bump' });
    expect((await book()).status).toBe(409);
    expect((await book()).status).toBe(201);
  });

  it('the provider’s system', async () => {
    strike({ id: 'A016' }, { kind: 'pas', behaviour: { kind: 'error' } });
    expect((await book()).status).toBe(502);
    strike(
      { id: 'A016' },
      { kind: 'pas', behaviour: { kind: 'silence', bookedInErs: true, bookedInPas: false } },
    );
    const answered = book();
    await bench.clock.advance(1000);
    expect([(await answered).status, state()]).toEqual([504, 'BOOKED']);
  });

  it('credentials and sessions', async () => {
    await bench.spine(`/STU3/v1/Slot?${slotQuery('11000')}`);
    strike({ id: 'A015', dialect: 'spine-session' }, { kind: 'end-sessions' });
    expect((await bench.spine(`/STU3/v1/Slot?${slotQuery('11000')}`)).status).toBe(403);
    strike({ id: 'A005' }, { kind: 'expire-credentials' });
    expect((await read()).status).toBe(401);
    expect((await read()).status).toBe(401);
  });

  it('time', async () => {
    strike({ id: 'A005' }, { kind: 'delay', ms: 500 });
    let isAnswered = false;
    const answered = read().finally(() => (isAnswered = true));
    await bench.clock.advance(499);
    expect(isAnswered).toBe(false);
    await bench.clock.advance(1);
    expect((await answered).status).toBe(200);
  });
});

describe('a spoilt reply', () => {
  it('is HTML, cut, of another type, too big', async () => {
    strike({ id: 'A015' }, { kind: 'html-200' });
    const html = await find();
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html']);
    strike({ id: 'A015' }, { kind: 'truncated-json' });
    const cut = await find();
    expect([cut.status, cut.json, cut.headers.get('content-type')]).toEqual([
      200,
      undefined,
      'application/fhir+json',
    ]);
    strike({ id: 'A015' }, { kind: 'wrong-bundle-type' });
    expect((await find()).at('type')).toBe('batch-response');
    strike({ id: 'A005' }, { kind: 'wrong-bundle-type' });
    expect((await read()).at('resourceType')).toBe('Basic');
    strike({ id: 'A005' }, { kind: 'huge-body' });
    expect((await read()).bytes.byteLength).toBeGreaterThan(10 * 1024 * 1024);
  });

  it('has unknown states, slots that end before they start, slots twice', async () => {
    strike({ id: 'A005' }, { kind: 'unknown-state-code' });
    expect((await read()).text).toContain('STATE_OF_A_LATER_RELEASE');
    strike({ id: 'A015' }, { kind: 'slot-end-before-start' });
    const swapped = await find();
    expect(
      String(swapped.at('entry', 0, 'resource', 'end')) < String(swapped.at('entry', 0, 'resource', 'start')),
    ).toBe(true);
    const entries = listAt((await find()).json, 'entry').length;
    strike({ id: 'A015' }, { kind: 'repeated-slots' });
    expect(listAt((await find()).json, 'entry')).toHaveLength(2 * entries);
  });

  it('is not a PDF', async () => {
    strike({ id: 'A019' }, { kind: 'not-a-pdf' });
    const letter = await bench.platform(`/STU3/ReferralRequest/${ubrn}/$ers.generatePatientLetter`, {
      method: 'POST',
    });
    expect(letter.headers.get('content-type')).toBe('application/pdf');
    expect(letter.text).toMatch(/^<!DOCTYPE html>/);
  });
});

describe('random faults', () => {
  it('follow from their seed, and spare the sign-in', async () => {
    const statuses = async (seed: number) => {
      bench = await createBench();
      bench.service.faults.addRandom(seed, { unavailable: 0.3, serverError: 0.2 });
      const seen: number[] = [];
      for (let i = 0; i < 30; i++) seen.push((await read()).status);
      return seen;
    };
    const first = await statuses(5);
    expect(await statuses(5)).toEqual(first);
    expect(await statuses(6)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500, 503]));
    bench.service.faults.clear();
    expect((await read()).status).toBe(200);
  });
});

describe('the call log', () => {
  it('counts calls by operation and what became of them', async () => {
    await read();
    strike({ id: 'A005' }, { kind: 'status', status: 500 });
    await read();
    const { calls } = bench.service;
    expect([calls.count('A005'), calls.count('A005', { status: 500 }), calls.count('A016')]).toEqual([
      2, 1, 0,
    ]);
    expect(calls.last('A005')).toMatchObject({
      surface: 'api-platform',
      method: 'GET',
      ubrn,
      status: 500,
      defect: null,
    });
    calls.clear();
    expect(calls.count('A005')).toBe(0);
  });
});
