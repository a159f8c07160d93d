import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    for (const _start of [1, 2]) {
      const storage = openSqliteStorage(path);
      upgradeDatabase(storage);
      expect(storage.all('PRAGMA user_version')[0]).toMatchObject({ user_version: 1 });
      storage.close();
    }
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
