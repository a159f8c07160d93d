import { ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock, Secrets, Storage } from '../../app/ports.ts';
import { open, readKeyId, seal, type OpenFailure } from './envelope.ts';
import type { KeyRing } from './key-ring.ts';
import { openKeyRing } from './open-key-ring.ts';
import { createTags } from './tags.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A key that is older seals nothing more (devices.md section 5). */
const KEY_LIFE_MS = 90 * DAY_MS;

/** Seals records for the disk and makes keyed tags to find them by, without a readable identifier anywhere. */
export interface Vault {
  seal(context: string, value: unknown): Uint8Array;
  open(
    context: string,
    sealed: Uint8Array,
  ): { ok: true; value: unknown } | { ok: false; failure: OpenFailure };
  /** A keyed digest of a text, the same for the same text: for look-ups such as "intents of this UBRN". */
  tag(purpose: string, text: string): Uint8Array;
}

/** A vault whose key changes. The owner of a table re-seals its records; then the key before can be dropped. */
export interface RotatingVault extends Vault {
  /** What the rotation at this start gave; null when none was due. After a failure the key before goes on. */
  readonly startRotation: Outcome<void> | null;
  /** Makes a new key the current one. Problems: `key-ring-full`, `no-keyring`, `key-not-kept`. */
  rotateKey(): Promise<Outcome<void>>;
  /** The same where the current key is older than 90 days, as it is when the app runs on for weeks; else null. */
  rotateWhenDue(): Promise<Outcome<void> | null>;
  /** The key that seals, and when it was made. */
  keyId(): string;
  keyMadeAtMs(): number;
  /** The record under the current key; null when it is so already, or does not open and must stay as it is. */
  reseal(context: string, sealed: Uint8Array): Uint8Array | null;
  /** The keys of the ring that seal no more, oldest first. */
  oldKeys(): readonly string[];
  /** When the key stopped sealing: when the next one was made. Null for one that still seals, or is in no list. */
  retiredAtMs(keyId: string): number | null;
  /**
   * Takes a key out of the keyring for good. Refuses with `key-in-use` while a record of this database names it; a
   * second database of the same environment and user shares the ring, and nobody asks that one.
   */
  dropKey(keyId: string): Promise<Outcome<void>>;
}

/**
 * Opens the vault with the key ring in `Secrets`, making one on first use and a new key every 90 days. Fails closed:
 * when the keyring cannot be reached, or sealed records exist but their key is gone, writes stay off (devices.md
 * section 5) and nothing on disk or in the keyring is changed.
 */
export async function openVault(
  secrets: Secrets,
  storage: Storage,
  clock: Clock,
): Promise<Outcome<RotatingVault>> {
  const opened = await openKeyRing({ secrets, storage, clock });
  if (!opened.ok) return opened;
  const rotateWhenDue = async () => {
    const isDue = clock.nowMs() - madeAtMs(opened.value) > KEY_LIFE_MS;
    return isDue ? opened.value.rotate() : null;
  };
  return ok(createVault(opened.value, rotateWhenDue, await rotateWhenDue()));
}

/** When the current key was made; the ring lists it always. */
function madeAtMs(keyRing: KeyRing): number {
  const { current, kids } = keyRing.ring();
  return kids.find(({ id }) => id === current)?.madeAtMs ?? Number.POSITIVE_INFINITY;
}

function createVault(
  keyRing: KeyRing,
  rotateWhenDue: RotatingVault['rotateWhenDue'],
  startRotation: Outcome<void> | null,
): RotatingVault {
  return {
    startRotation,
    rotateWhenDue,
    keyId: () => keyRing.current().id,
    keyMadeAtMs: () => madeAtMs(keyRing),
    retiredAtMs(keyId) {
      const { current, kids } = keyRing.ring();
      const at = kids.findIndex(({ id }) => id === keyId);
      return at < 0 || keyId === current ? null : (kids[at + 1]?.madeAtMs ?? null);
    },
    seal: (context, value) => seal(keyRing.current(), context, Buffer.from(JSON.stringify(value))),
    open(context, sealed) {
      const opened = open(keyRing.keys(), context, sealed);
      return opened.ok ? { ok: true, value: JSON.parse(opened.plain.toString('utf8')) } : opened;
    },
    tag: createTags(keyRing.tagKey),
    rotateKey: keyRing.rotate,
    reseal(context, sealed) {
      if (readKeyId(sealed) === keyRing.current().id) return null;
      const opened = open(keyRing.keys(), context, sealed);
      return opened.ok ? seal(keyRing.current(), context, opened.plain) : null;
    },
    oldKeys() {
      const { current, kids } = keyRing.ring();
      return kids.flatMap(({ id }) => (id === current ? [] : [id]));
    },
    dropKey: keyRing.drop,
  };
}
