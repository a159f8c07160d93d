/** The files that settings are kept in: written so that a crash leaves the old text or the new one, never a part. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { TextFile } from '../../features/settings/desk-settings.ts';
import { syncFolder } from './durable-folder.ts';

/** Settings are a few kilobytes; a larger file is none. */
const MOST_BYTES = 1024 * 1024;
/** A virus scanner or an indexer of Windows holds a new file for moments. */
const LOCKED_CODES: readonly unknown[] = ['EBUSY', 'EPERM', 'EACCES'];
const WAITS_MS = [20, 60, 120] as const;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;

function writeDurably(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'w', 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function waitMs(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Puts the finished file in the place of the old one; a lock that soon goes is waited for. */
function replaceFile(finished: string, path: string): void {
  for (const wait of WAITS_MS) {
    try {
      return renameSync(finished, path);
    } catch (error) {
      if (!LOCKED_CODES.includes(codeOf(error))) throw error;
      waitMs(wait);
    }
  }
  renameSync(finished, path);
}

/** Reads a whole text; null when there is no such file. */
export function readWholeText(path: string): Outcome<string | null> {
  try {
    if (statSync(path).size > MOST_BYTES) return fail('unavailable', 'file-too-large');
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(null) : fail('unavailable', 'file-not-readable');
  }
}

/** A text file of a folder that exists. What is kept aside goes beside it: `settings.broken-1.json`. */
export function createTextFile(path: string): TextFile {
  const folder = dirname(path);
  const extension = extname(path);
  const name = basename(path, extension);

  function writeAt(place: string, bytes: Uint8Array): void {
    const unfinished = `${place}.unfinished`;
    writeDurably(unfinished, bytes);
    replaceFile(unfinished, place);
    syncFolder(folder);
  }

  function nextAside(): string {
    const taken = new Set(readdirSync(folder));
    for (let number = 1; ; number += 1) {
      const aside = `${name}.broken-${number}${extension}`;
      if (!taken.has(aside)) return aside;
    }
  }

  return {
    read: () => readWholeText(path),
    write(text) {
      try {
        writeAt(path, Buffer.from(text));
        return ok(undefined);
      } catch {
        // Disk full, folder gone or read-only: the caller says that nothing was kept.
        return fail('unavailable', 'file-not-written');
      }
    },
    copyAside() {
      try {
        const aside = nextAside();
        // Byte for byte: what is broken may not even be text.
        writeAt(join(folder, aside), readFileSync(path));
        return ok(aside);
      } catch {
        return fail('unavailable', 'file-not-written');
      }
    },
  };
}
