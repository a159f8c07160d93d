import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Network, WireRequest } from '../../src-main/app/ports.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';

interface Pair {
  readonly cert: string;
  readonly key: string;
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A self-signed certificate, which is its own authority. */
function makePair(name: string, subjectAltName: string): Pair {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...[
        '-subj',
        `/CN=${name}`,
        '-addext',
        `subjectAltName=${subjectAltName}`,
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ],
    ],
    { stdio: 'ignore' },
  );
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

// Without openssl there is no certificate to try with.
describe.skipIf(!hasOpenssl())('TLS', () => {
  const opened: { close(): unknown }[] = [];
  let here: Pair;
  let elsewhere: Pair;
  let desk: Pair;

  beforeAll(() => {
    here = makePair('here', 'IP:127.0.0.1');
    elsewhere = makePair('elsewhere', 'DNS:other.invalid');
    desk = makePair('desk', 'DNS:desk.invalid');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((item) => item.close()));
  });

  async function listen(options: object): Promise<{ baseUrl: string; names: string[] }> {
    const names: string[] = [];
    const server: Server = createServer(options, (request, response) => {
      names.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'));
      response.end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    opened.push({ close: () => server.closeAllConnections() }, server);
    return { baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, names };
  }

  function network(options: object): Network {
    const made = createUndiciNetwork(options);
    opened.push(made);
    return made;
  }

  const call = (baseUrl: string, kind: 'read' | 'write'): WireRequest => ({
    ...{ baseUrl, kind, method: 'POST', path: '/x', query: [], headers: {}, body: '{}' },
    ...{ timeoutMs: 5_000, maxBytes: 100 },
  });

  test.each(['read', 'write'] as const)(
    'shows the desk’s certificate to a service that asks, on a %s',
    async (kind) => {
      const { baseUrl, names } = await listen({
        ...here,
        ca: desk.cert,
        requestCert: true,
        rejectUnauthorized: true,
      });
      const reply = await network({ ca: here.cert, ...desk }).send(call(baseUrl, kind));
      expect(reply).toMatchObject({ kind: 'reply', status: 200 });
      expect(names).toEqual(['desk']);
    },
  );

  test('refuses an unknown authority before anything is sent', async () => {
    const { baseUrl, names } = await listen(here);
    expect(await network({}).send(call(baseUrl, 'write'))).toMatchObject({ kind: 'not-sent' });
    expect(names).toEqual([]);
  });

  test('refuses a certificate of another host before anything is sent', async () => {
    const { baseUrl, names } = await listen(elsewhere);
    const reply = await network({ ca: elsewhere.cert }).send(call(baseUrl, 'write'));
    expect(reply).toEqual({ kind: 'not-sent', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(names).toEqual([]);
  });

  test('refuses TLS before 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const { baseUrl, names } = await listen({ ...here, ...old });
    expect(await network({ ca: here.cert }).send(call(baseUrl, 'write'))).toMatchObject({ kind: 'not-sent' });
    expect(names).toEqual([]);
  });
});
