/**
 * The end of the trail, kept outside the database: a chain alone cannot show that its last rows were cut off or that an
 * older file was put back (safety.md "Audit", attack S28). The keyring holds it, marked with the key of the chain.
 *
 * It is written some seconds after a row, not with each: a write to a keyring is slow. What is on disk is therefore
 * never behind the seal, unless rows are gone; and rows of the last seconds before a crash are the only ones that could
 * go unnoticed. A stop of the app seals its last row.
 */
import type { Clock, Log, Secrets } from '../../app/ports.ts';
import { isSame, type Chain, type ChainEnd } from './trail-rows.ts';

/** `cut-short`: the last rows are gone. `rolled-back`: the file is an older one. The others: nobody can tell any more. */
export const LOSS_KINDS = ['cut-short', 'rolled-back', 'seal-missing', 'seal-damaged'] as const;

/** Rows that the seal knew and the database has not. */
export interface Loss {
  readonly kind: (typeof LOSS_KINDS)[number];
  /** The first row that is not there, or not the one that was. */
  readonly seq: number;
  readonly foundAt: string;
}

export interface SealedHead {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
  readonly at: string;
  /** Which start of the database it was: a file from before it is an older one. */
  readonly fence: number;
  /** From this row on the chain is keyed. */
  readonly keyedFrom: number;
  /** What was found before: rows written after a loss fit again, so that the chain alone would forget it. */
  readonly losses: readonly Loss[];
}

export type ReadSeal =
  | { readonly kind: 'sealed'; readonly head: SealedHead }
  /** `none`: there never was one, or it was taken away. `unavailable`: the keyring does not answer. */
  | { readonly kind: 'none' | 'damaged' | 'unavailable' };

const NAME = 'audit-seal';
const VERSION = 1;
/** The keyring of Windows takes 2,560 bytes. */
export const MOST_LOSSES = 8;
export const SEAL_AFTER_MS = 15_000;
/** A keyring that does not take it is asked again, and ever more rarely: each time it may ask the person for a password. */
const AGAIN_AFTER_MS = [60_000, 600_000, 3_600_000] as const;

const markOf = (chain: Chain, head: SealedHead) => chain.markOf('seal', JSON.stringify(head));

export function formatSeal(chain: Chain, head: SealedHead): Uint8Array {
  return Buffer.from(
    JSON.stringify({ version: VERSION, head, mark: Buffer.from(markOf(chain, head)).toString('hex') }),
  );
}

/** The head of kept bytes; null when they are none, or not marked with the key of this chain. */
export function parseSeal(chain: Chain, bytes: Uint8Array): SealedHead | null {
  try {
    const { version, head, mark } = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      version?: unknown;
      head?: SealedHead;
      mark?: unknown;
    };
    if (version !== VERSION || head === undefined || typeof mark !== 'string') return null;
    return isSame(markOf(chain, head), Buffer.from(mark, 'hex')) ? head : null;
  } catch {
    // Torn or foreign: the caller says that the seal is damaged.
    return null;
  }
}

export async function readSeal(secrets: Pick<Secrets, 'read'>, chain: Chain): Promise<ReadSeal> {
  const stored = await secrets.read(NAME);
  if (!stored.ok) return { kind: 'unavailable' };
  if (stored.value === null) return { kind: 'none' };
  const head = parseSeal(chain, stored.value);
  return head === null ? { kind: 'damaged' } : { kind: 'sealed', head };
}

export interface TrailSeal {
  /** A row may have been added: the seal follows soon. */
  readonly note: () => void;
  /** Seals the end as it is on disk now; true when the keyring holds it. */
  readonly flush: () => Promise<boolean>;
  readonly stop: () => void;
}

interface SealParts {
  readonly secrets: Pick<Secrets, 'write'>;
  readonly chain: Chain;
  readonly clock: Clock;
  readonly log: Log;
  /** What is on disk, asked outside of every transaction; null while there is no row. */
  readonly readHead: () => (ChainEnd & Omit<SealedHead, 'seq' | 'hash'>) | null;
}

export function createTrailSeal({ secrets, chain, clock, log, readHead }: SealParts): TrailSeal {
  let cancel: (() => void) | null = null;
  let sealed = '';
  let turn: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  let refusals = 0;

  function plan(delayMs: number): void {
    if (isStopped || cancel !== null) return;
    cancel = clock.schedule(delayMs, () => {
      cancel = null;
      void flush();
    });
  }

  async function write(): Promise<boolean> {
    const head = readHeadNow();
    if (head === null) return false;
    const key = JSON.stringify([head.seq, head.fence, head.losses]);
    if (key === sealed) return true;
    const written = await secrets.write(NAME, formatSeal(chain, head));
    if (written.ok) {
      sealed = key;
      refusals = 0;
      return true;
    }
    log.write('warn', 'audit-not-sealed', { code: written.problem.code });
    plan(AGAIN_AFTER_MS[Math.min(refusals, AGAIN_AFTER_MS.length - 1)] ?? SEAL_AFTER_MS);
    refusals += 1;
    return false;
  }

  function readHeadNow(): SealedHead | null {
    try {
      const head = readHead();
      return head === null ? null : { ...head, hash: Buffer.from(head.hash).toString('hex') };
    } catch {
      // The disk has a fault: what cannot be read is not sealed, and the log has said so already.
      return null;
    }
  }

  /** One after the other: a later end is never written over by an earlier one. */
  function flush(): Promise<boolean> {
    const mine = turn.then(write, write);
    turn = mine;
    return mine;
  }

  return {
    note: () => plan(SEAL_AFTER_MS),
    flush,
    stop() {
      isStopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
