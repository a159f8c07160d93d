import { StorageFault } from '../../app/ports.ts';
import { connectSqlite, toFault, type SqliteConnection } from './sqlite-connection.ts';
import { closeFailedWriter } from './withdraw-commit.ts';

export interface ConnectionKeeper {
  /** The connection for reading; opens it when there is none. Throws `StorageFault`. */
  readonly reading: () => SqliteConnection;
  /** The connection for writing; one that can only read is opened anew first. Throws `StorageFault`. */
  readonly writing: () => SqliteConnection;
  /** Takes note of an error and gives what to throw for it. After a fault of the disk the connection is spent. */
  readonly noteFault: (error: unknown) => unknown;
  readonly noteWritten: () => void;
  /** The fault of the last write; null when it succeeded, or when none was tried. */
  readonly writesOff: () => StorageFault['code'] | null;
  readonly close: () => void;
}

/**
 * Faults after which the connection is not to be trusted: pages in memory may say what the disk never took, or the
 * file is another than it was. A full or locked disk is none of these: SQLite then wrote no commit.
 */
const SPENDING: readonly StorageFault['code'][] = ['io', 'corrupt', 'read-only'];

/** Keeps the one connection of a file: opens it, puts it away when a fault spent it, opens and checks it anew. */
export function keepConnection(path: string): ConnectionKeeper {
  let connection: SqliteConnection | null = null;
  /** What is to be cut off the log before anything is read again. */
  let takeBack: (() => void) | null = null;
  let lastFault: StorageFault | null = null;
  let isClosed = false;

  const finishTakingBack = () => {
    takeBack?.();
    takeBack = null;
  };
  const reading = (): SqliteConnection => {
    if (isClosed) throw new Error('The storage is closed');
    finishTakingBack();
    connection ??= connectSqlite(path);
    lastFault = connection.writesOff ?? lastFault;
    return connection;
  };
  const putAway = (code: StorageFault['code']): void => {
    const spent = connection;
    if (spent === null || path === ':memory:') return;
    connection = null;
    if (spent.writesOff !== null || code === 'read-only') return spent.database.close();
    takeBack = closeFailedWriter(path, spent);
    finishTakingBack();
  };

  return {
    reading,
    writing() {
      const { writesOff } = reading();
      // A disk may be written again one day; a damaged file is not checked anew at every write, only at the next start.
      if (writesOff !== null && writesOff.code !== 'corrupt') {
        connection?.database.close();
        connection = null;
      }
      const held = reading();
      if (held.writesOff !== null) throw held.writesOff;
      return held;
    },
    noteFault(error) {
      const fault = toFault(error);
      if (!(fault instanceof StorageFault)) return fault;
      lastFault = fault;
      if (!SPENDING.includes(fault.code) || connection?.writesOff === fault) return fault;
      try {
        putAway(fault.code);
      } catch {
        // The disk fails still, as the fault at hand says; the next call begins by taking back.
      }
      return fault;
    },
    noteWritten: () => void (lastFault = null),
    writesOff: () => lastFault?.code ?? null,
    close() {
      connection?.database.close();
      connection = null;
      isClosed = true;
    },
  };
}
