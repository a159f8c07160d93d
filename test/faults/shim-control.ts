/** Tells the shim which call is to fail; the layout is that of `struct control` in io-shim.c. */
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';

/** Kinds of call; the bits of the mask. */
export const CALLS = {
  open: 1,
  openForWriting: 2,
  write: 4,
  sync: 8,
  truncate: 16,
  rename: 32,
  unlink: 64,
  mkdir: 128,
} as const;

export const ERRNO = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const;

export interface Fault {
  /** Bits of `CALLS`. */
  readonly mask: number;
  /** The n-th of these calls fails, from 1. */
  readonly failAt: number;
  /** The errno; 0 makes a write short. */
  readonly error: number;
  /** True: so do all that follow. */
  readonly isLasting: boolean;
}

export interface ShimControl {
  readonly arm: (fault: Fault) => void;
  /** Lets every call pass and answers how many of the kind there were, and how many failed. */
  readonly disarm: () => { readonly seen: number; readonly injected: number };
}

const BYTES = 32;

/** Makes the file that the shim maps at the start of its process. */
export function makeControlFile(path: string): void {
  writeFileSync(path, new Uint8Array(BYTES));
}

/** Opens the control in the process that runs under the shim. */
export function openShimControl(path: string): ShimControl {
  const handle = openSync(path, 'r+');
  const put = (...numbers: readonly number[]) => {
    const bytes = Buffer.alloc(BYTES);
    numbers.forEach((number, index) => bytes.writeInt32LE(number, index * 4));
    writeSync(handle, bytes, 0, BYTES, 0);
  };
  process.on('exit', () => closeSync(handle));
  return {
    arm: ({ mask, failAt, error, isLasting }) => put(mask, failAt, error, isLasting ? 1 : 0),
    disarm() {
      const bytes = Buffer.alloc(BYTES);
      readSync(handle, bytes, 0, BYTES, 0);
      put(0);
      return { seen: bytes.readInt32LE(16), injected: bytes.readInt32LE(20) };
    },
  };
}
