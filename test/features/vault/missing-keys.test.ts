import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../../src-main/app/ports.ts';
import { countRecords, countSealedWith } from '../../../src-main/features/vault/sealed-records.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { addRecord, findRecord, mustOpen, newRecords, payloadOf } from './records.ts';
import { createShelf, type Shelf } from './shelf.ts';

const clock = createManualClock();
let [shelf, storage] = [] as unknown as [Shelf, Storage];
let [oldKey, currentKey] = ['', ''];

const open = () => mustOpen(shelf.secrets, storage, clock);
const keyOf = (row: number) => Buffer.from(payloadOf(storage, row)).toString('utf8', 4, 36);

/** A desk after a rotation: two records under the old key, one under the current one. */
beforeEach(async () => {
  [shelf, storage] = [createShelf(), newRecords()];
  const vault = await open();
  [1, 2].forEach((row) => addRecord(storage, vault, row));
  await vault.rotateKey();
  addRecord(storage, vault, 3);
  [oldKey, currentKey] = [keyOf(1), keyOf(3)];
});

/** Opening fails, and changes neither the database nor the keyring. */
async function expectClosed(code: string, facts: object): Promise<void> {
  const before = [await shelf.list(), storage.all('SELECT * FROM record')];
  const closed = await openVault(shelf.secrets, storage, clock);
  expect(closed).toMatchObject({ ok: false, problem: { kind: 'writes-off', code, facts } });
  expect([await shelf.list(), storage.all('SELECT * FROM record')]).toEqual(before);
}

describe('the vault stays closed, and all is kept, when', () => {
  it.each([
    ['an old key is gone', () => `record-key-${oldKey}`, 2],
    ['the current key is gone', () => `record-key-${currentKey}`, 1],
    ['the key of the tags is gone', () => 'record-tag-key', 3],
    ['the ring is gone', () => 'record-key-ring', 3],
  ])('%s', async (_what, name, records) => {
    await shelf.secrets.remove(name());
    await expectClosed('key-missing', { records });
  });

  it.each([
    ['torn', '{"version":1,"current":"'],
    ['of a later version', '{"version":2}'],
    ['no object', '7'],
    ['without its current key', JSON.stringify({ version: 1, current: 'x', kids: [] })],
    ['with a foreign name', JSON.stringify({ version: 1, current: 'x', kids: [{ id: 'x', madeAtMs: 1 }] })],
  ])('the ring is %s', async (_what, text) => {
    await shelf.secrets.write('record-key-ring', Buffer.from(text));
    await expectClosed('key-damaged', {});
  });

  it('the keyring is of another desk', async () => {
    const other = createShelf();
    await mustOpen(other.secrets, newRecords(), clock);
    shelf = other;
    await expectClosed('key-missing', { records: 3 });
  });

  it('a key is torn', async () => {
    await shelf.secrets.write(`record-key-${oldKey}`, new Uint8Array(31));
    await expectClosed('key-damaged', {});
  });

  it('the keyring answers no more after the ring was read', async () => {
    for (let call = 1; call <= 4; call += 1) {
      const dying = shelf.dieAt(call, 'before its effect');
      expect(await openVault(dying.secrets, storage, clock)).toMatchObject({
        problem: { code: 'no-keyring' },
      });
    }
  });
});

describe('a missing key that sealed nothing', () => {
  it('does not keep the desk from writing', async () => {
    storage.run('DELETE FROM record WHERE row < 3');
    await shelf.secrets.remove(`record-key-${oldKey}`);
    expect(findRecord(storage, await open(), 3)).toEqual({ row: 3 });
  });

  it('is followed by a new one when it was the current key', async () => {
    storage.run('DELETE FROM record WHERE row = 3');
    await shelf.secrets.remove(`record-key-${currentKey}`);
    const vault = await open();
    addRecord(storage, vault, 4);
    expect([oldKey, currentKey]).not.toContain(keyOf(4));
    const next = await open();
    [1, 2, 4].forEach((row) => expect(findRecord(storage, next, row)).toEqual({ row }));
  });
});

it('counts in every table that holds bytes, and tells keys apart', () => {
  storage.run('CREATE TABLE other (name TEXT, sealed BLOB) STRICT');
  storage.run('CREATE TABLE plain (name TEXT) STRICT');
  storage.run("INSERT INTO plain VALUES ('a')");
  storage.run("INSERT INTO other VALUES ('a', ?)", payloadOf(storage, 3));
  storage.run("INSERT INTO other VALUES ('b', NULL)");
  expect(countRecords(storage)).toBe(5);
  expect([countSealedWith(storage, oldKey), countSealedWith(storage, currentKey)]).toEqual([2, 2]);
});
