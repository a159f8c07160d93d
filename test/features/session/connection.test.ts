import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../../../src-main/app/ports.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { Connection } from '../../../src-main/contract/channels/session.ts';
import type { Reach } from '../../../src-main/ers/reach.ts';
import { createConnection } from '../../../src-main/features/session/connection.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import type { FaultEffect } from '../../../src-main/training-service/faults.ts';
import { pass } from '../../support/booking-steps.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';

function open() {
  const clock = createManualClock();
  const looks: number[] = [];
  const world = { reach: 'unreached' as Reach, isAttended: true, onlines: 0, hold: Promise.resolve() };
  const changes: Connection[] = [];
  const connection = createConnection({
    clock,
    async probe() {
      looks.push(Math.floor(clock.monotonicMs() / 1000));
      await world.hold;
      return world.reach;
    },
    isAttended: () => world.isAttended,
    onChanged: (state) => void changes.push(state),
    onOnline: () => void (world.onlines += 1),
  });
  const notice = (reach: Reach, durationMs = 0, operation = 'A005', outcome = 'not-sent') =>
    connection.notice({ operation, outcome, reach, durationMs });
  const noticeLost = (durationMs = 0) => notice('unreached', durationMs, 'A005', 'lost');
  const status = () => connection.state().status;
  return { clock, looks, world, changes, connection, notice, noticeLost, status };
}

describe('the state of the connection', () => {
  it('is not known before a call', () => {
    const { connection, status } = open();
    expect(status()).toBe('unknown');
    expect(connection.isOffline()).toBe(false);
  });

  it.each([
    ['answered', 'online', false],
    ['unreached', 'offline', true],
    ['portal', 'portal', true],
    ['unclear', 'unknown', false],
  ] as const)('after a call that was %s is %s', (reach, expected, isOffline) => {
    const { connection, notice, status } = open();
    notice(reach);
    expect(status()).toBe(expected);
    expect(connection.isOffline()).toBe(isOffline);
  });

  it('does not turn for one slow call that is lost beside others that succeed', async () => {
    const { clock, looks, notice, noticeLost, status } = open();
    await clock.advance(60_000);
    notice('answered', 100);
    await clock.advance(1_000);
    noticeLost(30_000);
    await clock.advance(60_000);
    expect(status()).toBe('online');
    expect(looks).toEqual([]);
  });

  it.each([
    ['offline', 'unreached'],
    ['portal', 'portal'],
    ['online', 'answered'],
    ['online', 'unclear'],
  ] as const)('after a lost call alone is %s when a look was %s', async (expected, reach) => {
    const { clock, looks, world, notice, noticeLost, status } = open();
    notice('answered');
    world.reach = reach;
    await clock.advance(30_000);
    noticeLost(20_000);
    noticeLost(10_000);
    expect(status()).toBe('online');
    await clock.advance(0);
    expect(status()).toBe(expected);
    expect(looks).toEqual([30]);
  });

  it('does not turn back for a call that began before the connection was there again', async () => {
    const { clock, notice, status } = open();
    notice('unreached');
    await clock.advance(5_000);
    notice('answered', 20);
    await clock.advance(3_000);
    notice('portal', 6_000);
    expect(status()).toBe('online');
  });

  it('does not follow the calls of another service', () => {
    const { notice, status } = open();
    notice('answered');
    notice('unreached', 0, 'PDS');
    expect(status()).toBe('online');
    notice('unreached');
    notice('answered', 0, 'PDS');
    expect(status()).toBe('offline');
  });

  it('tells once that it is online, and not within the call that showed it', async () => {
    const { clock, world, notice } = open();
    notice('unreached');
    notice('answered');
    expect(world.onlines).toBe(0);
    await clock.advance(0);
    expect(world.onlines).toBe(1);
    notice('answered');
    await clock.advance(1_000);
    expect(world.onlines).toBe(1);
  });
});

describe('while nothing is reached', () => {
  it('looks after 10, 20, 30 and then every 60 seconds, and stops when something answers', async () => {
    const { clock, looks, world, notice, status } = open();
    notice('unreached');
    for (let second = 0; second < 185; second += 1) await clock.advance(1_000);
    expect(looks).toEqual([10, 30, 60, 120, 180]);
    world.reach = 'answered';
    for (let second = 0; second < 200; second += 1) await clock.advance(1_000);
    expect(looks).toEqual([10, 30, 60, 120, 180, 240]);
    expect(status()).toBe('online');
    expect(world.onlines).toBe(1);
    world.reach = 'unreached';
    notice('unreached');
    await clock.advance(10_000);
    expect(looks).toHaveLength(7);
  });

  it('sends no look while one is under way', async () => {
    const { clock, looks, world, notice } = open();
    let release = () => {};
    world.hold = new Promise((resolve) => (release = resolve));
    notice('unreached');
    for (let second = 0; second < 80; second += 1) {
      await clock.advance(1_000);
      notice('unreached');
    }
    expect(looks).toEqual([10]);
    release();
    for (let second = 0; second < 21; second += 1) await clock.advance(1_000);
    expect(looks).toEqual([10, 100]);
  });

  it('does not look for nobody, and begins again with the next sign-in that fails', async () => {
    const { clock, looks, world, notice } = open();
    world.isAttended = false;
    notice('unreached');
    await clock.advance(300_000);
    expect(looks).toEqual([]);
    world.isAttended = true;
    notice('unreached');
    await clock.advance(300_000);
    expect(looks.length).toBeGreaterThan(1);
  });

  it('goes on looking when a look says nothing', async () => {
    const { clock, looks, world, notice, status } = open();
    notice('portal');
    world.reach = 'unclear';
    for (let second = 0; second < 31; second += 1) await clock.advance(1_000);
    expect(looks).toEqual([10, 30]);
    expect(status()).toBe('portal');
  });

  it('looks no more once it is stopped', async () => {
    const { clock, looks, connection, notice } = open();
    notice('unreached');
    connection.stop();
    notice('unreached');
    await clock.advance(300_000);
    expect(looks).toEqual([]);
  });
});

