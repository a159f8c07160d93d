/** The way of a sign-in's own calls: the proxy and the authorities that e-RS is reached by (docs/settings-and-policy.md). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { createCis2Provider } from '../../../src-main/adapters/cis2/cis2-provider.ts';
import { createCombinedPattern } from '../../../src-main/adapters/cis2/combined-pattern.ts';
import { createSignInFetch } from '../../../src-main/adapters/cis2/sign-in-fetch.ts';
import type { ConnectionOptions } from '../../../src-main/adapters/node/undici-connector.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openProvider, type OpenIdProvider } from './openid-provider.ts';

const code = (answer: Outcome<unknown> | undefined) =>
  answer?.ok === false ? `${answer.problem.kind} ${answer.problem.code}` : 'signed in';
const portOf = (server: Server) => (server.address() as AddressInfo).port;

interface Proxy {
  readonly proxyUrl: string;
  /** What it was asked to open a tunnel to. */
  readonly asked: string[];
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  return server;
}

/** A proxy that opens tunnels, or refuses them. */
async function openProxy(isOpen = true): Promise<Proxy> {
  const asked: string[] = [];
  const server = await listen(createServer());
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    if (!isOpen) return void socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { proxyUrl: `http://127.0.0.1:${portOf(server)}`, asked };
}

describe('a sign-in through a proxy', () => {
  let there: OpenIdProvider;
  beforeEach(async () => {
    const free = await listen(createServer());
    const port = portOf(free);
    await new Promise((resolve) => free.close(resolve));
    there = await openProvider(port);
    closing.push(() => there.close());
  });

  function signInBy(line: ConnectionOptions) {
    const { place } = there;
    const here = createCis2Provider({
      pattern: createCombinedPattern(place, { fetch: createSignInFetch(line), timeoutSeconds: 5 }),
      ...{ redirectPorts: place.redirectPorts, clock: createManualClock() },
      openBrowser: async (address) => (void there.browse(address).catch(() => {}), true),
    });
    closing.push(() => here.release());
    return here;
  }

  it('goes through it with every call: token, keys, person, renewal, and the end', async () => {
    const { proxyUrl, asked } = await openProxy();
    const here = signInBy({ proxyUrl });
    expect(code(await here.obtain())).toBe('signed in');
    expect(asked).toHaveLength(3);
    expect(code(await here.renew?.())).toBe('signed in');
    expect(code(await here.check?.())).toBe('signed in');
    await here.release();
    expect(asked.length).toBeGreaterThanOrEqual(6);
    expect(new Set(asked)).toEqual(new Set([new URL(there.place.issuer).host]));
  });

  it('takes the one that the system names, asked each time', async () => {
    const { proxyUrl, asked } = await openProxy();
    const here = signInBy({ findProxyUrl: async () => proxyUrl });
    expect(code(await here.obtain())).toBe('signed in');
    expect(asked).toHaveLength(3);
  });

  it('is not done past one that refuses or is not there', async () => {
    const { proxyUrl, asked } = await openProxy(false);
    const refused = signInBy({ proxyUrl });
    expect(code(await refused.obtain())).toBe('unavailable sign-in-no-answer');
    expect(code(await refused.check?.())).toBe('unavailable sign-in-no-answer');
    expect(asked.length).toBeGreaterThan(0);
    await refused.release();
    const missing = signInBy({ proxyUrl: 'http://127.0.0.1:1' });
    expect(code(await missing.obtain())).toBe('unavailable sign-in-no-answer');
  });
});

describe('the look at the sign-in service', () => {
  async function lookAt(answer: (status: (code: number) => void) => void): Promise<string> {
    const server = await listen(
      createServer((_request, response) => answer((status) => response.writeHead(status).end())),
    );
    const endpoint = `http://127.0.0.1:${portOf(server)}`;
    const pattern = createCombinedPattern({
      ...{
        issuer: endpoint,
        authorizationEndpoint: `${endpoint}/authorize`,
        tokenEndpoint: `${endpoint}/token`,
      },
      ...{ userinfoEndpoint: `${endpoint}/userinfo`, revocationEndpoint: null, jwksUri: null },
      ...{ clientId: 'c', clientSecret: null, scope: 'openid', acrValues: 'AAL3_ANY', redirectPorts: [] },
    });
    return code(await pattern.reach());
  }

  it.each([
    [401, 'signed in'],
    [503, 'unavailable sign-in-no-answer'],
    [200, 'bad-reply sign-in-service-hidden'],
    [302, 'bad-reply sign-in-service-hidden'],
  ])('that answers %s: %s', async (status, expected) => {
    expect(await lookAt((answer) => answer(status))).toBe(expected);
  });
});

describe('a sign-in service behind an authority of the organisation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sign-in-tls-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is trusted by that authority alone, through a proxy too', async () => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const names = [
      '-subj',
      '/CN=here',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
    ];
    execFileSync('openssl', [...made, ...names], { stdio: 'ignore' });
    const [ca, secret] = [readFileSync(cert, 'utf8'), readFileSync(key, 'utf8')];
    const server = await listen(
      createTlsServer({ cert: ca, key: secret }, (_request, response) => response.end('{}')),
    );
    const address = `https://127.0.0.1:${portOf(server)}/token`;
    const ask = async (line: ConnectionOptions) => {
      const options = { method: 'POST', headers: {}, body: 'a=b', redirect: 'manual' } as const;
      const reply = await createSignInFetch(line)(address, options);
      return reply.status;
    };
    await expect(ask({})).rejects.toThrow();
    expect(await ask({ ca })).toBe(200);
    const { proxyUrl, asked } = await openProxy();
    expect(await ask({ ca, proxyUrl })).toBe(200);
    expect(asked).toEqual([new URL(address).host]);
    await expect(ask({ proxyUrl })).rejects.toThrow();
  });
});
