import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  HORIZON_MS,
  badgeSays,
  commitSlot,
  expectBookedOnce,
  expectNothingSent,
  goToWorklist,
  lookAndConfirm,
  openOutbox,
  openSlots,
  postsOnTheWire,
  queueBooking,
  readWorklist,
  rowSays,
  waitForSlot,
} from './support/at-work.ts';
import { isA016, type HeldAt } from './support/line.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

/** Kills the desk while its booking is on the way there or on the way back, and signs in to the next start. */
async function crashInMidBooking(at: HeldAt): Promise<{ ubrn: string; slotId: string }> {
  desk = await openClerkDesk({ seed });
  await readWorklist(desk);
  const ubrn = await openSlots(desk, plainlyBookable(desk.service));
  await waitForSlot(desk);
  const isHeld = desk.line.hold(isA016, at);
  const slotId = await commitSlot(desk, ubrn);
  await isHeld;
  await desk.shows(/NOT CONFIRMED yet: sent/);
  await desk.crashAndRestart();
  await readWorklist(desk);
  return { ubrn, slotId };
}

describe('a desk that is killed in mid-booking', () => {
  it('finds after the restart that the booking was made, and sends nothing more', async () => {
    const { ubrn, slotId } = await crashInMidBooking('after');
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    await badgeSays(desk, /Outbox empty/);
    desk.clock.pass(HORIZON_MS);
    await desk.page.waitForTimeout(1500);
    expectBookedOnce(desk, ubrn, slotId);
    expect(postsOnTheWire(desk)).toBe(1);
  });

  it('asks the clerk past the horizon when it was not made, and never sends it by itself', async () => {
    const { ubrn, slotId } = await crashInMidBooking('before');
    await badgeSays(desk, /Outbox 1 open, 1 not confirmed/);
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Unknown NOT CONFIRMED .*not confirmed, we ring you/);
    await desk.press('Delete');
    await desk.shows(/may still be booked until \d\d:\d\d/);
    desk.clock.pass(HORIZON_MS);
    await rowSays(desk, ubrn, /Needs you NOT CONFIRMED/);
    await badgeSays(desk, /1 needs you/);
    expectNothingSent(desk, ubrn);
    expect(postsOnTheWire(desk)).toBe(1);
    await lookAndConfirm(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expectBookedOnce(desk, ubrn, slotId);
    expect(postsOnTheWire(desk)).toBe(2);
  });
});

describe('a desk that is killed while a booking waits for the line', () => {
  it('still has it, and asks for one fresh Ctrl+Enter', async () => {
    desk = await openClerkDesk({ seed });
    await readWorklist(desk);
    const ubrn = await openSlots(desk, plainlyBookable(desk.service));
    await waitForSlot(desk);
    await goToWorklist(desk);
    desk.line.pull();
    const slotId = await queueBooking(desk, ubrn);
    await desk.crashAndRestart();
    desk.line.plugIn();
    await readWorklist(desk);
    await badgeSays(desk, /Outbox 1 open, 1 needs you/);
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Expired NOT BOOKED yet/);
    expectNothingSent(desk, ubrn);
    await lookAndConfirm(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expectBookedOnce(desk, ubrn, slotId);
  });
});
