/** Many items after an outage, and a session that ends in the middle of them (safety.md, fault model). */
import { describe, expect, it } from 'vitest';
import {
  book,
  bookable,
  items,
  ME,
  openClerkDesk,
  pass,
  reviewBooking,
  summaries,
} from '../../support/clerk-steps.ts';
import { openOutboxBench, OWNER, type OutboxBench } from '../../support/outbox-bench.ts';
import { bookOf, deferOf } from '../../support/world-intents.ts';

/** Asks for `count` bookings, each at a slot of its own. */
function askMany(bench: OutboxBench, count: number): string[] {
  return bench.world
    .findScene('bookable')
    .slice(0, count)
    .map((ubrn, n) => bench.ask(bookOf(bench.world, bench.world.referral(ubrn), 1, n)).intentId);
}

describe('twenty items after an outage', () => {
  it('drain with their progress in the summary, and all of them are booked once', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const ids = askMany(bench, 20);
    await bench.pass(1);
    expect(bench.records.outbox.summary()).toMatchObject({ open: 20, waiting: 20, drain: null });
    bench.place.isOffline = false;
    const before = bench.summaries.length;
    bench.records.outbox.connectionIsBack();
    expect(bench.records.outbox.summary()).toMatchObject({ drain: { done: 0, total: 20 } });
    await bench.pass(60);
    const done = bench.summaries.slice(before).flatMap(({ drain }) => (drain === null ? [] : [drain.done]));
    expect([...new Set(done)]).toEqual([...Array(20).keys()]);
    expect(bench.records.outbox.summary()).toMatchObject({ open: 0, drain: null });
    expect(ids.map((id) => bench.item(id)?.state)).toEqual(Array(20).fill('done'));
    expect(bench.service.calls.count('A016')).toBe(20);
  });

  it('are never more than two at a time for one service', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    askMany(bench, 8);
    await bench.pass(1);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    const busy = () =>
      bench.records.outbox.engine
        .entries()
        .filter(({ standing }) => ['PREFLIGHT', 'SENDING', 'RECONCILING'].includes(standing.state));
    const most: number[] = [];
    for (let step = 0; step < 200; step += 1) {
      await bench.clock.advance(50);
      most.push(busy().length);
    }
    expect(Math.max(...most)).toBe(2);
  });

  it('are counted as the disk has them at every moment (I13)', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    askMany(bench, 6);
    await bench.pass(1);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    for (let step = 0; step < 100; step += 1) {
      await bench.clock.advance(50);
      const [row] = bench.storage.all(
        "SELECT count(*) AS open FROM intent WHERE state NOT IN ('APPLIED', 'REJECTED', 'ABANDONED')",
      );
      expect(bench.records.outbox.summary().open).toBe(Number(row?.['open']));
    }
    expect(bench.records.outbox.summary().open).toBe(0);
  });

  it('go in their order, urgent ones first', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const ubrns = bench.world.findScene('bookable').slice(0, 5);
    for (const [n, ubrn] of ubrns.entries())
      bench.ask({ ...bookOf(bench.world, bench.world.referral(ubrn), 1, n), isUrgent: n === 3 });
    await bench.pass(1);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(20);
    const order = bench.service.calls.all.filter(({ id }) => id === 'A016').map(({ ubrn }) => ubrn);
    expect(order).toEqual([3, 0, 1, 2, 4].map((n) => ubrns[n]));
  });
});