describe('a call with credentials', () => {
  it('goes out while there is no portal, offline too', () => {
    const { connection, notice } = open();
    expect(connection.holdBack('read')).toBe(false);
    notice('unreached');
    expect(connection.holdBack('write')).toBe(false);
  });

  it('is kept back behind a portal; only a read looks whether it has gone', async () => {
    const { connection, notice, looks, world, status } = open();
    notice('portal');
    world.reach = 'portal';
    expect(await connection.holdBack('write')).toBe(true);
    expect(looks).toHaveLength(0);
    expect(await Promise.all([connection.holdBack('read'), connection.holdBack('read')])).toEqual([
      true,
      true,
    ]);
    expect(looks).toHaveLength(1);
    world.reach = 'answered';
    expect(await connection.holdBack('read')).toBe(false);
    expect(status()).toBe('online');
  });

  it('of a sign-in looks too: nobody is there for whom it would be done', async () => {
    const { connection, notice, looks, world } = open();
    notice('portal');
    world.isAttended = false;
    world.reach = 'answered';
    expect(await connection.holdBack('write')).toBe(false);
    expect(looks).toHaveLength(1);
  });
});

describe.each(['api-platform', 'spine-session'] as const)('a desk of %s', (dialect) => {
  async function openRecorded() {
    const clock = createManualClock();
    const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0 });
    const network = createInProcessNetwork(service, clock);
    const sent: WireRequest[] = [];
    const recording = {
      ...network,
      send: (request: WireRequest) => (sent.push(request), network.send(request)),
    };
    const desk = await openDesk({ dialect, clock, service, network: recording });
    const strike = (effect: FaultEffect) => service.faults.add({ on: { times: Infinity }, do: effect });
    const status = async () => (await desk.must('session/read-connection', {})).status;
    return { desk, sent, strike, status };
  }
  const PROVIDER = 'R68.SERVICE_PROVIDER_CLINICIAN';
  const list = { kind: 'APPOINTMENT_SLOT_ISSUES' } as const;

  /** A call of the role, whatever comes of it: the spine dialect has no lists for referrers. */
  const callAs = (desk: TestDesk, role: string) => {
    if (role === PROVIDER) return desk.ask('worklist/fetch', list);
    if (dialect === 'api-platform') return desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    return desk.ask('referral/open', { ubrn: '000000000001', secondIdentifier: '1234' });
  };

  it.each([
    [PROVIDER, 'html-200', 'portal'],
    [PROVIDER, 'drop-before', 'offline'],
    ['R69.REFERRING_CLINICIAN_ADMIN', 'refuse-connection', 'offline'],
    // The role that may do least; in the spine dialect there is nothing that it can call.
    ...(dialect === 'api-platform' ? [['R69.REFERRING_ADMIN', 'drop-before', 'offline'] as const] : []),
  ] as const)('comes back by itself for %s after %s, without a key', async (role, kind, expected) => {
    const { desk, strike, status } = await openRecorded();
    await desk.signIn(role);
    const heal = strike({ kind });
    expect(await callAs(desk, role)).toMatchObject({ ok: false });
    await pass(desk, 1);
    expect(await status()).toBe(expected);
    await pass(desk, 35);
    expect(await status()).toBe(expected);
    heal();
    await pass(desk, 31);
    expect(await status()).toBe('online');
    expect(await desk.must('session/read-state', {})).toMatchObject({ status: 'signed-in' });
  });

  it('looks on while the desk is locked', async () => {
    const { desk, strike, status } = await openRecorded();
    await desk.signIn(PROVIDER);
    const heal = strike({ kind: 'refuse-connection' });
    await desk.ask('worklist/fetch', list);
    await desk.must('session/lock', {});
    heal();
    await pass(desk, 11);
    expect(await status()).toBe('online');
  });

  it('sends no credential to a portal again: not to look, not with F5', async () => {
    const { desk, sent, strike, status } = await openRecorded();
    await desk.signIn(PROVIDER);
    await desk.must('worklist/fetch', list);
    const heal = strike({ kind: 'html-200' });
    expect(await desk.must('worklist/fetch', { ...list, isReread: true })).toMatchObject({
      isRemembered: true,
    });
    expect(await status()).toBe('portal');
    sent.length = 0;
    await pass(desk, 65);
    expect(sent.length).toBe(3);
    expect(await desk.must('worklist/fetch', { ...list, isReread: true })).toMatchObject({
      isRemembered: true,
    });
    expect(sent.length).toBe(4);
    expect(sent.map(({ method, headers }) => [method, headers])).toEqual(
      sent.map(() => ['GET', { Accept: 'application/fhir+json' }]),
    );
    heal();
    expect(await desk.must('worklist/fetch', { ...list, isReread: true })).toMatchObject({
      isRemembered: false,
    });
    expect(await status()).toBe('online');
  });

  it('lets a person sign in once a portal has gone', async () => {
    const { desk, strike, status } = await openRecorded();
    const heal = strike({ kind: 'html-200' });
    expect(await desk.ask('session/sign-in', {})).toMatchObject({ ok: false });
    expect(await status()).toBe('portal');
    expect(await desk.ask('session/sign-in', {})).toMatchObject({ problem: { code: 'behind-portal' } });
    heal();
    await desk.signIn(PROVIDER);
    expect(await status()).toBe('online');
  });
});
