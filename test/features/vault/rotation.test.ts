import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../../src-main/app/ports.ts';
import { parseRing } from '../../../src-main/features/vault/ring.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { addRecord, findRecord, mustOpen, newRecords, payloadOf, resealRecords } from './records.ts';
import { createShelf, type CrashMoment, type Shelf } from './shelf.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MOMENTS: readonly CrashMoment[] = ['before its effect', 'after its effect'];

let [shelf, storage, clock] = [] as unknown as [Shelf, Storage, ManualClock];
beforeEach(() => {
  [shelf, storage, clock] = [createShelf(), newRecords(), createManualClock()];
});
const open = () => mustOpen(shelf.secrets, storage, clock);

describe('a rotation', () => {
  it('seals with the new key, opens with both, and finds by the same tags', async () => {
    const vault = await open();
    addRecord(storage, vault, 1);
    expect(await vault.rotateKey()).toEqual({ ok: true, value: undefined });
    addRecord(storage, vault, 2);
    const again = await open();
    for (const each of [vault, again]) {
      expect(findRecord(storage, each, 1)).toEqual({ row: 1 });
      expect(findRecord(storage, each, 2)).toEqual({ row: 2 });
      expect(each.oldKeys()).toHaveLength(1);
    }
    expect(payloadOf(storage, 1).subarray(0, 36)).not.toEqual(payloadOf(storage, 2).subarray(0, 36));
  });

  it('lets every record be sealed again once, and then the old key be dropped', async () => {
    const vault = await open();
    addRecord(storage, vault, 1);
    await vault.rotateKey();
    addRecord(storage, vault, 2);
    const [old = ''] = vault.oldKeys();
    expect(await vault.dropKey(old)).toMatchObject({
      problem: { code: 'key-in-use', facts: { records: 1 } },
    });
    expect(resealRecords(storage, vault)).toBe(1);
    expect(resealRecords(storage, vault)).toBe(0);
    expect(Object.keys(await shelf.list())).toContain(`record-key-${old}`);
    expect(await vault.dropKey(old)).toEqual({ ok: true, value: undefined });
    expect(Object.keys(await shelf.list())).not.toContain(`record-key-${old}`);
    for (const each of [vault, await open()]) {
      expect(each.oldKeys()).toEqual([]);
      expect(findRecord(storage, each, 1)).toEqual({ row: 1 });
    }
  });

  it('never drops the key that seals, and lets a damaged record be', async () => {
    const vault = await open();
    addRecord(storage, vault, 1);
    const current = Buffer.from(payloadOf(storage, 1)).toString('utf8', 4, 36);
    storage.run('DELETE FROM record');
    expect(await vault.dropKey(current)).toMatchObject({ problem: { code: 'key-in-use' } });
    addRecord(storage, vault, 1);
    await vault.rotateKey();
    const damaged = Buffer.from(payloadOf(storage, 1)).fill(7, 100, 101);
    expect(vault.reseal('record|1', damaged)).toBeNull();
    expect(vault.reseal('record|2', payloadOf(storage, 1))).toBeNull();
    expect(vault.reseal('record|1', new Uint8Array(9))).toBeNull();
  });

  it('of two at the same time loses no key', async () => {
    const vault = await open();
    addRecord(storage, vault, 1);
    await Promise.all([vault.rotateKey(), vault.rotateKey()]);
    addRecord(storage, vault, 2);
    const again = await open();
    expect(again.oldKeys()).toHaveLength(2);
    expect(findRecord(storage, again, 1)).toEqual({ row: 1 });
    expect(findRecord(storage, again, 2)).toEqual({ row: 2 });
  });

  it('comes by itself when the key is older than 90 days, not before', async () => {
    addRecord(storage, await open(), 1);
    clock.setWallClock(clock.nowMs() + 90 * DAY_MS - 1000);
    const young = await open();
    expect([young.startRotation, young.oldKeys()]).toEqual([null, []]);
    clock.setWallClock(clock.nowMs() + 2000);
    const due = await open();
    expect(due.startRotation).toEqual({ ok: true, value: undefined });
    expect(due.oldKeys()).toHaveLength(1);
    expect(findRecord(storage, due, 1)).toEqual({ row: 1 });
    expect((await open()).startRotation).toBeNull();
  });

  it('that fails leaves the key before at work', async () => {
    addRecord(storage, await open(), 1);
    clock.setWallClock(clock.nowMs() + 91 * DAY_MS);
    const secrets = { ...shelf.secrets, write: shelf.dieAt(1, 'before its effect').secrets.write };
    const vault = await mustOpen(secrets, storage, clock);
    expect(vault.startRotation).toMatchObject({ ok: false, problem: { code: 'no-keyring' } });
    addRecord(storage, vault, 2);
    expect(findRecord(storage, await open(), 2)).toEqual({ row: 2 });
  });

  it('stops before the ring is too long for Windows', async () => {
    const vault = await open();
    let rotated = await vault.rotateKey();
    while (rotated.ok) rotated = await vault.rotateKey();
    expect(rotated).toMatchObject({ problem: { code: 'key-ring-full' } });
    expect(vault.oldKeys()).toHaveLength(31);
    const lengths = Object.values(await shelf.list()).map((hex) => hex.length / 2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2560);
    addRecord(storage, vault, 1);
    expect(findRecord(storage, await open(), 1)).toEqual({ row: 1 });
  });
});

