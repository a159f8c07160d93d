/** Attacks S31 to S35 against the transport, over real sockets on this machine. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Network, WireRequest } from '../../src-main/app/ports.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';
import { catalogue } from '../../src-main/ers/catalogue.ts';
import { createErsClient } from '../../src-main/ers/create-ers-client.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { SAMPLE_INPUTS } from '../../scripts/conformance/sample-inputs.ts';
import { isPlainData } from '../../src-main/app/plain-data.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((item) => item.close()));
});

interface Listening {
  readonly port: number;
  /** What arrived: one text a request, with its Authorization. */
  readonly seen: string[];
}

async function listen(server: Server, seen: string[]): Promise<Listening> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

function listenPlain(answer: RequestListener): Promise<Listening> {
  const seen: string[] = [];
  const server = createHttpServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    request.resume();
    answer(request, response);
  });
  return listen(server, seen);
}

function network(options: Parameters<typeof createUndiciNetwork>[0] = {}): Network {
  const made = createUndiciNetwork(options);
  opened.push(made);
  return made;
}

/** One read of A005 through the whole client. */
async function readReferral(port: number) {
  const client = createErsClient({
    settings: {
      dialect: 'api-platform',
      baseUrl: `http://127.0.0.1:${port}/base`,
      pdsBaseUrl: null,
      rateShare: 1,
    },
    network: network(),
    clock: createSystemClock(),
    log: { write: () => undefined },
    identity: () => ({
      ...{ dialect: 'api-platform', bearer: 'secret-token', organisation: 'R69' },
      ...{ businessFunction: 'REFERRING_CLINICIAN_ADMIN', onBehalfOf: null },
    }),
  });
  const a005 = catalogue.get('A005');
  if (a005 === undefined) throw new Error('no A005');
  return client.call(a005, SAMPLE_INPUTS['A005']);
}

const FHIR = { 'content-type': 'application/fhir+json' };

