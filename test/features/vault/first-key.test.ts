import { beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { mustOpen, newRecords, resealRecords, addRecord, findRecord } from './records.ts';
import { createShelf, type CrashMoment } from './shelf.ts';

/** The single secret of a database from before the ring, and what was sealed and tagged with it then. */
const FIRST_SECRET = Uint8Array.from({ length: 48 }, (_, index) => index + 1);
const FIRST_ID = Buffer.from(FIRST_SECRET.subarray(0, 16)).toString('hex');
const SEALED = Buffer.from(
  'QlEBIDAxMDIwMzA0MDUwNjA3MDgwOTBhMGIwYzBkMGUwZjEwwGlkoJENJkz5vxP6mvgqOxU02h+1nM9zl6T5lYhOK6AWfUA8fJgyZ8LvyPIl' +
    'FIwQVhOXQy4xCXlPKxLsoU39yRzHKi6Rmh2BWgkrZNbzsnu5z5bd/OVKjjPfHuES2udbJnqUzo8VO908EIWB1xjVaUDWtendfWU69tu9yqRa' +
    'uhfVS2nARUsuK1NUVLLZtaiXpv4Q4LkcEfoF3qqUK8S+RvQ+mAwtFU2Ld8ZFlu3FMsyc6beH1gCWTf3yH8BgwDDY/wNzllg0wkRd493aSUhq' +
    'a9vwOMbvj/+YNDwE8obFU9zM02SotPSdBugy6QBnfXpmtqpxGJAqbP06nqUoOFEeMSZ0XeRlpi/8hUQk0zRkWAQlak5SQam28AMEE1treA43' +
    'Bb7ujr/cnb9GCkynGRS1yZGNyhtDmmS3Q7SGHA0aR3tzJNy8WNNv4ITG/irJVLnHhGwaYPWEoS8=',
  'base64',
);
const TAG = '843ee6c970f4d5f8092404af7a651a19aa9e52f5a7aeb20c9193b4e8ba3b667b';

const clock = createManualClock();
let [shelf, storage] = [createShelf(), newRecords()];

async function makeOldDesk() {
  [shelf, storage] = [createShelf(), newRecords()];
  await shelf.secrets.write('record-key', FIRST_SECRET);
  storage.run('INSERT INTO record VALUES (1, ?, ?)', Buffer.from(TAG, 'hex'), SEALED);
}
beforeEach(makeOldDesk);

const open = () => mustOpen(shelf.secrets, storage, clock);
const opened = { ok: true, value: { ubrn: '000000070001' } };

describe('a database from before the key ring', () => {
  it('opens, with the same tags, and its key is the first of the ring', async () => {
    for (const vault of [await open(), await open()]) {
      expect(vault.open('intent|1|555', SEALED)).toEqual(opened);
      expect(Buffer.from(vault.tag('ubrn', '000000070001')).toString('hex')).toBe(TAG);
      expect(vault.reseal('intent|1|555', SEALED)).toBeNull();
    }
    expect(Object.keys(await shelf.list())).toEqual([
      'record-key',
      `record-key-${FIRST_ID}`,
      'record-key-ring',
      'record-tag-key',
    ]);
  });

  it('rotates as any other, and dropping its key takes the old secret too', async () => {
    const vault = await open();
    await vault.rotateKey();
    expect(vault.open('intent|1|555', SEALED)).toEqual(opened);
    const sealed = vault.reseal('intent|1|555', SEALED) ?? new Uint8Array();
    storage.run('UPDATE record SET payload = ?', sealed);
    expect(vault.oldKeys()).toEqual([FIRST_ID]);
    expect(await vault.dropKey(FIRST_ID)).toEqual({ ok: true, value: undefined });
    const left = Object.keys(await shelf.list());
    expect(left).toHaveLength(3);
    expect(left).not.toContain('record-key');
    const next = await open();
    expect(next.open('intent|1|555', sealed)).toEqual(opened);
    expect(Buffer.from(next.tag('ubrn', '000000070001')).toString('hex')).toBe(TAG);
  });

  it.each<CrashMoment>(['before its effect', 'after its effect'])(
    'is taken over at the next start when a crash stops it, %s',
    async (moment) => {
      let call = 1;
      for (; ; call += 1) {
        await makeOldDesk();
        const dying = shelf.dieAt(call, moment);
        await openVault(dying.secrets, storage, clock);
        if (!dying.hasDied()) break;
        const vault = await open();
        expect(vault.open('intent|1|555', SEALED), `call ${call}`).toEqual(opened);
        expect(Buffer.from(vault.tag('ubrn', '000000070001')).toString('hex')).toBe(TAG);
      }
      expect(call).toBeGreaterThan(7);
    },
  );

  it('is not taken over when the ring is lost whose keys sealed records since', async () => {
    const vault = await open();
    await vault.rotateKey();
    addRecord(storage, vault, 2);
    await shelf.secrets.remove('record-key-ring');
    const before = await shelf.list();
    expect(await openVault(shelf.secrets, storage, clock)).toMatchObject({
      ok: false,
      problem: { code: 'key-missing', facts: { records: 1 } },
    });
    expect(await shelf.list()).toEqual(before);
  });

  it('is refused when its secret is torn', async () => {
    await shelf.secrets.write('record-key', FIRST_SECRET.subarray(0, 47));
    expect(await openVault(shelf.secrets, storage, clock)).toMatchObject({
      problem: { code: 'key-damaged' },
    });
  });

  it('keeps records of both ages', async () => {
    const vault = await open();
    addRecord(storage, vault, 2);
    expect(resealRecords(storage, vault)).toBe(0);
    expect(findRecord(storage, await open(), 2)).toEqual({ row: 2 });
  });
});
