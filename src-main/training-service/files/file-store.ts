/** Where A042 sends its callers: one place per download, for once and for a short while (contract.md section 7). */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';

export interface StoredFile {
  readonly title: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface FileStore {
  /** Puts a file up; the key is the last part of its address. */
  put(file: StoredFile): string;
  /** Takes the file of a key away; undefined when there is none any more. */
  take(key: string): StoredFile | undefined;
}

const LIFETIME_MS = 60_000;

/** Gives a store, empty at first. */
export function createFileStore(clock: Clock): FileStore {
  const files = new Map<string, { readonly file: StoredFile; readonly untilMs: number }>();
  return {
    put(file) {
      const key = randomUUID();
      files.set(key, { file, untilMs: clock.monotonicMs() + LIFETIME_MS });
      return key;
    },
    take(key) {
      const entry = files.get(key);
      files.delete(key);
      return entry !== undefined && entry.untilMs > clock.monotonicMs() ? entry.file : undefined;
    },
  };
}
