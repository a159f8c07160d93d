/** Booking against the training service: check, send, read-back, in both dialects (safety.md steps 2 to 5). */
import { describe, expect, it } from 'vitest';
import { book } from '../../../../src-main/features/outbox/actions/book.ts';
import { driverOf } from '../../../../src-main/features/outbox/actions/drivers.ts';
import type { BookIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { makeEach, makeEachNew } from '../../../support/intents.ts';
import { bookOf } from '../../../support/world-intents.ts';

async function begin(dialect: 'api-platform' | 'spine-session' = 'api-platform') {
  const bench = await openActionBench({ dialect });
  const referral = bench.find('bookable');
  return { bench, referral, intent: bookOf(bench.world, referral, 2) };
}

const check = (bench: ActionBench, intent: BookIntent, changes = {}) =>
  bench.wait(book.check(bench.run(intent, changes)));
const send = (bench: ActionBench, intent: BookIntent, choice = 0) =>
  bench.wait(book.send(bench.run(intent, { choice }), 'correlation-1'));
const readBack = (bench: ActionBench, intent: BookIntent, choice = 0) =>
  bench.wait(book.readBack(bench.run(intent, { choice })));

describe.each(['api-platform', 'spine-session'] as const)('a booking on %s', (dialect) => {
  it('is checked, sent under its pin and read back as ours', async () => {
    const { bench, referral, intent } = await begin(dialect);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    const appointment = bench.world.appointmentOf(referral.ubrn);
    expect(appointment).toMatchObject({ status: 'booked', slotId: intent.slots[0]?.slotId });
    expect(await readBack(bench, intent)).toEqual({
      kind: 'ours',
      result: dialect === 'api-platform' ? appointment?.id : null,
    });
    const correlationId = dialect === 'api-platform' ? 'correlation-1' : '';
    expect(bench.service.calls.last('A016')).toMatchObject({ correlationId });
  });

  it('finds its own effect before a second sending, and the service refuses that one', async () => {
    const { bench, intent } = await begin(dialect);
    await send(bench, intent);
    expect(await check(bench, intent)).toMatchObject({ kind: 'own-effect' });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it('tries the slot that its turn names', async () => {
    const { bench, referral, intent } = await begin(dialect);
    expect(await send(bench, intent, 1)).toEqual({ kind: 'accepted' });
    expect(bench.world.appointmentOf(referral.ubrn)?.slotId).toBe(intent.slots[1]?.slotId);
    expect(await readBack(bench, intent, 1)).toMatchObject({ kind: 'ours' });
    expect(await readBack(bench, intent, 0)).toEqual({ kind: 'changed-otherwise' });
  });

  it("does not take another's booking for its own", async () => {
    const { bench, referral, intent } = await begin(dialect);
    bench.world.bookByAnother(referral.ubrn, bench.world.freeSlots('11000')[5]?.id);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is not checked through once the version has moved for any reason', async () => {
    const { bench, referral, intent } = await begin(dialect);
    bench.world.touch(referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is unchanged while nothing happened', async () => {
    const { bench, intent } = await begin(dialect);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });
});

describe('the check of a booking', () => {
  it('speaks for a slot that is not on its page: pages shift, only the POST decides', async () => {
    const { bench, intent } = await begin();
    const [slot] = intent.slots;
    bench.world.takeSlot(slot?.slotId ?? '');
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', code: 'SLOT_NOT_AVAILABLE' });
  });

  it.each([
    ['start', { start: '2026-12-01T09:00:00.000Z' }],
    ['end', { end: '2026-12-01T09:00:00.000Z' }],
    ['clinician', { clinicianId: '021600556514' }],
  ])('speaks against a slot of the same id with another %s (hazard 4)', async (_what, changes) => {
    const { bench, intent } = await begin();
    const slots = intent.slots.map((slot) => ({ ...slot, ...changes }));
    expect(await check(bench, { ...intent, slots })).toEqual({ kind: 'changed', code: 'slot-changed' });
  });

  it('speaks against a referral that is booked at the version that was seen', async () => {
    const { bench, intent } = await begin();
    const booked = bench.find('booked-cancellable');
    const { ubrn, nhsNumber, version } = booked;
    expect(await check(bench, { ...intent, ubrn, nhsNumber, pinnedVersion: version })).toEqual({
      kind: 'changed',
      code: 'already-booked',
    });
  });

  it('speaks against one for which e-RS does not offer it', async () => {
    const { bench, intent } = await begin();
    const { ubrn, nhsNumber, version } = bench.find('rejected');
    expect(await check(bench, { ...intent, ubrn, nhsNumber, pinnedVersion: version })).toEqual({
      kind: 'changed',
      code: 'action-not-offered',
    });
  });

  it("speaks against another patient's referral", async () => {
    const { bench, intent } = await begin();
    const wrong = { ...intent, nhsNumber: bench.find('rejected').nhsNumber };
    expect(await check(bench, wrong)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, wrong)).toEqual({ kind: 'changed-otherwise' });
  });

  it('says nothing from a copy that is older than what was seen', async () => {
    const { bench, intent } = await begin();
    const ahead = { ...intent, pinnedVersion: intent.pinnedVersion + 1 };
    expect(await check(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
    expect(await readBack(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
  });

  it('is refused with the code of e-RS', async () => {
    const { bench, intent } = await begin();
    const { ubrn } = bench.find('patient-error');
    expect(await check(bench, { ...intent, ubrn })).toEqual({ kind: 'refused', code: 'PATIENT_ERROR' });
    expect(await readBack(bench, { ...intent, ubrn })).toEqual({
      kind: 'not-readable',
      code: 'read-back-refused',
    });
  });

  it.each([
    ['nothing was reached', { kind: 'refuse-connection' }, { kind: 'not-reached' }],
    ['the referral is locked', { kind: 'status', status: 423 }, { kind: 'locked' }],
    [
      'the pace is too fast',
      { kind: 'rate-limit', retryAfterSeconds: 7 },
      { kind: 'limited', retryMs: 7_000 },
    ],
  ] as const)('passes on that %s', async (_why, effect, expected) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A005', times: 2 }, do: effect });
    expect(await check(bench, intent)).toEqual(expected);
    expect(await readBack(bench, intent)).toEqual(expected);
    expect(bench.service.calls.count('A015')).toBe(0);
  });

  it.each<[string, Parameters<ActionBench['service']['faults']['add']>[0]['do']]>([
    ['the search for slots fails', { kind: 'status', status: 503 }],
    ['its page is gone', { kind: 'status', status: 400, code: 'INVALID_VALUE' }],
  ])('goes on when %s: that proves nothing', async (_why, effect) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A015' }, do: effect });
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
  });

  it('goes on when the list of actions cannot be had: then role and state decide', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A029' }, do: { kind: 'status', status: 503 } });
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
  });

  it('is held when the session ends during the search for slots', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A015' }, do: { kind: 'status', status: 401 } });
    expect(await check(bench, intent)).toEqual({ kind: 'held', code: 'NO_ACCESS' });
  });

  it.each([
    ['the referral', 1],
    ['the rest', 2],
  ])('ends when the person has gone by the time that %s is read', async (_what, asked) => {
    const { bench, intent } = await begin();
    let count = 0;
    const mayGoOn = () => (count += 1) < asked;
    expect(await check(bench, intent, { mayGoOn })).toEqual({ kind: 'held', code: 'person-left' });
    expect(bench.service.calls.count('A015')).toBe(asked - 1);
  });
});

describe('the sending of a booking', () => {
  it('is refused before it goes out when it has no such slot', async () => {
    const { bench, intent } = await begin();
    await expect(book.send(bench.run(intent, { choice: 2 }), 'c')).rejects.toThrow(RangeError);
    expect(bench.service.calls.count('A016')).toBe(0);
  });

  it('is unknown when the 201 gives other times than those that were asked for', async () => {
    const { bench, intent } = await begin();
    const [slot] = intent.slots;
    const bodies: string[] = [];
    const network = bench.network.send.bind(bench.network);
    bench.network.send = async (request) => {
      const reply = await network(request);
      if (reply.kind !== 'reply' || reply.status !== 201) return reply;
      const text = new TextDecoder()
        .decode(reply.body)
        .replace(/"end":"[^"]*"/, '"end":"2030-01-01T10:00:00Z"');
      bodies.push(text);
      return { ...reply, body: new TextEncoder().encode(text) };
    };
    expect(await send(bench, intent)).toEqual({ kind: 'unknown', code: 'echo-differs' });
    expect(bodies.join()).toContain(slot?.slotId);
  });
});

describe('the reading back of a booking', () => {
  it('tells nothing while the appointment itself cannot be read', async () => {
    const { bench, intent } = await begin();
    await send(bench, intent);
    bench.service.faults.add({ on: { id: 'A038', times: 2 }, do: { kind: 'status', status: 503 } });
    expect(await readBack(bench, intent)).toEqual({ kind: 'not-reached' });
    expect(await check(bench, intent)).toEqual({ kind: 'not-reached' });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it('ends when the person has gone', async () => {
    const { bench, intent } = await begin();
    await send(bench, intent);
    const answer = bench.wait(book.readBack(bench.run(intent, { mayGoOn: () => false })));
    expect(await answer).toEqual({ kind: 'held', code: 'person-left' });
    expect(bench.service.calls.count('A038')).toBe(0);
  });
});

it('every action has its own driver', async () => {
  const { bench } = await begin();
  const all = [...makeEach(), ...makeEachNew()];
  const drivers = all.map((intent) => driverOf(bench.run(intent)));
  expect(new Set(drivers).size).toBe(all.length);
  expect(drivers[0]).toBe(book);
});
