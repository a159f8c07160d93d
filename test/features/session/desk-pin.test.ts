import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { fail } from '../../../src-main/contract/outcome.ts';
import { openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import type { TestDesk, TestDeskOptions } from '../../support/desk.ts';

const PIN = '4071';
const WRONG = '1704';

async function openWithPin(options: TestDeskOptions = {}) {
  const held = await openHeldDesk(options);
  await held.desk.signIn();
  await held.desk.must('session/set-pin', { pin: PIN });
  return held;
}

const tryPin = (desk: TestDesk, pin: string) => desk.ask('session/unlock-with-pin', { pin });

describe('the PIN of a desk', () => {
  it('opens the lock without a connection and without a call, and then a booking can wait in the outbox', async () => {
    const { desk, network } = await openWithPin();
    const { commit, ubrn } = await reviewSlot(desk);
    network.isDown = true;
    await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await desk.must('session/lock', {});
    const calls = desk.service.calls.all.length;
    expect(await desk.ask('session/unlock', {})).toMatchObject({ problem: { kind: 'unavailable' } });
    expect(await tryPin(desk, PIN)).toMatchObject({ ok: true, value: { status: 'signed-in' } });
    await desk.must('booking/commit', commit);
    await pass(desk, 5);
    expect(desk.service.calls.all.length).toBe(calls);
    // Locked again, nothing goes out when the line comes back; unlocked by the PIN it does.
    await desk.must('session/lock', {});
    network.isDown = false;
    await pass(desk, 90);
    expect(desk.service.calls.count('A016')).toBe(0);
    expect(await tryPin(desk, PIN)).toMatchObject({ ok: true });
    await pass(desk, 10);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
  });

  it('ends the session after five wrong ones, each waited for longer; only a sign-in goes on then', async () => {
    const { desk } = await openWithPin();
    await desk.must('session/lock', {});
    expect(await tryPin(desk, WRONG)).toMatchObject({
      problem: { code: 'pin-wrong', facts: { attemptsLeft: 4 } },
    });
    // Right, but too soon.
    expect(await tryPin(desk, PIN)).toMatchObject({ problem: { code: 'pin-too-soon' } });
    for (let turn = 0; turn < 4; turn += 1) {
      await pass(desk, 20);
      expect(await tryPin(desk, WRONG)).toMatchObject({ problem: { code: 'pin-wrong' } });
    }
    expect(await desk.must('session/read-state', {})).toMatchObject({
      status: 'locked',
      endedReason: 'pin-attempts',
    });
    await pass(desk, 60);
    expect(await tryPin(desk, PIN)).toMatchObject({ problem: { code: 'sign-in-needed' } });
    await desk.must('session/unlock', {});
    expect(await desk.must('session/read-pin', {})).toEqual({ status: 'set', attemptsLeft: 5 });
  });

  it('is refused where it is the first that anybody would try, and where it is none', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    for (const pin of ['1111', '1234', '87654321'])
      expect(await desk.ask('session/set-pin', { pin })).toMatchObject({
        problem: { code: 'pin-too-simple' },
      });
    for (const pin of ['123', '123456789', 'abcd', '12 4'])
      expect(await desk.ask('session/set-pin', { pin })).toMatchObject({
        problem: { code: 'not-of-the-schema' },
      });
    expect(await desk.must('session/read-pin', {})).toMatchObject({ status: 'none' });
    await desk.must('session/lock', {});
    expect(await tryPin(desk, PIN)).toMatchObject({ problem: { code: 'no-pin' } });
    expect(await desk.ask('session/set-pin', { pin: PIN })).toMatchObject({
      problem: { kind: 'not-signed-in' },
    });
  });

  it('is of one person, in every role, over a restart, until it is removed; and in no file or log', async () => {
    const storage = openSqliteStorage(':memory:');
    const { desk } = await openWithPin({ storage });
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    expect(await desk.must('session/read-pin', {})).toMatchObject({ status: 'set' });
    const bytes = storage
      .all('SELECT payload FROM kept')
      .map((row) => Buffer.from(row['payload'] as Uint8Array).toString('latin1'));
    expect(bytes.length).toBeGreaterThan(0);
    expect([...bytes, ...desk.logLines].join('\n')).not.toMatch(/4071|"hash"/);
    await desk.must('session/remove-pin', {});
    expect(await desk.must('session/read-pin', {})).toMatchObject({ status: 'none' });
  });

  it('says so where nothing can be kept', async () => {
    const secrets = {
      read: async () => fail('unavailable', 'no-keyring'),
      write: async () => fail('unavailable', 'no-keyring'),
      remove: async () => fail('unavailable', 'no-keyring'),
    };
    const { desk } = await openHeldDesk({ secrets });
    await desk.signIn();
    expect(await desk.must('session/read-pin', {})).toMatchObject({ status: 'unavailable' });
    expect(await desk.ask('session/set-pin', { pin: PIN })).toMatchObject({
      problem: { code: 'pin-not-kept' },
    });
  });
});
