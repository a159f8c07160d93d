import { StorageFault, type SqlValue, type Storage } from '../../app/ports.ts';
import { keepConnection } from './connection-keeper.ts';
import { toFault, type SqliteConnection } from './sqlite-connection.ts';

export interface SqliteStorage extends Storage {
  /** Why the last write failed, or why nothing can be written; null when writing works as far as is known. */
  readonly writesOff: () => StorageFault['code'] | null;
  /** Writes a whole copy of the database into an empty or new file. The copy is not synced. Throws `StorageFault`. */
  readonly copyTo: (path: string) => void;
}

export interface SqliteOptions {
  /**
   * What becomes of a file that cannot even be read: `throw` (the default), or `stay-shut`: every call throws the
   * fault, after it has tried to open the file, so that the reading of e-RS goes on without it.
   */
  readonly whenUnusable?: 'throw' | 'stay-shut';
}

/** A transaction that runs; `brokenBy` is set once it can only be rolled back, even when the caller caught the error. */
interface Running {
  brokenBy: { readonly error: unknown } | null;
}

/** Runs `work` between BEGIN and COMMIT; whatever goes wrong rolls back and is thrown. */
function commitOrRollBack<T>({ database }: SqliteConnection, running: Running, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    if (value instanceof Promise) throw new TypeError('A transaction cannot wait');
    if (running.brokenBy) throw running.brokenBy.error;
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Opens (or makes) the database file: WAL, synchronous=FULL, one connection, checked by `quick_check`. A file that is
 * damaged or read-only is opened for reading alone, and then writing throws; `StorageFault` when it cannot be read.
 *
 * A call that returned is on the disk. A write that threw is not there and does not appear later: what a failed commit
 * left in the log is cut off before the file is opened again. After a fault of the disk the connection is spent, for
 * an fsync that failed once may succeed the next time without having written; the next call opens and checks anew.
 */
export function openSqliteStorage(path: string, options: SqliteOptions = {}): SqliteStorage {
  const keeper = keepConnection(path);
  let running: Running | null = null;

  const performAlone = <T>(isWrite: boolean, work: (held: SqliteConnection) => T): T => {
    try {
      const value = work(isWrite ? keeper.writing() : keeper.reading());
      if (isWrite) keeper.noteWritten();
      return value;
    } catch (error) {
      throw keeper.noteFault(error);
    }
  };
  const performWithin = <T>(within: Running, work: (held: SqliteConnection) => T): T => {
    if (within.brokenBy) throw within.brokenBy.error;
    const held = keeper.reading();
    try {
      return work(held);
    } catch (thrown) {
      const error = toFault(thrown);
      // SQLite may have rolled back by itself: what follows would be committed statement by statement.
      if (error instanceof StorageFault || !held.database.isTransaction) within.brokenBy = { error };
      throw error;
    }
  };
  const perform = <T>(isWrite: boolean, work: (held: SqliteConnection) => T): T =>
    running === null ? performAlone(isWrite, work) : performWithin(running, work);

  const begin = <T>(work: () => T): T =>
    performAlone(true, (held) => {
      const begun: Running = { brokenBy: null };
      running = begun;
      try {
        return commitOrRollBack(held, begun, work);
      } finally {
        running = null;
      }
    });
  const join = <T>(outer: Running, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      outer.brokenBy ??= { error };
      throw error;
    }
  };

  if (options.whenUnusable !== 'stay-shut') performAlone(false, () => undefined);
  return {
    run: (sql, ...values) => perform(true, ({ prepare }) => void prepare(sql).run(...values)),
    all: (sql, ...values) =>
      perform(false, ({ prepare }) => prepare(sql).all(...values) as Record<string, SqlValue>[]),
    transaction: (work) => (running === null ? begin(work) : join(running, work)),
    writesOff: keeper.writesOff,
    copyTo(target) {
      try {
        keeper.reading().prepare('VACUUM INTO ?').run(target);
      } catch (error) {
        // A fault of the copy's file says nothing of the database: the connection stays as it is.
        throw toFault(error);
      }
    },
    close: keeper.close,
  };
}
