import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeMenu } from '../../../src-main/hosts/electron/application-menu.ts';
import { FUSE_STATES } from '../../../src-main/hosts/electron/security/fuse-states.ts';
import { findLink } from '../../../src-main/hosts/electron/security/refuse-unknown-links.ts';
import {
  judgeElectronAge,
  OUR_ELECTRON,
} from '../../../src-main/hosts/electron/security/warn-of-old-electron.ts';
import {
  makeEvent,
  makeHarness,
  openHarness,
  removeHarness,
  type Harness,
  type Made,
} from './desk-harness.ts';
import { electron, type MockWindow } from './mock-electron.ts';

vi.mock('electron', async () => (await import('./mock-electron.ts')).lateElectron());
const made = vi.hoisted<Made>(() => ({ current: null }));
vi.mock('../../../src-main/hosts/compose-ports.ts', () => ({ composePorts: () => made.current }));
vi.mock('../../../src-main/app/create-app.ts', () => ({
  createApp: () => ({
    ...made.current?.door,
    start: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }),
}));

let desk: Harness;
beforeEach(() => {
  desk = makeHarness(made);
});
afterEach(() => removeHarness(desk));

const GOOD = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  webviewTag: false,
};

describe('contents that were made otherwise than asked for', () => {
  it.each([
    ['nodeIntegration', true],
    ['nodeIntegrationInSubFrames', true],
    ['contextIsolation', false],
    ['sandbox', false],
    ['webSecurity', false],
    ['allowRunningInsecureContent', true],
    ['experimentalFeatures', true],
    ['enableBlinkFeatures', 'ShadowDOMV0'],
    ['webviewTag', true],
  ])('are closed before they load: %s', async (name, value) => {
    const { webContents } = await openHarness(desk, { ...GOOD, [name]: value });
    expect(webContents.isGone).toBe(true);
    expect(desk.log.lines).toContainEqual({
      level: 'error',
      event: 'unsafe-contents-closed',
      fields: { reason: name },
    });
  });

  it('are let be as they were asked for, and where Electron reports nothing', async () => {
    expect((await openHarness(desk, GOOD)).webContents.isGone).toBe(false);
    expect(desk.log.events()).not.toContain('unsafe-contents-closed');
  });
});

