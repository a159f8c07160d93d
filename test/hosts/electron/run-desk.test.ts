import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pushChannels, requestChannels } from '../../../build/generated/channel-names.ts';
import type { HostOptions } from '../../../src-main/hosts/read-options.ts';
import { createFakeDoor, createMemoryLog, type FakeDoor, type MemoryLog } from '../../support/fake-door.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { electron, MockContents, MockWindow, resetElectron } from './mock-electron.ts';

vi.mock('electron', async () => {
  const { electron: mock } = await import('./mock-electron.ts');
  // The host imports names; each is looked up late, so that a reset reaches it.
  return {
    get app() {
      return mock.app;
    },
    get session() {
      return mock.session;
    },
    get ipcMain() {
      return mock.ipcMain;
    },
    get protocol() {
      return mock.protocol;
    },
    get BrowserWindow() {
      return mock.BrowserWindow;
    },
    get webContents() {
      return mock.webContents;
    },
    get dialog() {
      return mock.dialog;
    },
    get Menu() {
      return mock.Menu;
    },
    get powerMonitor() {
      return mock.powerMonitor;
    },
    get screen() {
      return mock.screen;
    },
    get shell() {
      return mock.shell;
    },
  };
});

const made = vi.hoisted(() => ({
  door: null as unknown,
  log: null as unknown,
  clock: null as unknown,
  ended: [] as string[],
  /** How the session is given back. */
  leave: () => Promise.resolve(),
}));
vi.mock('../../../src-main/hosts/compose-ports.ts', () => ({
  composePorts: () => ({ log: made.log, clock: made.clock }),
}));
vi.mock('../../../src-main/app/create-app.ts', () => ({
  createApp: () => ({
    ...(made.door as object),
    start: () => Promise.resolve(),
    leave: () => {
      made.ended.push('leave');
      return made.leave();
    },
    stop: () => {
      made.ended.push('stop');
      return Promise.resolve();
    },
  }),
}));

const { runDesk } = await import('../../../src-main/hosts/electron/run-desk.ts');

