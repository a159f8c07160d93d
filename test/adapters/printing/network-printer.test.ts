/** The printer port against printers that break the protocol, the connection or their word. */
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createIppLetterPrinter } from '../../../src-main/adapters/printing/ipp-letter-printer.ts';
import { decodeIppReply, findGroup, type IppValue } from '../../../src-main/adapters/printing/ipp-decode.ts';
import type { IppAddress } from '../../../src-main/adapters/printing/ipp-post.ts';
import { field, ippReply, READY_PRINTER } from './ipp-replies.ts';

const OPERATIONS: Readonly<Record<number, string>> = {
  0x02: 'print',
  0x08: 'cancel',
  0x09: 'job',
  0x0b: 'printer',
  0x4001: 'default',
  0x4002: 'list',
};

interface Asked {
  readonly operation: string;
  readonly path: string;
  readonly requestId: number;
  readonly job: ReadonlyMap<string, readonly IppValue[]>;
  readonly about: ReadonlyMap<string, readonly IppValue[]>;
  readonly bytes: Buffer;
}

type Answer = (response: ServerResponse, asked: Asked) => void;

const open: Server[] = [];
afterEach(() => {
  open.splice(0).forEach((server) => {
    server.close();
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
  });
});

const say =
  (status: number, groups: readonly [number, readonly Buffer[]][] = []): Answer =>
  (response, { requestId }) =>
    response.end(ippReply(status, groups, requestId));

const ready = say(0, [[0x04, READY_PRINTER]]);
const taken = say(0, [[0x02, [field(0x21, 'job-id', 42)]]]);
const hangUp: Answer = (response) => void response.socket?.destroy();

function listenTo(answers: Readonly<Record<string, Answer>>, asked: Asked[]): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const read = decodeIppReply(bytes);
      if (!read) throw new Error('the desk sent what is no request');
      const none = new Map<string, readonly IppValue[]>();
      const one = {
        operation: OPERATIONS[read.status] ?? String(read.status),
        path: request.url ?? '',
        requestId: read.requestId,
        about: findGroup(read, 0x01)?.attributes ?? none,
        job: findGroup(read, 0x02)?.attributes ?? none,
        bytes,
      };
      asked.push(one);
      (answers[one.operation] ?? hangUp)(response, one);
    });
  };
}

