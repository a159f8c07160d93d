/**
 * A dated copy of the database, once a day (safety.md, "SQLite corruption / version"). A copy holds what the database
 * holds, hence sealed records only, and no key. It is checked before it counts, and an older one goes only for a good
 * new one. Nothing that goes wrong here reaches the outbox.
 */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageFault, type Clock, type Log, type Storage } from '../../app/ports.ts';
import { parseInstant, toIso } from '../../contract/london-time.ts';
import { makeDurableFolder, syncFolder } from './durable-folder.ts';
import { toFault } from './sqlite-connection.ts';
import type { SqliteStorage } from './sqlite-storage.ts';

export interface NightlyCopyPorts {
  readonly storage: Pick<SqliteStorage, 'copyTo'>;
  /** The data folder of the environment; copies go into its folder `copies`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}

export const COPIES_KEPT = 7;
const DAY_MS = 24 * 3_600_000;
/** A machine that slept is late by this much at most: a timer of a day would not count the sleep. */
const LOOK_EVERY_MS = 3_600_000;
/** A start has better things to do than to copy: the first look is when the desk is there. */
const FIRST_LOOK_MS = 10_000;
const UNFINISHED = '.unfinished';
const COPY_NAME = /^booking-desk-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)Z\.sqlite$/;

const nameOf = (epochMs: number) =>
  `booking-desk-${toIso(epochMs).slice(0, 19).replaceAll(':', '-')}Z.sqlite`;

/** When a copy was made, by its name; null for any other name. */
export function madeAtMs(name: string): number | null {
  const [, day, hour, minute, second] = COPY_NAME.exec(name) ?? [];
  return day === undefined ? null : parseInstant(`${day}${hour}:${minute}:${second}Z`);
}

/** The finished copies of a folder, the oldest first; none when there is no folder yet. */
export function listCopies(copies: string): string[] {
  try {
    return readdirSync(copies)
      .filter((name) => COPY_NAME.test(name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** True unless a copy of the last 24 hours is there. One of the future, of a clock since set back, counts for nothing. */
function isDue(copies: string, nowMs: number): boolean {
  return !listCopies(copies).some((name) => {
    const ageMs = nowMs - (madeAtMs(name) ?? -Infinity);
    return ageMs >= 0 && ageMs < DAY_MS;
  });
}

function checkCopy(path: string): void {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const check = copy.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw new StorageFault('corrupt', check);
  } finally {
    copy.close();
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function removeOldest(copies: string, newest: string): void {
  const others = listCopies(copies).filter((name) => name !== newest);
  others
    .slice(0, Math.max(0, others.length - (COPIES_KEPT - 1)))
    .forEach((name) => rmSync(join(copies, name), { force: true }));
}

/** Makes a copy now and answers its name; throws `StorageFault`, and then leaves the older copies as they are. */
export function copyNow({ storage, folder, clock }: Omit<NightlyCopyPorts, 'log'>): string {
  const copies = join(folder, 'copies');
  const name = nameOf(clock.nowMs());
  const unfinished = join(copies, name + UNFINISHED);
  try {
    makeDurableFolder(copies);
    readdirSync(copies)
      .filter((other) => other.endsWith(UNFINISHED))
      .forEach((other) => rmSync(join(copies, other), { force: true }));
    // SQLite takes an empty file as it is, and so this user alone can read it from the first byte on.
    closeSync(openSync(unfinished, 'wx', 0o600));
    storage.copyTo(unfinished);
    syncFile(unfinished);
    checkCopy(unfinished);
    renameSync(unfinished, join(copies, name));
    syncFolder(copies);
    removeOldest(copies, name);
    return name;
  } catch (error) {
    throw toFault(error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Makes a copy when the last one is older than a day: soon after the start, and for as long as the app runs. A failure
 * is logged and tried again an hour later. The returned function ends it; call it before the storage is closed.
 */
export function startNightlyCopies(ports: NightlyCopyPorts): () => void {
  const { folder, clock, log } = ports;
  const look = () => {
    try {
      if (isDue(join(folder, 'copies'), clock.nowMs())) {
        copyNow(ports);
        log.write('info', 'database-copied');
      }
    } catch (error) {
      const reason = error instanceof StorageFault ? error.code : 'unknown';
      log.write('error', 'database-not-copied', { reason });
    }
    cancel = clock.schedule(LOOK_EVERY_MS, look);
  };
  let cancel = clock.schedule(FIRST_LOOK_MS, look);
  return () => cancel();
}

/** The storage, copied once a day for as long as it is open. This is what a host composes into its ports. */
export function withNightlyCopies(
  ports: Omit<NightlyCopyPorts, 'storage'> & { storage: SqliteStorage },
): Storage {
  const { storage } = ports;
  const stop = startNightlyCopies(ports);
  return {
    ...storage,
    close() {
      stop();
      storage.close();
    },
  };
}
