import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { makeBrowserArguments } from '../../../src-main/hosts/chromium/browser-arguments.ts';
import { findBrowser } from '../../../src-main/hosts/chromium/find-browser.ts';
import { openPipeConnection, splitAtNul } from '../../../src-main/hosts/chromium/pipe-connection.ts';
import { readPageRequest } from '../../../src-main/hosts/chromium/read-page-request.ts';
import { refuseRealPatients } from '../../../src-main/hosts/chromium/run-desk.ts';

describe('the pipe', () => {
  it('finds the messages however the bytes are cut', () => {
    const bytes = Buffer.from('{"a":"Zoë"}\0{}\0\0{"b":1}\0');
    for (let size = 1; size <= bytes.length; size++) {
      const messages: string[] = [];
      const feed = splitAtNul((text) => messages.push(text));
      for (let from = 0; from < bytes.length; from += size) feed(bytes.subarray(from, from + size));
      expect(messages).toEqual(['{"a":"Zoë"}', '{}', '', '{"b":1}']);
    }
  });

  it('joins answers to their commands and events to their sessions', async () => {
    const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
    const connection = openPipeConnection(toBrowser, fromBrowser);
    const heard = vi.fn();
    connection.session('s1').on('Page.loaded', heard);
    const first = connection.browser.send('One');
    const second = connection.session('s1').send('Two', { x: 1 });
    expect(toBrowser.read()?.toString()).toBe(
      '{"id":1,"method":"One","params":{}}\0{"id":2,"method":"Two","params":{"x":1},"sessionId":"s1"}\0',
    );
    fromBrowser.write(
      '{"id":2,"result":{"y":2}}\0{"method":"Page.loaded","params":{"n":1},"sessionId":"s1"}\0',
    );
    fromBrowser.write(
      '{"method":"Page.loaded","params":{"n":2},"sessionId":"s2"}\0{"id":1,"error":{"message":"no"}}\0',
    );
    expect(await second).toEqual({ y: 2 });
    await expect(first).rejects.toThrow('One: no');
    expect(heard.mock.calls).toEqual([[{ n: 1 }]]);
  });

  it('fails what waits, and all that follows, when the browser is gone', async () => {
    const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
    const connection = openPipeConnection(toBrowser, fromBrowser);
    const closed = vi.fn();
    connection.onClosed(closed);
    const waiting = connection.browser.send('One');
    fromBrowser.destroy(new Error('ECONNRESET'));
    await expect(waiting).rejects.toThrow('browser closed');
    await expect(connection.browser.send('Two')).rejects.toThrow('browser closed');
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe('a message of the page', () => {
  it('is a request with a number, a channel and an input', () => {
    expect(readPageRequest('[3,"slots/search",{"ubrn":"1"}]', 100)).toEqual([
      3,
      'slots/search',
      { ubrn: '1' },
    ]);
  });

  it.each([
    ['too long', `[1,"x","${'y'.repeat(100)}"]`],
    ['no JSON', '[1,"x",'],
    ['no list', '{"0":1}'],
    ['a short list', '[1,"x"]'],
    ['a long list', '[1,"x",{},{}]'],
    ['a number that a push has', '[0,"x",{}]'],
    ['a broken number', '[1.5,"x",{}]'],
    ['a channel that is no text', '[1,{"toString":1},{}]'],
    ['null', 'null'],
    ['nothing', undefined],
  ])('is refused when it is %s', (_name, payload) => {
    expect(readPageRequest(payload, 100)).toBeNull();
  });
});

describe('the browser', () => {
  const machine = (platform: NodeJS.Platform, env: Record<string, string>, ...there: string[]) => ({
    platform,
    env,
    exists: (path: string) => there.includes(path),
  });

  it('is looked for where each system keeps it', () => {
    const linux = { PATH: '/usr/local/bin:/usr/bin' };
    expect(findBrowser(machine('linux', linux, '/usr/bin/google-chrome', '/usr/bin/chromium'))).toBe(
      '/usr/bin/chromium',
    );
    expect(findBrowser(machine('linux', linux, '/usr/bin/microsoft-edge'))).toBe('/usr/bin/microsoft-edge');
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(machine('darwin', {}, chrome))).toBe(chrome);
    const found = findBrowser({
      platform: 'win32',
      env: { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
      exists: (path) => path.includes('msedge.exe'),
    });
    expect(found).toMatch(/^C:\\Program Files \(x86\).Microsoft.Edge.Application.msedge\.exe$/);
    expect(findBrowser(machine('linux', linux))).toBeNull();
  });

  it('is the named one or none', () => {
    const env = { PATH: '/usr/bin', BOOKING_DESK_BROWSER: '/opt/browser' };
    expect(findBrowser(machine('linux', env, '/opt/browser', '/usr/bin/chromium'))).toBe('/opt/browser');
    expect(findBrowser(machine('linux', env, '/usr/bin/chromium'))).toBeNull();
  });

  it('keeps its sandbox unless it runs as root, and never gets a port', () => {
    const desk = makeBrowserArguments({ isHeadless: false, isRoot: false });
    expect(desk).not.toContain('--no-sandbox');
    expect(
      desk.filter((argument) => /remote-debugging-port|enable-automation|headless/.test(argument)),
    ).toEqual([]);
    expect(makeBrowserArguments({ isHeadless: true, isRoot: true })).toEqual(
      expect.arrayContaining(['--no-sandbox', '--headless=new']),
    );
  });

  it('serves no environment with real patients', () => {
    expect(() => refuseRealPatients('live')).toThrow('runs in Electron only');
    expect(() => refuseRealPatients('integration')).toThrow('runs in Electron only');
    expect(() => refuseRealPatients('training')).not.toThrow();
    expect(() => refuseRealPatients('sandbox')).not.toThrow();
  });
});
