/** After a change of key: what is kept is sealed anew in small steps, and the old key goes when nothing names it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { OLD_KEY_KEPT_MS, startResealing } from '../../../src-main/features/vault/resealing.ts';
import type { SealedTable } from '../../../src-main/features/vault/reseal-rows.ts';
import type { RotatingVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { addRecord, findRecord, mustOpen, newRecords } from './records.ts';
import { createShelf, type Shelf } from './shelf.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const ROWS = 45;
const TABLE: SealedTable = {
  name: 'record',
  columns: [{ name: 'payload', contextsOf: (row) => ['record|0', `record|${Number(row['row'])}`] }],
};

let [shelf, storage, clock] = [] as unknown as [Shelf, Storage, ManualClock];
let logged: string[] = [];
beforeEach(() => {
  [shelf, storage, clock, logged] = [createShelf(), newRecords(), createManualClock(), []];
});

interface Conditions {
  readonly isIdle?: () => boolean;
  readonly assertHeld?: () => void;
  readonly storage?: Storage;
}

function start(vault: RotatingVault, { isIdle = () => true, ...rest }: Conditions = {}) {
  return startResealing({
    ...{ storage, vault, tables: [TABLE], clock, isIdle, assertHeld: () => undefined },
    log: { write: (_level, event) => void logged.push(event) },
    ...rest,
  });
}

async function withRecords(): Promise<RotatingVault> {
  const vault = await mustOpen(shelf.secrets, storage, clock);
  for (let row = 1; row <= ROWS; row += 1) addRecord(storage, vault, row);
  return vault;
}

const namedBy = (keyId: string) =>
  Number(
    storage.all(
      'SELECT count(*) AS found FROM record WHERE substr(payload, 5, 32) = ?',
      Buffer.from(keyId),
    )[0]?.['found'],
  );

async function expectAllThere(): Promise<RotatingVault> {
  const vault = await mustOpen(shelf.secrets, storage, clock);
  for (let row = 1; row <= ROWS; row += 1) expect(findRecord(storage, vault, row)).toEqual({ row });
  return vault;
}

describe('a change of key', () => {
  it('on demand has every record sealed anew, and the old key goes a month later', async () => {
    const vault = await withRecords();
    const resealing = start(vault);
    await vault.rotateKey();
    const [old = ''] = vault.oldKeys();
    resealing.noteKeyChanged();
    await clock.advance(5_000);
    expect([namedBy(old), namedBy(vault.keyId())]).toEqual([0, ROWS]);
    expect(vault.oldKeys()).toEqual([old]);
    await clock.advance(OLD_KEY_KEPT_MS + DAY_MS);
    expect(vault.oldKeys()).toEqual([]);
    expect(Object.keys(await shelf.list())).not.toContain(`record-key-${old}`);
    expect(logged).toEqual(['records-resealed', 'record-key-dropped']);
    await expectAllThere();
    resealing.stop();
  });

  it('comes by itself after 90 days, also where the desk is never restarted', async () => {
    const vault = await withRecords();
    const first = vault.keyId();
    const resealing = start(vault);
    await clock.advance(91 * DAY_MS);
    expect(vault.keyId()).not.toBe(first);
    expect(namedBy(first)).toBe(0);
    expect(logged).toContain('record-key-changed');
    resealing.stop();
  });

  it('waits while somebody waits for an answer', async () => {
    const vault = await withRecords();
    let isIdle = false;
    await vault.rotateKey();
    const [old = ''] = vault.oldKeys();
    const resealing = start(vault, { isIdle: () => isIdle });
    await clock.advance(10 * 60_000);
    expect(namedBy(old)).toBe(ROWS);
    isIdle = true;
    await clock.advance(60_000);
    expect(namedBy(old)).toBe(0);
    resealing.stop();
  });

  it('keeps the key of what does not open any more, and of what is not sealed anew', async () => {
    const vault = await withRecords();
    storage.run('CREATE TABLE chained (entry BLOB NOT NULL) STRICT');
    storage.run('INSERT INTO chained VALUES (?)', vault.seal('chained|1', 1));
    await vault.rotateKey();
    const [old = ''] = vault.oldKeys();
    const resealing = start(vault);
    await clock.advance(OLD_KEY_KEPT_MS + 2 * DAY_MS);
    expect(vault.oldKeys()).toEqual([old]);
    storage.run('DELETE FROM chained');
    await clock.advance(2 * DAY_MS);
    expect(vault.oldKeys()).toEqual([]);
    resealing.stop();
  });

  it('is left to the newer instance where the database has been taken over', async () => {
    const vault = await withRecords();
    await vault.rotateKey();
    const [old = ''] = vault.oldKeys();
    const assertHeld = () => {
      throw new StorageFault('lease-lost', undefined);
    };
    const resealing = start(vault, { assertHeld });
    await clock.advance(DAY_MS);
    expect(namedBy(old)).toBe(ROWS);
    expect(logged).toEqual(['resealing-put-off']);
    resealing.stop();
  });

  it('of another process keeps this one from writing an older ring over it', async () => {
    const vault = await withRecords();
    const other = await mustOpen(shelf.secrets, storage, clock);
    await other.rotateKey();
    expect(await vault.rotateKey()).toMatchObject({ problem: { code: 'key-ring-changed' } });
    addRecord(storage, other, 100);
    const again = await expectAllThere();
    expect(findRecord(storage, again, 100)).toEqual({ row: 100 });
  });
});

/** A disk that ends with the process at its n-th statement that writes; what is not committed by then never was. */
function diskThatDies(at: number): { readonly storage: Storage; readonly hasDied: () => boolean } {
  let writes = 0;
  const dead = () => writes >= at;
  const alive = <T>(work: () => T): T => {
    if (dead()) throw new StorageFault('io', undefined);
    return work();
  };
  return {
    hasDied: dead,
    storage: {
      ...storage,
      run(sql, ...values) {
        writes += 1;
        alive(() => storage.run(sql, ...values));
      },
      all: (sql, ...values) => alive(() => storage.all(sql, ...values)),
      transaction: (work) => alive(() => storage.transaction(work)),
    },
  };
}

