import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Pool, RetryAgent } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { Network, WireRequest } from '../../src-main/app/ports.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((item) => item.close()));
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly bytes: Uint8Array;
  /** Number of the connection that the request came over. */
  readonly connection: number;
  readonly headers: IncomingMessage['headers'];
}

type Answer = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void;

async function listen(answer: Answer): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const connections = new Map<object, number>();
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const connection = connections.get(request.socket) ?? 0;
      const bytes = Buffer.concat(chunks);
      const one = { method, url, headers, connection, bytes, body: bytes.toString() };
      seen.push(one);
      answer(one, response, request);
    });
  });
  server.on('connection', (socket) => connections.set(socket, connections.size + 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`, seen };
}

function network(options = {}): Network {
  const made = createUndiciNetwork(options);
  opened.push(made);
  return made;
}

const requestTo = (baseUrl: string, overrides: Partial<WireRequest> = {}): WireRequest => ({
  baseUrl,
  method: 'GET',
  path: '/STU3/Slot',
  query: [],
  headers: { Accept: 'application/fhir+json' },
  body: null,
  kind: 'read',
  timeoutMs: 5_000,
  maxBytes: 1_000,
  ...overrides,
});

const postTo = (baseUrl: string): WireRequest =>
  requestTo(baseUrl, { method: 'POST', path: '/STU3/Appointment', body: '{"a":1}', kind: 'write' });

const answerOk: Answer = (_seen, response) =>
  response.writeHead(200, { 'Content-Type': 'application/json', ETag: 'W/"3"' }).end('{"ok":true}');

/** How many POSTs the service sees when it takes one in and drops the connection instead of answering. */
async function countPostsOfDroppedReply(client: Network): Promise<{ posts: number; kind: string }> {
  const { baseUrl, seen } = await listen((one, response, request) =>
    one.method === 'POST' ? request.socket.destroy() : answerOk(one, response, request),
  );
  await client.send(requestTo(baseUrl));
  const reply = await client.send(postTo(baseUrl));
  return { posts: seen.filter((one) => one.method === 'POST').length, kind: reply.kind };
}

/** The connections over which a read and two writes came. */
async function connectionsOf(client: Network): Promise<number[]> {
  const { baseUrl, seen } = await listen(answerOk);
  await client.send(requestTo(baseUrl));
  await client.send(postTo(baseUrl));
  await client.send(postTo(baseUrl));
  return seen.map((one) => one.connection);
}

/** Networks as they must not be: a retrying one, and one that writes over kept-alive connections. */
function badNetwork(kind: 'retrying' | 'keeping'): Network {
  const pools = new Map<string, Pool>();
  return {
    async send(request) {
      const origin = new URL(request.baseUrl).origin;
      const pool = pools.get(origin) ?? new Pool(origin, { connections: 1 });
      pools.set(origin, pool);
      const methods = ['GET', 'POST'] as const;
      const dispatcher =
        kind === 'retrying'
          ? new RetryAgent(pool, { methods: [...methods], maxRetries: 2, minTimeout: 1 })
          : pool;
      try {
        const response = await dispatcher.request({
          origin,
          path: `/base${request.path}`,
          method: request.method as 'GET',
          body: request.body,
        });
        return { kind: 'reply', status: response.statusCode, headers: {}, body: await response.body.bytes() };
      } catch {
        return { kind: 'lost', reason: 'dropped' };
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

describe('writes', () => {
  test('are sent exactly once when the service drops the connection instead of answering', async () => {
    expect(await countPostsOfDroppedReply(network())).toEqual({ posts: 1, kind: 'lost' });
  });

  test('would be caught by the test above if something repeated them', async () => {
    const bad = badNetwork('retrying');
    opened.push(bad);
    expect((await countPostsOfDroppedReply(bad)).posts).toBeGreaterThan(1);
  });

  test('carry a file byte for byte', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    const body = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256);
    const headers = { 'Content-Type': 'application/pdf' };
    await network().send(requestTo(baseUrl, { method: 'POST', kind: 'write', body, headers }));
    expect(Buffer.compare(seen[0]?.bytes ?? Buffer.of(), body)).toBe(0);
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '70000',
    });
  });

  test('go over a fresh connection each, closed behind them', async () => {
    expect(await connectionsOf(network())).toEqual([1, 2, 3]);
  });

  test('would be caught by the test above if they used a kept-alive connection', async () => {
    const bad = badNetwork('keeping');
    opened.push(bad);
    expect(await connectionsOf(bad)).toEqual([1, 1, 1]);
  });

  test('ask the service to close the connection', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    await network().send(postTo(baseUrl));
    expect(seen[0]?.headers.connection).toBe('close');
  });

  test('carry their body and headers unchanged', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    await network().send({
      ...postTo(baseUrl),
      headers: { XAPI_ASID: '123456789012', 'X-Correlation-ID': 'c-1' },
    });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/base/STU3/Appointment',
      body: '{"a":1}',
      headers: { xapi_asid: '123456789012', 'x-correlation-id': 'c-1', 'accept-encoding': 'identity' },
    });
  });
});

describe('reads', () => {
  test('share a few kept-alive connections', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    const client = network();
    for (let call = 0; call < 20; call++) await client.send(requestTo(baseUrl));
    expect(new Set(seen.map((one) => one.connection)).size).toBeLessThanOrEqual(8);
  });

  test('give status, lower-case headers and bytes', async () => {
    const { baseUrl } = await listen(answerOk);
    const reply = await network().send(requestTo(baseUrl));
    expect(reply).toMatchObject({ kind: 'reply', status: 200, headers: { etag: 'W/"3"' } });
    expect(reply.kind === 'reply' && Buffer.from(reply.body).toString()).toBe('{"ok":true}');
  });

  test('encode their query in the order given', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    const query = [
      ['schedule.actor:HealthcareService', '11000'],
      ['focus', 'ReferralRequest/000000070000/_history/6'],
      ['odd', 'a&b=c'],
    ] as const;
    await network().send(requestTo(baseUrl, { query }));
    expect(seen[0]?.url).toBe(
      '/base/STU3/Slot?schedule.actor%3AHealthcareService=11000&focus=ReferralRequest%2F000000070000%2F_history%2F6&odd=a%26b%3Dc',
    );
  });

  test('do not follow a redirect', async () => {
    const { baseUrl, seen } = await listen((_seen, response) =>
      response.writeHead(302, { Location: '/elsewhere' }).end(),
    );
    const reply = await network().send(requestTo(baseUrl));
    expect(reply).toMatchObject({ kind: 'reply', status: 302 });
    expect(seen).toHaveLength(1);
  });

  test('stop at the cap, whether the length is announced or not', async () => {
    const { baseUrl } = await listen((one, response) => {
      if (one.url.includes('chunked')) response.write('x'.repeat(900));
      response.end('x'.repeat(1_001));
    });
    const client = network();
    expect(await client.send(requestTo(baseUrl))).toEqual({ kind: 'too-large', status: 200 });
    const chunked = await client.send(requestTo(baseUrl, { path: '/chunked' }));
    expect(chunked).toEqual({ kind: 'too-large', status: 200 });
  });

  test('never unpack a compressed body', async () => {
    const packed = gzipSync('y'.repeat(100_000));
    const { baseUrl } = await listen((_seen, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed),
    );
    const reply = await network().send(requestTo(baseUrl));
    expect(reply.kind === 'reply' && reply.body.length).toBe(packed.length);
  });

  test('are lost when the body is cut short', async () => {
    const { baseUrl } = await listen((_seen, response, request) => {
      response.writeHead(200, { 'Content-Length': '500' }).write('{"half":');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await network().send(requestTo(baseUrl))).toMatchObject({ kind: 'lost' });
  });

  test('are lost when no answer comes in time', async () => {
    const { baseUrl } = await listen(() => {});
    const reply = await network().send(requestTo(baseUrl, { timeoutMs: 100 }));
    expect(reply).toEqual({ kind: 'lost', reason: 'UND_ERR_HEADERS_TIMEOUT' });
  });
});

describe('what was certainly not sent', () => {
  async function unusedPort(): Promise<number> {
    const server: TcpServer = createTcpServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    return port;
  }

  test.each(['read', 'write'] as const)('a %s on a refused connection', async (kind) => {
    const baseUrl = `http://127.0.0.1:${await unusedPort()}`;
    const reply = await network().send(requestTo(baseUrl, { kind }));
    expect(reply).toEqual({ kind: 'not-sent', reason: 'ECONNREFUSED' });
  });

  test('a write whose TLS handshake failed', async () => {
    const { baseUrl } = await listen(answerOk);
    const reply = await network().send(postTo(baseUrl.replace('http:', 'https:')));
    expect(reply.kind).toBe('not-sent');
  });

  test('a write to a host that has no address', async () => {
    const reply = await network().send(postTo('https://no-such-host.invalid'));
    expect(reply.kind).toBe('not-sent');
  });

  test('a call over plain http to another machine', async () => {
    const reply = await network().send(postTo('http://api.example.org'));
    expect(reply).toEqual({ kind: 'not-sent', reason: 'insecure-address' });
  });

  test.each(['', 'not a url', 'ftp://127.0.0.1'])('a call to %j', async (baseUrl) => {
    expect(await network().send(postTo(baseUrl))).toEqual({ kind: 'not-sent', reason: 'bad-address' });
  });
});