async function listen(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Only for answers that never end: a busy machine takes longer for those that come. */
const SHORT = { printMs: 300 };

async function setUp(
  answers: Readonly<Record<string, Answer>>,
  kind: 'network' | 'cups' = 'network',
  waits = {},
) {
  const asked: Asked[] = [];
  const port = await listen(createServer(listenTo({ printer: ready, print: taken, ...answers }, asked)));
  const address: IppAddress = { kind: 'tcp', host: '127.0.0.1', port, isSecure: false };
  const networkPrinters = kind === 'network' ? [{ name: 'Ward', address, path: '/ipp/print' }] : [];
  const cups = kind === 'cups' ? address : null;
  const printer = createIppLetterPrinter({ cups, networkPrinters, waits });
  const print = (changes = {}) =>
    printer.print({
      ...{ printer: 'Ward', title: 'Booking Desk letter', pdf: Buffer.from('%PDF-1.7 x') },
      ...{ copies: 1, isLarge: false, ...changes },
    });
  return { asked, printer, print, port };
}

const codeOf = (outcome: { ok: boolean; problem?: { code: string } }) =>
  outcome.ok ? 'ok' : (outcome.problem?.code ?? '');

describe('a letter for a printer on the network', () => {
  it('goes out once, one-sided, on A4, with no name but its title', async () => {
    const { asked, print } = await setUp({});
    expect(await print({ copies: 3 })).toEqual({ ok: true, value: { jobId: '42' } });
    expect(asked.map(({ operation, path }) => [operation, path])).toEqual([
      ['printer', '/ipp/print'],
      ['print', '/ipp/print'],
    ]);
    const { about, job, bytes } = asked[1] as Asked;
    expect(about.get('requesting-user-name')).toEqual(['booking-desk']);
    expect(about.get('job-name')).toEqual(['Booking Desk letter']);
    expect(about.get('document-format')).toEqual(['application/pdf']);
    expect(Object.fromEntries(job)).toEqual({
      copies: [3],
      sides: ['one-sided'],
      'job-sheets': ['none'],
      'number-up': [1],
      'multiple-document-handling': ['separate-documents-collated-copies'],
    });
    expect(bytes.subarray(-11).toString()).toBe('\u0003%PDF-1.7 x');
  });

  it('names paper and scaling only where the printer knows them', async () => {
    const facts = [
      ...READY_PRINTER,
      field(0x44, 'media-supported', 'iso_a4_210x297mm'),
      field(0x44, '', 'iso_a3_297x420mm'),
      field(0x44, 'print-scaling-supported', 'fit'),
      field(0x44, 'job-creation-attributes-supported', 'media'),
      field(0x44, '', 'print-scaling'),
      field(0x44, '', 'copies'),
    ];
    const { asked, print } = await setUp({ printer: say(0, [[0x04, facts]]) });
    await print();
    expect(Object.fromEntries((asked[1] as Asked).job)).toEqual({ copies: [1], media: ['iso_a4_210x297mm'] });
    await print({ isLarge: true });
    expect(Object.fromEntries((asked[3] as Asked).job)).toEqual({
      ...{ copies: [1], media: ['iso_a3_297x420mm'], 'print-scaling': ['fit'] },
    });
  });

  it('is not sent when the printer cannot take it, or it is no PDF', async () => {
    const busy = [...READY_PRINTER.filter((_bytes, index) => index !== 3)];
    const closed = await setUp({
      printer: say(0, [[0x04, [...busy, field(0x22, 'printer-is-accepting-jobs', false)]]]),
    });
    expect(await closed.print()).toMatchObject({ problem: { facts: { reason: 'not-accepting' } } });
    const rasterOnly = say(0, [[0x04, [field(0x49, 'document-format-supported', 'image/urf')]]]);
    const noPdf = await setUp({ printer: rasterOnly });
    expect(await noPdf.print()).toMatchObject({
      problem: { code: 'printer-refused', facts: { reason: 'no-pdf' } },
    });
    const noPaper = await setUp({});
    expect(await noPaper.print({ isLarge: true })).toMatchObject({
      problem: { facts: { reason: 'no-large-paper' } },
    });
    expect(codeOf(await noPaper.print({ pdf: Buffer.from('<html>') }))).toBe('not-a-pdf');
    const all = [...closed.asked, ...noPdf.asked, ...noPaper.asked];
    expect(all.filter(({ operation }) => operation === 'print')).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['the connection ends without a reply', hangUp, 'print-not-answered'],
    ['no reply ever comes', () => undefined, 'print-not-answered'],
    ['the reply is no IPP', (response) => response.end('<html>OK</html>'), 'print-not-answered'],
    [
      'the reply is to another request',
      (response) => response.end(ippReply(0, [[0x02, [field(0x21, 'job-id', 42)]]], 99)),
      'print-not-answered',
    ],
    [
      'the reply is cut',
      (response) =>
        response
          .writeHead(200, { 'content-length': 500 })
          .end('\u0001\u0001', () => response.socket?.destroy()),
      'print-not-answered',
    ],
    [
      'the reply trickles',
      (response) => void setInterval(() => response.write('x'), 20).unref(),
      'print-not-answered',
    ],
    [
      'the reply has no end',
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 20)));
        };
        response.on('drain', more);
        more();
      },
      'print-not-answered',
    ],
    [
      'another protocol is switched to',
      (response) => response.writeHead(101, { upgrade: 'TLS/1.2', connection: 'upgrade' }).end(),
      'print-not-answered',
    ],
    ['it has no job', say(0), 'print-not-answered'],
    ['its job has no sense', say(0, [[0x02, [field(0x21, 'job-id', -3)]]]), 'print-not-answered'],
    ['the server fails', (response) => response.writeHead(500).end(), 'print-not-answered'],
    ['it has an internal error', say(0x0500), 'print-not-answered'],
    ['the server wants a password', (response) => response.writeHead(401).end(), 'printer-refused'],
    [
      'it is sent elsewhere',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'printer-refused',
    ],
    ['it takes no jobs', say(0x0506), 'printer-refused'],
    ['it may not', say(0x0403), 'printer-refused'],
    ['the printer is taken away', say(0x0406), 'printer-gone'],
  ])('is sent once, and what became of it is said, when %s', async (name, answer, code) => {
    const waits = /ever comes|trickles/.test(name) ? SHORT : {};
    const { asked, print } = await setUp({ print: answer }, 'network', waits);
    expect(codeOf(await print())).toBe(code);
    expect(asked.filter(({ operation }) => operation === 'print')).toHaveLength(1);
  });

  it('is not taken by a printer that is switched off', async () => {
    const { printer, port } = await setUp({});
    open.splice(0).forEach((server) => server.close());
    const address: IppAddress = { kind: 'tcp', host: '127.0.0.1', port, isSecure: false };
    const request = { printer: 'Ward', title: 't', pdf: Buffer.from('%PDF-'), copies: 1, isLarge: false };
    expect(codeOf(await printer.print(request))).toBe('printer-gone');
    expect(codeOf(await printer.readJob('Ward', '42'))).toBe('printer-gone');
    expect(await printer.list()).toMatchObject({
      value: [{ name: 'Ward', state: 'unknown', reasons: ['offline'] }],
    });
    const overCups = createIppLetterPrinter({ cups: address });
    expect(codeOf(await overCups.print(request))).toBe('no-print-service');
    expect(codeOf(await overCups.list())).toBe('no-print-service');
    const nothing = createIppLetterPrinter({ cups: null });
    expect(codeOf(await nothing.print(request))).toBe('printer-gone');
    const noSocket = createIppLetterPrinter({
      cups: { kind: 'socket', socketPath: '/nonexistent/cups.sock' },
    });
    expect(codeOf(await noSocket.list())).toBe('no-print-service');
  });
});

