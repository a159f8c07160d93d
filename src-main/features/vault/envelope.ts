/**
 * The sealed form of a record on disk: AES-256-GCM under a fresh data key, itself wrapped by the key-encryption key.
 * `"BQ" | version 1 | kidLen | kid | wrapIV 12 | wrappedDEK 32 | wrapTag 16 | IV 12 | tag 16 | ciphertext`
 * The context (table, owner, id …) is authenticated, so a record moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const MAGIC = Buffer.from('BQ');
const VERSION = 1;
const BLOCK = 256;
const WRAP_BYTES = 12 + 32 + 16;

/** A key-encryption key with the id that envelopes name it by. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export type OpenFailure = 'not-an-envelope' | 'key-missing' | 'damaged';

interface Parts {
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  readonly data: Uint8Array;
}

function encrypt(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Parts {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv, tag: cipher.getAuthTag(), data };
}

function decrypt(key: Uint8Array, parts: Parts, aad: Uint8Array): Uint8Array | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, parts.iv).setAAD(aad).setAuthTag(parts.tag);
    return Buffer.concat([decipher.update(parts.data), decipher.final()]);
  } catch {
    // GCM says only that it does not fit: a changed byte, another key or another context.
    return null;
  }
}

/** Pads with a 0x80 mark and zeros to a multiple of 256 bytes, so that lengths tell little. */
function pad(plain: Uint8Array): Uint8Array {
  const padded = Buffer.alloc(Math.ceil((plain.length + 1) / BLOCK) * BLOCK);
  padded.set(plain);
  padded[plain.length] = 0x80;
  return padded;
}

function unpad(padded: Uint8Array): Uint8Array | null {
  const mark = Buffer.from(padded).lastIndexOf(0x80);
  return mark < 0 ? null : padded.subarray(0, mark);
}

/** Seals `plain` for a context. Every call uses a fresh data key and fresh nonces. */
export function seal(key: SealingKey, context: string, plain: Uint8Array): Uint8Array {
  const kid = Buffer.from(key.id);
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION, kid.length]), kid]);
  const aad = Buffer.concat([header, Buffer.from(context)]);
  const dataKey = randomBytes(32);
  const wrapped = encrypt(key.bytes, dataKey, aad);
  const body = encrypt(dataKey, pad(plain), aad);
  dataKey.fill(0);
  return Buffer.concat([header, wrapped.iv, wrapped.data, wrapped.tag, body.iv, body.tag, body.data]);
}

/** Opens an envelope; says why not when the key is missing or a byte or the context differs. */
export function open(
  keys: readonly SealingKey[],
  context: string,
  sealed: Uint8Array,
): { readonly ok: true; readonly plain: Uint8Array } | { readonly ok: false; readonly failure: OpenFailure } {
  const bytes = Buffer.from(sealed);
  const headerBytes = 4 + (bytes[3] ?? 0);
  const hasShape = bytes.subarray(0, 2).equals(MAGIC) && bytes[2] === VERSION;
  if (!hasShape || bytes.length < headerBytes + WRAP_BYTES + 28 + BLOCK)
    return { ok: false, failure: 'not-an-envelope' };
  const key = keys.find((candidate) => candidate.id === bytes.toString('utf8', 4, headerBytes));
  if (key === undefined) return { ok: false, failure: 'key-missing' };
  const aad = Buffer.concat([bytes.subarray(0, headerBytes), Buffer.from(context)]);
  const take = (from: number, length: number) =>
    bytes.subarray(headerBytes + from, headerBytes + from + length);
  const dataKey = decrypt(key.bytes, { iv: take(0, 12), data: take(12, 32), tag: take(44, 16) }, aad);
  if (dataKey === null) return { ok: false, failure: 'damaged' };
  const padded = decrypt(
    dataKey,
    { iv: take(60, 12), tag: take(72, 16), data: bytes.subarray(headerBytes + 88) },
    aad,
  );
  const plain = padded === null ? null : unpad(padded);
  return plain === null ? { ok: false, failure: 'damaged' } : { ok: true, plain };
}
