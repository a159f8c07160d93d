/** Asking for a write: durable before anything else, one at a time per referral (safety.md step 1). */
import { describe, expect, it } from 'vitest';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { COLLEAGUE, mustBe, openOutboxBench, OWNER, type OutboxBench } from '../../support/outbox-bench.ts';
import { bookOf, deferOf, letterOf } from '../../support/world-intents.ts';
import { ownerKey } from '../../../src-main/features/outbox/owner.ts';
import { newStanding } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';

const tryAsk = (bench: OutboxBench, intent: Intent) => {
  if (bench.place.desk === null) throw new Error('nobody is at the desk');
  return bench.records.outbox.ask(bench.place.desk, intent);
};

describe('what is asked for', () => {
  it('is on disk with its audit row when the answer comes, and nothing has gone out', async () => {
    const bench = await openOutboxBench();
    const intent = bookOf(bench.world, bench.find('bookable'));
    const item = bench.ask(intent);
    expect(item).toMatchObject({ intentId: intent.intentId, state: 'queued', attempt: 0 });
    expect(bench.records.store.read(intent.intentId)).toMatchObject({ stored: { state: 'QUEUED' } });
    expect(bench.audit.read().at(-1)?.entry).toMatchObject({ type: 'Outbox book QUEUED' });
    expect(bench.service.calls.all).toEqual([]);
  });

  it('leaves a trail of every step that verifies (I10)', async () => {
    const bench = await openOutboxBench();
    bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(5);
    const types = bench.audit.read().map(({ entry }) => entry.type);
    expect(types).toEqual(
      ['QUEUED', 'PREFLIGHT', 'SENDING', 'RECONCILING', 'APPLIED'].map((state) => `Outbox book ${state}`),
    );
    expect(bench.audit.verify()).toMatchObject({ ok: true });
  });

  it('is told in its order: queued, checking, sending, confirming, done', async () => {
    const bench = await openOutboxBench();
    bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(5);
    expect(bench.items.map(({ state }) => state)).toEqual([
      'queued',
      'checking',
      'sending',
      'confirming',
      'done',
    ]);
    expect(bench.summaries.at(-1)).toMatchObject({ open: 0 });
  });

  it('is not asked for a second time while the first is not settled, whoever asks', async () => {
    const bench = await openOutboxBench();
    const referral = bench.find('bookable');
    bench.place.isOffline = true;
    bench.ask(bookOf(bench.world, referral));
    await bench.pass(1);
    expect(tryAsk(bench, bookOf(bench.world, referral))).toMatchObject({
      problem: { code: 'booking-not-settled' },
    });
    bench.seat(COLLEAGUE);
    expect(tryAsk(bench, deferOf(referral))).toMatchObject({ problem: { code: 'booking-not-settled' } });
    expect(bench.records.outbox.isUnsettled(referral.ubrn)).toBe(true);
  });

  it('may follow a letter that was asked for, and a letter may follow it', async () => {
    const bench = await openOutboxBench();
    const referral = bench.find('bookable');
    bench.place.isOffline = true;
    bench.ask(letterOf(referral));
    expect(bench.records.outbox.isUnsettled(referral.ubrn)).toBe(false);
    bench.ask(bookOf(bench.world, referral));
    bench.ask(letterOf(referral));
    expect(bench.records.outbox.summary()).toMatchObject({ open: 3 });
  });
});

