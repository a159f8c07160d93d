/** What fails in the sweep, and when. */
import { CALLS, ERRNO } from './shim-control.ts';

export interface Plan {
  readonly name: string;
  readonly mask: number;
  readonly error: number;
  readonly isLasting: boolean;
  /** From when on calls are counted: from the opening, from an open desk on, or with a checkpoint at every commit. */
  readonly scope: 'open' | 'open-desk' | 'checkpoint';
  /** True: the very first start, on an empty folder. */
  readonly isFresh: boolean;
}

export interface Trial {
  /** The trial's folder; beside it `<name>-killed` is the folder right after the answers. */
  readonly name: string;
  readonly plan: Plan;
  readonly failAt: number;
  readonly injected: number;
  readonly answers: readonly { readonly saved: string | null; readonly reason: string | null }[];
  /** How many intents the desk counted right after the answers. */
  readonly shown: number | null;
  /** What the next intent was answered once the disk worked again. */
  readonly afterwards: { readonly saved: string | null; readonly reason: string | null };
}

const READ_ONLY_CALLS =
  CALLS.openForWriting | CALLS.write | CALLS.truncate | CALLS.rename | CALLS.unlink | CALLS.mkdir;

/** A short write is followed by the rest, so it is no fault at all: it must simply be saved. */
const SHORT = 0;

const FAULTS: readonly Pick<Plan, 'name' | 'mask' | 'error'>[] = [
  { name: 'open EIO', mask: CALLS.open, error: ERRNO.EIO },
  { name: 'open ENOSPC', mask: CALLS.openForWriting, error: ERRNO.ENOSPC },
  { name: 'write ENOSPC', mask: CALLS.write, error: ERRNO.ENOSPC },
  { name: 'write EIO', mask: CALLS.write, error: ERRNO.EIO },
  { name: 'write short', mask: CALLS.write, error: SHORT },
  { name: 'fsync EIO', mask: CALLS.sync, error: ERRNO.EIO },
  { name: 'fsync ENOSPC', mask: CALLS.sync, error: ERRNO.ENOSPC },
  { name: 'truncate EIO', mask: CALLS.truncate, error: ERRNO.EIO },
  { name: 'rename EIO', mask: CALLS.rename, error: ERRNO.EIO },
  { name: 'unlink EIO', mask: CALLS.unlink, error: ERRNO.EIO },
  { name: 'mkdir ENOSPC', mask: CALLS.mkdir, error: ERRNO.ENOSPC },
  { name: 'everything ENOSPC', mask: READ_ONLY_CALLS, error: ERRNO.ENOSPC },
  { name: 'everything EIO', mask: READ_ONLY_CALLS | CALLS.sync, error: ERRNO.EIO },
  { name: 'read-only EROFS', mask: READ_ONLY_CALLS, error: ERRNO.EROFS },
];

const SITUATIONS: readonly Pick<Plan, 'scope' | 'isFresh'>[] = [
  { scope: 'open', isFresh: true },
  { scope: 'open', isFresh: false },
  { scope: 'open-desk', isFresh: false },
  { scope: 'checkpoint', isFresh: false },
];

/**
 * A disk that from some sync on takes nothing at all any more: what the commit left in the log cannot be cut off while
 * this process lives, and a kill leaves it there. The desk answers "not saved" and shows nothing; after a restart on a
 * disk that works again the intent is found queued, and the clerk's word is asked for anew before it is sent.
 */
export const isDeadDisk = ({ mask, isLasting }: Plan) =>
  isLasting && (mask & CALLS.sync) !== 0 && (mask & CALLS.openForWriting) !== 0;

/** Every fault in every situation, once and lasting. */
export const PLANS: readonly Plan[] = FAULTS.flatMap((fault) =>
  SITUATIONS.flatMap((situation) =>
    [false, true].map((isLasting) => ({ ...fault, ...situation, isLasting })),
  ),
);
