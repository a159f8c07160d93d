import { describe, expect, it } from 'vitest';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import { createReadCache, type Reader } from '../../../src-main/features/read-cache/read-cache.ts';
import {
  createRememberedRows,
  MOST_BYTES,
  MOST_ENTRIES,
} from '../../../src-main/features/read-cache/remembered-rows.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const READER: Reader = {
  userId: '555000000101',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: '',
};
const NAME: ListedName = {
  nhsNumber: '9990000018',
  name: { family: 'Fernsby', given: 'Ada', prefix: 'Mrs' },
  birthDate: '1961-02-23',
};

function newStorage() {
  const storage = openSqliteStorage(':memory:');
  upgradeDatabase(storage);
  return storage;
}

async function openCache({ storage = newStorage() as Storage, service = 'https://ers.test' } = {}) {
  const clock = createManualClock();
  const logged: string[] = [];
  const log = {
    write: (level: string, event: string, fields = {}) =>
      void logged.push(JSON.stringify({ level, event, ...fields })),
  };
  const vault = await openVault(createMemorySecrets(), storage, clock);
  if (!vault.ok) throw new Error(vault.problem.code);
  const openAgain = (at = service) => {
    const cache = createReadCache({ storage, clock, log, service: at });
    cache.begin(vault.value);
    return cache;
  };
  const cache = openAgain();
  const remember = () => cache.remember(READER, 'listed-name', NAME.nhsNumber, NAME, toIso(clock.nowMs()));
  const recall = (from = cache, reader = READER) => from.recall(reader, 'listed-name', NAME.nhsNumber);
  const rows = () => Number(storage.all('SELECT count(*) AS n FROM remembered')[0]?.['n']);
  return { storage, clock, logged, cache, openAgain, remember, recall, rows, vault: vault.value };
}

describe('what was read', () => {
  it('is known at once, on disk only after the answer, and there at the next start', async () => {
    const { clock, remember, recall, rows, openAgain } = await openCache();
    const readAt = toIso(clock.nowMs());
    remember();
    expect(recall()).toEqual({ value: NAME, readAt });
    expect(rows()).toBe(0);
    await clock.advance(0);
    expect(rows()).toBe(1);
    expect(recall(openAgain())).toEqual({ value: NAME, readAt });
  });

  it('is written in one commit however much of it there is', async () => {
    const storage = newStorage();
    let commits = 0;
    const counting: Storage = {
      ...storage,
      transaction: (work) => ((commits += 1), storage.transaction(work)),
    };
    const { clock, cache } = await openCache({ storage: counting });
    commits = 0;
    for (let i = 0; i < 20; i += 1)
      cache.remember(READER, 'listed-name', String(i), NAME, toIso(clock.nowMs()));
    await clock.advance(0);
    expect(commits).toBe(1);
    expect(storage.all('SELECT count(*) AS n FROM remembered')).toEqual([{ n: 20 }]);
  });

  it('is the last reading, and what waits is written when the app stops', async () => {
    const { clock, cache, remember, recall, rows, openAgain } = await openCache();
    remember();
    await clock.advance(1000);
    remember();
    cache.stop();
    expect(rows()).toBe(1);
    expect(recall(openAgain())?.readAt).toBe(toIso(clock.nowMs()));
  });

  it('is gone once it is forgotten', async () => {
    const { clock, cache, remember, recall, rows } = await openCache();
    remember();
    await clock.advance(0);
    cache.forget(READER, 'listed-name', NAME.nhsNumber);
    expect(recall()).toBeNull();
    await clock.advance(0);
    expect(rows()).toBe(0);
  });

  it.each([
    ['another person', { userId: '555000000102' }],
    ['another organisation', { organisation: 'R70' }],
    ['another role', { businessFunction: 'REFERRING_CLINICIAN' }],
    ['another on behalf of', { onBehalfOf: '555000000211' }],
  ])('is not given to %s, on disk or waiting for it', async (_who, change) => {
    const { clock, cache, remember, recall } = await openCache();
    remember();
    expect(recall(cache, { ...READER, ...change })).toBeNull();
    await clock.advance(0);
    expect(recall(cache, { ...READER, ...change })).toBeNull();
    expect(recall()).not.toBeNull();
  });

  it('is no answer of another service', async () => {
    const { clock, remember, recall, openAgain } = await openCache();
    remember();
    await clock.advance(0);
    expect(recall(openAgain('https://other.test'))).toBeNull();
  });

  it('is not remembered before there is a key', async () => {
    const { storage, clock } = await openCache();
    const log = { write: () => undefined };
    const keyless = createReadCache({ storage, clock, log, service: '' });
    keyless.remember(READER, 'listed-name', '1', NAME, toIso(clock.nowMs()));
    expect(keyless.recall(READER, 'listed-name', '1')).toBeNull();
    await clock.advance(1000);
    expect(storage.all('SELECT * FROM remembered')).toEqual([]);
  });
});

