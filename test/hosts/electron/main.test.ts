import { beforeEach, expect, it, vi } from 'vitest';
import { electron, resetElectron } from './mock-electron.ts';

vi.mock('electron', async () => {
  const { electron: mock } = await import('./mock-electron.ts');
  return {
    get app() {
      return mock.app;
    },
    get protocol() {
      return mock.protocol;
    },
  };
});
const runDesk = vi.hoisted(() => vi.fn((..._args: unknown[]) => Promise.resolve()));
vi.mock('../../../src-main/hosts/electron/run-desk.ts', () => ({ runDesk }));
// It would hold for the runner of these tests, too.
const stopStringCode = vi.hoisted(() => vi.fn());
vi.mock('../../../src-main/hosts/electron/security/stop-string-code.ts', () => ({ stopStringCode }));

let runs = 0;

async function startMain(): Promise<void> {
  // A new query makes a new module, so that each test runs the entry anew.
  await import(/* @vite-ignore */ `../../../src-main/hosts/electron/main.ts?run=${++runs}`);
}

beforeEach(() => {
  resetElectron();
  runDesk.mockReset().mockResolvedValue(undefined);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

it('turns the sandbox on and registers its scheme before Electron is ready', async () => {
  await startMain();
  expect(electron.app.isSandboxed).toBe(true);
  expect(electron.privileged).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  expect(runDesk).toHaveBeenCalledTimes(1);
});

it('lets no text become code in main', async () => {
  await startMain();
  expect(stopStringCode).toHaveBeenCalledWith(globalThis);
});

it.each([
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'js-flags',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'load-extension',
  'enable-blink-features',
  'enable-blink-test-features',
  'enable-experimental-web-platform-features',
])('does not start in a package with --%s', async (name) => {
  electron.app.isPackaged = true;
  electron.app.switches.add(name);
  await startMain();
  expect(runDesk).not.toHaveBeenCalled();
  expect(electron.app.exits).toEqual([2]);
});

it('says why it did not start and exits', async () => {
  runDesk.mockRejectedValueOnce(new Error('the disk is full'));
  await startMain();
  await vi.waitFor(() => expect(electron.app.exits).toEqual([2]));
  expect(process.stderr.write).toHaveBeenCalledWith('Booking Desk did not start: the disk is full\n');
});