describe('a session that ends in the middle of the queue', () => {
  it.each([0, 1, 2, 3, 5])('loses nothing and keeps the order, after %i reads', async (after) => {
    const { desk, network } = await openClerkDesk();
    await desk.signIn();
    const ubrns = bookable(desk).slice(0, 4);
    const commits = [];
    for (const [n, ubrn] of ubrns.entries()) commits.push((await reviewBooking(desk, ubrn, n)).commit);
    network.isDown = true;
    for (const commit of commits) await desk.must('booking/commit', commit);
    await pass(desk, 2);
    desk.service.faults.add({ on: { id: 'A005', after }, do: { kind: 'expire-credentials' } });
    network.isDown = false;
    await pass(desk, 30);
    expect(await desk.must('session/read-state', {})).toMatchObject({ status: 'ended' });
    const sent = desk.service.calls.count('A016', { status: 201 });
    await pass(desk, 30);
    expect(desk.service.calls.count('A016', { status: 201 })).toBe(sent);
    expect(sent).toBeLessThan(4);
    // Over the screen, or from the start.
    await (after > 2 ? desk.signIn() : desk.must('session/unlock', {}));
    await pass(desk, 20);
    expect((await items(desk)).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    const booked = desk.service.calls.all.filter(({ id, status }) => id === 'A016' && status === 201);
    expect(booked.map(({ ubrn }) => ubrn)).toEqual(ubrns);
  });
});

describe('the summary', () => {
  it('is pushed with every step, and counts what is open by what it means', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [one = '', two = ''] = bookable(desk);
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    await book(desk, one);
    await pass(desk, 3);
    expect(summaries(desk).at(-1)).toMatchObject({ open: 1, unknown: 1, needsClerk: 0, waiting: 0 });
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'version-bump' } });
    await book(desk, two);
    await pass(desk, 3);
    expect(summaries(desk).at(-1)).toMatchObject({ open: 2, unknown: 1, needsClerk: 1, waiting: 0 });
  });

  it('is of nobody while nobody is signed in, and says so to the screens', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    bench.ask(deferOf(bench.find('no-slots')));
    bench.seat(null);
    expect(bench.records.outbox.summary()).toMatchObject({ open: 0, canWrite: true });
    bench.seat({ ...OWNER, userId: ME });
    expect(bench.summaries.at(-1)).toMatchObject({ open: 1 });
  });

  it('alerts the team at 17:00 while something is open, and not when all is done', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(deferOf(bench.find('no-slots')));
    await bench.pass(1);
    expect(bench.records.outbox.summary().isPastDayEnd).toBe(false);
    const before = bench.summaries.length;
    for (let minute = 0; minute < 24 * 60; minute += 10) await bench.clock.advance(600_000);
    expect(bench.summaries.slice(before).some(({ isPastDayEnd }) => isPastDayEnd)).toBe(true);
    bench.keys.withdraw({ intentId, reason: 'other' });
    expect(bench.records.outbox.summary()).toMatchObject({ open: 0, isPastDayEnd: false });
  });
});

describe('old items', () => {
  it('are removed after thirty days, and never while they are open', async () => {
    const first = await openOutboxBench();
    const done = first.ask(bookOf(first.world, first.find('bookable'))).intentId;
    await first.pass(5);
    first.place.isOffline = true;
    const open = first.ask(bookOf(first.world, first.find('bookable', 1))).intentId;
    await first.pass(1);
    for (let day = 0; day < 29; day += 1) await first.clock.advance(24 * 3_600_000);
    expect(first.records.store.read(done)).not.toBeNull();
    for (let day = 0; day < 2; day += 1) await first.clock.advance(24 * 3_600_000);
    expect(first.records.store.read(done)).toBeNull();
    expect(first.records.store.read(open)).not.toBeNull();
    expect(first.logged.join()).toContain('"outbox-pruned","count":1');
  });

  it('stay where they cannot be removed, and the log says so', async () => {
    const bench = await openOutboxBench();
    bench.storage.run('DELETE FROM lease');
    await bench.clock.advance(24 * 3_600_000);
    expect(bench.logged.join()).toContain('"outbox-not-pruned","reason":"lease-lost"');
  });

  it('are looked at no more after the stop', async () => {
    const bench = await openOutboxBench();
    bench.records.outbox.stop();
    bench.storage.run('DELETE FROM lease');
    await bench.clock.advance(48 * 3_600_000);
    expect(bench.logged.join()).not.toContain('outbox-not-pruned');
  });
});
