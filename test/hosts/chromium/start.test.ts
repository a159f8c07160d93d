import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildIfStale } from '../../../scripts/build.ts';
import { eventually } from '../../support/eventually.ts';
import { listProcesses } from '../../support/list-processes.ts';
import { isMissing } from '../../support/missing-parts.ts';

let folder: string;
let child: ChildProcess | null = null;
let output = '';

/** Runs `scripts/start.ts` as `npm start` does, with its words collected. */
function start(...args: string[]): ChildProcess {
  output = '';
  child = spawn(process.execPath, ['scripts/start.ts', '--data-dir', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  return child;
}

const isReady = () => eventually(() => expect(output).toContain('app ready\n'));
/** Host and browser processes of this test's folder. */
const ours = () => listProcesses().filter((one) => one.command.includes(folder) && one.pid !== child?.pid);
const areGone = () => eventually(() => expect(ours()).toEqual([]));
const hostPid = () => {
  const host = ours().find((one) => one.command.includes('hosts/chromium/main.ts'));
  if (!host) throw new Error('the host does not run');
  return host.pid;
};
const ended = (process: ChildProcess) =>
  new Promise<number | null>((resolve) => process.once('exit', (code) => resolve(code)));

beforeAll(() => buildIfStale());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await areGone();
  rmSync(folder, { recursive: true, force: true });
});

const cannotRun = process.platform !== 'linux' || isMissing('chromium');

describe.skipIf(cannotRun)('npm start in an installed browser', () => {
  it('runs the training desk from the sources, and puts everything away when it is told to end', async () => {
    const started = start('--host', 'chromium', '--headless', '--dialect', 'spine-session', '--seed', '5');
    await isReady();
    expect(existsSync(join(folder, 'training', 'browser-profile'))).toBe(true);
    const exit = ended(started);
    started.kill('SIGTERM');
    expect(await exit).toBe(0);
    await areGone();
    expect(existsSync(join(folder, 'training', 'browser-profile'))).toBe(false);
    const log = readFileSync(join(folder, 'training', 'logs', 'booking-desk.log'), 'utf8');
    expect(log).toContain('"app-ready"');
    expect(log).toContain('"app-stopped"');
  });

  it.skipIf(isMissing('xvfb'))('opens a window on a virtual screen where there is none', async () => {
    vi.stubEnv('DISPLAY', undefined);
    vi.stubEnv('WAYLAND_DISPLAY', undefined);
    const started = start('--host', 'chromium');
    await isReady();
    expect(output).toContain('virtual one (Xvfb)');
    const exit = ended(started);
    started.kill('SIGINT');
    expect(await exit).toBe(0);
    vi.unstubAllEnvs();
  });

  it('ends by itself when its browser ends', async () => {
    const started = start('--host', 'chromium', '--headless');
    await isReady();
    const exit = ended(started);
    const browser = ours().find((one) => one.command.includes('--remote-debugging-pipe'));
    process.kill(browser?.pid ?? Number.NaN);
    expect(await exit).toBe(0);
    await areGone();
  });

  it('leaves no browser behind when the host, or the start script, is killed', async () => {
    start('--host', 'chromium', '--headless');
    await isReady();
    process.kill(hostPid(), 'SIGKILL');
    await areGone();
    // The profile of the killed run is in the way of nobody.
    const again = start('--host', 'chromium', '--headless');
    await isReady();
    again.kill('SIGKILL');
    await areGone();
  });

  it('does not open the same folder twice', async () => {
    start('--host', 'chromium', '--headless');
    await isReady();
    const first = child;
    const second = start('--host', 'chromium', '--headless');
    expect(await ended(second)).toBe(1);
    expect(output).toContain('already open');
    first?.kill('SIGTERM');
  });
});

describe.skipIf(cannotRun)('npm start', () => {
  it.each([
    [['--environment', 'live', '--host', 'chromium', '--headless'], 'runs in Electron only'],
    [
      ['--environment', 'sandbox', '--dialect', 'spine-session', '--host', 'chromium', '--headless'],
      'the environment "sandbox" does not speak spine-session',
    ],
    [['--dialect', 'stu3'], '--dialect is one of api-platform, spine-session'],
    [['--host', 'firefox'], '--host is electron or chromium'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('with %j says what is wrong', async (args, words) => {
    const started = start(...args);
    expect(await ended(started)).toBe(1);
    expect(output).toContain('Booking Desk did not start');
    expect(output).toContain(words);
  });
});
