/** Bookings made while e-RS cannot be reached (screens.md sections 4 and 14). */
import { describe, expect, it } from 'vitest';
import {
  bookable,
  COLLEAGUE_ID,
  item,
  items,
  ME,
  openClerkDesk,
  pass,
  passMinutes,
  reviewBooking,
} from '../../support/clerk-steps.ts';
import type { TestDesk } from '../../support/desk.ts';

const sent = (desk: TestDesk) => desk.service.calls.count('A016');

/** A booking that was asked for when the connection had just gone. */
async function bookOffline() {
  const clerk = await openClerkDesk();
  const { desk, network } = clerk;
  await desk.signIn();
  const [ubrn = ''] = bookable(desk);
  const { slots, commit } = await reviewBooking(desk, ubrn);
  network.isDown = true;
  const answer = await desk.must('booking/commit', commit);
  await pass(desk, 3);
  const intentId = answer.kind === 'started' ? answer.booking.intentId : '';
  return { ...clerk, ubrn, slots, intentId };
}

describe('a booking without a connection', () => {
  it('is kept, is NOT BOOKED, and says that it waits', async () => {
    const { desk, ubrn, intentId } = await bookOffline();
    expect(await item(desk, intentId)).toMatchObject({ state: 'waiting', code: 'no-connection', attempt: 0 });
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({
      booking: { state: 'waiting', code: 'no-connection', sentAt: null, appointmentId: null },
    });
    expect(sent(desk)).toBe(0);
  });

  it('is sent by itself when the connection is back within 15 minutes', async () => {
    const { desk, network, intentId, ubrn } = await bookOffline();
    await passMinutes(desk, 12);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done', attempt: 1 });
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
    expect(sent(desk)).toBe(1);
  });

  it('asks for one Ctrl+Enter after 15 minutes, and that one sends', async () => {
    const { desk, network, intentId, ubrn } = await bookOffline();
    await passMinutes(desk, 16);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'expired', code: 'expired' });
    expect(sent(desk)).toBe(0);
    await desk.must('outbox/confirm', { intentId });
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
    expect(sent(desk)).toBe(1);
  });

  it('is not sent while the desk is locked, and at once when it is unlocked', async () => {
    const { desk, network, intentId } = await bookOffline();
    await desk.must('session/lock', {});
    network.isDown = false;
    await pass(desk, 70);
    expect(sent(desk)).toBe(0);
    await desk.must('session/unlock', {});
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
    expect(sent(desk)).toBe(1);
  });

  it('asks for a Ctrl+Enter after a sleep, however short the time', async () => {
    const { desk, network, intentId } = await bookOffline();
    desk.clock.setWallClock(desk.clock.nowMs() + 40 * 60_000);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'expired' });
    expect(sent(desk)).toBe(0);
  });

  it('asks for a Ctrl+Enter after a restart, however short the time', async () => {
    const { restart, intentId } = await bookOffline();
    const { desk } = await restart();
    await desk.signIn();
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'expired' });
    expect(sent(desk)).toBe(0);
  });

  it('is never sent or shown under another person, and is there when its own is back', async () => {
    const { desk, network, card, intentId } = await bookOffline();
    network.isDown = false;
    card.userId = COLLEAGUE_ID;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    await pass(desk, 70);
    expect(await items(desk)).toEqual([]);
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({ open: 0, colleagues: 1 });
    for (const channel of ['outbox/confirm', 'outbox/read-back', 'outbox/read-item'] as const)
      expect(await desk.ask(channel, { intentId })).toMatchObject({ problem: { code: 'no-such-intent' } });
    expect(sent(desk)).toBe(0);
    card.userId = ME;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it('is never sent in another role of the same person', async () => {
    const { desk, network, intentId } = await bookOffline();
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    network.isDown = false;
    await pass(desk, 70);
    expect(await items(desk)).toEqual([]);
    expect(sent(desk)).toBe(0);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' });
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it('is not sent when the referral changed meanwhile: the clerk looks', async () => {
    const { desk, network, intentId, ubrn } = await bookOffline();
    desk.service.world.touch(ubrn);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'conflict', code: 'changed-before-sending' });
    expect(sent(desk)).toBe(0);
  });
});

describe('ranked slots', () => {
  async function bookRanked(count: number) {
    const clerk = await openClerkDesk();
    const { desk, network } = clerk;
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const { slots, commit } = await reviewBooking(desk, ubrn);
    const ids = slots.map(({ slotId }) => slotId);
    network.isDown = true;
    const answer = await desk.must('booking/commit', { ...commit, alsoSlotIds: ids.slice(1, count) });
    await pass(desk, 3);
    const intentId = answer.kind === 'started' ? answer.booking.intentId : '';
    return { ...clerk, ubrn, ids, intentId };
  }

  it('are tried in the order that the patient named: the second where the first is gone', async () => {
    const { desk, network, ubrn, ids, intentId } = await bookRanked(3);
    desk.service.world.takeSlot(ids[0] ?? '');
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done', attempt: 2 });
    expect(desk.service.world.appointmentOf(ubrn)?.slotId).toBe(ids[1]);
    expect(sent(desk)).toBe(2);
  });

  it('are all that is tried: none that the patient did not name', async () => {
    const { desk, network, ubrn, ids, intentId } = await bookRanked(2);
    for (const slotId of ids.slice(0, 2)) desk.service.world.takeSlot(slotId);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'refused', code: 'SLOT_NOT_AVAILABLE' });
    expect(desk.service.world.appointmentOf(ubrn)?.status ?? null).not.toBe('booked');
    expect(sent(desk)).toBe(2);
  });

  it('that main did not read in the same search are refused, and so is a fourth', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const { slots, commit } = await reviewBooking(desk, ubrn);
    expect(await desk.ask('booking/commit', { ...commit, alsoSlotIds: ['1100099999'] })).toMatchObject({
      problem: { kind: 'expired', code: 'slot-search-expired' },
    });
    const four = slots.slice(1, 4).map(({ slotId }) => slotId);
    expect(await desk.ask('booking/commit', { ...commit, alsoSlotIds: four })).toMatchObject({
      problem: { code: 'not-of-the-schema' },
    });
    expect(await items(desk)).toEqual([]);
  });

  it('that were named twice are tried once', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const { slots, commit } = await reviewBooking(desk, ubrn);
    const [first, second] = slots.map(({ slotId }) => slotId);
    for (const slotId of [first, second]) desk.service.world.takeSlot(slotId ?? '');
    await desk.must('booking/commit', { ...commit, alsoSlotIds: [first ?? '', second ?? ''] });
    await pass(desk, 10);
    expect(await items(desk)).toMatchObject([{ state: 'refused', attempt: 2 }]);
  });
});

describe('a booking that is not settled', () => {
  it('keeps everybody at this desk from booking the same referral', async () => {
    const { desk, network, card, ubrn } = await bookOffline();
    network.isDown = false;
    card.userId = COLLEAGUE_ID;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    await expect(reviewBooking(desk, ubrn, 1)).rejects.toThrow('booking-not-settled');
    const [, other = ''] = bookable(desk);
    expect((await reviewBooking(desk, other)).panel).toMatchObject({ ubrn: other });
  });
});
