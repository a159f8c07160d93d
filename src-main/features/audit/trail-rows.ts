/** The rows of the audit trail as they lie on disk, and what ties each to the one before it. */
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import type { SqlValue, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';

/** What the hash of a row covers, beside the row before it. */
export interface LinkedPart {
  readonly seq: number;
  /** UTC, milliseconds. */
  readonly at: string;
  /** Sealed under `contextOf(seq)`. */
  readonly entry: Uint8Array;
  /** Keyed digests to find rows by. `user_tag` is null in rows from before there were tags. */
  readonly user_tag: Uint8Array | null;
  readonly ubrn_tag: Uint8Array | null;
  readonly nhs_tag: Uint8Array | null;
  readonly action_tag: Uint8Array | null;
  readonly is_failed: number;
}

export interface TrailRow extends LinkedPart {
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
}

/** Where the chain begins. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: Uint8Array;
}

export const FIRST_END: ChainEnd = { seq: 0, hash: new Uint8Array(32) };

export const contextOf = (seq: number): string => `audit|${seq}`;

/** True for a row of before the tags, whose link is a plain SHA-256. */
export const isPlain = (row: Pick<LinkedPart, 'user_tag'>): boolean => row.user_tag === null;

/** Makes links and marks. The key is a digest under the vault's tag key, which no change of the record key touches. */
export interface Chain {
  linkOf(previous: Uint8Array, part: LinkedPart): Uint8Array;
  markOf(purpose: string, text: string): Uint8Array;
}

const part = (tag: Uint8Array | null): Uint8Array =>
  tag === null ? new Uint8Array([0]) : Buffer.concat([new Uint8Array([tag.length]), tag]);

/**
 * The chain of a desk: HMAC-SHA-256 over the row before and everything of this one. Who can write the file but has not
 * the key of the keyring can make no row that fits, so the first row that was touched is the first that does not.
 */
export function createChain(vault: Pick<Vault, 'tag'>): Chain {
  const key = createSecretKey(vault.tag('audit-chain', 'key'));
  return {
    linkOf(previous, row) {
      const { seq, at, entry, user_tag, ubrn_tag, nhs_tag, action_tag, is_failed } = row;
      if (user_tag === null)
        return createHash('sha256').update(previous).update(`${seq}|${at}|`).update(entry).digest();
      return createHmac('sha256', key)
        .update(previous)
        .update(`${seq}|${at}|${is_failed}|`)
        .update(Buffer.concat([user_tag, ubrn_tag, nhs_tag, action_tag].map(part)))
        .update(entry)
        .digest();
    },
    markOf: (purpose, text) => createHmac('sha256', key).update(`${purpose}\u0000${text}`).digest(),
  };
}

export const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** The end of the chain as it is on disk. */
export function readEnd(storage: Pick<Storage, 'all'>): ChainEnd | null {
  const [last] = storage.all('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  return last === undefined ? null : { seq: Number(last['seq']), hash: last['hash'] as Uint8Array };
}

/** Up to `most` rows behind `after`, in their order. */
export function readRows(
  storage: Pick<Storage, 'all'>,
  after: number,
  upTo: number,
  most: number,
): TrailRow[] {
  const values: SqlValue[] = [after, upTo, most];
  return storage.all(
    'SELECT * FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    ...values,
  ) as unknown as TrailRow[];
}

/** Where the rows that went after their retention ended, marked with the key of the chain. */
export interface Anchor extends ChainEnd {
  readonly at: string;
  readonly isGenuine: boolean;
}

const anchorText = ({ seq, at, hash }: { seq: number; at: string; hash: Uint8Array }) =>
  `${seq}|${at}|${Buffer.from(hash).toString('hex')}`;

/** Null while nothing has gone. */
export function readAnchor(storage: Pick<Storage, 'all'>, chain: Chain): Anchor | null {
  const [row] = storage.all('SELECT seq, at, hash, mac FROM audit_anchor');
  if (row === undefined) return null;
  const anchor = { seq: Number(row['seq']), at: String(row['at']), hash: row['hash'] as Uint8Array };
  const isGenuine = isSame(chain.markOf('anchor', anchorText(anchor)), row['mac'] as Uint8Array);
  return { ...anchor, isGenuine };
}

/** Within a transaction of the caller. */
export function writeAnchor(storage: Pick<Storage, 'run'>, chain: Chain, row: TrailRow): void {
  const { seq, at, hash } = row;
  storage.run(
    `INSERT INTO audit_anchor (one, seq, at, hash, mac) VALUES (1, ?, ?, ?, ?)
     ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, at = excluded.at, hash = excluded.hash, mac = excluded.mac`,
    ...[seq, at, hash, chain.markOf('anchor', anchorText(row))],
  );
}
