/** Rows go when their time is over, oldest first; the chain goes on from the last one that went. */
import type { Storage } from '../../app/ports.ts';
import { isSame, readAnchor, readEnd, readRows, writeAnchor, type Chain } from './trail-rows.ts';

/** The least that is kept, whatever is set: three months (contract.md section 12). */
export const LEAST_DAYS = 92;
const ROWS_A_STEP = 100;

export interface PruneParts {
  readonly storage: Storage;
  readonly chain: Chain;
  /** Throws when this process may not write any more; asked inside the transaction. */
  readonly assertHeld: () => void;
}

/**
 * Removes up to a hundred rows from the front that are older than the instant, in one transaction with the mark where
 * they ended; answers how many. The newest row always stays: the chain is continued from it. Throws `StorageFault`.
 */
export function pruneRows({ storage, chain, assertHeld }: PruneParts, before: string): number {
  return storage.transaction(() => {
    assertHeld();
    const newest = readEnd(storage)?.seq ?? 0;
    const front = readRows(storage, readAnchor(storage, chain)?.seq ?? 0, newest - 1, ROWS_A_STEP);
    // Only as far as they are old without a gap: a clock that was set back does not let younger ones go.
    const young = front.findIndex(({ at }) => at >= before);
    const old = young === -1 ? front : front.slice(0, young);
    const last = old.at(-1);
    if (last === undefined) return 0;
    writeAnchor(storage, chain, last);
    storage.run('DELETE FROM audit WHERE seq <= ?', last.seq);
    return old.length;
  });
}

/** True when the front of the trail is what the mark says: nothing is removed from a trail that does not fit. */
export function isFrontRight({ storage, chain }: Pick<PruneParts, 'storage' | 'chain'>): boolean {
  const anchor = readAnchor(storage, chain);
  const [first] = readRows(storage, anchor?.seq ?? 0, Number.MAX_SAFE_INTEGER, 1);
  if (anchor === null || first === undefined) return true;
  return anchor.isGenuine && first.seq === anchor.seq + 1 && isSame(first.previous, anchor.hash);
}