describe('permissions', () => {
  /** Every permission that Electron's own types know. */
  const TYPES = readFileSync('node_modules/electron/electron.d.ts', 'utf8');
  const namesOf = (handler: string) => {
    const [, list = ''] =
      new RegExp(`${handler}\\(handler: \\(\\(webContents: [^)]*\\)?[^,]*, permission: ([^,]*)`).exec(
        TYPES,
      ) ?? [];
    return [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
  };
  const names = [...new Set(['setPermissionRequestHandler', 'setPermissionCheckHandler'].flatMap(namesOf))];

  it('known to Electron are denied on request and on check, every one', async () => {
    await openHarness(desk);
    expect(names).toEqual(
      expect.arrayContaining(['hid', 'serial', 'usb', 'media', 'clipboard-read', 'openExternal']),
    );
    expect(names.length).toBeGreaterThan(35);
    const session = electron.session.defaultSession;
    const granted = names.filter((name) => {
      const answer = vi.fn();
      session.permissionRequest?.({}, name, answer);
      return answer.mock.calls[0]?.[0] !== false || session.permissionCheck?.() !== false;
    });
    expect(granted).toEqual([]);
    expect(session.devicePermission?.()).toBe(false);
  });
});

describe('what comes from outside', () => {
  it('a doubtful certificate is refused, and nobody can click it through', async () => {
    await openHarness(desk);
    const [event, answer] = [makeEvent(), vi.fn()];
    electron.app.emit(
      'certificate-error',
      event,
      {},
      'https://x',
      'net::ERR_CERT_AUTHORITY_INVALID',
      {},
      answer,
    );
    expect([event.isStopped(), answer.mock.calls]).toEqual([true, [[false]]]);
  });

  it('a page never signs in with a certificate or a password of the machine', async () => {
    await openHarness(desk);
    const [forCertificate, forPassword] = [makeEvent(), makeEvent()];
    const [choose, answer] = [vi.fn(), vi.fn()];
    electron.app.emit('select-client-certificate', forCertificate, {}, 'https://x', [{}], choose);
    electron.app.emit('login', forPassword, {}, {}, {}, answer);
    expect([forCertificate.isStopped(), choose.mock.calls]).toEqual([true, [[]]]);
    expect([forPassword.isStopped(), answer.mock.calls]).toEqual([true, [[]]]);
  });

  it('an address or a file opens nothing', async () => {
    const window = await openHarness(desk);
    for (const name of ['open-url', 'open-file']) {
      const event = makeEvent();
      electron.app.emit(name, event, 'booking-desk://referral/000000070000');
      expect(event.isStopped()).toBe(true);
    }
    electron.app.emit('second-instance', {}, ['booking-desk', 'booking-desk://referral/000000070000']);
    expect(window.loaded).toEqual(['app://ui/']);
    expect(desk.log.events().filter((event) => event === 'deep-link-ignored')).toHaveLength(2);
  });

  it.each([
    'chrome://settings',
    'view-source:app://ui/',
    'blob:https://x/1',
    'about:blank',
    'FILE:///c:/x',
    'ftp://x/',
  ])('a page does not go to %s', async (url) => {
    const { webContents } = await openHarness(desk);
    const event = makeEvent({ url });
    webContents.emit('will-navigate', event);
    expect(event.isStopped()).toBe(true);
  });

  it('a link is one of a fixed list, by its id', () => {
    expect(findLink('service-desk')).toMatch(/^https:\/\//);
    for (const id of [
      '',
      'file:///c:/x',
      'ms-msdt:/id',
      'search-ms:x',
      'service-desk\0',
      'service-desk ',
      'constructor',
    ])
      expect(findLink(id)).toBeNull();
  });
});

describe('the engine', () => {
  it('is the one that the product is made with, and its age is told without a network', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(OUR_ELECTRON.version).toBe(devDependencies['electron']);
    const { version } = OUR_ELECTRON;
    expect(judgeElectronAge(version, OUR_ELECTRON.releasedOn)).toBe('current');
    expect(judgeElectronAge(version, '2026-12-17')).toBe('current');
    expect(judgeElectronAge(version, '2026-12-18')).toBe('behind');
    expect(judgeElectronAge(version, '2027-04-08')).toBe('unsupported');
    expect(judgeElectronAge('44.0.0', OUR_ELECTRON.releasedOn)).toBe('unknown-version');
  });

  it('that is old is named in the log at the start', async () => {
    await openHarness(desk);
    expect(desk.log.events()).toContain('old-electron');
  });

  it('has all nine fuses decided', () => {
    const on = Object.entries(FUSE_STATES).filter(([, isOn]) => isOn);
    expect(Object.keys(FUSE_STATES)).toHaveLength(9);
    expect(on.map(([name]) => name)).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
  });
});

describe('a page whose process dies', () => {
  const die = (window: MockWindow, reason = 'crashed') =>
    window.webContents.emit('render-process-gone', {}, { reason });

  it('comes back by itself while main lives on', async () => {
    const window = await openHarness(desk);
    die(window, 'oom');
    expect(window.webContents.loaded).toEqual(['app://ui/']);
    await vi.waitFor(() => expect(desk.log.events()).toContain('renderer-back'));
    expect(electron.app.quits).toBe(0);
  });

  it('is let go when it was ended on purpose', async () => {
    const window = await openHarness(desk);
    die(window, 'clean-exit');
    expect(window.webContents.loaded).toEqual([]);
  });

  it('again and again is said in words, and the desk closes in order', async () => {
    const window = await openHarness(desk);
    for (let death = 0; death < 4; death += 1) die(window);
    expect(window.webContents.loaded).toHaveLength(3);
    await vi.waitFor(() => expect(electron.app.quits).toBe(1));
    expect(electron.dialog.showMessageBox).toHaveBeenCalledTimes(1);
  });

  it('now and then comes back each time', async () => {
    const window = await openHarness(desk);
    for (let death = 0; death < 6; death += 1) {
      die(window);
      await desk.clock.advance(61_000);
    }
    expect(window.webContents.loaded).toHaveLength(6);
  });

  it('and does not come back is named in the log', async () => {
    const window = await openHarness(desk);
    window.webContents.loadFails = true;
    die(window);
    await vi.waitFor(() => expect(desk.log.events()).toContain('renderer-not-back'));
  });
});

describe('the window', () => {
  const stateFile = () => join(desk.folder, 'training', 'window-state.json');

  it('opens where it was closed', async () => {
    (await openHarness(desk)).emit('close', makeEvent());
    const kept = readFileSync(stateFile(), 'utf8');
    expect(JSON.parse(kept)).toEqual({
      bounds: { x: 10, y: 20, width: 1000, height: 700 },
      isMaximized: false,
    });
    writeFileSync(stateFile(), kept.replace('false', 'true'));
    const window = await openHarness(desk);
    expect(window.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    expect(window.isLarge).toBe(true);
  });

  it.each([
    ['a screen that has gone', '{"bounds":{"x":5000,"y":0,"width":1000,"height":700}}'],
    ['no size for a desk', '{"bounds":{"x":0,"y":0,"width":10,"height":10}}'],
    ['numbers that are none', '{"bounds":{"x":"0","y":0,"width":1e99,"height":700}}'],
    ['a damaged file', '{"bounds":'],
    ['null', 'null'],
  ])('opens in its usual place after %s', async (_name, text) => {
    await openHarness(desk);
    writeFileSync(stateFile(), text);
    const { options } = await openHarness(desk);
    expect([options.width, options.x]).toEqual([1440, undefined]);
  });

  it('has a menu whose keys load nothing anew and open no tools in a package', async () => {
    const window = await openHarness(desk);
    expect(window.isMenuShown).toBe(false);
    expect(electron.Menu.setApplicationMenu).toHaveBeenCalledTimes(1);
    for (const platform of ['win32', 'linux', 'darwin'] as const) {
      const packed = JSON.stringify(makeMenu(platform, true));
      expect(packed).not.toMatch(/reload|toggleDevTools|close/i);
      expect(packed).toContain('zoomIn');
    }
    expect(JSON.stringify(makeMenu('linux', false))).toContain('toggleDevTools');
  });

  it('asks nothing when the system shuts down', async () => {
    const first = await openHarness(desk);
    electron.powerMonitor.emit('shutdown');
    expect(first.isGone).toBe(true);
    const second = await openHarness(desk);
    second.emit('session-end');
    expect(second.isGone).toBe(true);
    expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
  });
});
