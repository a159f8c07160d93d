/** The secrets of the vault by their names, each read back before it is trusted. */
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Secrets } from '../../app/ports.ts';
import { formatRing, parseRing, type Ring } from './ring.ts';

const RING_NAME = 'record-key-ring';
const TAG_KEY_NAME = 'record-tag-key';
/** The only secret of databases that were made before the ring: a key id of 16 bytes and a key of 32. */
const FIRST_NAME = 'record-key';
const ID_BYTES = 16;
const KEY_BYTES = 32;

const keyName = (id: string) => `record-key-${id}`;

export interface FirstKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Reads, keeps and removes the vault's secrets. Null is "there is none"; problems are of kind `writes-off`. */
export interface KeptSecrets {
  readRing(): Promise<Outcome<Ring | null>>;
  keepRing(ring: Ring): Promise<Outcome<void>>;
  readKey(id: string): Promise<Outcome<Uint8Array | null>>;
  keepKey(id: string, bytes: Uint8Array): Promise<Outcome<void>>;
  removeKey(id: string): Promise<Outcome<void>>;
  readTagKey(): Promise<Outcome<Uint8Array | null>>;
  keepTagKey(bytes: Uint8Array): Promise<Outcome<void>>;
  /** The single key of a database from before the ring. */
  readFirstKey(): Promise<Outcome<FirstKey | null>>;
}

/** The vault's secrets over the port. */
export function createKeptSecrets(secrets: Secrets): KeptSecrets {
  async function keep(name: string, bytes: Uint8Array): Promise<Outcome<void>> {
    const written = await secrets.write(name, bytes);
    if (!written.ok) return written;
    const readBack = await secrets.read(name);
    if (!readBack.ok) return readBack;
    const isKept = readBack.value !== null && Buffer.from(readBack.value).equals(bytes);
    return isKept ? ok(undefined) : fail('writes-off', 'key-not-kept');
  }

  async function readSized(name: string, length: number): Promise<Outcome<Uint8Array | null>> {
    const stored = await secrets.read(name);
    const isDamaged = stored.ok && stored.value !== null && stored.value.length !== length;
    return isDamaged ? fail('writes-off', 'key-damaged') : stored;
  }

  async function readFirstKey(): Promise<Outcome<FirstKey | null>> {
    const stored = await readSized(FIRST_NAME, ID_BYTES + KEY_BYTES);
    if (!stored.ok || stored.value === null) return stored.ok ? ok(null) : stored;
    const id = Buffer.from(stored.value.subarray(0, ID_BYTES)).toString('hex');
    return ok({ id, bytes: stored.value.subarray(ID_BYTES) });
  }

  return {
    async readRing() {
      const stored = await secrets.read(RING_NAME);
      if (!stored.ok || stored.value === null) return stored.ok ? ok(null) : stored;
      const ring = parseRing(stored.value);
      return ring === null ? fail('writes-off', 'key-damaged') : ok(ring);
    },
    keepRing: (ring) => keep(RING_NAME, formatRing(ring)),
    readKey: (id) => readSized(keyName(id), KEY_BYTES),
    keepKey: (id, bytes) => keep(keyName(id), bytes),
    async removeKey(id) {
      const first = await readFirstKey();
      if (!first.ok) return first;
      const removed = first.value?.id === id ? await secrets.remove(FIRST_NAME) : ok(undefined);
      return removed.ok ? secrets.remove(keyName(id)) : removed;
    },
    readTagKey: () => readSized(TAG_KEY_NAME, KEY_BYTES),
    keepTagKey: (bytes) => keep(TAG_KEY_NAME, bytes),
    readFirstKey,
  };
}