/** Every call of a piece of work dies once, at both moments; then a new process must find everything in order. */
async function crashEverywhere(
  prepare: () => Promise<void>,
  work: (secrets: Shelf['secrets']) => Promise<unknown>,
  rows: readonly number[],
): Promise<number> {
  for (let call = 1; ; call += 1) {
    for (const moment of MOMENTS) {
      [shelf, storage] = [createShelf(), newRecords()];
      await prepare();
      const dying = shelf.dieAt(call, moment);
      await work(dying.secrets);
      if (!dying.hasDied()) return call - 1;
      const where = `call ${call}, ${moment}`;
      const vault = await open();
      rows.forEach((row) => expect(findRecord(storage, vault, row), where).toEqual({ row }));
      addRecord(storage, vault, 100);
      const next = await open();
      [...rows, 100].forEach((row) => expect(findRecord(storage, next, row), where).toEqual({ row }));
    }
  }
}

/** The keys that the ring lists and the keyring does not hold. */
async function findUnkept(): Promise<string[]> {
  const kept = await shelf.list();
  const ring = parseRing(Buffer.from(kept['record-key-ring'] ?? '', 'hex'));
  return (ring?.kids ?? []).map(({ id }) => `record-key-${id}`).filter((name) => !(name in kept));
}

describe('a crash at any call to the keyring', () => {
  it('leaves a first start to be done again', async () => {
    const calls = await crashEverywhere(
      async () => undefined,
      (secrets) => openVault(secrets, storage, clock),
      [],
    );
    expect(calls).toBeGreaterThan(5);
  });

  it('leaves every record readable when it comes in a rotation', async () => {
    const rotate = async (secrets: Shelf['secrets']) => {
      clock.setWallClock(clock.nowMs() + 91 * DAY_MS);
      const opened = await openVault(secrets, storage, clock);
      expect(await findUnkept()).toEqual([]);
      if (opened.ok) addRecord(storage, opened.value, 2);
      else addRecord(storage, await mustOpen(shelf.secrets, storage, createManualClock(0)), 2);
    };
    const prepare = async () => addRecord(storage, await open(), 1);
    expect(await crashEverywhere(prepare, rotate, [1, 2])).toBeGreaterThan(5);
  });

  it('leaves every record readable when it comes in a drop, which then can be done again', async () => {
    let old = '';
    const prepare = async () => {
      const vault = await open();
      addRecord(storage, vault, 1);
      await vault.rotateKey();
      resealRecords(storage, vault);
      old = vault.oldKeys()[0] ?? '';
    };
    const drop = async (secrets: Shelf['secrets']) => {
      const opened = await openVault(secrets, storage, clock);
      if (opened.ok) await opened.value.dropKey(old);
      const vault = await open();
      if (vault.oldKeys().length > 0) expect(await vault.dropKey(old)).toMatchObject({ ok: true });
      expect(Object.keys(await shelf.list())).not.toContain(`record-key-${old}`);
    };
    expect(await crashEverywhere(prepare, drop, [1])).toBeGreaterThan(5);
  });
});
