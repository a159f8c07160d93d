import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readNetworkPrinter } from '../../src-main/adapters/printing/network-printer.ts';
import { composePrinter, readCupsServer, type PrinterParts } from '../../src-main/hosts/compose-printer.ts';
import { field, ippReply, READY_PRINTER } from '../adapters/printing/ipp-replies.ts';
import { createManualClock } from '../support/manual-clock.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A CUPS, or a printer, with one printer of a name. */
async function serve(name: string): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const facts = [field(0x42, 'printer-name', name), ...READY_PRINTER.slice(1)];
      response.end(ippReply(0, [[0x04, facts]], Buffer.concat(chunks).readInt32BE(4)));
    });
  });
  closers.push(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const electronPrinting: PrinterParts['electronPrinting'] = {
  listPrinters: async () => [{ name: 'WINDOWS', displayName: 'Ward', description: '', options: {} as never }],
  openPage: async () => ({
    pages: 1,
    print: async () => ({ isTaken: true, reason: '' }),
    close: () => undefined,
  }),
};

async function namesOf(parts: Partial<PrinterParts>): Promise<string> {
  const clock = createManualClock();
  const printer = composePrinter({ platform: 'linux', env: {}, clock, hasFile: () => false, ...parts });
  const listed = await printer.list();
  return listed.ok ? listed.value.map(({ name }) => name).join(' ') : listed.problem.code;
}

describe('the printers of a desk', () => {
  it('are those of the CUPS that is named, on any system', async () => {
    const env = { CUPS_SERVER: `127.0.0.1:${await serve('Office')}` };
    expect(await namesOf({ env })).toBe('Office');
    expect(await namesOf({ env, platform: 'win32', electronPrinting })).toBe('Office');
  });

  it('are those of Electron on Windows, with those that the organisation names', async () => {
    expect(await namesOf({ platform: 'win32', electronPrinting })).toBe('WINDOWS');
    const settings = [
      { name: 'Corridor', uri: `ipp://127.0.0.1:${await serve('x')}/ipp/print` },
      { name: 'Nonsense', uri: 'https://127.0.0.1/' },
    ];
    expect(await namesOf({ platform: 'win32', electronPrinting, settings })).toBe('Corridor WINDOWS');
    expect(await namesOf({ platform: 'win32', settings })).toBe('Corridor');
    const printer = composePrinter({
      ...{ platform: 'win32', env: {}, clock: createManualClock(), settings, electronPrinting },
    });
    const job = { title: 't', pdf: Buffer.from('%PDF-'), copies: 1, isLarge: false };
    expect(await printer.print({ printer: 'WINDOWS', ...job })).toMatchObject({ ok: true });
    expect(await printer.readJob('WINDOWS', 'x')).toMatchObject({ value: { state: 'unknown' } });
    expect(await printer.cancel('WINDOWS', 'x')).toMatchObject({ problem: { code: 'cancel-not-possible' } });
    // This one has no job in its reply: it went to the network, not to Windows.
    expect(await printer.print({ printer: 'Corridor', ...job })).toMatchObject({
      problem: { code: 'print-not-answered' },
    });
  });

  it('are none, and it is said, where nothing can print', async () => {
    expect(await namesOf({ platform: 'win32' })).toBe('no-print-service');
    expect(await namesOf({ env: { CUPS_SERVER: '/nonexistent/cups.sock' } })).toBe('no-print-service');
  });
});

describe('CUPS_SERVER', () => {
  it.each([
    ['/run/mine.sock', { kind: 'socket', socketPath: '/run/mine.sock' }],
    ['print.example.nhs.uk', { kind: 'tcp', host: 'print.example.nhs.uk', port: 631, isSecure: false }],
    ['print:8631/version=1.1', { kind: 'tcp', host: 'print', port: 8631, isSecure: false }],
    ['print:80', { kind: 'tcp', host: 'print', port: 80, isSecure: false }],
    ['[::1]:8631', { kind: 'tcp', host: '::1', port: 8631, isSecure: false }],
    ['', null],
    ['  ', null],
    ['a b', null],
    ['print:99999', null],
    ['user@print', null],
    ['print/path', null],
  ])('%j is understood', (text, expected) => {
    expect(readCupsServer(text)).toEqual(expected);
  });
});

describe('a printer of the policy', () => {
  const fingerprint = 'AB:'.repeat(31) + 'cd';
  it.each([
    [{ name: 'A', uri: 'ipp://print' }, { host: 'print', port: 631, isSecure: false }, '/'],
    [
      { name: 'A', uri: 'ipps://10.0.0.7:6310/ipp/print' },
      { host: '10.0.0.7', port: 6310, isSecure: true },
      '/ipp/print',
    ],
    [
      { name: 'A', uri: 'ipps://[fe80::1]/ipp', fingerprint },
      { host: 'fe80::1', port: 631, isSecure: true, fingerprint },
      '/ipp',
    ],
  ])('is read: %j', (setting, address, path) => {
    expect(readNetworkPrinter(setting)).toEqual({ name: 'A', address: { kind: 'tcp', ...address }, path });
  });

  it.each([
    { name: '', uri: 'ipp://print' },
    { name: 'x'.repeat(128), uri: 'ipp://print' },
    { name: 'A', uri: 'http://print' },
    { name: 'A', uri: 'ipp:print' },
    { name: 'A', uri: 'ipps://user:secret@print/' },
    { name: 'A', uri: 'ipp://print', fingerprint },
    { name: 'A', uri: 'ipps://print', fingerprint: 'ab' },
  ])('is none: %j', (setting) => {
    expect(readNetworkPrinter(setting)).toBeNull();
  });
});
