/** What the sealed end says of the database as it was opened: rows may be ahead of it, never behind. */
import type { Storage } from '../../app/ports.ts';
import type { Loss, ReadSeal } from './trail-seal.ts';
import { readAnchor, readEnd, type Chain } from './trail-rows.ts';

const numberOf = (storage: Pick<Storage, 'all'>, sql: string, ...values: number[]): number | null => {
  const value = storage.all(sql, ...values)[0]?.['n'];
  return value == null ? null : Number(value);
};

/** The first row of the keyed chain; null while there is none. */
export const firstKeyed = (storage: Pick<Storage, 'all'>): number | null =>
  numberOf(storage, 'SELECT min(seq) AS n FROM audit WHERE user_tag IS NOT NULL');

/** How often the database was opened for writing. */
export const readFence = (storage: Pick<Storage, 'all'>): number =>
  numberOf(storage, 'SELECT fence AS n FROM lease') ?? 0;

/** What is certain at once, and what only a walk along the chain can decide. */
export interface Judgement {
  readonly loss: Loss | null;
  /** Another row where the sealed one was: of a trail that went on from an older file, unless the walk finds why. */
  readonly doubt: Loss | null;
}

/** Looks for the rows that the seal knew. Asked before this start takes its own lease. */
export function judgeSeal(
  storage: Pick<Storage, 'all'>,
  chain: Chain,
  seal: ReadSeal,
  foundAt: string,
): Judgement {
  const end = readEnd(storage)?.seq ?? readAnchor(storage, chain)?.seq ?? 0;
  if (!('head' in seal))
    return { loss: judgeWithout(seal.kind, firstKeyed(storage) !== null, end + 1, foundAt), doubt: null };
  const { head } = seal;
  const kind = readFence(storage) < head.fence ? 'rolled-back' : 'cut-short';
  if (end < head.seq) return { loss: { kind, seq: end + 1, foundAt }, doubt: null };
  const [row] = storage.all('SELECT hash FROM audit WHERE seq = ?', head.seq);
  const hash = row === undefined ? null : Buffer.from(row['hash'] as Uint8Array).toString('hex');
  // A gap there is found by the walk.
  const isThere = hash === null || hash === head.hash;
  return { loss: null, doubt: isThere ? null : { kind: 'rolled-back', seq: head.seq, foundAt } };
}

/** A trail of before there was a seal has none, and no row of the keyed chain. */
function judgeWithout(
  kind: Exclude<ReadSeal['kind'], 'sealed'>,
  hasKeyed: boolean,
  seq: number,
  foundAt: string,
): Loss | null {
  if (kind === 'damaged') return { kind: 'seal-damaged', seq, foundAt };
  return kind === 'none' && hasKeyed ? { kind: 'seal-missing', seq, foundAt } : null;
}
