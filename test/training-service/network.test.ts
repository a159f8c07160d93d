import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../src-main/adapters/training/training-session-provider.ts';
import type { WireRequest } from '../../src-main/app/ports.ts';
import { serveOnLoopback, type LoopbackServer } from '../../src-main/training-service/serve-on-loopback.ts';
import { PLATFORM, bookingBody, createBench, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const wire = (more: Partial<WireRequest>): WireRequest => ({
  baseUrl: PLATFORM,
  method: 'GET',
  path: '/STU3/Slot',
  query: [
    ['schedule.actor:HealthcareService', '11000'],
    ['appointmentType', 'ROUTINE'],
    ['status', 'free'],
    ['_count', '10'],
    ['page', '1'],
  ],
  headers: {
    Authorization: `Bearer ${bench.token}`,
    'NHSD-End-User-Organisation-ODS': 'R69',
    'NHSD-eRS-Business-Function': 'REFERRING_CLINICIAN',
    'NHSD-eRS-Comm-Rule-Org': 'R69',
  },
  body: null,
  kind: 'read',
  timeoutMs: 30_000,
  maxBytes: 1_000_000,
  ...more,
});

function bookingRequest(ubrn: string): WireRequest {
  const body = JSON.stringify(
    bookingBody(bench.world.referral(ubrn), bench.world.freeSlots('11000')[0] ?? null),
  );
  const base = wire({ method: 'POST', path: '/STU3/Appointment', query: [], body, kind: 'write' });
  return { ...base, headers: { ...base.headers, 'Content-Type': 'application/fhir+json' } };
}

describe('the in-process network', () => {
  it('carries a call and its reply, header names in lower case', async () => {
    const reply = await createInProcessNetwork(bench.service).send(wire({}));
    expect(reply).toMatchObject({ kind: 'reply', status: 200 });
    if (reply.kind !== 'reply') return;
    expect(reply.headers['content-type']).toBe('application/fhir+json');
    expect(JSON.parse(new TextDecoder().decode(reply.body))).toMatchObject({ resourceType: 'Bundle' });
  });

  it('tells a refused connection, which is certain, from a lost reply', async () => {
    const network = createInProcessNetwork(bench.service);
    const kinds: string[] = [];
    for (const kind of ['refuse-connection', 'drop-before', 'drop-after'] as const) {
      bench.service.faults.add({ on: { id: 'A016' }, do: { kind } });
      kinds.push((await network.send(bookingRequest(bench.world.findScene('bookable')[0] ?? ''))).kind);
    }
    expect(kinds).toEqual(['not-sent', 'lost', 'lost']);
  });

  it('loses a reply that comes after the time-out, though it had its effect', async () => {
    const network = createInProcessNetwork(bench.service);
    const ubrn = bench.world.findScene('bookable')[0] ?? '';
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'delay', ms: 5000, at: 'after' } });
    const reply = network.send({ ...bookingRequest(ubrn), timeoutMs: 1000 });
    await bench.clock.advance(1000);
    expect(await reply).toEqual({ kind: 'lost', reason: 'timeout' });
    expect(bench.world.referral(ubrn).state).toBe('BOOKED');
  });

  it('caps the size of a reply, and sends nothing once closed', async () => {
    const network = createInProcessNetwork(bench.service);
    expect(await network.send(wire({ maxBytes: 100 }))).toEqual({ kind: 'too-large', status: 200 });
    await network.close();
    const before = bench.service.calls.all.length;
    expect((await network.send(wire({}))).kind).toBe('not-sent');
    expect(bench.service.calls.all).toHaveLength(before);
  });
});

describe('the training session provider', () => {
  it('obtains a bearer that e-RS takes, and gives it back', async () => {
    const network = createInProcessNetwork(bench.service);
    const provider = createTrainingSessionProvider({ network, baseUrl: PLATFORM, dialect: 'api-platform' });
    const obtained = await provider.obtain();
    expect(obtained).toMatchObject({
      ok: true,
      value: {
        kind: 'bearer',
        userId: '555000000101',
        userName: 'Alex Clerk',
        expiresAtMs: bench.clock.nowMs() + 3_600_000,
      },
    });
    if (!obtained.ok || obtained.value.kind !== 'bearer') return;
    bench.token = obtained.value.token;
    expect((await bench.platform('/R4/PractitionerRole')).status).toBe(200);
    await provider.release();
    expect((await bench.platform('/R4/PractitionerRole')).status).toBe(401);
  });

  it('obtains a ticket in the spine dialect, and says so when it gets nothing', async () => {
    const network = createInProcessNetwork(bench.service);
    const signIn = { network, baseUrl: PLATFORM, dialect: 'spine-session' } as const;
    expect(await createTrainingSessionProvider(signIn).obtain()).toMatchObject({
      ok: true,
      value: { kind: 'sso-ticket' },
    });
    expect(await createTrainingSessionProvider({ ...signIn, userId: '000000000000' }).obtain()).toMatchObject(
      {
        ok: false,
        problem: { kind: 'unavailable' },
      },
    );
  });
});

describe('the loopback server', () => {
  let server: LoopbackServer;
  beforeEach(async () => {
    server = await serveOnLoopback(bench.service);
  });
  afterEach(() => server.close());

  it('serves the same service over HTTP, under its own address', async () => {
    const { path, headers, query } = wire({});
    const url = `${server.origin}/referrals/FHIR${path}?${new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()}`;
    const response = await fetch(url, { headers });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`"url":"${server.origin}/referrals/FHIR/STU3/Slot?`);
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('drops a connection by destroying its socket', async () => {
    bench.service.faults.add({ on: { id: 'A005' }, do: { kind: 'drop-after' } });
    const port = Number(new URL(server.origin).port);
    const socket = connect(port, '127.0.0.1');
    const ubrn = bench.world.findScene('bookable')[0] ?? '';
    socket.write(`GET /referrals/FHIR/STU3/ReferralRequest/${ubrn} HTTP/1.1\r\nHost: x\r\n\r\n`);
    let received = 0;
    socket.on('data', (chunk) => (received += chunk.length));
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(received).toBe(0);
    expect(bench.service.calls.last('A005')?.dropped).toBe('after');
  });
});

describe('npm run training-service', () => {
  it('prints its address, answers there, and stops on SIGTERM', async () => {
    const child = spawn(process.execPath, [
      'scripts/training-service.ts',
      '--port',
      '0',
      '--seed',
      '3',
      '--size',
      '60',
    ]);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const origin = line.toString().trim();
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const token = await fetch(`${origin}/training/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(await token.json()).toMatchObject({ userName: 'Alex Clerk' });
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
