/** Bookings as the pane beside their referral asks for them (screens.md section 4). */
import { describe, expect, it } from 'vitest';
import { book, bookable, COLLEAGUE_ID, item, openClerkDesk, pass } from '../../support/clerk-steps.ts';
import { mustBe, openOutboxBench, OWNER } from '../../support/outbox-bench.ts';
import { bookOf, deferOf } from '../../support/world-intents.ts';

describe('the booking of a referral', () => {
  it('is read back now at the key of the clerk', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });
    const intentId = await book(desk, ubrn);
    await pass(desk, 3);
    expect(await desk.must('booking/read-back', { intentId })).toMatchObject({
      booking: { state: 'unknown' },
    });
    await pass(desk, 2);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
  });

  it('that is settled stays as it is', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    const reads = desk.service.calls.count('A005');
    expect(await desk.must('booking/read-back', { intentId })).toMatchObject({
      booking: { state: 'booked' },
    });
    await pass(desk, 2);
    expect(desk.service.calls.count('A005')).toBe(reads);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it("is a colleague's own: it is not told to another", async () => {
    const { desk, card } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    card.userId = COLLEAGUE_ID;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    expect(await desk.ask('booking/read-back', { intentId })).toMatchObject({
      problem: { code: 'no-such-intent' },
    });
    expect(await desk.must('booking/read-state', { ubrn })).toEqual({ booking: null });
  });

  it('is none under an id that is none, or that is of another action', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(deferOf(bench.find('no-slots')));
    await bench.pass(1);
    for (const id of [intentId, 'none'])
      expect(bench.records.bookings.readBack(id)).toMatchObject({ problem: { code: 'no-such-intent' } });
  });

  it('is none where its record stopped opening as it was read back', async () => {
    const bench = await openOutboxBench();
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(3);
    const { engine } = bench.records.outbox;
    const tell = engine.tell;
    Object.assign(engine, {
      tell(...args: Parameters<typeof tell>) {
        bench.storage.run('UPDATE intent SET payload = ?', new Uint8Array([1]));
        return tell(...args);
      },
    });
    expect(bench.records.bookings.readBack(intentId)).toMatchObject({ problem: { code: 'no-such-intent' } });
  });

  it('is of nobody while nobody is at the desk', async () => {
    const bench = await openOutboxBench();
    const intent = bookOf(bench.world, bench.find('bookable'));
    bench.ask(intent);
    await bench.pass(5);
    expect(bench.records.bookings.bookingOf(intent.ubrn)).toMatchObject({ state: 'booked' });
    bench.seat(null);
    expect(bench.records.bookings.bookingOf(intent.ubrn)).toBeNull();
    bench.seat(OWNER);
    expect(mustBe(bench.keys.readItems()).total).toBe(1);
  });
});
