import { describe, expect, it } from 'vitest';
import type { CardEvent, Ports, SystemEvent } from '../../../src-main/app/ports.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { askNow, pass, reviewSlot } from '../../support/booking-steps.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';
import { createHeldNetwork, isCallOf } from '../../support/held-network.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

const MINUTE = 60_000;
const [ALEX, SAM] = ['555000000101', '555000000102'];
const PIN = '4071';
const SAM_ROLE = { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' };

interface World extends TestDeskOptions {
  readonly lifetimeMs?: number;
  readonly canRenew?: boolean;
}

/** A desk whose next person, line, card and system a test decides. */
async function open({ lifetimeMs = 60 * MINUTE, canRenew = true, ...options }: World = {}) {
  const clock = createManualClock();
  const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0, credentialLifetimeMs: lifetimeMs });
  const network = createHeldNetwork(createInProcessNetwork(service, clock));
  const dialect = options.dialect ?? 'api-platform';
  const next: { userId?: string } = {};
  let current: Ports['sessionProvider'] | null = null;
  const asked: string[] = [];
  const renew = async () => {
    asked.push('renew');
    return current!.renew!();
  };
  const provider: Ports['sessionProvider'] = {
    async obtain() {
      asked.push('obtain');
      const baseUrl = 'https://training.bookingdesk.invalid';
      current = createTrainingSessionProvider({ network, baseUrl, dialect, ...next });
      return current.obtain();
    },
    ...(canRenew ? { renew } : {}),
    async release() {
      asked.push('release');
      await current?.release();
    },
  };
  const card: ((event: CardEvent) => void)[] = [];
  const system: ((event: SystemEvent) => void)[] = [];
  const desk = await openDesk({
    ...options,
    ...{ clock, service, network, provider },
    cardReader: { watch: (listener) => (card.push(listener), () => undefined) },
    systemEvents: { watch: (listener) => (system.push(listener), () => undefined) },
  });
  return {
    ...{ desk, clock, service, network, asked, next },
    status: async () => (await desk.must('session/read-state', {})).status,
    times: () => desk.must('session/read-times', {}),
    removeCard: () => card.forEach((tell) => tell({ kind: 'card-removed', reader: 'reader' })),
    system: (event: SystemEvent) => system.forEach((tell) => tell(event)),
    minutes: (count: number) => clock.advance(count * MINUTE),
  };
}

const noted = (desk: TestDesk) => askNow(desk, 'session/note-activity', {});

describe('a session at the end of the application', () => {
  it.each(['api-platform', 'spine-session'] as const)('is given back, locked or not: %s', async (dialect) => {
    const at = await open({ dialect });
    await at.desk.signIn();
    await at.desk.must('session/lock', {});
    const left = at.desk.app.leave();
    await pass(at.desk, 2);
    await left;
    expect(at.service.calls.count('A003')).toBe(dialect === 'spine-session' ? 1 : 0);
    expect(at.asked).toEqual(['obtain', 'release']);
    expect(await at.status()).toBe('signed-out');
  });

  it('is closed at once where nobody is signed in', async () => {
    const at = await open();
    const left = at.desk.app.leave();
    await pass(at.desk, 1);
    await left;
    expect(at.service.calls.count('A003')).toBe(0);
  });

  it('waits for a booking that is under way, which is recorded', async () => {
    const at = await open({ dialect: 'spine-session' });
    await at.desk.signIn();
    const { ubrn, commit } = await reviewSlot(at.desk);
    const sending = at.network.hold(isCallOf('/Appointment', 'POST'));
    const answer = await at.desk.must('booking/commit', commit);
    await pass(at.desk, 2);
    let isLeft = false;
    void at.desk.app.leave().then(() => (isLeft = true));
    await pass(at.desk, 60);
    expect([isLeft, at.service.calls.count('A003')]).toEqual([false, 0]);
    sending.release();
    await pass(at.desk, 5);
    expect([isLeft, at.service.calls.count('A003')]).toEqual([true, 1]);
    await at.desk.signIn();
    const intentId = answer.kind === 'started' ? answer.booking.intentId : '';
    await pass(at.desk, 210);
    const { item } = await at.desk.must('outbox/read-item', { intentId });
    expect([item.ubrn, item.state]).toEqual([ubrn, 'done']);
  });

  it('that was cut off leaves the booking as it stood: the next start reads it back and sends nothing twice', async () => {
    const storage = openSqliteStorage(':memory:');
    // As a file outlives the application that closes it.
    const kept = { ...storage, close: () => undefined };
    const secrets = createMemorySecrets();
    const at = await open({ storage: kept, secrets });
    await at.desk.signIn();
    const { ubrn, commit } = await reviewSlot(at.desk);
    const sending = at.network.hold(isCallOf('/Appointment', 'POST'));
    await at.desk.must('booking/commit', commit);
    await pass(at.desk, 2);
    void at.desk.app.leave();
    await pass(at.desk, 5);
    await at.desk.app.stop();
    const next = await openDesk({ storage: kept, secrets, clock: at.clock, service: at.service });
    await next.signIn();
    await pass(next, 230);
    const { items } = await next.must('outbox/read-items', {});
    expect(items.map((item) => [item.ubrn, item.state])).toEqual([[ubrn, 'done']]);
    expect(at.service.calls.count('A016', { ubrn })).toBe(1);
    sending.release();
  });
});

