/**
 * Takes back a commit that failed. After an fsync that failed the log can hold the whole commit, and the next opening
 * would take it for a good one: what the desk called "not saved" would appear in the queue.
 * The layout of the log: sqlite.org/fileformat2.html, section 4.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync } from 'node:fs';
import { StorageFault } from '../../app/ports.ts';
import { toFault, type SqliteConnection } from './sqlite-connection.ts';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The part of the log that a connection knows to be committed. */
interface Committed {
  readonly bytes: number;
  readonly frameBytes: number;
}

/** Null when the connection cannot say. */
function askCommitted({ database }: SqliteConnection): Committed | null {
  try {
    const page = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
    const frames = Number(database.prepare('PRAGMA wal_checkpoint(NOOP)').get()?.['log']);
    const frameBytes = FRAME_HEADER_BYTES + page;
    return { frameBytes, bytes: HEADER_BYTES + Math.max(0, frames) * frameBytes };
  } catch {
    return null;
  }
}

/** True when a frame behind the committed ones ends a commit. A frame of another salt is of a log since begun anew. */
function holdsMore(log: Uint8Array, { bytes, frameBytes }: Committed): boolean {
  const whole = Buffer.from(log.buffer, log.byteOffset, log.byteLength);
  const salt = whole.subarray(16, 24);
  for (let at = bytes; at + frameBytes <= whole.length; at += frameBytes) {
    if (!whole.subarray(at + 8, at + 16).equals(salt)) return false;
    if (whole.readUInt32BE(at + 4) !== 0) return true;
  }
  return false;
}

function cut(log: string, bytes: number): void {
  const handle = openSync(log, 'r+');
  try {
    ftruncateSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Closes a connection whose write failed and answers how to take back what it may have left in the log. The answer is
 * to be called, again and again if it throws `StorageFault`, before the file is opened anew.
 */
export function closeFailedWriter(path: string, connection: SqliteConnection): () => void {
  const log = `${path}-wal`;
  const committed = askCommitted(connection);
  // With its last connection the log goes too, unless the disk keeps failing.
  connection.database.close();
  return () => {
    try {
      if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
      if (committed === null) throw new StorageFault('io', 'how much of the log is committed is not known');
      // Behind no committed frame at all, the log is one that was begun anew: all of it goes.
      if (holdsMore(readFileSync(log), committed))
        cut(log, committed.bytes > HEADER_BYTES ? committed.bytes : 0);
    } catch (error) {
      throw toFault(error);
    }
  };
}
