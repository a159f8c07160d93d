import { toIso } from '../../contract/london-time.ts';
import type { Storage } from '../../app/ports.ts';

/** One sealed entry; only its age is readable. */
export interface RememberedRow {
  readonly tag: Uint8Array;
  readonly ownerTag: Uint8Array;
  readonly payload: Uint8Array;
  readonly readAt: string;
}

/** The rows on disk; every function throws `StorageFault`. */
export interface RememberedRows {
  readonly find: (tag: Uint8Array) => Pick<RememberedRow, 'payload' | 'readAt'> | null;
  /** Writes and takes out in one commit; true when so much was written that it is time to prune. */
  readonly write: (written: readonly RememberedRow[], gone: readonly Uint8Array[]) => boolean;
  /** Takes out what is older or newer than the two instants, and the oldest of what is too many or too much. */
  readonly prune: (fromMs: number, toMs: number) => void;
}

export const MOST_ENTRIES = 5_000;
export const MOST_BYTES = 64 * 1024 * 1024;
/** So much may come on top before the next look at the limits. */
const ENTRIES_BETWEEN = 100;
const BYTES_BETWEEN = 8 * 1024 * 1024;

const NEWEST_FIRST = 'ORDER BY read_at DESC, tag';

export function createRememberedRows(storage: Storage): RememberedRows {
  let entries = 0;
  let bytes = 0;

  return {
    find(tag) {
      const [row] = storage.all('SELECT payload, read_at FROM remembered WHERE tag = ?', tag);
      if (row === undefined || !(row['payload'] instanceof Uint8Array)) return null;
      return { payload: row['payload'], readAt: String(row['read_at']) };
    },
    write(written, gone) {
      storage.transaction(() => {
        gone.forEach((tag) => storage.run('DELETE FROM remembered WHERE tag = ?', tag));
        written.forEach(({ tag, ownerTag, payload, readAt }) =>
          storage.run(
            `INSERT INTO remembered (tag, owner_tag, payload, read_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (tag) DO UPDATE SET payload = excluded.payload, read_at = excluded.read_at`,
            tag,
            ownerTag,
            payload,
            readAt,
          ),
        );
      });
      entries += written.length;
      bytes += written.reduce((sum, { payload }) => sum + payload.length, 0);
      return entries >= ENTRIES_BETWEEN || bytes >= BYTES_BETWEEN;
    },
    prune(fromMs, toMs) {
      storage.transaction(() => {
        storage.run('DELETE FROM remembered WHERE read_at < ? OR read_at > ?', toIso(fromMs), toIso(toMs));
        storage.run(
          `DELETE FROM remembered WHERE tag IN
             (SELECT tag FROM remembered ${NEWEST_FIRST} LIMIT -1 OFFSET ${MOST_ENTRIES})`,
        );
        storage.run(
          `DELETE FROM remembered WHERE tag IN (SELECT tag FROM
             (SELECT tag, sum(length(payload)) OVER (${NEWEST_FIRST}) AS upto FROM remembered)
             WHERE upto > ${MOST_BYTES})`,
        );
      });
      entries = 0;
      bytes = 0;
    },
  };
}