describe('a job', () => {
  const [state, sheets] = [
    (value: number) => field(0x23, 'job-state', value),
    (value: number) => field(0x21, 'job-media-sheets-completed', value),
  ];
  const at = (printerState: number, reason: string) =>
    say(0, [
      [0x04, [field(0x23, 'printer-state', printerState), field(0x44, 'printer-state-reasons', reason)]],
    ]);

  it.each<[string, Buffer[], Answer, object]>([
    ['waits', [state(3)], at(4, 'none'), { state: 'waiting', reasons: [], sheets: null }],
    ['prints', [state(5), sheets(1)], at(4, 'none'), { state: 'printing', reasons: [], sheets: 1 }],
    [
      'prints with little toner',
      [state(5)],
      at(4, 'toner-low-report'),
      { state: 'printing', reasons: ['toner-low'] },
    ],
    [
      'prints on a printer being reached',
      [state(5)],
      at(4, 'connecting-to-device'),
      { state: 'printing', reasons: ['offline'] },
    ],
    ['lacks paper', [state(5)], at(4, 'media-empty-warning'), { state: 'held-up', reasons: ['paper-out'] }],
    ['is jammed', [state(5)], at(5, 'media-jam'), { state: 'held-up', reasons: ['paper-jam'] }],
    ['waits at a stopped printer', [state(3)], at(5, 'paused'), { state: 'held-up', reasons: ['paused'] }],
    ['is held', [state(4)], at(3, 'none'), { state: 'held-up', reasons: [] }],
    [
      'is stopped by something new',
      [state(6)],
      at(5, 'fuser-over-temp-error'),
      { state: 'held-up', reasons: ['other'] },
    ],
    ['is cancelled', [state(7)], at(5, 'media-jam'), { state: 'cancelled', reasons: [] }],
    [
      'is aborted, by a queue that cannot count',
      [state(8), sheets(0)],
      at(3, 'none'),
      { state: 'failed', sheets: null },
    ],
    ['is done', [state(9), sheets(2)], at(5, 'media-empty'), { state: 'printed', reasons: [], sheets: 2 }],
    [
      'is done, by a queue that cannot count',
      [state(9), sheets(0)],
      at(3, 'none'),
      { state: 'printed', sheets: null },
    ],
    ['is in a state that is none', [state(77)], at(3, 'none'), { state: 'unknown' }],
    ['has no state', [], at(3, 'none'), { state: 'unknown' }],
  ])('that %s is reported so', async (_name, job, printerAnswer, expected) => {
    const { printer } = await setUp({ job: say(0, [[0x02, job]]), printer: printerAnswer });
    expect(await printer.readJob('Ward', '42')).toMatchObject({ ok: true, value: expected });
  });

  it('that the printer has forgotten, or that is none of a printer, is unknown', async () => {
    const { printer, asked } = await setUp({ job: say(0x0406) });
    const unknown = { ok: true, value: { state: 'unknown', reasons: [], sheets: null } };
    expect(await printer.readJob('Ward', '42')).toEqual(unknown);
    expect(asked).toHaveLength(2);
    for (const odd of ['', '0', '-1', '1e3', '42 ', '99999999999', 'b7c1']) {
      expect(await printer.readJob('Ward', odd)).toEqual(unknown);
      expect(codeOf(await printer.cancel('Ward', odd))).toBe('job-finished');
    }
    expect(asked).toHaveLength(2);
  });

  it('that cannot be read or called back now says why', async () => {
    const { printer } = await setUp({ job: hangUp, cancel: say(0x0404) });
    expect(codeOf(await printer.readJob('Ward', '42'))).toBe('printer-gone');
    expect(codeOf(await printer.cancel('Ward', '42'))).toBe('job-finished');
    const other = await setUp({ job: say(0x0401), cancel: say(0x0403) });
    expect(codeOf(await other.printer.readJob('Ward', '42'))).toBe('printer-refused');
    expect(codeOf(await other.printer.cancel('Ward', '42'))).toBe('printer-refused');
  });
});

