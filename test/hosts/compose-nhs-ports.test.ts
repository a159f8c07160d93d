/** The environments of the NHS: what each needs before it is served, and where it then is. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../src-main/app/ports.ts';
import { fail, ok, type Outcome } from '../../src-main/contract/outcome.ts';
import { composeNhsPorts } from '../../src-main/hosts/compose-nhs-ports.ts';
import type { NhsEnvironment } from '../../src-main/hosts/environments.ts';
import {
  createUnavailableDialogs,
  createUnavailableFiles,
} from '../../src-main/adapters/node/unavailable-devices.ts';

let folder: string;
let opened: Ports[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  opened = [];
});
afterEach(async () => {
  for (const ports of opened) {
    await ports.network.close();
    ports.storage.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

type Dialect = 'api-platform' | 'spine-session';

function compose(
  environment: NhsEnvironment,
  dialect: Dialect,
  policy: Outcome<string | null> = ok(null),
): Ports {
  const ports = composeNhsPorts(environment, {
    options: { environment, dialect, seed: 1, dataDir: folder },
    ...{ folder, host: 'test', version: '0.0.0', policy },
    ...{ dialogs: createUnavailableDialogs(), files: createUnavailableFiles() },
  });
  opened.push(ports);
  return ports;
}
const connected = (environment: NhsEnvironment, connection: object) =>
  ok(JSON.stringify({ version: 1, environments: { [environment]: { connection } } }));

const CIS2 = { cis2: { clientId: 'booking-desk', redirectPorts: [8741] } };
const SPINE = { baseUrl: 'https://api.dev1.ers.ncrs.nhs.uk/ers-api', asid: '200000000123' };

describe('the sandbox', () => {
  it('is served without a sign-in, and its one user sends no token', async () => {
    const { settings, sessionProvider } = compose('sandbox', 'api-platform');
    expect(settings).toMatchObject({
      baseUrl: 'https://sandbox.api.service.nhs.uk/referrals/FHIR',
      pdsBaseUrl: 'https://sandbox.api.service.nhs.uk/personal-demographics/FHIR/R4',
      rateShare: 0.2,
    });
    expect(await sessionProvider.obtain()).toMatchObject({ ok: true, value: { kind: 'bearer', token: '' } });
  });

  it('does not speak the dialect of 2021', () => {
    expect(() => compose('sandbox', 'spine-session')).toThrow('does not speak spine-session');
  });
});

describe('integration and live', () => {
  it.each<[NhsEnvironment, Dialect, object, string]>([
    ['live', 'api-platform', {}, 'needs the sign-in by CIS2'],
    ['integration', 'api-platform', {}, 'needs the sign-in by CIS2'],
    ['live', 'spine-session', {}, '"baseUrl"'],
    ['live', 'spine-session', { baseUrl: SPINE.baseUrl }, '"asid"'],
    ['live', 'spine-session', SPINE, '"certificateFile"'],
    ['live', 'api-platform', { ...CIS2, certificateFile: '/none.pem' }, 'a PEM file at "certificateFile"'],
  ])('%s in %s with %j says what is missing', (environment, dialect, connection, words) => {
    expect(() => compose(environment, dialect, connected(environment, connection))).toThrow(words);
  });

  it('are where the platform has them, once the policy names the sign-in', () => {
    const addresses = (['integration', 'live'] as const).map(
      (environment) => compose(environment, 'api-platform', connected(environment, CIS2)).settings.baseUrl,
    );
    expect(addresses).toEqual([
      'https://int.api.service.nhs.uk/referrals/FHIR',
      'https://api.service.nhs.uk/referrals/FHIR',
    ]);
  });

  it('take the address, the ASID and the certificate of a spine environment from the policy', () => {
    const [certificateFile, keyFile] = [join(folder, 'desk.pem'), join(folder, 'desk.key')];
    const request = [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
      ...['-subj', '/CN=desk', '-keyout', keyFile, '-out', certificateFile],
    ];
    execFileSync('openssl', request, { stdio: 'ignore' });
    const identityAgent = { helperFile: '/opt/ia-ticket32.exe', libraryFile: 'TicketApiDll.dll' };
    const { settings } = compose(
      'integration',
      'spine-session',
      connected('integration', { ...SPINE, certificateFile, keyFile, identityAgent }),
    );
    expect(settings).toMatchObject({ ...SPINE, pdsBaseUrl: null, dialect: 'spine-session' });
    writeFileSync(keyFile, 'no key');
    expect(() =>
      compose(
        'integration',
        'spine-session',
        connected('integration', { ...SPINE, certificateFile, keyFile }),
      ),
    ).toThrow('a PEM file at "keyFile"');
  });

  it('are signed in to through the proxy by which e-RS is reached, and nothing goes past it', async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const connection = {
      cis2: { ...CIS2.cis2, redirectPorts: [port - 1, port + 1, port + 2] },
      proxyUrl: `http://127.0.0.1:${port}`,
    };
    const { sessionProvider, machine } = compose(
      'integration',
      'api-platform',
      connected('integration', connection),
    );
    expect(await sessionProvider.check?.()).toMatchObject({ problem: { code: 'sign-in-no-answer' } });
    expect(asked).toEqual(['int.api.service.nhs.uk:443']);
    expect(await machine.readProxy()).toMatchObject({ used: `127.0.0.1:${port}`, isAnswering: true });
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    expect(await machine.readProxy()).toMatchObject({ used: `127.0.0.1:${port}`, isAnswering: false });
    expect(await machine.readDisk()).toMatchObject({ fault: null, copies: 0, lastCopyMs: null });
  });

  it('write nothing while the policy cannot be used; they cannot even sign in, as it names the sign-in', () => {
    const unreadable = fail('unavailable', 'file-not-readable');
    expect(() => compose('live', 'api-platform', unreadable)).toThrow('needs the sign-in by CIS2');
    expect(compose('sandbox', 'api-platform', unreadable).deskSettings.writesOffReason()).toBeNull();
  });
});