describe('a proxy', () => {
  /** A proxy that opens tunnels, or answers them with a status of its own. */
  async function proxy(status: number): Promise<{ proxyUrl: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer();
    server.on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      if (status !== 200) {
        socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      void import('node:net').then(({ connect }) => {
        const onward = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    opened.push({
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    });
    return { proxyUrl: `http://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  test('carries reads and writes through a tunnel, a write exactly once', async () => {
    const { proxyUrl, asked } = await proxy(200);
    expect(await countPostsOfDroppedReply(network({ proxyUrl }))).toEqual({ posts: 1, kind: 'lost' });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('Basic dXNlcjpwYXNz');
  });

  test('of the system is asked for at each connection, and nothing goes another way', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    const { proxyUrl, asked } = await proxy(200);
    let found: () => Promise<string | null> = () => Promise.resolve(proxyUrl);
    const addresses: string[] = [];
    const client = network({
      findProxyUrl: (address: string) => {
        addresses.push(address);
        return found();
      },
    });
    expect(await client.send(postTo(baseUrl))).toMatchObject({ status: 200 });
    found = () => Promise.resolve(null);
    expect(await client.send(postTo(baseUrl))).toMatchObject({ status: 200 });
    found = () => Promise.reject(new Error('no answer'));
    expect(await client.send(postTo(baseUrl))).toEqual({ kind: 'not-sent', reason: 'PROXY_UNKNOWN' });
    expect([seen.length, asked.length]).toEqual([2, 1]);
    expect(new Set(addresses)).toEqual(new Set([`${new URL(baseUrl).origin}/`]));
  });

  test('that refuses the tunnel leaves the write unsent', async () => {
    const { baseUrl, seen } = await listen(answerOk);
    const { proxyUrl } = await proxy(407);
    const reply = await network({ proxyUrl }).send(postTo(baseUrl));
    expect(reply).toMatchObject({ kind: 'not-sent', reason: 'PROXY_407' });
    expect(seen).toHaveLength(0);
  });
});
