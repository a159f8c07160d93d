import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { requestChannels } from '../../../build/generated/channel-names.ts';
import { buildIfStale } from '../../../scripts/build.ts';
import { createPdfReader } from '../../../src-main/adapters/node/pdf-reader.ts';
import { createLetterMaker } from '../../../src-main/training-service/letters/make-letter.ts';

let folder: string;

beforeAll(() => buildIfStale());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built main in plain Node over a stub of Electron; its page asks one channel, then the desk quits. */
function runBuiltMain(asks: readonly [string, unknown], ...args: string[]): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './test/hosts/electron/stub/register.ts',
      'dist/main/main.js',
      '--data-dir',
      folder,
      ...args,
    ],
    { env: { ...process.env, STUB_ASKS: JSON.stringify(asks) } },
  );
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => stdout.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => stderr.push(text.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') })),
  );
}

it('comes up as one file with its own code alone, serves the training desk, and quits in order', async () => {
  const ended = await runBuiltMain(['session/read-environment', {}], '--dialect', 'spine-session');
  expect(ended.stderr).toBe('');
  expect(JSON.parse(ended.stdout)).toMatchObject({
    url: 'app://ui/',
    channels: requestChannels.length,
    answer: {
      ok: true,
      value: { id: 'training', dialect: 'spine-session', host: 'electron', version: '0.1.0' },
    },
  });
  expect(ended.code).toBe(0);
  expect(existsSync(join(folder, 'training', 'booking-desk.sqlite'))).toBe(true);
});

it('says why it does not start', async () => {
  const ended = await runBuiltMain(['session/read-environment', {}], '--environment', 'live');
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('the environment "live" (api-platform) needs the sign-in by CIS2');
});

it('has the thread that reads letters beside it, as one file that needs no package', async () => {
  const entry = join(folder, 'pdf-reader-worker.mjs');
  copyFileSync('dist/main/pdf-reader-worker.js', entry);
  const reader = createPdfReader({ log: { write: () => undefined }, entry: pathToFileURL(entry) });
  const block = { role: 'P', text: 'Siân Żółć' } as const;
  const pdf = await createLetterMaker().makeDocument({ title: 'Letter', pages: [[block]] }, 0);
  const read = await reader.readText(pdf);
  await reader.close();
  expect(read.ok && read.value[0]?.lines).toContain(block.text);
});
