/** The way from Electron's main process to the application of a test, with a stub in the place of the binary. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestChannels } from '../../build/generated/channel-names.ts';
import { findElectron } from '../../scripts/choose-host.ts';
import { ok } from '../../src-main/contract/outcome.ts';
import { buildRemoteHost } from '../support/electron/build-remote-host.ts';
import { serveRemoteApp } from '../support/electron/serve-remote-app.ts';
import { openWire, PIPE_VARIABLE } from '../support/electron/wire.ts';

const target = resolve('build/e2e-electron', `test-${process.pid}`);
let entry: string;

beforeAll(async () => {
  entry = await buildRemoteHost(target);
}, 300_000);
afterAll(() => rmSync(target, { recursive: true, force: true }));

it('carries a request of the page through the real host to the test, and the answer back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  const asked: unknown[] = [];
  const served = await serveRemoteApp({
    async handle(channel, input, sender) {
      asked.push({ channel, input, isTrusted: sender.isTrusted });
      return ok({ bytes: new Uint8Array([1, 2, 3]), text: 'ł'.repeat(20_000) }) as never;
    },
    onPush: () => () => undefined,
  });
  const child = spawn(
    process.execPath,
    ['--import', './test/hosts/electron/stub/register.ts', entry, '--data-dir', folder],
    { env: { ...process.env, STUB_ASKS: '["session/read-state",{"a":1}]', [PIPE_VARIABLE]: served.address } },
  );
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => stdout.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => stderr.push(text.toString()));
  await new Promise((end) => child.once('close', end));
  served.close();
  rmSync(folder, { recursive: true, force: true });
  expect(stderr.join('')).toBe('');
  expect(asked).toEqual([{ channel: 'session/read-state', input: { a: 1 }, isTrusted: true }]);
  const { channels, answer } = JSON.parse(stdout.join('')) as {
    readonly channels: number;
    readonly answer: { readonly value: { readonly bytes: object; readonly text: string } };
  };
  expect(channels).toBe(requestChannels.length);
  expect(Object.values(answer.value.bytes)).toEqual([1, 2, 3]);
  expect(answer.value.text).toHaveLength(20_000);
});

it('puts messages together from pieces of any size', () => {
  const sent: Buffer[] = [];
  const out = Object.assign(new Socket(), { write: (bytes: Buffer) => sent.push(bytes) > 0 });
  const sender = openWire(out, () => undefined);
  const messages = ['a', { deep: [new Uint8Array([0, 255])] }, undefined];
  messages.forEach((message) => sender.send(message));
  const heard: unknown[] = [];
  const socket = new Socket();
  openWire(socket, (message) => heard.push(message));
  for (const byte of Buffer.concat(sent)) socket.emit('data', Buffer.from([byte]));
  expect(heard).toEqual(messages);
});

it.skipIf(findElectron() !== null)('says that the binary is missing, and that nothing was tested', () => {
  const run = spawnSync(process.execPath, ['scripts/test-electron.ts'], { encoding: 'utf8' });
  expect(run.status).toBe(3);
  expect(run.stderr).toContain('nothing was tested');
  expect(run.stderr).toContain('npx install-electron --no');
});
