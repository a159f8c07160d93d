import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  copyNow,
  listCopies,
  startNightlyCopies,
  withNightlyCopies,
} from '../../src-main/adapters/node/nightly-copy.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { StorageFault, type LogFields } from '../../src-main/app/ports.ts';
import { parseInstant } from '../../src-main/contract/london-time.ts';
import { createManualClock } from '../support/manual-clock.ts';

const HOUR_MS = 3_600_000;
const START_MS = parseInstant('2026-11-22T09:30:00.000Z') ?? 0;

let folder: string;
let storage: SqliteStorage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-'));
  storage = openSqliteStorage(join(folder, 'desk.db'));
  storage.run('CREATE TABLE t (n INTEGER) STRICT');
});
afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const copies = () => listCopies(join(folder, 'copies'));

function open(overrides: { copyTo?: (path: string) => void } = {}) {
  const clock = createManualClock(START_MS);
  const lines: { event: string; fields: LogFields | undefined }[] = [];
  const ports = {
    storage: { copyTo: overrides.copyTo ?? storage.copyTo },
    ...{ folder, clock },
    log: { write: (_level: string, event: string, fields?: LogFields) => void lines.push({ event, fields }) },
  };
  return { clock, lines, ports };
}

async function passHours(clock: ReturnType<typeof createManualClock>, hours: number) {
  for (let hour = 0; hour < hours; hour += 1) await clock.advance(HOUR_MS);
}

describe('the nightly copy', () => {
  it('holds every row that was there, and only this user can read it', () => {
    storage.run('INSERT INTO t VALUES (7)');
    const name = copyNow(open().ports);
    expect(name).toBe('booking-desk-2026-11-22T09-30-00Z.sqlite');
    const copy = openSqliteStorage(join(folder, 'copies', name));
    expect(copy.all('SELECT n FROM t')).toEqual([{ n: 7 }]);
    copy.close();
    expect(statSync(join(folder, 'copies', name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'copies')).mode & 0o777).toBe(0o700);
  });

  it('is made soon after the start and once a day after that, and seven are kept', async () => {
    const { clock, ports } = open();
    const stop = startNightlyCopies(ports);
    expect(copies()).toHaveLength(0);
    await clock.advance(10_000);
    expect(copies()).toHaveLength(1);
    await passHours(clock, 23);
    expect(copies()).toHaveLength(1);
    await passHours(clock, 1);
    expect(copies()).toHaveLength(2);
    await passHours(clock, 24 * 8);
    expect(copies()).toHaveLength(7);
    expect(copies()[0]).toContain('2026-11-25');
    stop();
    await passHours(clock, 48);
    expect(copies().at(-1)).toContain('2026-12-01');
  });

  /** A start of the app at some hour, and the end of it once the first look has been. */
  async function runShortly(startMs = START_MS) {
    const { ports } = open();
    const clock = createManualClock(startMs);
    const stop = startNightlyCopies({ ...ports, clock });
    await clock.advance(10_000);
    stop();
  }

  it('is not made again by a second start of the same day', async () => {
    await runShortly();
    await runShortly(START_MS + HOUR_MS);
    expect(copies()).toHaveLength(1);
    await runShortly(START_MS + 25 * HOUR_MS);
    expect(copies()).toHaveLength(2);
  });

  it('ends with the storage that it copies', async () => {
    const { clock, ports } = open();
    const kept = withNightlyCopies({ ...ports, storage });
    kept.run('INSERT INTO t VALUES (1)');
    kept.close();
    await clock.advance(10_000);
    expect(copies()).toEqual([]);
  });

  it('is made although a clock that ran ahead left copies of the future', async () => {
    mkdirSync(join(folder, 'copies'));
    for (let day = 10; day < 18; day += 1)
      writeFileSync(join(folder, 'copies', `booking-desk-2027-01-${day}T09-00-00Z.sqlite`), '');
    await runShortly();
    expect(copies()).toHaveLength(7);
    expect(copies()[0]).toBe('booking-desk-2026-11-22T09-30-10Z.sqlite');
  });

  it.each([
    [
      'fails',
      () => {
        throw new StorageFault('disk-full', 'test');
      },
      'disk-full',
    ],
    [
      'comes out damaged',
      (path: string) => writeFileSync(path, 'no database at all '.repeat(100)),
      'corrupt',
    ],
  ])(
    'that %s is logged, leaves nothing, and takes none of the older ones away',
    async (_what, copyTo, reason) => {
      const good = open();
      for (let day = 0; day < 7; day += 1)
        copyNow({ ...good.ports, clock: createManualClock(START_MS - (8 - day) * 24 * HOUR_MS) });
      const before = copies();
      const { clock, lines, ports } = open({ copyTo });
      const stop = startNightlyCopies(ports);
      await clock.advance(10_000);
      expect(lines).toEqual([{ event: 'database-not-copied', fields: { reason } }]);
      expect(copies()).toEqual(before);
      expect(readdirSync(join(folder, 'copies'))).toEqual(before);
      ports.storage.copyTo = storage.copyTo;
      await passHours(clock, 1);
      expect(copies().at(-1)).toContain('2026-11-22T10-30');
      stop();
    },
  );

  it('leaves the database writable when the copy cannot be written', () => {
    expect(() => storage.copyTo(join(folder, 'no-such-folder', 'copy.sqlite'))).toThrow(StorageFault);
    storage.run('INSERT INTO t VALUES (1)');
    expect(storage.writesOff()).toBeNull();
    expect(storage.all('SELECT count(*) AS n FROM t')).toEqual([{ n: 1 }]);
  });

  it('puts away what a copy that was cut short left behind', async () => {
    mkdirSync(join(folder, 'copies'));
    const left = join(folder, 'copies', 'booking-desk-2026-11-20T09-00-00Z.sqlite.unfinished');
    writeFileSync(left, 'half');
    await runShortly();
    expect(existsSync(left)).toBe(false);
    expect(copies()).toHaveLength(1);
  });
});
