/**
 * The list of the keys, as the secret `record-key-ring` keeps it: which one seals, and when each was made. It holds no
 * key: each is a secret of its own that is never written over, so a ring that is lost or torn loses no key.
 */

export interface RingEntry {
  /** 32 hexadecimal digits; envelopes name the key by it. */
  readonly id: string;
  readonly madeAtMs: number;
}

export interface Ring {
  readonly current: string;
  readonly kids: readonly RingEntry[];
}

const VERSION = 1;
/** So many entries stay under the 2,560 bytes that Windows takes: eight years of keys (devices.md section 3). */
export const MOST_KEYS = 32;

/** The ring as bytes to keep. */
export function formatRing({ current, kids }: Ring): Uint8Array {
  return Buffer.from(JSON.stringify({ version: VERSION, current, kids }));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Torn or foreign: the caller says that the key is damaged.
    return null;
  }
}

function isEntry(value: unknown): value is RingEntry {
  const { id, madeAtMs } = (value ?? {}) as Partial<RingEntry>;
  return typeof id === 'string' && /^[0-9a-f]{32}$/.test(id) && Number.isFinite(madeAtMs);
}

/** The ring of kept bytes; null when they are not one. */
export function parseRing(bytes: Uint8Array): Ring | null {
  const { version, current, kids } = (parseJson(bytes) ?? {}) as Partial<Ring> & { version?: number };
  if (version !== VERSION || !Array.isArray(kids) || !kids.every(isEntry)) return null;
  const isListed = kids.some(({ id }) => id === current);
  return isListed ? { current: String(current), kids } : null;
}
