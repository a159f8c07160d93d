/** One connection to the database file: how it is opened, checked and closed, and what its errors mean. */
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StorageFault } from '../../app/ports.ts';
import { makeDurableFolder, syncFolder } from './durable-folder.ts';

type FaultCode = StorageFault['code'];

/** SQLite's result codes that speak of the disk or the file (sqlite.org/rescode.html); others are our own mistakes. */
const SQLITE_FAULTS: Readonly<Record<number, FaultCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'io',
  11: 'corrupt',
  13: 'disk-full',
  14: 'io',
  22: 'disk-full',
  26: 'corrupt',
};

const SYSTEM_FAULTS: Readonly<Record<string, FaultCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
};

/** Before this version a reset of the write-ahead log can lose a commit (safety.md, "SQLite corruption / version"). */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;

/** The database keeps these two beside itself; both hold what it holds. */
const SIDE_FILES = ['-wal', '-shm'] as const;

/** Another program that holds the file for a moment, a backup or a virus scanner, is waited for. */
const BUSY_MS = 2000;

const SETTINGS = [
  // A commit has returned only when it is on the disk itself; on macOS that takes its own kind of fsync.
  'PRAGMA synchronous=FULL',
  'PRAGMA fullfsync=ON',
  'PRAGMA checkpoint_fullfsync=ON',
  'PRAGMA foreign_keys=ON',
  // What is replaced leaves no bytes behind. Rows are sealed and few are ever replaced, so it costs nothing to speak of.
  'PRAGMA secure_delete=ON',
  // A page that was damaged on the disk is noticed when it is read, not when it has been written back.
  'PRAGMA cell_size_check=ON',
].join('; ');

export interface SqliteConnection {
  readonly database: DatabaseSync;
  /** Null when it can write; else why it cannot. */
  readonly writesOff: StorageFault | null;
  readonly prepare: (sql: string) => StatementSync;
}

/** The fault that an error of SQLite or of the file system stands for; any other error is given back as it is. */
export function toFault(error: unknown): unknown {
  if (error instanceof StorageFault) return error;
  const { errcode, code, syscall } = error as { errcode?: unknown; code?: unknown; syscall?: unknown };
  if (typeof errcode === 'number') {
    const fault = SQLITE_FAULTS[errcode & 0xff];
    return fault === undefined ? error : new StorageFault(fault, error);
  }
  const isOfSystem = typeof syscall === 'string' && typeof code === 'string';
  return isOfSystem ? new StorageFault(SYSTEM_FAULTS[code] ?? 'io', error) : error;
}

/** True when this SQLite does not have the fault that loses commits. */
export function isSafeSqlite(version: string): boolean {
  const parts = version.split('.').map(Number);
  const at = OLDEST_SAFE_SQLITE.findIndex((oldest, index) => parts[index] !== oldest);
  return at < 0 || (parts[at] ?? 0) > (OLDEST_SAFE_SQLITE[at] ?? 0);
}

function refuseUnsafeSqlite(): void {
  const memory = new DatabaseSync(':memory:');
  const version = String(memory.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  memory.close();
  if (!isSafeSqlite(version))
    throw new StorageFault('sqlite-too-old', `SQLite ${version}; ${OLDEST_SAFE_SQLITE.join('.')} is needed`);
}

/** Makes the folder and the empty file, for this user alone; SQLite gives the side files the mode of the file. */
function makeFile(path: string): void {
  makeDurableFolder(dirname(path));
  if (existsSync(path)) {
    [path, ...SIDE_FILES.map((side) => path + side)].filter((file) => existsSync(file)).forEach(keepToOwner);
    return;
  }
  closeSync(openSync(path, 'a', 0o600));
  // SQLite syncs the folder with the first commit to the log; until then the file itself could be lost.
  syncFolder(dirname(path));
}

function keepToOwner(file: string): void {
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

function connectionOf(database: DatabaseSync, writesOff: StorageFault | null): SqliteConnection {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  return { database, writesOff, prepare };
}

/** A file that this user may only read opens all the same, and says so only when something is written. */
function assertWritable(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; ROLLBACK`);
}

function openForWriting(path: string): SqliteConnection {
  if (path !== ':memory:') makeFile(path);
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    const mode = database.prepare('PRAGMA journal_mode=WAL').get()?.['journal_mode'];
    if (mode !== 'wal' && path !== ':memory:') throw new StorageFault('io', `journal mode ${String(mode)}`);
    database.exec(SETTINGS);
    assertWritable(database);
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw new StorageFault('corrupt', check);
    return connectionOf(database, null);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The addresses to read under. One that ignores the log is right only where there is no log to ignore. */
function readingAddresses(path: string): (string | URL)[] {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const immutable = pathToFileURL(path);
  immutable.search = 'immutable=1';
  return hasLog ? [path] : [path, immutable];
}

/** Opens what may be damaged or read-only, so that reading goes on as far as it goes; null when nothing can be read. */
function openForReading(path: string, writesOff: StorageFault): SqliteConnection | null {
  if (path === ':memory:' || !existsSync(path)) return null;
  for (const address of readingAddresses(path)) {
    const database = new DatabaseSync(address, { readOnly: true, open: false, timeout: BUSY_MS });
    try {
      database.open();
      database.exec('SELECT count(*) FROM sqlite_schema');
      return connectionOf(database, writesOff);
    } catch {
      // Not readable in this way; the fault that the writing met is what the caller is told.
      if (database.isOpen) database.close();
    }
  }
  return null;
}

/**
 * Opens the file for reading and writing or, where that cannot be, for reading alone.
 * Throws `StorageFault` when it cannot even be read, when another program holds it, or when SQLite is too old.
 */
export function connectSqlite(path: string): SqliteConnection {
  refuseUnsafeSqlite();
  try {
    return openForWriting(path);
  } catch (error) {
    const fault = toFault(error);
    if (!(fault instanceof StorageFault) || fault.code === 'locked') throw fault;
    const reading = openForReading(path, fault);
    if (reading === null) throw fault;
    return reading;
  }
}