describe('a session that is left while calls are under way (contract.md section 2.4)', () => {
  it('is closed only when the last of them has come back, and the desk is empty meanwhile', async () => {
    const at = await open({ dialect: 'spine-session' });
    await at.desk.signIn();
    const { commit } = await reviewSlot(at.desk);
    const sending = at.network.hold(isCallOf('$ers.book-appointment', 'POST'));
    const fallback = at.network.hold(isCallOf('/Appointment', 'POST'));
    await at.desk.must('booking/commit', commit);
    await pass(at.desk, 4);
    expect(at.service.calls.count('A016')).toBe(1);
    expect(await at.desk.must('session/sign-out', {})).toMatchObject({ status: 'signed-out' });
    expect(await at.times()).toMatchObject({ isClosing: true });
    await pass(at.desk, 60);
    expect(at.service.calls.count('A003')).toBe(0);
    sending.release();
    fallback.release();
    await pass(at.desk, 5);
    expect(at.service.calls.count('A003')).toBe(1);
    expect(await at.times()).toMatchObject({ isClosing: false });
    expect(at.asked).toEqual(['obtain', 'release']);
  });

  it('does not keep the next person waiting, and their credential is not given back for it', async () => {
    const at = await open();
    await at.desk.signIn();
    const reading = at.network.hold(isCallOf('$ers.fetchworklist'));
    const list = askNow(at.desk, 'worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await pass(at.desk, 1);
    await at.desk.must('session/sign-out', {});
    at.next.userId = SAM;
    await at.desk.signIn(SAM_ROLE.roleId);
    reading.release();
    await pass(at.desk, 2);
    expect(await list).toMatchObject({ ok: false });
    expect(at.asked).toEqual(['obtain', 'obtain']);
    expect(await at.status()).toBe('signed-in');
  });

  it('changes the role only after them, in one session at a time', async () => {
    const at = await open({ dialect: 'spine-session' });
    await at.desk.signIn();
    const { ubrn } = await reviewSlot(at.desk);
    const reading = at.network.hold(({ kind }) => kind === 'read');
    void askNow(at.desk, 'referral/reread', { ubrn });
    await pass(at.desk, 1);
    const changing = askNow(at.desk, 'session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    await pass(at.desk, 10);
    expect([at.service.calls.count('A003'), at.service.calls.count('A001')]).toEqual([0, 1]);
    reading.release();
    await pass(at.desk, 3);
    expect(await changing).toMatchObject({ ok: true });
    expect([at.service.calls.count('A003'), at.service.calls.count('A001')]).toEqual([1, 2]);
  });
});

describe('the known end of a session', () => {
  it('is put off without the person while the provider can, and its calls go on', async () => {
    const at = await open({ lifetimeMs: 10 * MINUTE });
    await at.desk.signIn();
    await at.minutes(45);
    expect(at.asked.filter((what) => what === 'renew').length).toBeGreaterThanOrEqual(5);
    expect(await at.times()).toMatchObject({ endsInMs: null });
    expect(await at.desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' })).toMatchObject({ ok: true });
  });

  it('is counted down in its last minutes, and then kept to', async () => {
    const at = await open({ canRenew: false });
    await at.desk.signIn();
    await at.minutes(54);
    expect(await at.times()).toMatchObject({ endsInMs: null });
    await at.minutes(2);
    const { endsInMs } = await at.times();
    expect(endsInMs).toBeLessThan(5 * MINUTE);
    expect(at.desk.pushes.some(({ channel }) => channel === 'session/times-changed')).toBe(true);
    await at.minutes(5);
    expect(await at.desk.must('session/read-state', {})).toMatchObject({
      status: 'ended',
      endedReason: 'token-expired',
      user: { name: 'Alex Clerk' },
    });
    expect(await at.desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' })).toMatchObject({
      problem: { kind: 'not-signed-in' },
    });
  });

  it('is told when renewing is refused, and tried again while the provider is only out of reach', async () => {
    const at = await open({ lifetimeMs: 10 * MINUTE });
    await at.desk.signIn();
    at.network.isDown = true;
    await at.minutes(9);
    at.network.isDown = false;
    await at.minutes(5);
    expect(await at.status()).toBe('signed-in');
    at.service.faults.add({ on: { id: 'A008' }, do: { kind: 'expire-credentials' } });
    await at.desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    expect(await at.status()).toBe('ended');
  });

  it('waits while e-RS cannot be reached, and comes before anything is sent when it can', async () => {
    const at = await open({ canRenew: false });
    await at.desk.signIn();
    const { commit } = await reviewSlot(at.desk);
    at.network.isDown = true;
    await at.desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await at.desk.must('booking/commit', commit);
    await at.minutes(61);
    expect(await at.status()).toBe('signed-in');
    at.network.isDown = false;
    await at.minutes(2);
    expect(await at.status()).toBe('ended');
    expect(at.service.calls.count('A016')).toBe(0);
  });

  it('is found out at once by a machine that has slept', async () => {
    const at = await open({ canRenew: false });
    await at.desk.signIn();
    at.clock.setWallClock(at.clock.nowMs() + 2 * 60 * MINUTE);
    at.system('resumed');
    expect(await at.status()).toBe('ended');
  });
});

describe.each(['api-platform', 'spine-session'] as const)('signing in again, %s', (dialect) => {
  async function openEnded() {
    const at = await open({ dialect });
    await at.desk.signIn();
    const { ubrn } = await reviewSlot(at.desk);
    at.service.faults.add({
      on: { id: 'A005' },
      do: dialect === 'spine-session' ? { kind: 'end-sessions' } : { kind: 'expire-credentials' },
    });
    await at.desk.ask('referral/reread', { ubrn });
    expect(await at.status()).toBe('ended');
    return { ...at, ubrn };
  }

  it('goes on where the same person was: role, referral and all', async () => {
    const at = await openEnded();
    expect(await at.desk.must('session/unlock', {})).toMatchObject({
      status: 'signed-in',
      endedReason: null,
      role: { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' },
    });
    expect(await at.desk.ask('referral/reread', { ubrn: at.ubrn })).toMatchObject({ ok: true });
  });

  it('gives another person a desk of their own', async () => {
    const at = await openEnded();
    at.next.userId = SAM;
    expect(await at.desk.must('session/unlock', {})).toMatchObject({
      status: 'choosing-role',
      user: { name: 'Sam Okafor' },
      role: null,
    });
    await at.desk.must('session/choose-role', SAM_ROLE);
    expect(await at.desk.ask('referral/reread', { ubrn: at.ubrn })).toMatchObject({
      problem: { code: 'referral-not-open' },
    });
  });

  it('leaves everything as it is when nobody signs in', async () => {
    const at = await openEnded();
    at.network.isDown = true;
    expect(await at.desk.ask('session/unlock', {})).toMatchObject({ problem: { kind: 'unavailable' } });
    expect(await at.status()).toBe('ended');
    expect(await at.desk.ask('session/choose-role', SAM_ROLE)).toMatchObject({ ok: false });
  });

  it('unlocks a session that goes on for its person, and hands over to another', async () => {
    const at = await open({ dialect });
    await at.desk.signIn();
    const { ubrn } = await reviewSlot(at.desk);
    await at.desk.must('session/lock', {});
    expect(await at.desk.must('session/unlock', {})).toMatchObject({ status: 'signed-in' });
    expect(await at.desk.ask('referral/reread', { ubrn })).toMatchObject({ ok: true });
    await at.desk.must('session/lock', {});
    at.next.userId = SAM;
    expect(await at.desk.must('session/unlock', {})).toMatchObject({ status: 'choosing-role' });
    await pass(at.desk, 2);
    if (dialect === 'spine-session') expect(at.service.calls.count('A003')).toBe(3);
    await at.desk.must('session/choose-role', SAM_ROLE);
    expect(await at.desk.must('outbox/read-items', {})).toMatchObject({ total: 0 });
  });
});

describe('a desk that is left', () => {
  it('locks by itself after ten minutes, with a warning that any key puts off', async () => {
    const at = await open({ settings: { policies: { idleLockMinutes: 10 } } });
    await at.desk.signIn();
    await at.minutes(8);
    expect(await at.times()).toMatchObject({ locksInMs: null });
    await at.minutes(1);
    const { locksInMs } = await at.times();
    expect(locksInMs).toBeGreaterThan(0);
    expect(locksInMs).toBeLessThanOrEqual(MINUTE);
    await noted(at.desk);
    expect(await at.times()).toMatchObject({ locksInMs: null });
    await at.minutes(9);
    expect(await at.status()).toBe('signed-in');
    await at.minutes(1);
    expect(await at.status()).toBe('locked');
    await at.desk.must('session/unlock', {});
    await at.minutes(8);
    expect(await at.status()).toBe('signed-in');
  });

  it.each(['locked', 'suspended'] as const)('locks when the system is %s', async (event) => {
    const at = await open();
    at.system(event);
    expect(await at.status()).toBe('signed-out');
    await at.desk.signIn();
    at.system(event);
    expect(await at.status()).toBe('locked');
    at.system('unlocked');
    at.system('resumed');
    expect(await at.status()).toBe('locked');
  });

  it('goes on without the card where the site works with Smartcard Connect', async () => {
    const at = await open({ settings: { policies: { cardRemoval: 'nothing' } } });
    await at.desk.signIn();
    at.removeCard();
    expect(await at.status()).toBe('signed-in');
  });

  it('locks at the removal of the card where the site says nothing', async () => {
    const at = await open();
    await at.desk.signIn();
    at.removeCard();
    expect(await at.desk.must('session/read-state', {})).toMatchObject({
      status: 'locked',
      endedReason: null,
    });
  });

  it('loses its session with the card where the Identity Agent ends it, and lets a booking finish first', async () => {
    const at = await open({
      dialect: 'spine-session',
      settings: { policies: { cardRemoval: 'end-session' } },
    });
    await at.desk.signIn();
    await at.desk.must('session/set-pin', { pin: PIN });
    const { commit, ubrn } = await reviewSlot(at.desk);
    const sending = at.network.hold(isCallOf('/Appointment', 'POST'));
    await at.desk.must('booking/commit', commit);
    await pass(at.desk, 4);
    at.removeCard();
    expect(await at.desk.must('session/read-state', {})).toMatchObject({
      status: 'locked',
      endedReason: 'card-removed',
    });
    await pass(at.desk, 5);
    expect(at.service.calls.count('A003')).toBe(0);
    sending.release();
    await pass(at.desk, 5);
    expect(at.service.calls.count('A003')).toBe(1);
    // The PIN opens a lock, never a session.
    expect(await at.desk.ask('session/unlock-with-pin', { pin: PIN })).toMatchObject({
      problem: { code: 'sign-in-needed' },
    });
    await at.desk.must('session/unlock', {});
    await pass(at.desk, 10);
    expect(await at.desk.must('booking/read-state', { ubrn })).toMatchObject({
      booking: { state: 'booked' },
    });
  });
});

describe('what was being typed', () => {
  it('comes back once, to its person only', async () => {
    const at = await open();
    await at.desk.signIn();
    await at.desk.must('session/lock', {});
    await at.desk.must('session/keep-draft', { userId: SAM, draft: 'of nobody here' });
    await at.desk.must('session/keep-draft', { userId: ALEX, draft: 'half a comment' });
    expect(await at.desk.must('session/take-draft', {})).toEqual({ draft: null });
    await at.desk.must('session/keep-draft', { userId: ALEX, draft: 'half a comment' });
    await at.desk.must('session/unlock', {});
    expect(await at.desk.must('session/take-draft', {})).toEqual({ draft: 'half a comment' });
    expect(await at.desk.must('session/take-draft', {})).toEqual({ draft: null });
  });

  it('is gone with another person, and with the first one’s sign-out', async () => {
    const at = await open();
    await at.desk.signIn();
    await at.desk.must('session/lock', {});
    await at.desk.must('session/keep-draft', { userId: ALEX, draft: 'half a comment' });
    at.next.userId = SAM;
    await at.desk.must('session/unlock', {});
    await at.desk.must('session/choose-role', SAM_ROLE);
    expect(await at.desk.must('session/take-draft', {})).toEqual({ draft: null });
    at.next.userId = ALEX;
    await at.desk.signIn();
    expect(await at.desk.must('session/take-draft', {})).toEqual({ draft: null });
  });
});
