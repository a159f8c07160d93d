/** What a person keeps at this desk, on disk: sealed, bound to its row and its person, gone when it is old. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageFault, type SqlValue, type Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import type { LocalRow } from '../../../src-main/contract/channels/lists.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import { createKeptRecords, type Keeper } from '../../../src-main/features/kept-records/kept-records.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { MAIN_USER_ID } from '../../../src-main/training-service/world/staff.ts';
import { bookable, openClerkDesk, openReferral, pass } from '../../support/clerk-steps.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';
import { findInClear } from '../../support/secret-forms.ts';

const DAY_MS = 86_400_000;
const KEEPER: Keeper = {
  userId: '555000000101',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: '',
};

const makeRow = (ubrn = '000070000001', addedAt = '2026-11-18T08:00:00.000Z'): LocalRow => ({
  ubrn,
  nhsNumber: '9990000018',
  priority: { code: 'ROUTINE', display: 'Routine' },
  reason: 'watched',
  context: 'General Cardiology Clinic',
  due: '2026-11-23',
  addedAt,
});

async function openKept(storage: Storage = openSqliteStorage(':memory:')) {
  upgradeDatabase(storage);
  const clock = createManualClock();
  const logged: string[] = [];
  const log = {
    write: (level: string, event: string, fields = {}) =>
      void logged.push(JSON.stringify({ level, event, ...fields })),
  };
  const vault = await openVault(createMemorySecrets(), storage, clock);
  if (!vault.ok) throw new Error(vault.problem.code);
  const again = (service = 'https://ers.test') => {
    const kept = createKeptRecords({ storage, clock, log, service });
    kept.begin(vault.value);
    return kept;
  };
  const kept = again();
  const put = (row = makeRow()) => {
    kept.put(KEEPER, 'watch', row.ubrn, row);
    kept.flush();
  };
  const rows = () => storage.all('SELECT * FROM kept ORDER BY rowid');
  return { storage, clock, logged, kept, again, put, rows };
}

describe('a record', () => {
  it('is there at the next start', async () => {
    const { put, again } = await openKept();
    put();
    expect(again().load(KEEPER, 'watch')).toEqual({ values: [makeRow()], unreadable: 0 });
    expect(again().load(KEEPER, 'letter').values).toEqual([]);
  });

  it('is written once the answer has been given, in one commit however many there are', async () => {
    const { kept, clock, rows } = await openKept();
    for (let n = 0; n < 5; n += 1) kept.put(KEEPER, 'watch', String(n), makeRow(`00007000000${n}`));
    expect(rows()).toHaveLength(0);
    await clock.advance(0);
    expect(rows()).toHaveLength(5);
  });

  it('takes the place of the one of its name, and goes when it is removed', async () => {
    const { kept, put, rows } = await openKept();
    put();
    put({ ...makeRow(), due: null });
    expect(kept.load(KEEPER, 'watch').values).toEqual([{ ...makeRow(), due: null }]);
    kept.remove(KEEPER, 'watch', makeRow().ubrn);
    kept.flush();
    expect(rows()).toEqual([]);
  });

  it.each([
    ['another person', { userId: '555000000102' }],
    ['another organisation', { organisation: 'R70' }],
    ['another role', { businessFunction: 'REFERRING_CLINICIAN' }],
    ['another on behalf of', { onBehalfOf: '555000000211' }],
  ])('is not given to %s', async (_who, change) => {
    const { kept, put } = await openKept();
    put();
    expect(kept.load({ ...KEEPER, ...change }, 'watch').values).toEqual([]);
  });

  it('is none of another service', async () => {
    const { put, again } = await openKept();
    put();
    expect(again('https://other.test').load(KEEPER, 'watch').values).toEqual([]);
  });

  it('is taken out when it is old, at the start and while the app runs', async () => {
    const { put, clock, rows, again } = await openKept();
    put();
    clock.setWallClock(clock.nowMs() + 89 * DAY_MS);
    expect(again().load(KEEPER, 'watch').values).toHaveLength(1);
    clock.setWallClock(clock.nowMs() + 2 * DAY_MS);
    const kept = again();
    expect(rows()).toEqual([]);
    kept.put(KEEPER, 'watch', 'x', makeRow());
    await clock.advance(0);
    expect(rows()).toHaveLength(1);
    await clock.advance(92 * DAY_MS);
    expect(rows()).toEqual([]);
  });
});

describe('a record that does not open', () => {
  const damage = {
    'a changed byte': (payload: Uint8Array) => {
      const copy = Buffer.from(payload);
      copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
      return copy;
    },
    'bytes that are no envelope': () => Buffer.from('nothing'),
  };

  it.each(Object.entries(damage))('is set aside and counted: %s', async (_what, spoil) => {
    const { put, rows, storage, again, logged } = await openKept();
    put();
    put(makeRow('000070000002'));
    const [first] = rows();
    const spoilt = spoil(first?.['payload'] as Uint8Array);
    storage.run('UPDATE kept SET payload = ? WHERE tag = ?', spoilt, first?.['tag'] ?? null);
    expect(again().load(KEEPER, 'watch')).toEqual({ values: [makeRow('000070000002')], unreadable: 1 });
    // It is left where it is: what cannot be read is not thrown away.
    expect(rows()).toHaveLength(2);
    expect(logged.join()).toContain('kept-records-unreadable');
    expect(logged.join()).not.toContain('000070000001');
  });

  it.each<[string, (rows: Record<string, SqlValue>[], storage: Storage) => void]>([
    [
      'a row that was moved',
      ([first, second], storage) =>
        storage.run(
          'UPDATE kept SET payload = ? WHERE tag = ?',
          first?.['payload'] ?? null,
          second?.['tag'] ?? null,
        ),
    ],
    [
      'a row that was made younger',
      (rows, storage) =>
        storage.run(
          'UPDATE kept SET expires_at = ? WHERE tag = ?',
          '2099-01-01T00:00:00.000Z',
          rows[1]?.['tag'] ?? null,
        ),
    ],
  ])('is also %s', async (_what, forge) => {
    const { put, rows, storage, again } = await openKept();
    put();
    put(makeRow('000070000002'));
    forge(rows(), storage);
    expect(again().load(KEEPER, 'watch')).toEqual({ values: [makeRow()], unreadable: 1 });
  });

  it('is one of another schema, too', async () => {
    const { kept } = await openKept();
    kept.put(KEEPER, 'watch', 'x', { ...makeRow(), due: 'tomorrow' });
    kept.flush();
    expect(kept.load(KEEPER, 'watch')).toEqual({ values: [], unreadable: 1 });
  });

  it('does not stop the list from being read by the channels, which say how many there are', async () => {
    const clerk = await openClerkDesk();
    await clerk.desk.signIn();
    const ubrns = bookable(clerk.desk).slice(0, 2);
    for (const ubrn of ubrns) {
      await openReferral(clerk.desk, ubrn);
      await clerk.desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
      await clerk.desk.must('tasks/add', { ubrn, note: '', dueAt: null });
    }
    await pass(clerk.desk, 1);
    clerk.desk.storage.run('UPDATE kept SET payload = ?', Buffer.from('nothing'));
    const { desk: later } = await clerk.restart();
    await later.signIn();
    expect(await later.must('lists/read', { list: 'WATCH' })).toMatchObject({ rows: [], unreadable: 2 });
    expect(await later.must('tasks/read', {})).toMatchObject({ tasks: [], unreadable: 2 });
  });
});

describe('where nothing can be written', () => {
  it('keeps nothing without a key, and says so', async () => {
    const { storage, clock } = await openKept();
    const keyless = createKeptRecords({ storage, clock, log: { write: () => undefined }, service: '' });
    keyless.put(KEEPER, 'watch', 'x', makeRow());
    await clock.advance(0);
    expect(keyless.isKept()).toBe(false);
    expect(keyless.load(KEEPER, 'watch').values).toEqual([]);
    expect(storage.all('SELECT * FROM kept')).toEqual([]);
  });

  it('holds on to what the disk refuses, says so, and writes it as soon as the disk takes it', async () => {
    const base = openSqliteStorage(':memory:');
    let isFull = false;
    const storage: Storage = {
      ...base,
      transaction(work) {
        if (isFull) throw new StorageFault('disk-full', 'no room');
        return base.transaction(work);
      },
    };
    const { kept, put, rows, clock, logged } = await openKept(storage);
    isFull = true;
    put();
    expect(kept.isKept()).toBe(false);
    expect(logged.join()).toContain('disk-full');
    isFull = false;
    kept.put(KEEPER, 'letter', 'x', makeRow());
    expect(kept.isKept()).toBe(true);
    await clock.advance(0);
    expect(kept.isKept()).toBe(true);
    expect(rows()).toHaveLength(2);
  });

  it('lets the lists and tasks live for the sitting, and the channels say so', async () => {
    const none = async () => ({
      ok: false as const,
      problem: { kind: 'writes-off' as const, code: 'no-keyring', correlationId: '', facts: {} },
    });
    const { desk } = await openClerkDesk({ secrets: { read: none, write: none, remove: none } });
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
    await desk.must('tasks/add', { ubrn, note: '', dueAt: null });
    expect(await desk.must('lists/read', { list: 'WATCH' })).toMatchObject({
      rows: [{ ubrn }],
      isKept: false,
    });
    expect(await desk.must('tasks/read', {})).toMatchObject({ tasks: [{ ubrn }], isKept: false });
    await desk.must('session/sign-out', {});
    await desk.signIn();
    expect(await desk.must('lists/read', { list: 'WATCH' })).toMatchObject({ rows: [] });
    expect(await desk.must('tasks/read', {})).toMatchObject({ tasks: [] });
  });
});

describe('on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'booking-desk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has nothing readable of a list, a filter or a task, in the database or its log', async () => {
    const storage = openSqliteStorage(join(folder, 'desk.sqlite'));
    const { desk } = await openClerkDesk({ storage });
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    const dueAt = toIso(desk.clock.nowMs() + 3_600_000);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
    await desk.must('tasks/add', { ubrn, note: 'Wants a Tuesday', dueAt });
    await desk.must('lists/save-filter', {
      list: 'AWAITING_BOOKING',
      name: 'Mondays only',
      columns: [{ column: 'name', text: 'Fernsby' }],
    });
    await pass(desk, 1);
    const files = readdirSync(folder);
    expect(files).toContain('desk.sqlite-wal');
    expect(storage.all('SELECT count(*) AS n FROM kept')[0]?.['n']).toBeGreaterThanOrEqual(4);
    const { nhsNumber } = desk.service.world.referral(ubrn);
    const secrets = new Map([
      ['the NHS number', nhsNumber],
      ['the UBRN', ubrn],
      ['the note', 'Wants a Tuesday'],
      ['the time', dueAt],
      ['the name of the filter', 'Mondays only'],
      ['the text of the filter', 'Fernsby'],
      ['the user', MAIN_USER_ID],
      ['the kind of task', 'ring-back'],
    ]);
    const places = new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
    expect(findInClear(secrets, places)).toEqual([]);
    expect(desk.logLines.join('\n')).not.toMatch(new RegExp(`${ubrn}|${nhsNumber}`));
  });
});
