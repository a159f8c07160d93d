import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StorageFault, type SqlValue, type Storage } from '../../app/ports.ts';

/** SQLite result codes that have a meaning of their own here; the rest is `io`. */
const FAULTS: Readonly<Record<number, StorageFault['code']>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  11: 'corrupt',
  13: 'disk-full',
  26: 'corrupt',
};

function toFault(error: unknown): unknown {
  const code = (error as { errcode?: number }).errcode;
  if (typeof code !== 'number') return error;
  return new StorageFault(FAULTS[code & 0xff] ?? 'io', error);
}

/**
 * Opens (or makes) the database file: WAL, synchronous=FULL, one connection, checked by `quick_check`.
 * Throws `StorageFault` when the file cannot be used; every later call throws the same.
 */
export function openSqliteStorage(path: string): Storage {
  const statements = new Map<string, StatementSync>();
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toFault(error);
    }
  };
  const database = guard(() => {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const opened = new DatabaseSync(path);
    opened.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000;',
    );
    const check = opened.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined;
    if (check?.quick_check !== 'ok') throw new StorageFault('corrupt', check?.quick_check);
    return opened;
  });
  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  return {
    run: (sql, ...values) => guard(() => void prepare(sql).run(...values)),
    all: (sql, ...values) => guard(() => prepare(sql).all(...values) as Record<string, SqlValue>[]),
    transaction: (work) =>
      guard(() => {
        if (database.isTransaction) return work();
        database.exec('BEGIN IMMEDIATE');
        try {
          const value = work();
          database.exec('COMMIT');
          return value;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    close: () => guard(() => database.close()),
  };
}
