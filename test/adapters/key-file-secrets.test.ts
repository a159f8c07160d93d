import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createKeyFileSecrets } from '../../src-main/adapters/node/key-file-secrets.ts';

it('keeps a secret in a file of this user alone, and forgets it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-'));
  const secrets = createKeyFileSecrets(join(folder, 'keys'));
  expect(await secrets.read('record-key')).toEqual({ ok: true, value: null });
  expect((await secrets.write('record-key', new Uint8Array([1, 2, 3]))).ok).toBe(true);
  expect(await secrets.read('record-key')).toEqual({ ok: true, value: new Uint8Array([1, 2, 3]) });
  expect(statSync(join(folder, 'keys', 'record-key.key')).mode & 0o077).toBe(0);
  await secrets.remove('record-key');
  expect(await secrets.read('record-key')).toEqual({ ok: true, value: null });
  expect((await secrets.read('../etc/passwd')).ok).toBe(false);
  rmSync(folder, { recursive: true });
});
