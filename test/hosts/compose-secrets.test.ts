import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { composeSecrets, keyringServiceOf } from '../../src-main/hosts/compose-secrets.ts';
import type { HostOptions } from '../../src-main/hosts/read-options.ts';
import { createManualClock } from '../support/manual-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Wanted = Pick<HostOptions, 'environment' | 'secrets'>;
const secretsOf = (options: Wanted) =>
  composeSecrets({ options: { ...options, dataDir: null }, folder, clock: createManualClock() });
/** Only the keyring has a limit, and tells it before it is asked for anything: no test touches a person's keyring. */
const tooLong = new Uint8Array(4000);

it.each<Wanted>([{ environment: 'training' }, { environment: 'training', secrets: 'key-file' }])(
  'keeps the keys of %j in files',
  async (options) => {
    expect((await secretsOf(options).write('record-key', tooLong)).ok).toBe(true);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['record-key.key']);
  },
);

it.each<Wanted>([
  { environment: 'training', secrets: 'keyring' },
  { environment: 'sandbox' },
  { environment: 'integration' },
  { environment: 'live' },
  { environment: 'live', secrets: 'key-file' },
])('keeps the keys of %j in the keyring alone', async (options) => {
  const refused = await secretsOf(options).write('record-key', tooLong);
  expect(refused).toMatchObject({ ok: false, problem: { kind: 'writes-off', code: 'secret-too-long' } });
  expect(readdirSync(folder)).toEqual([]);
});

it('names each environment its own place in the keyring', () => {
  const environments = ['training', 'sandbox', 'integration', 'live'] as const;
  expect(new Set(environments.map((environment) => keyringServiceOf(environment))).size).toBe(4);
});

it('names each data folder that was chosen by hand its own place: no database drops the keys of another', () => {
  const places = [null, '/data/one', '/data/two'].map((folder) => keyringServiceOf('live', folder));
  expect(new Set(places).size).toBe(3);
  expect(keyringServiceOf('live', '/data/one')).toBe(places[1]);
});