let folder: string;
let door: FakeDoor;
let log: MemoryLog;
let clock: ManualClock;
const options = (): HostOptions => ({
  environment: 'training',
  dialect: 'api-platform',
  seed: 1,
  dataDir: folder,
});
const folders = () => ({ preload: '/desk/preload.cjs', renderer: join(folder, 'renderer') });

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Booking Desk</title>');
  writeFileSync(join(folder, 'renderer', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'renderer', 'assets', 'main.js.map'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  door = createFakeDoor();
  log = createMemoryLog();
  clock = createManualClock();
  Object.assign(made, { door, log, clock, ended: [], leave: () => Promise.resolve() });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const theWindow = (): MockWindow => {
  const [window] = MockWindow.all;
  if (!window) throw new Error('no window was made');
  return window;
};
const invoke = (channel: string, event: unknown, ...args: unknown[]) => {
  const handler = electron.handlers.get(channel);
  if (!handler) throw new Error(`${channel} is not wired`);
  return Promise.resolve(handler(event, ...args));
};
const from = (contents: MockContents, senderFrame: unknown = contents.mainFrame) => ({
  sender: contents,
  senderFrame,
});
const fire = (contents: MockContents, name: string, url: string) => {
  const event = { url, preventDefault: vi.fn() };
  contents.emit(name, event);
  return event.preventDefault.mock.calls.length > 0;
};

describe('the window', () => {
  it('is opened on the interface with every preference stated', async () => {
    await runDesk(options(), folders());
    expect(theWindow().loaded).toEqual(['app://ui/']);
    expect(theWindow().options.webPreferences).toEqual({
      preload: '/desk/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    });
  });

  it('has no developer tools in a package', async () => {
    electron.app.isPackaged = true;
    await runDesk(options(), folders());
    expect(theWindow().options.webPreferences['devTools']).toBe(false);
  });

  it('opens nothing, goes nowhere and takes no webview', async () => {
    await runDesk(options(), folders());
    const { webContents } = theWindow();
    expect(webContents.openHandler?.()).toEqual({ action: 'deny' });
    expect(webContents.rtcPolicy).toBe('disable_non_proxied_udp');
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of [
        'https://example.org/',
        'app://other/',
        'app://ui@evil/',
        'app://ui.evil/',
        'file:///etc/passwd',
        'data:text/html,x',
        'javascript:1',
        'nonsense',
      ]) {
        expect(fire(webContents, event, url), `${event} ${url}`).toBe(true);
      }
      expect(fire(webContents, event, 'app://ui/')).toBe(false);
    }
    expect(fire(webContents, 'will-attach-webview', '')).toBe(true);
    expect(log.events()).toContain('navigation-denied');
  });

  it('puts the same stops on contents that something else made', async () => {
    await runDesk(options(), folders());
    const other = new MockContents('https://example.org/');
    electron.app.emit('web-contents-created', {}, other);
    expect(other.openHandler?.()).toEqual({ action: 'deny' });
    expect(fire(other, 'will-navigate', 'https://example.org/2')).toBe(true);
  });
});

describe('requests and pushes', () => {
  it('has one handler a channel and no other', async () => {
    await runDesk(options(), folders());
    expect([...electron.handlers.keys()].sort()).toEqual([...requestChannels].sort());
  });

  it('takes a request from the main frame of its window', async () => {
    await runDesk(options(), folders());
    const answer = await invoke('session/read-state', from(theWindow().webContents), {});
    expect(answer).toEqual({ ok: true, value: {} });
    expect(door.received).toEqual([
      { channel: 'session/read-state', input: {}, isTrusted: true, place: 'main-frame' },
    ]);
  });

  it.each([
    ['a subframe', (own: MockContents) => from(own, { url: 'app://ui/', parent: own.mainFrame }), 'subframe'],
    ['a frame that is gone', (own: MockContents) => from(own, null), 'gone-frame'],
    [
      'a page of another origin',
      (own: MockContents) =>
        Object.assign(from(own), { senderFrame: Object.assign(own.mainFrame, { url: 'https://app.ui/' }) }),
      'foreign-origin',
    ],
    [
      'about:blank',
      (own: MockContents) =>
        Object.assign(from(own), { senderFrame: Object.assign(own.mainFrame, { url: 'about:blank' }) }),
      'foreign-origin',
    ],
    ['another window', () => from(new MockContents()), 'unknown-window'],
  ])('refuses a request from %s', async (_name, event, place) => {
    await runDesk(options(), folders());
    const answer = await invoke('session/read-state', event(theWindow().webContents), {});
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'refused-sender' } });
    expect(door.received[0]).toMatchObject({ isTrusted: false, place });
  });

  it('refuses none or more than one argument', async () => {
    await runDesk(options(), folders());
    for (const args of [[], [{}, {}]]) {
      const answer = await invoke('session/read-state', from(theWindow().webContents), ...args);
      expect(answer).toMatchObject({ ok: false, problem: { kind: 'invalid-input' } });
    }
    expect(door.received).toEqual([]);
  });

  it('sends each push on its own channel, to living windows only', async () => {
    await runDesk(options(), folders());
    const { webContents } = theWindow();
    for (const channel of pushChannels) door.push(channel, { channel });
    expect(webContents.sent).toEqual(pushChannels.map((channel) => [channel, { channel }]));
    webContents.isGone = true;
    door.push('outbox/changed', {});
    expect(webContents.sent).toHaveLength(pushChannels.length);
  });
});

