import { toIso } from '../../contract/london-time.ts';
import type { Storage } from '../../app/ports.ts';

/** One sealed record; only the day on which it goes is readable. */
export interface KeptRow {
  readonly tag: Uint8Array;
  /** The same for all records of one kind of one person. */
  readonly listTag: Uint8Array;
  readonly payload: Uint8Array;
  readonly expiresAt: string;
}

/** The rows on disk; every function throws `StorageFault`. */
export interface KeptRows {
  readonly list: (listTag: Uint8Array) => readonly Pick<KeptRow, 'tag' | 'payload' | 'expiresAt'>[];
  /** Writes and takes out in one commit. */
  readonly write: (written: readonly KeptRow[], gone: readonly Uint8Array[]) => void;
  /** Takes out what has grown too old. */
  readonly prune: (nowMs: number) => void;
}

export function createKeptRows(storage: Storage): KeptRows {
  return {
    list: (listTag) =>
      storage
        .all('SELECT tag, payload, expires_at FROM kept WHERE list_tag = ? ORDER BY rowid', listTag)
        .map((row) => ({
          tag: row['tag'] as Uint8Array,
          payload: row['payload'] as Uint8Array,
          expiresAt: String(row['expires_at']),
        })),
    write(written, gone) {
      storage.transaction(() => {
        gone.forEach((tag) => storage.run('DELETE FROM kept WHERE tag = ?', tag));
        written.forEach(({ tag, listTag, payload, expiresAt }) =>
          storage.run(
            `INSERT INTO kept (tag, list_tag, payload, expires_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (tag) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
            tag,
            listTag,
            payload,
            expiresAt,
          ),
        );
      });
    },
    prune: (nowMs) => storage.run('DELETE FROM kept WHERE expires_at < ?', toIso(nowMs)),
  };
}
