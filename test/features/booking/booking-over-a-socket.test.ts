import { afterEach, describe, expect, it } from 'vitest';
import { Client, Pool, RetryAgent } from 'undici';
import { createUndiciNetwork } from '../../../src-main/adapters/node/undici-network.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';
import type { Network } from '../../../src-main/app/ports.ts';
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { serveOnLoopback } from '../../../src-main/training-service/serve-on-loopback.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** The whole application over real HTTP on loopback. */
async function openSocketDesk(
  dialect: 'api-platform' | 'spine-session',
  wrap = (network: Network) => network,
) {
  const realClock = createSystemClock();
  const service = createTrainingService({ seed: 11, clock: realClock, pasDelayMs: 20 });
  const server = await serveOnLoopback(service);
  const desk = await openDesk({
    dialect,
    service,
    realClock,
    origin: server.origin,
    network: wrap(createUndiciNetwork({})),
  });
  stops.push(
    () => desk.app.stop(),
    () => server.close(),
  );
  await desk.signIn();
  return desk;
}

async function commitFirstSlot(desk: TestDesk) {
  const { world } = desk.service;
  const [ubrn = ''] = world.findScene('bookable');
  const { nhsNumber, shortlist } = world.referral(ubrn);
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const input = { ubrn, serviceId: shortlist[0] ?? '', priority: null, clinicianId: null };
  const { searchId, firstPage } = await desk.must('slots/search', input);
  const slotId = firstPage.slots[0]?.slotId ?? '';
  const panel = await desk.must('booking/review-slot', { searchId, slotId });
  const birth = world.findPatient(nhsNumber)?.birthDate ?? '';
  const digits =
    panel.identityQuestion === 'birth-ddmm' ? birth.slice(8, 10) + birth.slice(5, 7) : nhsNumber.slice(-4);
  await desk.must('booking/commit', { reviewId: panel.reviewId, digits, alsoSlotIds: [] });
  return { ubrn, slotId };
}

async function waitFor(desk: TestDesk, isWanted: (state: BookingState) => boolean): Promise<BookingState> {
  for (let turn = 0; turn < 600; turn += 1) {
    const last = desk.pushes.findLast((push) => push.channel === 'booking/changed')?.payload as
      BookingState | undefined;
    if (last && isWanted(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const lines = desk.logLines.slice(-12).join(' ');
  throw new Error(`The booking never came to that state: ${lines}`);
}

describe('the same client over a socket', () => {
  it.each(['api-platform', 'spine-session'] as const)('books in the dialect %s', async (dialect) => {
    const desk = await openSocketDesk(dialect);
    const { ubrn, slotId } = await commitFirstSlot(desk);
    expect((await waitFor(desk, ({ state }) => state === 'booked')).code).toBe('');
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked', slotId });
    expect(desk.service.calls.count('A016')).toBe(1);
  });
});

/** How often the service saw the booking when its connection broke after the POST, through some network. */
async function countPosts(wrap?: (network: Network) => Network): Promise<number> {
  const desk = await openSocketDesk('api-platform', wrap);
  desk.service.faults.add({ on: { id: 'A016', times: Infinity }, do: { kind: 'drop-before' } });
  await commitFirstSlot(desk);
  await waitFor(desk, ({ state }) => state === 'unknown');
  return desk.service.calls.count('A016');
}

/** A network that does what ours must not: sends writes through undici's retry agent. */
function withRetries(network: Network): Network {
  const clients = new Map<string, RetryAgent>();
  const agentFor = (origin: string) => {
    const known =
      clients.get(origin) ??
      new RetryAgent(new Client(origin), { maxRetries: 2, minTimeout: 1, methods: ['POST'] });
    clients.set(origin, known);
    return known;
  };
  return {
    ...network,
    async send(request) {
      if (!request.path.endsWith('/Appointment')) return network.send(request);
      const { origin, pathname } = new URL(request.baseUrl + request.path);
      try {
        await agentFor(origin).request({
          path: pathname,
          method: request.method as 'POST',
          headers: request.headers,
          body: request.body,
        });
      } catch {
        // The answer does not matter here: the service counts.
      }
      return { kind: 'lost', reason: 'reset' };
    },
  };
}

/** A network that keeps write connections alive and sends again when a kept one breaks, as Chromium's does. */
function withKeptConnections(network: Network): Network {
  const pools = new Map<string, Pool>();
  return {
    ...network,
    async send(request) {
      if (!request.path.endsWith('/Appointment')) return network.send(request);
      const { origin, pathname } = new URL(request.baseUrl + request.path);
      const pool = pools.get(origin) ?? new Pool(origin, { connections: 1 });
      pools.set(origin, pool);
      const once = () =>
        pool.request({
          path: pathname,
          method: request.method as 'POST',
          headers: request.headers,
          body: request.body,
        });
      try {
        await once().catch(once);
      } catch {
        // The answer does not matter here: the service counts.
      }
      return { kind: 'lost', reason: 'reset' };
    },
  };
}

describe('a connection that breaks after the booking was posted', () => {
  it('is followed by exactly one POST on the wire', async () => {
    expect(await countPosts()).toBe(1);
  });

  it.each([
    ['a retry interceptor', withRetries],
    ['a kept-alive write that is sent again', withKeptConnections],
  ])('would be caught with %s', async (_name, wrap) => {
    expect(await countPosts(wrap)).toBeGreaterThan(1);
  });
});
