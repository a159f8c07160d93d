/** A database that another process holds while an intent is to be written down. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { databaseIn, openRecords } from './records.ts';
import { startChild } from './run-child.ts';

export interface LockedResult {
  /** What the desk answered while the database was held, and after that. */
  readonly during: string;
  readonly afterwards: string;
  /** Intents on the disk at the end. */
  readonly kept: number;
}

/** A desk in a process of its own that writes an intent down for every line it is given, and tells the answer. */
function startDesk(folder: string) {
  const child = startChild('enqueue-on-line.ts', [folder]);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the child has no pipes');
  const lines = createInterface({ input: stdout });
  const next = async () => String(((await once(lines, 'line')) as [string])[0]);
  const enqueue = () => {
    const answer = next();
    stdin.write('\n');
    return answer;
  };
  const end = async () => {
    const gone = once(child, 'exit');
    stdin.end();
    await gone;
  };
  return { isOpen: next(), enqueue, end };
}

/** Holds the database in this process, and has an open desk write meanwhile and again afterwards. */
export async function runLocked(): Promise<LockedResult> {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-locked-'));
  try {
    const desk = startDesk(folder);
    await desk.isOpen;
    const other = new DatabaseSync(databaseIn(folder));
    other.exec('BEGIN IMMEDIATE');
    const during = await desk.enqueue();
    other.exec('ROLLBACK');
    other.close();
    const afterwards = await desk.enqueue();
    await desk.end();
    const later = await openRecords(folder);
    const kept = later.count();
    later.close();
    return { during, afterwards, kept };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
