import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { BINDING_NAME } from '../../../src-main/hosts/chromium/page-protocol.ts';
import { openWindow, type OpenedWindow } from '../../../src-main/hosts/chromium/open-window.ts';
import { eventually } from '../../support/eventually.ts';
import { createFakeDoor, createMemoryLog } from '../../support/fake-door.ts';
import { isMissing } from '../../support/missing-parts.ts';
import { makeSmallInterface } from '../../support/small-interface.ts';
import { startSinkServer } from '../../support/sink-server.ts';
import { openTestWindow, type TestWindow } from './test-window.ts';

let opened: TestWindow | null = null;

afterEach(async () => {
  await opened?.close();
  opened = null;
});

/** Page code that reports what `body` put into `found`, through the bridge. */
const reporting = (body: string) => `
  const found = {};
  const say = (name, value) => { found[name] = String(value); };
  const attempt = async (name, run) => { try { say(name, await run()); } catch (e) { say(name, e.name); } };
  ${body}
  await bookingDesk.requests['diagnostics/report-fault']({ kind: 'found', place: JSON.stringify(found) });
`;

async function findings(code: string, more: Record<string, string> = {}): Promise<Record<string, string>> {
  opened = await openTestWindow(makeSmallInterface(reporting(code), more));
  const { door } = opened;
  const report = await vi.waitUntil(
    () => door.received.find((message) => message.channel === 'diagnostics/report-fault'),
    { timeout: 20_000 },
  );
  return JSON.parse((report.input as { place: string }).place) as Record<string, string>;
}

/** Gives the raw binding to every living context, as if a frame had kept it. */
async function handOutBinding({ session }: OpenedWindow): Promise<void> {
  await session.send('Runtime.removeBinding', { name: BINDING_NAME });
  await session.send('Runtime.addBinding', { name: BINDING_NAME });
}