describe('a list of printers', () => {
  it('is bounded, without nameless ones, and survives a default printer that is not told', async () => {
    const many = Array.from({ length: 400 }, (_none, index): [number, Buffer[]] => [
      0x04,
      [
        field(0x42, 'printer-name', index === 0 ? '' : `P${index}`),
        field(0x41, 'printer-info', 'x'.repeat(1000)),
      ],
    ]);
    const { printer } = await setUp({ list: say(0, many), default: hangUp }, 'cups');
    const listed = await printer.list();
    if (!listed.ok) throw new Error(listed.problem.code);
    expect(listed.value).toHaveLength(200);
    expect(listed.value[0]).toMatchObject({ name: 'P1', isDefault: false, state: 'unknown' });
    expect(listed.value[0]?.description).toHaveLength(200);
  });
});

/** A certificate that a printer made for itself. */
function makeCertificate(): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-ipps-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const wanted = ['req', '-x509', ...curve, '-nodes', '-days', '2', '-subj', '/CN=printer'];
  try {
    execFileSync('openssl', [...wanted, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('a printer with TLS', () => {
  it('gets a letter only with a certificate that is known, by authority or by fingerprint', async () => {
    const { cert, key } = makeCertificate();
    const asked: Asked[] = [];
    const port = await listen(
      createSecureServer({ cert, key }, listenTo({ printer: ready, print: taken }, asked)),
    );
    const codeWith = async (fingerprint?: string) => {
      const address: IppAddress = {
        ...{ kind: 'tcp', host: '127.0.0.1', port, isSecure: true },
        ...(fingerprint === undefined ? {} : { fingerprint }),
      };
      const networkPrinters = [{ name: 'Ward', address, path: '/' }];
      const printer = createIppLetterPrinter({ cups: null, networkPrinters });
      const request = { title: 't', pdf: Buffer.from('%PDF-'), copies: 1, isLarge: false };
      return codeOf(await printer.print({ printer: 'Ward', ...request }));
    };
    expect(await codeWith()).toBe('printer-gone');
    expect(await codeWith('00'.repeat(32))).toBe('printer-gone');
    expect(asked).toEqual([]);
    expect(await codeWith(new X509Certificate(cert).fingerprint256)).toBe('ok');
    expect(await codeWith(new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase())).toBe(
      'ok',
    );
  });
});
