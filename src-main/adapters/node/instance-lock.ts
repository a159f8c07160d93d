/**
 * One application a data folder. The lock is SQLite's own lock on a small file: the operating system gives it back
 * when the process ends in whatever way, so no stale lock can keep a clerk out (attack S39).
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** Takes the lock of a folder and answers how to give it back; null when another process holds it. */
export function takeInstanceLock(folder: string): (() => void) | null {
  const database = new DatabaseSync(join(folder, 'instance.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return () => database.close();
}
