/** The key ring at work: the key that seals, the keys that open, and the change from one to the next. */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock, Secrets, Storage } from '../../app/ports.ts';
import { makeSealingKey, type SealingKey } from './envelope.ts';
import type { KeptSecrets } from './kept-secrets.ts';
import { formatRing, MOST_KEYS, type Ring } from './ring.ts';
import { countSealedWith } from './sealed-records.ts';

/** The keys in use. What rotates and drops runs one after the other. */
export interface KeyRing {
  /** Makes the tags. A key of its own that never changes, so that what was tagged is found after a rotation. */
  readonly tagKey: Uint8Array;
  current(): SealingKey;
  /** Every key that opens records. */
  keys(): readonly SealingKey[];
  ring(): Ring;
  /**
   * Makes a new current key. After a failure the one before goes on. Problems: `key-ring-full`, `key-ring-changed` by
   * another process, or of the keyring.
   */
  rotate(): Promise<Outcome<void>>;
  /** Forgets a key that no record names. Problem: `key-in-use` with how many records, or of the keyring. */
  drop(keyId: string): Promise<Outcome<void>>;
}

export interface KeyRingPorts {
  readonly secrets: Secrets;
  readonly storage: Storage;
  readonly clock: Clock;
}

export interface KeyRingParts extends KeyRingPorts {
  readonly kept: KeptSecrets;
}

/** A ring with those of its keys that the keyring holds. */
export interface LoadedRing {
  readonly ring: Ring;
  readonly keys: readonly SealingKey[];
}

/** Makes a kept key the current one of the ring; with the ring that this gives. */
export async function listKey(
  { kept, clock }: KeyRingParts,
  before: LoadedRing | null,
  key: SealingKey,
): Promise<Outcome<LoadedRing>> {
  const entry = { id: key.id, madeAtMs: Math.floor(clock.nowMs()) };
  const ring: Ring = { current: key.id, kids: [...(before?.ring.kids ?? []), entry] };
  const isKept = await kept.keepRing(ring);
  return isKept.ok ? ok({ ring, keys: [...(before?.keys ?? []), key] }) : isKept;
}

/**
 * Makes a new key and lists it as the current one. It is kept and read back before the ring names it: a crash between
 * leaves a key that sealed nothing, never a record without its key.
 */
export async function addKey(parts: KeyRingParts, before: LoadedRing | null): Promise<Outcome<LoadedRing>> {
  const id = randomBytes(16).toString('hex');
  const bytes = randomBytes(32);
  const isKept = await parts.kept.keepKey(id, bytes);
  return isKept.ok ? listKey(parts, before, makeSealingKey(id, bytes)) : isKept;
}

function findCurrent({ ring, keys }: LoadedRing): SealingKey {
  const current = keys.find(({ id }) => id === ring.current);
  if (current === undefined) throw new Error('the ring has lost its current key');
  return current;
}

/** The ring over what was loaded, which holds its current key. */
export function createKeyRing(parts: KeyRingParts, tagKey: Uint8Array, first: LoadedRing): KeyRing {
  let loaded = first;
  let current = findCurrent(first);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };

  /** Another process on the same keyring may have changed the ring: ours would then write its newest key out of it. */
  async function assertUnchanged(): Promise<Outcome<void>> {
    const stored = await parts.kept.readRing();
    if (!stored.ok) return stored;
    const isOurs =
      stored.value !== null &&
      Buffer.from(formatRing(stored.value)).equals(Buffer.from(formatRing(loaded.ring)));
    return isOurs ? ok(undefined) : fail('rejected', 'key-ring-changed');
  }

  async function rotateNow(): Promise<Outcome<void>> {
    const unchanged = await assertUnchanged();
    if (!unchanged.ok) return unchanged;
    if (loaded.ring.kids.length >= MOST_KEYS) return fail('rejected', 'key-ring-full');
    const added = await addKey(parts, loaded);
    if (!added.ok) return added;
    loaded = added.value;
    current = findCurrent(loaded);
    return ok(undefined);
  }

  async function dropNow(keyId: string): Promise<Outcome<void>> {
    const records = countSealedWith(parts.storage, keyId);
    if (records > 0 || keyId === loaded.ring.current) return fail('rejected', 'key-in-use', { records });
    const unchanged = await assertUnchanged();
    if (!unchanged.ok) return unchanged;
    // The key goes first: a ring that still lists it is put right by the next drop, a key in no list never would be.
    const removed = await parts.kept.removeKey(keyId);
    if (!removed.ok) return removed;
    const ring = { ...loaded.ring, kids: loaded.ring.kids.filter(({ id }) => id !== keyId) };
    const isKept = await parts.kept.keepRing(ring);
    if (isKept.ok) loaded = { ring, keys: loaded.keys.filter(({ id }) => id !== keyId) };
    return isKept;
  }

  return {
    tagKey,
    current: () => current,
    keys: () => loaded.keys,
    ring: () => loaded.ring,
    rotate: () => inTurn(rotateNow),
    drop: (keyId) => inTurn(() => dropNow(keyId)),
  };
}