describe('a new review of a referral whose item needs the clerk', () => {
  async function conflicting(bench: OutboxBench) {
    const referral = bench.find('bookable');
    const stale = bookOf(bench.world, referral);
    bench.world.touch(referral.ubrn);
    bench.ask(stale);
    await bench.pass(5);
    expect(bench.item(stale.intentId)).toMatchObject({ state: 'conflict' });
    return { stale, referral: bench.world.referral(referral.ubrn) };
  }

  it('takes its place: the old one is withdrawn, the new one is sent', async () => {
    const bench = await openOutboxBench();
    const { stale, referral } = await conflicting(bench);
    const again = bench.ask(bookOf(bench.world, referral));
    await bench.pass(5);
    expect(bench.item(stale.intentId)).toMatchObject({ state: 'withdrawn', code: 'redone' });
    expect(bench.item(again.intentId)).toMatchObject({ state: 'done' });
  });

  it("leaves a colleague's item as it is, and is not held up by it", async () => {
    const bench = await openOutboxBench();
    const { stale, referral } = await conflicting(bench);
    bench.seat(COLLEAGUE);
    const again = bench.ask(bookOf(bench.world, referral));
    await bench.pass(5);
    expect(bench.item(again.intentId)).toMatchObject({ state: 'done' });
    bench.seat(OWNER);
    expect(bench.item(stale.intentId)).toMatchObject({ state: 'conflict' });
  });

  it('is refused while the old one may still take effect', async () => {
    const bench = await openOutboxBench();
    const referral = bench.find('no-slots');
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'status', status: 409 } });
    const { intentId } = bench.ask(deferOf(referral));
    await bench.pass(5);
    expect(bench.item(intentId)).toMatchObject({ state: 'conflict', code: 'refused-as-stale' });
    expect(tryAsk(bench, deferOf(referral))).toMatchObject({ problem: { code: 'may-still-happen' } });
    await bench.pass(205);
    expect(tryAsk(bench, deferOf(referral)).ok).toBe(true);
  });

  it('is judged by the disk where the engine has the old one no more', async () => {
    const bench = await openOutboxBench();
    const referral = bench.find('bookable');
    const { intentId } = bench.records.store.add(OWNER, bookOf(bench.world, referral), () => {}).intent;
    bench.records.store.change(
      intentId,
      { state: 'NEEDS_CLERK', code: 'not-done', attempt: 1, choice: 0 },
      () => {},
    );
    expect(tryAsk(bench, bookOf(bench.world, referral))).toMatchObject({
      problem: { code: 'may-still-happen' },
    });
  });

  it('is judged by the disk after a restart, too', async () => {
    const first = await openOutboxBench();
    const { stale, referral } = await conflicting(first);
    first.records.outbox.stop();
    const bench = await openOutboxBench({ before: first });
    expect(bench.item(stale.intentId)).toMatchObject({ state: 'conflict' });
    bench.ask(bookOf(bench.world, referral));
    expect(bench.item(stale.intentId)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('what cannot be kept', () => {
  it.each([
    ['the disk is full', new StorageFault('disk-full', null), 'not-saved-disk-full'],
    ['something else breaks', new TypeError('names a patient'), 'not-saved-TypeError'],
  ])('is said to be not saved when %s, and is not there', async (_why, error, code) => {
    const whole = openSqliteStorage(':memory:');
    let isFailing = false;
    const storage: Storage = {
      ...whole,
      run(sql, ...values) {
        if (isFailing && sql.startsWith('INSERT INTO intent')) throw error;
        whole.run(sql, ...values);
      },
    };
    const bench = await openOutboxBench({ storage });
    isFailing = true;
    const intent = bookOf(bench.world, bench.find('bookable'));
    expect(tryAsk(bench, intent)).toMatchObject({ ok: false, problem: { kind: 'writes-off', code } });
    await bench.pass(5);
    expect(bench.records.store.read(intent.intentId)).toBeNull();
    expect(bench.service.calls.all).toEqual([]);
  });

  it('is no answer that e-RS gave: a row that cannot be shown is booked all the same', async () => {
    const whole = openSqliteStorage(':memory:');
    let isBlind = false;
    const storage: Storage = {
      ...whole,
      all(sql, ...values) {
        if (isBlind && sql.includes('FROM intent WHERE id')) throw new StorageFault('io', null);
        return whole.all(sql, ...values);
      },
    };
    const bench = await openOutboxBench({ storage });
    const referral = bench.find('bookable');
    bench.ask(bookOf(bench.world, referral));
    isBlind = true;
    await bench.pass(5);
    expect(bench.world.appointmentOf(referral.ubrn)?.status).toBe('booked');
    expect(bench.logged.join()).toContain('intent-not-shown');
  });
});

describe('an intent that nobody wrote down', () => {
  it('is never acted on: there is no row to record its steps in', async () => {
    const bench = await openOutboxBench();
    const { engine } = bench.records.outbox;
    const place = { order: 1, line: 'x', service: '', owner: ownerKey(OWNER), isUrgent: false };
    engine.take({
      intentId: 'unheard-of',
      ...place,
      standing: newStanding('book', 1, bench.clock.monotonicMs()),
    });
    engine.pump();
    expect(engine.entry('unheard-of')).toMatchObject({ isStalled: true });
    await bench.pass(31);
    expect(engine.entry('unheard-of')).toBeNull();
    expect(bench.items).toEqual([]);
    expect(bench.service.calls.all).toEqual([]);
  });
});

describe('a missing If-Match or mandatory datum (412)', () => {
  it('is our defect: the action is switched off, also for what waits, the others go on', async () => {
    const bench = await openOutboxBench();
    const body = { kind: 'status', status: 412, body: null } as const;
    bench.service.faults.add({ on: { id: 'A016' }, do: body });
    const first = bench.ask(bookOf(bench.world, bench.find('bookable')));
    const behind = bench.ask(bookOf(bench.world, bench.find('bookable', 1)));
    bench.seat(null);
    await bench.pass(1);
    bench.seat(OWNER);
    await bench.pass(20);
    expect(bench.item(first.intentId)).toMatchObject({ state: 'refused', code: 'http-412' });
    const calls = bench.service.calls.count('A016');
    expect(tryAsk(bench, bookOf(bench.world, bench.find('bookable', 2)))).toMatchObject({
      problem: { kind: 'rejected', code: 'action-switched-off' },
    });
    await bench.pass(20);
    expect(bench.service.calls.count('A016')).toBe(calls);
    expect(mustBe(bench.keys.readItems()).items.some(({ intentId }) => intentId === behind.intentId)).toBe(
      true,
    );
    const deferral = bench.ask(letterOf(bench.find('booked')));
    await bench.pass(5);
    expect(bench.item(deferral.intentId)).toMatchObject({ code: 'letter-ready' });
  });
});