/** Sockets that the process and its children listen on. */
function listeningSockets(rootPid: number): string[] {
  const isOurs = (pid: number): boolean => {
    if (pid === rootPid) return true;
    if (pid <= 1 || !existsSync(`/proc/${pid}/status`)) return false;
    return isOurs(Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
  };
  const lines = execFileSync('ss', ['-Hltnup'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => [...line.matchAll(/pid=(\d+)/g)].some(([, pid]) => isOurs(Number(pid))));
}

describe.skipIf(isMissing('chromium'))('a page in the Chromium host', () => {
  it('has the frozen bridge and nothing of Node or of the host', async () => {
    const found = await findings(`
      say('require', typeof require);
      say('process', typeof process);
      say('binding', typeof ${BINDING_NAME});
      say('frozen', [bookingDesk, bookingDesk.requests, bookingDesk.pushes, bookingDesk.requests['slots/search']].every(Object.isFrozen));
      await attempt('replace', () => { window.bookingDesk = 1; });
      await attempt('generic', () => bookingDesk.invoke ?? bookingDesk.requests['no/channel']);
      say('names', Object.getOwnPropertyNames(window).filter((name) => /desk|cdp|playwright|puppeteer/i.test(name)));
      say('origin', location.origin + ' ' + isSecureContext);
    `);
    expect(found).toEqual({
      require: 'undefined',
      process: 'undefined',
      binding: 'undefined',
      frozen: 'true',
      replace: 'TypeError',
      generic: 'undefined',
      names: 'bookingDesk',
      origin: 'https://app.bookingdesk.internal true',
    });
  });

  it('turns no text into code and no text into markup', async () => {
    const found = await findings(`
      await attempt('eval', () => eval('1'));
      await attempt('function', () => new Function('return 1')());
      await attempt('innerHTML', () => { document.body.innerHTML = '<b>x</b>'; return 'set'; });
      await attempt('policy', () => trustedTypes.createPolicy('other', { createHTML: (text) => text }));
      await attempt('worker', () => new Worker('/worker.js'));
      const inline = document.createElement('div');
      document.body.append(inline);
      await attempt('handler', () => { inline.setAttribute('onclick', 'window.wasRun = 1'); inline.click(); });
      say('ran', typeof wasRun);
    `);
    expect(found).toMatchObject({
      eval: 'EvalError',
      function: 'EvalError',
      innerHTML: 'TypeError',
      policy: 'TypeError',
      worker: 'TypeError',
      ran: 'undefined',
    });
  });

  it('reaches nothing outside, from the page or from a worker', async () => {
    const sink = await startSinkServer();
    const outside = `http://127.0.0.1:${sink.port}/`;
    const found = await findings(
      `
      await attempt('fetch', () => fetch('${outside}'));
      await attempt('beacon', () => navigator.sendBeacon('${outside}', 'x'));
      await attempt('socket', () => new Promise((resolve, reject) => {
        const socket = new WebSocket('ws://127.0.0.1:${sink.port}/');
        socket.onopen = () => resolve('open'); socket.onerror = () => reject(new TypeError('closed'));
      }));
      await attempt('image', () => new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve('loaded'); image.onerror = () => reject(new TypeError('closed'));
        image.src = '${outside}x.png';
      }));
      const policy = trustedTypes.createPolicy('pdf-worker', { createScriptURL: (url) => url });
      await attempt('worker', () => new Promise((resolve, reject) => {
        const worker = new Worker(policy.createScriptURL('/worker.js'));
        worker.onmessage = (event) => resolve(event.data); worker.onerror = () => reject(new TypeError('none'));
      }));
      await attempt('elsewhere', async () => (await fetch('/../../etc/passwd')).status);
    `,
      {
        '/worker.js': `fetch('${outside}').then(() => postMessage('fetched'), (e) => postMessage('no ' + e.name));`,
      },
    );
    expect(found).toMatchObject({
      fetch: 'TypeError',
      socket: 'TypeError',
      image: 'TypeError',
      worker: 'no TypeError',
      elsewhere: '404',
    });
    expect(sink.connections()).toBe(0);
    await sink.close();
  });

  it('keeps its bridge after a page replaced the built-ins', async () => {
    const found = await findings(`
      const caught = [];
      const spy = (name) => function (...args) { caught.push([name, this, ...args].map(String).join(' ')); return undefined; };
      const kept = { stringify: JSON.stringify, Promise };
      JSON.stringify = spy('stringify'); JSON.parse = spy('parse');
      window.Promise = spy('Promise'); Map.prototype.get = spy('get'); Map.prototype.set = spy('set');
      Array.prototype.push = function () { return 0; };
      Function.prototype.call = spy('call'); Function.prototype.apply = spy('apply'); Function.prototype.bind = spy('bind');
      Object.keys = spy('keys'); Object.create = spy('create');
      const answer = await bookingDesk.requests['session/read-state']({});
      JSON.stringify = kept.stringify;
      say('answer', kept.stringify(answer));
      say('caught', caught.length);
    `);
    expect(found).toEqual({ answer: '{"ok":true,"value":{}}', caught: '0' });
  });
});

describe.skipIf(isMissing('chromium'))('the window of the Chromium host', () => {
  const IDLE = makeSmallInterface(`document.getElementById('state').textContent = 'idle';`);

  it.skipIf(process.platform !== 'linux')('listens on no port', async () => {
    opened = await openTestWindow(IDLE);
    expect(listeningSockets(opened.window.browser.pid)).toEqual([]);
  });

  it('carries answers and pushes to the page', async () => {
    const door = createFakeDoor(({ input }) => ok({ echo: input }));
    opened = await openTestWindow(IDLE, door);
    const text = 'Zoë O’Neill \u2028 \u0000 '.repeat(2000);
    const answer = await opened.evaluate(
      `bookingDesk.requests['referral/find']({ text: ${JSON.stringify(text)} })`,
    );
    expect(answer).toEqual({ ok: true, value: { echo: { text } } });
    await opened.evaluate(
      `window.heard = []; window.stop = bookingDesk.pushes['outbox/changed']((value) => heard.push(value)); 1`,
    );
    door.push('outbox/changed', { open: 1 });
    await eventually(async () => expect(await opened?.evaluate('heard')).toEqual([{ open: 1 }]));
    await opened.evaluate('stop(); 1');
    door.push('outbox/changed', { open: 2 });
    expect(await opened.evaluate('heard')).toEqual([{ open: 1 }]);
  });

  it('refuses what is no plain data or too long, and answers it', async () => {
    opened = await openTestWindow(IDLE);
    const find = `bookingDesk.requests['referral/find']`;
    expect(await opened.evaluate(`const loop = {}; loop.self = loop; ${find}(loop)`)).toMatchObject({
      problem: { kind: 'invalid-input', code: 'not-plain-data' },
    });
    expect(await opened.evaluate(`${find}('x'.repeat(100_000_000))`)).toMatchObject({
      problem: { kind: 'invalid-input', code: 'too-large' },
    });
    expect(opened.door.received).toEqual([]);
  });

  it('talks to a page that was loaded anew', async () => {
    opened = await openTestWindow(IDLE);
    await opened.evaluate('window.isOld = true; location.reload()');
    await eventually(async () =>
      expect(await opened?.evaluate('typeof isOld + typeof bookingDesk')).toBe('undefinedobject'),
    );
    await eventually(async () => {
      expect(await opened?.evaluate(`bookingDesk.requests['session/read-state']({})`)).toEqual({
        ok: true,
        value: {},
      });
    });
    expect(opened.door.received.every((message) => message.isTrusted)).toBe(true);
  });

  it.each([
    ['an empty frame', `document.createElement('iframe')`],
    [
      'an inline document',
      `Object.assign(document.createElement('iframe'), {
        srcdoc: trustedTypes.createPolicy('vue', { createHTML: (text) => text }).createHTML('<p>inline</p>'),
      })`,
    ],
  ])('gives %s no binding and refuses its messages', async (_name, make) => {
    opened = await openTestWindow(IDLE);
    const { window, door } = opened;
    await opened.evaluate(
      `new Promise((resolve) => {
         const frame = ${make};
         frame.onload = resolve;
         document.body.append(frame);
         window.inner = frame.contentWindow;
       }).then(() => 1)`,
    );
    const kinds = await opened.evaluate(`[typeof inner.${BINDING_NAME}, typeof inner.bookingDesk].join()`);
    expect(kinds).toBe('undefined,undefined');
    await handOutBinding(window);
    await opened.evaluate(`inner.${BINDING_NAME}(JSON.stringify([1, 'session/read-state', {}])); 1`);
    await eventually(() => expect(door.received).toHaveLength(1));
    expect(door.received[0]).toMatchObject({ isTrusted: false, place: 'subframe' });
  });

  it('refuses a message from another origin in its own window', async () => {
    opened = await openTestWindow(IDLE);
    const { window, door } = opened;
    await window.session.send('Page.navigate', { url: 'data:text/html,<title>elsewhere</title>' });
    await eventually(async () => expect(await opened?.evaluate('location.protocol')).toBe('data:'));
    expect(await opened.evaluate(`typeof ${BINDING_NAME} + typeof window.bookingDesk`)).toBe(
      'undefinedundefined',
    );
    await handOutBinding(window);
    await opened.evaluate(`${BINDING_NAME}(JSON.stringify([1, 'session/read-state', {}]))`);
    await eventually(() => expect(door.received).toHaveLength(1));
    expect(door.received[0]).toMatchObject({ isTrusted: false, place: 'foreign-origin' });
  });

  it('closes a window that a page opens', async () => {
    opened = await openTestWindow(IDLE);
    await opened.evaluate(`window.popup = window.open('about:blank', '_blank', 'popup'); 1`, true);
    await eventually(() => expect(opened?.log.events()).toContain('foreign-window-closed'));
    await eventually(async () => expect(await opened?.evaluate('popup === null || popup.closed')).toBe(true));
    const { targetInfos } = await opened.window.browser.connection.browser.send('Target.getTargets');
    expect((targetInfos as { type: string }[]).filter((target) => target.type === 'page')).toHaveLength(1);
  });

  it('aborts a request and a navigation to another host', async () => {
    opened = await openTestWindow(IDLE);
    const sink = await startSinkServer();
    // From outside, where the policy does not hold, so that the interception alone stands in the way.
    await opened.window.session.send('Page.setBypassCSP', { enabled: true });
    await opened.window.session.send('Page.reload');
    await eventually(async () =>
      expect(await opened?.evaluate(`document.getElementById('state').textContent`)).toBe('idle'),
    );
    const outcome = `fetch('http://127.0.0.1:${sink.port}/').then(() => 'fetched', (e) => e.name)`;
    expect(await opened.evaluate(outcome)).toBe('TypeError');
    expect(opened.log.events()).toContain('foreign-request-aborted');
    await opened.window.session.send('Page.navigate', { url: `http://127.0.0.1:${sink.port}/` });
    await eventually(() => expect(opened?.log.lines.map((line) => line.fields.reason)).toContain('Document'));
    expect(await opened.evaluate('location.href')).toBe('https://app.bookingdesk.internal/');
    expect(sink.connections()).toBe(0);
    await sink.close();
  });

  it('brings a page back whose process died, or that a document of its own took the place of', async () => {
    opened = await openTestWindow(IDLE);
    const { session } = opened.window;
    const isBack = () =>
      eventually(async () => {
        expect(await opened?.evaluate('location.href')).toBe('https://app.bookingdesk.internal/');
        expect(await opened?.evaluate(`bookingDesk.requests['session/read-state']({})`)).toEqual({
          ok: true,
          value: {},
        });
      });
    session.send('Page.crash').catch(() => undefined);
    await eventually(() => expect(opened?.log.events()).toContain('renderer-gone'));
    await isBack();
    const made = await opened.evaluate(
      `URL.createObjectURL(new Blob(['<p>mine</p>'], { type: 'text/html' }))`,
    );
    await session.send('Page.navigate', { url: made });
    await eventually(() => expect(opened?.log.events()).toContain('navigation-denied'));
    await isBack();
  });

  it('leaves no profile behind, and says when the browser ends by itself', async () => {
    opened = await openTestWindow(IDLE);
    expect(readdirSync(opened.folder)).toEqual(['browser-profile']);
    await opened.window.session.send('Page.close').catch(() => undefined);
    await opened.window.browser.exited;
    await opened.window.close();
    expect(existsSync(join(opened.folder, 'browser-profile'))).toBe(false);
  });

  it('fails with words when the program is no browser', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
    const start = openWindow({
      app: createFakeDoor(),
      browserPath: '/bin/false',
      files: IDLE,
      pageScript: '',
      folder,
      log: createMemoryLog(),
    });
    await expect(start).rejects.toThrow('did not open the application');
    rmSync(folder, { recursive: true });
  });
});
