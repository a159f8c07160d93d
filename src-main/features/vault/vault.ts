import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Secrets, Storage } from '../../app/ports.ts';
import { open, seal, type OpenFailure, type SealingKey } from './envelope.ts';

const SECRET_NAME = 'record-key';

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

/**
 * Opens the vault with the key in `Secrets`, making one on first use. Fails closed: when the keyring cannot be
 * reached, or sealed records exist but their key is gone, writes stay off (devices.md section 5).
 */
export async function openVault(secrets: Secrets, storage: Storage): Promise<Outcome<Vault>> {
  const stored = await secrets.read(SECRET_NAME);
  if (!stored.ok) return stored;
  if (stored.value !== null)
    return stored.value.length === 48 ? ok(vaultOf(stored.value)) : fail('writes-off', 'key-damaged');
  const [row] = storage.all('SELECT (SELECT count(*) FROM intent) + (SELECT count(*) FROM audit) AS records');
  if (Number(row?.['records'] ?? 0) > 0)
    return fail('writes-off', 'key-missing', { records: Number(row?.['records']) });
  const fresh = Buffer.concat([Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), randomBytes(32)]);
  const written = await secrets.write(SECRET_NAME, fresh);
  if (!written.ok) return written;
  const readBack = await secrets.read(SECRET_NAME);
  const isKept = readBack.ok && readBack.value !== null && Buffer.from(readBack.value).equals(fresh);
  return isKept ? ok(vaultOf(fresh)) : fail('writes-off', 'key-not-kept');
}

/** The secret is a 16-byte key id and a 32-byte key. */
function vaultOf(secret: Uint8Array): Vault {
  const key: SealingKey = {
    id: Buffer.from(secret.subarray(0, 16)).toString('hex'),
    bytes: secret.subarray(16),
  };
  const tagKey = Buffer.from(hkdfSync('sha256', key.bytes, '', 'booking-desk tags', 32));
  return {
    seal: (context, value) => seal(key, context, Buffer.from(JSON.stringify(value))),
    open(context, sealed) {
      const opened = open([key], context, sealed);
      if (!opened.ok) return opened;
      return { ok: true, value: JSON.parse(Buffer.from(opened.plain).toString('utf8')) };
    },
    tag: (purpose, text) => createHmac('sha256', tagKey).update(`${purpose}\u0000${text}`).digest(),
  };
}
