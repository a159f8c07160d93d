/** The trail looked at from outside, as somebody of IT would. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeyFileSecrets } from '../../../src-main/adapters/node/key-file-secrets.ts';
import { appendRows, openTrail, tamper } from './trail-bench.ts';

const SCRIPT = fileURLToPath(new URL('../../../scripts/audit-verify.ts', import.meta.url));
let folder: string;
const file = () => join(folder, 'training', 'booking-desk.sqlite');

function verify(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-verify-'));
  mkdirSync(join(folder, 'training'));
  const secrets = createKeyFileSecrets(join(folder, 'training', 'keys'));
  const desk = await openTrail({ path: file(), secrets });
  appendRows(desk, 40);
  await desk.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is whole, then changed, then cut short, each with its first bad row and nothing of an entry', async () => {
  expect(await verify('--data', folder)).toEqual({ code: 0, said: '40 rows fit.\nThe trail is whole.\n' });
  tamper(file(), "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 12");
  const changed = await verify('--data', folder);
  expect(changed.code).toBe(1);
  expect(changed.said).toMatch(/^11 rows fit\.\nchanged: row 12\nThe trail is NOT whole/);
  tamper(file(), 'DELETE FROM audit WHERE seq > 30');
  expect((await verify('--data', join(folder, 'training'))).said).toContain('cut-short: row 31');
});

it('says what it cannot look at', async () => {
  expect(await verify('--data', join(folder, 'nowhere'))).toMatchObject({ code: 2 });
  expect(await verify('--environment', 'moon')).toMatchObject({ code: 2 });
  rmSync(join(folder, 'training', 'keys'), { recursive: true });
  expect(await verify('--data', folder)).toMatchObject({
    code: 2,
    said: expect.stringContaining('cannot be had') as string,
  });
});
