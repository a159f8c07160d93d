/** The right to write: the newest start of a desk has it (attack S39). */
import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import { StorageFault } from '../../../src-main/app/ports.ts';
import { takeLease } from '../../../src-main/features/outbox/lease.ts';
import { makeBook, OWNER } from '../../support/intents.ts';
import { openOutboxBench } from '../../support/outbox-bench.ts';
import { openStoreBench } from '../../support/store-bench.ts';
import { bookOf } from '../../support/world-intents.ts';

const nothing = () => {};

describe('the lease', () => {
  it('goes to whoever opens last', () => {
    const storage = openSqliteStorage(':memory:');
    upgradeDatabase(storage);
    const first = takeLease(storage);
    expect(() => first.assertHeld()).not.toThrow();
    const second = takeLease(storage);
    expect(() => second.assertHeld()).not.toThrow();
    expect(() => first.assertHeld()).toThrow(StorageFault);
    expect(() => first.assertHeld()).toThrow('lease-lost');
  });

  it('is lost with its row', () => {
    const storage = openSqliteStorage(':memory:');
    upgradeDatabase(storage);
    const lease = takeLease(storage);
    storage.run('DELETE FROM lease');
    expect(() => lease.assertHeld()).toThrow('lease-lost');
  });
});

describe('an older start, once a newer one has the desk', () => {
  it('reads, and writes nothing more', async () => {
    const older = await openStoreBench();
    const { intentId } = older.store.add(OWNER, makeBook(), nothing).intent;
    const newer = await openStoreBench(older);
    expect(() => older.store.add(OWNER, makeBook(), nothing)).toThrow('lease-lost');
    expect(() =>
      older.store.change(intentId, { state: 'SENDING', code: '', attempt: 1, choice: 0 }, nothing),
    ).toThrow('lease-lost');
    expect(() => older.store.prune('9999')).toThrow('lease-lost');
    expect(older.store.count(OWNER)).toEqual(newer.store.count(OWNER));
    expect(newer.store.read(intentId)).toMatchObject({ stored: { state: 'QUEUED' } });
  });

  it('takes nothing new, and sends nothing that it had', async () => {
    const older = await openOutboxBench();
    older.place.isOffline = true;
    const { intentId } = older.ask(bookOf(older.world, older.find('bookable')));
    await older.pass(1);
    const newer = await openOutboxBench({ before: older });
    const { desk } = older.place;
    if (desk === null) throw new Error('nobody is at the desk');
    expect(older.records.outbox.ask(desk, bookOf(older.world, older.find('bookable', 1)))).toMatchObject({
      ok: false,
      problem: { kind: 'writes-off', code: 'not-saved-lease-lost' },
    });
    older.place.isOffline = false;
    older.records.outbox.connectionIsBack();
    await older.pass(120);
    expect(older.service.calls.count('A016')).toBe(0);
    expect(older.item(intentId)).toMatchObject({ state: 'waiting', code: 'disk-fault' });
    expect(newer.item(intentId)).toMatchObject({ code: expect.not.stringContaining('disk') as string });
  });
});
