/**
 * The sealed form of a record on disk: AES-256-GCM under a fresh data key, itself wrapped by the key-encryption key.
 * `"BQ" | version 1 | kidLen | kid | wrapIV 12 | wrappedDEK 32 | wrapTag 16 | IV 12 | tag 16 | ciphertext`
 * The context (table, owner, id …) is authenticated, so a record moved to another row does not open.
 * Keys are key objects: with raw bytes Node takes ten times as long to set up a cipher.
 */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const MAGIC = Buffer.from('BQ');
const VERSION = 1;
const BLOCK = 256;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const DATA_KEY_BYTES = 32;
const WRAP_BYTES = IV_BYTES + DATA_KEY_BYTES + TAG_BYTES;
const BODY_AT = WRAP_BYTES + IV_BYTES + TAG_BYTES;

/** A key-encryption key, with the header of the envelopes that name it. */
export interface SealingKey {
  readonly id: string;
  readonly key: KeyObject;
  readonly header: Uint8Array;
}

export type OpenFailure = 'not-an-envelope' | 'key-missing' | 'damaged';

type Opened<T> =
  { readonly ok: true; readonly plain: T } | { readonly ok: false; readonly failure: OpenFailure };

interface Parts {
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  readonly data: Uint8Array;
}

/** The first bytes of every envelope under a key, by its id: what a look for the records of that key compares. */
export function makeHeader(keyId: string): Uint8Array {
  const kid = Buffer.from(keyId);
  return Buffer.concat([MAGIC, Buffer.from([VERSION, kid.length]), kid]);
}

/** A key of 32 bytes, ready to seal and open; the caller's bytes may be forgotten. */
export function makeSealingKey(id: string, bytes: Uint8Array): SealingKey {
  return { id, key: createSecretKey(bytes), header: makeHeader(id) };
}

/** The same memory as a Buffer, without a copy. */
function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function encrypt(key: KeyObject, iv: Uint8Array, plain: Uint8Array, aad: Uint8Array): Parts {
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(aad);
  const data = cipher.update(plain);
  // GCM is a stream: the end brings no bytes, only the tag.
  cipher.final();
  return { iv, tag: cipher.getAuthTag(), data };
}

function decrypt(key: KeyObject, parts: Parts, aad: Uint8Array): Buffer | null {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, parts.iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad).setAuthTag(parts.tag);
    const plain = decipher.update(parts.data);
    decipher.final();
    return plain;
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

function unpad(padded: Buffer): Buffer | null {
  const mark = padded.lastIndexOf(0x80);
  return mark < 0 ? null : padded.subarray(0, mark);
}

/** Seals `plain` for a context. Every call uses a fresh data key and fresh nonces. */
export function seal(key: SealingKey, context: string, plain: Uint8Array): Uint8Array {
  const aad = Buffer.concat([key.header, Buffer.from(context)]);
  const random = randomBytes(DATA_KEY_BYTES + 2 * IV_BYTES);
  const dataKey = random.subarray(0, DATA_KEY_BYTES);
  const wrapIv = random.subarray(DATA_KEY_BYTES, DATA_KEY_BYTES + IV_BYTES);
  const wrapped = encrypt(key.key, wrapIv, dataKey, aad);
  const bodyIv = random.subarray(DATA_KEY_BYTES + IV_BYTES);
  const body = encrypt(createSecretKey(dataKey), bodyIv, pad(plain), aad);
  dataKey.fill(0);
  return Buffer.concat([key.header, wrapped.iv, wrapped.data, wrapped.tag, body.iv, body.tag, body.data]);
}

/** The id of the key that an envelope names; null when the bytes are no envelope. */
export function readKeyId(sealed: Uint8Array): string | null {
  const bytes = view(sealed);
  const headerBytes = 4 + (bytes[3] ?? 0);
  const hasShape = bytes.subarray(0, 2).equals(MAGIC) && bytes[2] === VERSION;
  if (!hasShape || bytes.length < headerBytes + BODY_AT + BLOCK) return null;
  return bytes.toString('utf8', 4, headerBytes);
}

/** Opens an envelope; says why not when the key is missing or a byte or the context differs. */
export function open(keys: readonly SealingKey[], context: string, sealed: Uint8Array): Opened<Buffer> {
  const id = readKeyId(sealed);
  if (id === null) return { ok: false, failure: 'not-an-envelope' };
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) return { ok: false, failure: 'key-missing' };
  const aad = Buffer.concat([key.header, Buffer.from(context)]);
  const bytes = view(sealed).subarray(key.header.length);
  const take = (from: number, length: number) => bytes.subarray(from, from + length);
  const wrapped = { iv: take(0, 12), data: take(12, 32), tag: take(44, TAG_BYTES) };
  const dataKey = decrypt(key.key, wrapped, aad);
  if (dataKey === null) return { ok: false, failure: 'damaged' };
  const body = { iv: take(60, 12), tag: take(72, TAG_BYTES), data: bytes.subarray(BODY_AT) };
  const padded = decrypt(createSecretKey(dataKey), body, aad);
  dataKey.fill(0);
  const plain = padded === null ? null : unpad(padded);
  return plain === null ? { ok: false, failure: 'damaged' } : { ok: true, plain };
}
