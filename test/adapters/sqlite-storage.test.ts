import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSafeSqlite } from '../../src-main/adapters/node/sqlite-connection.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../src-main/app/database-steps.ts';
import { StorageFault } from '../../src-main/app/ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the SQLite storage', () => {
  it('is durable: WAL with synchronous=FULL', () => {
    const storage = openSqliteStorage(join(folder, 'desk.db'));
    expect(storage.all('PRAGMA journal_mode')[0]).toMatchObject({ journal_mode: 'wal' });
    expect(storage.all('PRAGMA synchronous')[0]).toMatchObject({ synchronous: 2 });
    storage.close();
  });

  it('upgrades a new file once and a second start changes nothing', () => {
    const path = join(folder, 'desk.db');
    const versions = [1, 2].map(() => {
      const storage = openSqliteStorage(path);
      upgradeDatabase(storage);
      const [version] = storage.all('PRAGMA user_version');
      storage.close();
      return Number(version?.['user_version']);
    });
    expect(versions[0]).toBeGreaterThan(0);
    expect(versions[1]).toBe(versions[0]);
  });

  it('refuses a database of a newer version', () => {
    const storage = openSqliteStorage(':memory:');
    storage.run('PRAGMA user_version = 99');
    expect(() => upgradeDatabase(storage)).toThrow('newer version');
  });

  it('says that a damaged file is corrupt', () => {
    const path = join(folder, 'desk.db');
    writeFileSync(path, 'this is no database, it only looks like a file '.repeat(50));
    expect(() => openSqliteStorage(path)).toThrow(StorageFault);
    expect(() => openSqliteStorage(path)).toThrow('corrupt');
  });

  it('takes a failed transaction back, also a nested one', () => {
    const storage = openSqliteStorage(':memory:');
    storage.run('CREATE TABLE t (n INTEGER) STRICT');
    const fail = () =>
      storage.transaction(() => {
        storage.run('INSERT INTO t VALUES (1)');
        storage.transaction(() => storage.run('INSERT INTO t VALUES (2)'));
        throw new Error('stop');
      });
    expect(fail).toThrow('stop');
    expect(storage.all('SELECT * FROM t')).toEqual([]);
  });

  it('says that the disk is full, and keeps what was there', () => {
    const storage = openSqliteStorage(join(folder, 'desk.db'));
    storage.run('CREATE TABLE t (b BLOB) STRICT');
    storage.run('INSERT INTO t VALUES (?)', new Uint8Array(10));
    const [pages] = storage.all('PRAGMA page_count');
    storage.all(`PRAGMA max_page_count = ${Number(pages?.['page_count'])}`);
    let code = '';
    try {
      storage.run('INSERT INTO t VALUES (?)', new Uint8Array(1_000_000));
    } catch (error) {
      code = (error as StorageFault).code;
    }
    expect(code).toBe('disk-full');
    expect(storage.all('SELECT count(*) AS n FROM t')[0]).toMatchObject({ n: 1 });
  });
});

/** A code that a call fails with, or null when it does not. */
function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof StorageFault ? error.code : `no fault of the storage: ${String(error)}`;
  }
}

describe('the files of the SQLite storage', () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  it.skipIf(process.platform === 'win32')('are for this user alone, the folder too', () => {
    const path = join(folder, 'training', 'desk.db');
    const storage = openSqliteStorage(path);
    storage.run('CREATE TABLE t (n INTEGER) STRICT');
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(modeOf(file)).toBe(0o600);
    expect(modeOf(join(folder, 'training'))).toBe(0o700);
    storage.close();
  });

  it.skipIf(process.platform === 'win32')('are taken back from others when they were open to them', () => {
    const path = join(folder, 'desk.db');
    openSqliteStorage(path).close();
    chmodSync(path, 0o664);
    const storage = openSqliteStorage(path);
    storage.run('CREATE TABLE t (n INTEGER) STRICT');
    expect([modeOf(path), modeOf(`${path}-wal`)]).toEqual([0o600, 0o600]);
    storage.close();
  });
});

describe('the SQLite that is asked for', () => {
  it.each([
    ['3.51.2', false],
    ['3.51.3', true],
    ['3.51.10', true],
    ['3.46.1', false],
    ['3.53.4', true],
    ['4.0.0', true],
    ['2.99.99', false],
  ])('%s keeps what was committed: %s', (version, isSafe) => {
    expect(isSafeSqlite(version)).toBe(isSafe);
  });
});