describe('the session', () => {
  it('denies every permission on request and on check', async () => {
    await runDesk(options(), folders());
    const session = electron.session.defaultSession;
    const answer = vi.fn();
    session.permissionRequest?.({}, 'media', answer);
    session.permissionRequest?.({}, 'clipboard-read', answer);
    expect(answer.mock.calls).toEqual([[false], [false]]);
    expect(session.permissionCheck?.()).toBe(false);
    expect(session.devicePermission?.()).toBe(false);
    const share = vi.fn();
    session.displayMedia?.({}, share);
    expect(share).toHaveBeenCalledWith({});
  });

  it('cancels every request that is not the interface, and every download', async () => {
    electron.app.isPackaged = true;
    await runDesk(options(), folders());
    const session = electron.session.defaultSession;
    const isCancelled = (url: string) => {
      let cancel: boolean | null = null;
      session.beforeRequest?.({ url, resourceType: 'xhr' }, (result) => (cancel = result.cancel));
      return cancel;
    };
    expect(['app://ui/assets/main.js', 'blob:app://ui/1'].map(isCancelled)).toEqual([false, false]);
    expect(
      [
        'https://example.org/',
        'file:///etc/passwd',
        'app://other/',
        'ws://127.0.0.1/',
        'devtools://devtools/x',
      ].map(isCancelled),
    ).toEqual([true, true, true, true, true]);
    const event = { preventDefault: vi.fn() };
    session.emit('will-download', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  it('serves the map of built files under the policy and nothing else', async () => {
    await runDesk(options(), folders());
    const serve = electron.schemes.get('app');
    if (!serve) throw new Error('no protocol');
    const get = async (url: string, method = 'GET') => serve({ url, method } as Request);
    const page = await get('app://ui/');
    expect(await page.text()).toContain('<title>Booking Desk</title>');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self'; worker-src 'self'; frame-src 'none'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types vue pdf-worker",
    );
    expect((await get('app://ui/assets/main.js')).headers.get('content-type')).toContain('text/javascript');
    const outside = [
      'app://ui/../secret.txt',
      'app://ui/%2e%2e/secret.txt',
      'app://ui/..%5csecret.txt',
      'app://ui/assets/main.js.map',
      'app://ui/assets',
      'app://ui/index.html%00',
      'app://ui//etc/passwd',
      'app://other/',
      'app://ui@evil/',
      'app://user@ui/',
      'app://ui:80/',
      'app://ui/?x=1',
      'app://ui-evil/',
    ];
    for (const url of outside) {
      const answer = await get(url);
      expect([url, answer.status]).toEqual([url, 404]);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await get('app://ui/', 'POST')).status).toBe(405);
  });
});

describe('the life of the desk', () => {
  it('keeps its data in the folder of the environment', async () => {
    await runDesk(options(), folders());
    expect(electron.app.paths['userData']).toBe(join(folder, 'training'));
    expect(log.events()).toContain('app-ready');
  });

  it('quits when another instance holds the folder, and brings the first one to the front', async () => {
    electron.app.hasLock = false;
    await runDesk(options(), folders());
    expect([electron.app.quits, MockWindow.all.length]).toEqual([1, 0]);
    electron.app.hasLock = true;
    await runDesk(options(), folders());
    electron.app.emit('second-instance');
    expect(theWindow().isFocused).toBe(true);
  });

  it('gives the session back and stops the application, once, before it quits', async () => {
    await runDesk(options(), folders());
    const event = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', event);
    await vi.waitFor(() => expect(electron.app.quits).toBe(1));
    electron.app.emit('will-quit', event);
    expect(made.ended).toEqual(['leave', 'stop']);
    expect(event.preventDefault).toHaveBeenCalledTimes(1);
  });

  it('quits all the same when the session cannot be given back in time, however often it is asked', async () => {
    made.leave = () => new Promise(() => undefined);
    await runDesk(options(), folders());
    const event = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', event);
    electron.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    await clock.advance(4_900);
    expect([made.ended, electron.app.quits]).toEqual([['leave'], 0]);
    await clock.advance(200);
    await vi.waitFor(() => expect(electron.app.quits).toBe(1));
    expect(made.ended).toEqual(['leave', 'stop']);
    expect(log.events()).toContain('session-not-given-back');
  });

  it('asks before it closes with open items, and closes at once without', async () => {
    Object.assign(made, { door: (door = createFakeDoor(() => ok({ open: 2 }))) });
    await runDesk(options(), folders());
    const window = theWindow();
    const event = { preventDefault: vi.fn() };
    window.emit('close', event);
    await vi.waitFor(() => expect(electron.dialog.showMessageBox).toHaveBeenCalled());
    expect([event.preventDefault.mock.calls.length, window.isDestroyed()]).toEqual([1, false]);
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
    await vi.waitFor(() => {
      window.emit('close', event);
      expect(window.isDestroyed()).toBe(true);
    });
    expect(door.received[0]).toMatchObject({ channel: 'outbox/read-summary', place: 'host' });
  });
});
