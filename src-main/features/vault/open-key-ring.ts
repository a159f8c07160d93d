import { hkdfSync, randomBytes } from 'node:crypto';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { makeSealingKey, type SealingKey } from './envelope.ts';
import { addKey, createKeyRing, listKey } from './key-ring.ts';
import type { KeyRing, KeyRingParts, KeyRingPorts, LoadedRing } from './key-ring.ts';
import { createKeptSecrets, type FirstKey } from './kept-secrets.ts';
import type { Ring } from './ring.ts';
import { countRecords, countSealedWith, countSealedWithout, isOfOtherKeys } from './sealed-records.ts';

/** The tag key; made when there is none and no record was ever tagged with one. */
async function readOrMakeTagKey({ kept, storage }: KeyRingParts): Promise<Outcome<Uint8Array>> {
  const stored = await kept.readTagKey();
  if (!stored.ok) return stored;
  if (stored.value !== null) return ok(stored.value);
  const records = countRecords(storage);
  if (records > 0) return fail('writes-off', 'key-missing', { records });
  const made = randomBytes(32);
  const isKept = await kept.keepTagKey(made);
  return isKept.ok ? ok(made) : isKept;
}

/**
 * Makes the single key of an older database the first of a ring, and the tag key that was derived from it the tag key.
 * The ring comes last, so what a crash leaves is done again at the next start. The old secret stays until that key is
 * dropped.
 */
async function adoptFirstKey(parts: KeyRingParts, first: FirstKey): Promise<Outcome<KeyRing>> {
  const lost = countSealedWithout(parts.storage, [first.id]);
  if (lost > 0) return fail('writes-off', 'key-missing', { records: lost });
  const keyKept = await parts.kept.keepKey(first.id, first.bytes);
  if (!keyKept.ok) return keyKept;
  const tagKey = Buffer.from(hkdfSync('sha256', first.bytes, '', 'booking-desk tags', 32));
  const tagKeyKept = await parts.kept.keepTagKey(tagKey);
  if (!tagKeyKept.ok) return tagKeyKept;
  const loaded = await listKey(parts, null, makeSealingKey(first.id, first.bytes));
  return loaded.ok ? ok(createKeyRing(parts, tagKey, loaded.value)) : loaded;
}

async function makeRing(parts: KeyRingParts): Promise<Outcome<KeyRing>> {
  const first = await parts.kept.readFirstKey();
  if (!first.ok) return first;
  if (first.value !== null) return adoptFirstKey(parts, first.value);
  const records = countRecords(parts.storage);
  if (records > 0) return fail('writes-off', 'key-missing', { records });
  const tagKey = await readOrMakeTagKey(parts);
  if (!tagKey.ok) return tagKey;
  const loaded = await addKey(parts, null);
  return loaded.ok ? ok(createKeyRing(parts, tagKey.value, loaded.value)) : loaded;
}

/** The keys that the ring lists. One that is gone fails when records name it; one that sealed nothing is no loss. */
async function loadKeys(parts: KeyRingParts, ring: Ring): Promise<Outcome<LoadedRing>> {
  const keys: SealingKey[] = [];
  let lost = 0;
  for (const { id } of ring.kids) {
    const bytes = await parts.kept.readKey(id);
    if (!bytes.ok) return bytes;
    if (bytes.value === null) lost += countSealedWith(parts.storage, id);
    else keys.push(makeSealingKey(id, bytes.value));
  }
  return lost > 0 ? fail('writes-off', 'key-missing', { records: lost }) : ok({ ring, keys });
}

async function loadRing(parts: KeyRingParts, ring: Ring): Promise<Outcome<KeyRing>> {
  const listedIds = ring.kids.map(({ id }) => id);
  if (isOfOtherKeys(parts.storage, listedIds))
    return fail('writes-off', 'key-missing', { records: countSealedWithout(parts.storage, listedIds) });
  const tagKey = await readOrMakeTagKey(parts);
  if (!tagKey.ok) return tagKey;
  const listed = await loadKeys(parts, ring);
  if (!listed.ok) return listed;
  const hasCurrent = listed.value.keys.some(({ id }) => id === ring.current);
  const loaded = hasCurrent ? listed : await addKey(parts, listed.value);
  return loaded.ok ? ok(createKeyRing(parts, tagKey.value, loaded.value)) : loaded;
}

/**
 * Opens the key ring, or makes one when nothing was ever sealed. Fails closed with `writes-off` (devices.md section
 * 5): `no-keyring`, `key-missing` with how many records it would have opened, `key-damaged`, `key-not-kept`.
 */
export async function openKeyRing(ports: KeyRingPorts): Promise<Outcome<KeyRing>> {
  const parts = { ...ports, kept: createKeptSecrets(ports.secrets) };
  const ring = await parts.kept.readRing();
  if (!ring.ok) return ring;
  return ring.value === null ? makeRing(parts) : loadRing(parts, ring.value);
}