describe('a crash', () => {
  it('at any row leaves every record whole, and the next start goes on', async () => {
    for (let at = 1; ; at += 9) {
      [shelf, storage, clock] = [createShelf(), newRecords(), createManualClock()];
      const vault = await withRecords();
      await vault.rotateKey();
      const dying = diskThatDies(at);
      const first = start(vault, { storage: dying.storage });
      await clock.advance(120_000);
      first.stop();
      const next = await expectAllThere();
      const [old = ''] = next.oldKeys();
      const second = start(next);
      await clock.advance(120_000);
      expect(namedBy(old), `write ${at}`).toBe(0);
      second.stop();
      if (!dying.hasDied()) return;
    }
  });

  it('at any call to the keyring while the old key goes loses no record', async () => {
    for (let call = 1; ; call += 1) {
      for (const moment of ['before its effect', 'after its effect'] as const) {
        [shelf, storage, clock] = [createShelf(), newRecords(), createManualClock()];
        await (await withRecords()).rotateKey();
        const dying = shelf.dieAt(call, moment);
        // The start reads the ring and both keys before it can die at what this is about.
        const opened = await mustOpen(dying.secrets, storage, clock).catch(() => null);
        const first = opened === null ? null : start(opened);
        await clock.advance(OLD_KEY_KEPT_MS + 3 * DAY_MS);
        first?.stop();
        const next = await expectAllThere();
        const second = start(next);
        await clock.advance(OLD_KEY_KEPT_MS + 3 * DAY_MS);
        expect(next.oldKeys(), `call ${call}, ${moment}`).toEqual([]);
        second.stop();
        await expectAllThere();
        if (!dying.hasDied()) return;
      }
    }
  });
});