describe('the age of what was read', () => {
  it('is at most a day', async () => {
    const { clock, remember, recall, rows } = await openCache();
    remember();
    await clock.advance(0);
    clock.setWallClock(clock.nowMs() + DAY_MS);
    expect(recall()).not.toBeNull();
    clock.setWallClock(clock.nowMs() + 2);
    expect(recall()).toBeNull();
    await clock.advance(0);
    expect(rows()).toBe(0);
  });

  it('is not known once the clock was set back behind it: it goes', async () => {
    const { clock, remember, recall, rows } = await openCache();
    remember();
    await clock.advance(0);
    clock.setWallClock(clock.nowMs() - 60_000);
    expect(recall()).toBeNull();
    await clock.advance(0);
    expect(rows()).toBe(0);
  });

  it('is looked at when the app starts, and while it runs', async () => {
    const { clock, remember, rows, openAgain } = await openCache();
    remember();
    await clock.advance(0);
    clock.setWallClock(clock.nowMs() + DAY_MS + 2);
    openAgain();
    expect(rows()).toBe(0);
    remember();
    await clock.advance(0);
    expect(rows()).toBe(1);
    await clock.advance(DAY_MS + 16 * 60_000);
    expect(rows()).toBe(0);
  });

  it('cannot be changed on the disk', async () => {
    const { storage, clock, logged, remember, recall } = await openCache();
    remember();
    await clock.advance(0);
    clock.setWallClock(clock.nowMs() + DAY_MS * 2);
    storage.run('UPDATE remembered SET read_at = ?', toIso(clock.nowMs()));
    expect(recall()).toBeNull();
    expect(logged).toContainEqual(expect.stringContaining('"reason":"damaged"'));
  });
});

describe('what is on the disk', () => {
  const rowsOf = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, i) => ({
      tag: Buffer.from(`tag-${i}`),
      ownerTag: Buffer.from('owner'),
      payload: Buffer.alloc(bytes),
      readAt: toIso(1_795_000_000_000 + i),
    }));
  const kept = (storage: Storage) =>
    storage
      .all('SELECT tag FROM remembered ORDER BY read_at')
      .map((row) => Buffer.from(row['tag'] as Uint8Array).toString());

  it.each([
    ['entries', MOST_ENTRIES + 3, 16, 3],
    ['bytes', 9, MOST_BYTES / 8, 1],
  ])('keeps to its number of %s: the oldest go', (_what, count, bytes, gone) => {
    const storage = newStorage();
    const rows = createRememberedRows(storage);
    expect(rows.write(rowsOf(count, bytes), [])).toBe(true);
    rows.prune(0, 1_800_000_000_000);
    expect(kept(storage)).toHaveLength(count - gone);
    expect(kept(storage)[0]).toBe(`tag-${gone}`);
  });

  it('is not an entry that is too large', async () => {
    const { clock, cache, logged, rows } = await openCache();
    const given = 'x'.repeat(5 * 1024 * 1024);
    const large = { ...NAME, name: { family: '', given, prefix: '' } };
    cache.remember(READER, 'listed-name', '1', large, toIso(clock.nowMs()));
    await clock.advance(0);
    expect(rows()).toBe(0);
    expect(logged.join()).toContain('read-cache-entry-too-large');
  });

  it('is of no use in another row', async () => {
    const { storage, clock, cache, recall, remember } = await openCache();
    remember();
    cache.remember(READER, 'listed-name', '2', { ...NAME, birthDate: null }, toIso(clock.nowMs()));
    await clock.advance(0);
    storage.run('UPDATE remembered SET payload = (SELECT payload FROM remembered ORDER BY tag LIMIT 1)');
    const found = [recall(), cache.recall(READER, 'listed-name', '2')];
    expect(found.filter((entry) => entry === null)).toHaveLength(1);
  });

  it('is not believed when it does not fit its schema', async () => {
    const { clock, cache, logged, rows } = await openCache();
    const odd = { ...NAME, birthDate: 'yesterday' };
    cache.remember(READER, 'listed-name', '1', odd, toIso(clock.nowMs()));
    await clock.advance(0);
    expect(cache.recall(READER, 'listed-name', '1')).toBeNull();
    expect(logged.join()).toContain('not-of-the-schema');
    await clock.advance(0);
    expect(rows()).toBe(0);
  });
});

describe('a fault', () => {
  function createFailingStorage() {
    const whole = newStorage();
    const disk = { isBroken: false };
    const check = <T>(work: () => T): T => {
      if (disk.isBroken) throw new StorageFault('disk-full', 'test');
      return work();
    };
    const storage: Storage = {
      ...whole,
      run: (...call) => check(() => whole.run(...call)),
      all: (...call) => check(() => whole.all(...call)),
      transaction: (work) => check(() => whole.transaction(work)),
    };
    return { storage, disk };
  }

  it('of the disk is logged and disturbs nothing', async () => {
    const { storage, disk } = createFailingStorage();
    const { clock, remember, recall, logged, rows } = await openCache({ storage });
    disk.isBroken = true;
    remember();
    await clock.advance(0);
    expect(recall()).toBeNull();
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'read-cache-not-written', reason: 'disk-full' },
      { event: 'read-cache-not-read', reason: 'disk-full' },
    ]);
    disk.isBroken = false;
    remember();
    await clock.advance(0);
    expect(rows()).toBe(1);
  });

  it('of the vault is logged and disturbs nothing', async () => {
    const { clock, cache, vault, logged, remember, recall } = await openCache();
    const broken = () => {
      throw new TypeError('quotes 9990000018');
    };
    cache.begin({ ...vault, seal: broken, open: broken });
    remember();
    await clock.advance(0);
    expect(recall()).toBeNull();
    cache.begin({ ...vault, tag: broken });
    expect(() => remember()).not.toThrow();
    expect(logged.join()).toContain('"reason":"TypeError"');
    expect(logged.join()).not.toContain('9990000018');
  });
});