describe('a damaged database', () => {
  /** A database of some pages, one of which is then overwritten; its schema and its other rows are whole. */
  function damage(path: string): void {
    const storage = openSqliteStorage(path);
    storage.run('CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB) STRICT');
    for (let n = 1; n <= 20; n += 1)
      storage.run('INSERT INTO t VALUES (?, ?)', n, new Uint8Array(2000).fill(n));
    storage.close();
    const file = openSync(path, 'r+');
    writeSync(file, new Uint8Array(4096).fill(0xee), 0, 4096, 4096 * 8);
    closeSync(file);
  }

  it('can still be read where it is whole, and is never written', () => {
    const path = join(folder, 'desk.db');
    damage(path);
    const storage = openSqliteStorage(path);
    expect(storage.writesOff()).toBe('corrupt');
    expect(storage.all('SELECT n FROM t WHERE n = 1')).toEqual([{ n: 1 }]);
    expect(codeOf(() => storage.run('DELETE FROM t'))).toBe('corrupt');
    expect(codeOf(() => storage.transaction(() => undefined))).toBe('corrupt');
    expect(storage.all('SELECT n FROM t WHERE n = 1')).toEqual([{ n: 1 }]);
    storage.close();
  });

  it('that cannot be read at all can stay shut, and is opened once there is something to open', () => {
    const path = join(folder, 'desk.db');
    writeFileSync(path, 'this is no database, it only looks like a file '.repeat(50));
    const storage = openSqliteStorage(path, { whenUnusable: 'stay-shut' });
    expect(codeOf(() => storage.all('SELECT 1'))).toBe('corrupt');
    expect(codeOf(() => storage.run('CREATE TABLE t (n INTEGER)'))).toBe('corrupt');
    expect(storage.writesOff()).toBe('corrupt');
    rmSync(path);
    storage.run('CREATE TABLE t (n INTEGER) STRICT');
    expect(storage.writesOff()).toBeNull();
    storage.close();
  });
});

describe('a transaction', () => {
  const openSmall = () => {
    const storage = openSqliteStorage(join(folder, 'desk.db'));
    storage.run('CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB) STRICT');
    return storage;
  };

  it('that met a fault is taken back whole, even when the fault was caught inside it', () => {
    const storage = openSmall();
    const [pages] = storage.all('PRAGMA page_count');
    storage.all(`PRAGMA max_page_count = ${Number(pages?.['page_count'])}`);
    const code = codeOf(() =>
      storage.transaction(() => {
        storage.run('INSERT INTO t VALUES (1, NULL)');
        codeOf(() => storage.run('INSERT INTO t VALUES (2, ?)', new Uint8Array(1_000_000)));
        codeOf(() => storage.run('INSERT INTO t VALUES (3, NULL)'));
      }),
    );
    expect(code).toBe('disk-full');
    expect(storage.writesOff()).toBe('disk-full');
    expect(storage.all('SELECT n FROM t')).toEqual([]);
    storage.run('INSERT INTO t VALUES (4, NULL)');
    expect(storage.writesOff()).toBeNull();
    storage.close();
  });

  it('whose inner part failed is taken back whole, even when the outer part went on', () => {
    const storage = openSmall();
    const inner = () =>
      storage.transaction(() => {
        storage.run('INSERT INTO t VALUES (1, NULL)');
        throw new Error('inner');
      });
    const outer = () =>
      storage.transaction(() => {
        try {
          inner();
        } catch {
          storage.run('INSERT INTO t VALUES (2, NULL)');
        }
      });
    expect(outer).toThrow('inner');
    expect(storage.all('SELECT n FROM t')).toEqual([]);
    storage.close();
  });

  it('goes on after a row that the table refuses: that is no fault of the disk', () => {
    const storage = openSmall();
    storage.transaction(() => {
      storage.run('INSERT INTO t VALUES (1, NULL)');
      expect(codeOf(() => storage.run('INSERT INTO t VALUES (1, NULL)'))).toContain('UNIQUE');
      storage.run('INSERT INTO t VALUES (2, NULL)');
    });
    expect(storage.all('SELECT n FROM t')).toEqual([{ n: 1 }, { n: 2 }]);
    storage.close();
  });

  it('does not wait', () => {
    const storage = openSmall();
    const wait = () => storage.transaction(async () => storage.run('INSERT INTO t VALUES (1, NULL)'));
    expect(() => void wait()).toThrow('cannot wait');
    expect(storage.all('SELECT n FROM t')).toEqual([]);
    storage.close();
  });

  it('that comes after the closing does not open the file again', () => {
    const storage = openSmall();
    storage.close();
    expect(() => storage.run('INSERT INTO t VALUES (1, NULL)')).toThrow('closed');
    expect(existsSync(join(folder, 'desk.db-wal'))).toBe(false);
  });
});