describe('S34: a body that is a weapon', () => {
  const wall =
    (text: string): RequestListener =>
    (_request, response) => {
      response.writeHead(200, FHIR);
      const more = () => {
        while (response.write(text));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    };
  const whole =
    (body: string | Buffer, headers: Record<string, string> = FHIR): RequestListener =>
    (_request, response) =>
      response.writeHead(200, headers).end(body);
  const bomb = gzipSync(Buffer.alloc(100_000_000, '0'));

  it.each<[string, RequestListener, string]>([
    ['without an end', wall(`"${'x'.repeat(65_536)}",`), 'too-large'],
    ['of a million entries', whole(`{"entry":[${'{},'.repeat(3_000_000)}{}]}`), 'too-large'],
    ['that unpacks to 100 MB', whole(bomb, { ...FHIR, 'content-encoding': 'gzip' }), 'bad-json'],
    ['10,000 levels deep', whole('['.repeat(10_000) + ']'.repeat(10_000)), 'too-deep'],
    ['of 5 MB of openings', whole('{"a":'.repeat(1_000_000)), 'too-deep'],
    [
      'with every key twice',
      whole('{"resourceType":"ReferralRequest","resourceType":"Bundle","resourceType":1}'),
      'wrong-shape',
    ],
    ['with a mark of byte order in the middle', whole('{"a":\ufeff1}'), 'bad-json'],
    ['in another encoding', whole(Buffer.from('{"resourceType":"Bundle"}', 'utf16le')), 'bad-json'],
  ])('%s is cut off or refused', async (_name, answer, reason) => {
    const { port } = await listenPlain(answer);
    const before = process.memoryUsage.rss();
    expect(await readReferral(port)).toMatchObject({ kind: 'unreadable', reason });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
  });

  it('with a key of the language becomes no property of anything', () => {
    const value = JSON.parse('{"__proto__":{"polluted":1}}') as object;
    expect(['polluted' in {}, isPlainData(Object.assign({}, { a: [value] }))]).toEqual([false, true]);
  });
});

describe('S32 and S33: another place than the service', () => {
  it.each([301, 302, 303, 307, 308])('is not gone to by a %i, and never gets the token', async (status) => {
    const evil = await listenPlain((_request, response) => response.end('{}'));
    const { port, seen } = await listenPlain((_request, response) =>
      response.writeHead(status, { ...FHIR, location: `http://127.0.0.1:${evil.port}/base` }).end(),
    );
    expect(await readReferral(port)).toMatchObject({ kind: 'unreadable', reason: 'redirect' });
    expect([seen.length, evil.seen]).toEqual([1, []]);
    expect(seen[0]).toContain('Bearer secret-token');
  });

  it('is not gone to by a Refresh, a Link or an upgrade of the protocol', async () => {
    const evil = await listenPlain((_request, response) => response.end('{}'));
    const place = `http://127.0.0.1:${evil.port}/`;
    const { port } = await listenPlain((_request, response) =>
      response
        .writeHead(200, {
          ...FHIR,
          refresh: `0; url=${place}`,
          link: `<${place}>; rel=next`,
          'alt-svc': `h2="127.0.0.1:${evil.port}"`,
        })
        .end('{"resourceType":"ReferralRequest"}'),
    );
    await readReferral(port);
    await readReferral(port);
    expect(evil.seen).toEqual([]);
  });
});

describe('S31: TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore', cwd: folder });

  /** A certificate that is its own authority, for these days alone. */
  function makePair(name: string, from: string, to: string) {
    const subject = ['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`];
    openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...subject);
    const lines = [
      '[ca]',
      'default_ca = one',
      '[one]',
      `database = ${name}.txt`,
      'new_certs_dir = .',
      'rand_serial = yes',
    ];
    const more = [
      'default_md = sha256',
      'policy = any',
      'x509_extensions = here',
      '[any]',
      'commonName = supplied',
    ];
    writeFileSync(
      join(folder, 'ca.cnf'),
      [...lines, ...more, '[here]', 'subjectAltName = IP:127.0.0.1', ''].join('\n'),
    );
    writeFileSync(join(folder, `${name}.txt`), '');
    const files = ['-keyfile', `${name}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`];
    openssl(
      'ca',
      '-batch',
      '-selfsign',
      '-config',
      'ca.cnf',
      '-startdate',
      from,
      '-enddate',
      to,
      '-notext',
      ...files,
    );
    const read = (end: string) => readFileSync(join(folder, `${name}.${end}`), 'utf8');
    return { cert: read('pem'), key: read('key') };
  }
  let good: ReturnType<typeof makePair>;
  let expired: ReturnType<typeof makePair>;
  beforeAll(() => {
    good = makePair('here', '20200101000000Z', '20490101000000Z');
    expired = makePair('expired', '20200101000000Z', '20200201000000Z');
  });

  const call = (baseUrl: string): WireRequest => ({
    ...{ baseUrl, kind: 'write', method: 'POST', path: '/x', query: [], body: '{}' },
    ...{ headers: { Authorization: 'Bearer secret-token' }, timeoutMs: 5_000, maxBytes: 100 },
  });
  const serve = (pair: object) => {
    const seen: string[] = [];
    const server = createHttpsServer(pair, (request, response) => {
      seen.push(String(request.headers.authorization));
      response.end('{}');
    });
    return listen(server as unknown as Server, seen);
  };

  it('with a certificate that has run out ends before anything is sent', async () => {
    const { port, seen } = await serve(expired);
    const reply = await network({ ca: expired.cert }).send(call(`https://127.0.0.1:${port}`));
    expect(reply).toEqual({ kind: 'not-sent', reason: 'CERT_HAS_EXPIRED' });
    expect(seen).toEqual([]);
  });

  it('through a proxy that puts its own authority in between ends before anything is sent', async () => {
    const between = await serve(good);
    const proxy = createHttpServer();
    proxy.on('connect', (_request, socket) => {
      const onward = connect(between.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    const { port } = await listen(proxy, []);
    const reply = await network({ proxyUrl: `http://127.0.0.1:${port}` }).send(call('https://ers.invalid'));
    expect(reply).toMatchObject({ kind: 'not-sent' });
    expect(between.seen).toEqual([]);
  });
});
