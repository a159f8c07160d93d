import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import {
  BOOKED,
  HORIZON_MS,
  badgeSays,
  commitSlot,
  expectBookedOnce,
  lookAndConfirm,
  openOutbox,
  openSlots,
  postsFor,
  postsOnTheWire,
  readWorklist,
  reconnect,
  rowSays,
  waitForSlot,
} from './support/at-work.ts';
import { hasCredential, isA016 } from './support/line.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const TELL_UNCONFIRMED = /Tell the patient: .We have asked for this appointment but it is not confirmed/;
/** Past the first of the planned read-backs. */
const FIRST_READ_BACK_MS = 11_000;
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

/** Commits a booking whose answer is spoilt by `spoil`; the clerk sees that nobody knows. */
async function bookUnknown(spoil: () => void): Promise<{ ubrn: string; slotId: string }> {
  desk = await openClerkDesk({ seed });
  await readWorklist(desk);
  const ubrn = await openSlots(desk, plainlyBookable(desk.service));
  await waitForSlot(desk);
  spoil();
  const slotId = await commitSlot(desk, ubrn);
  await desk.shows(/NOT CONFIRMED: the answer is not known/);
  await desk.shows(TELL_UNCONFIRMED);
  await badgeSays(desk, /1 not confirmed/);
  expect(await desk.text()).not.toMatch(BOOKED);
  return { ubrn, slotId };
}

const strikeBooking = (effect: FaultEffect) => () =>
  void desk.service.faults.add({ on: { id: 'A016' }, do: effect });

describe('a booking that e-RS made and did not say so', () => {
  it.each<readonly [string, FaultEffect]>([
    ['a 504 without a body', { kind: 'status', status: 504, body: null, commits: true }],
    ['a 500', { kind: 'status', status: 500, commits: true }],
    ['an answer cut short', { kind: 'truncated-json' }],
  ])('%s: found by reading back, with one POST', async (_name, effect) => {
    const { ubrn, slotId } = await bookUnknown(strikeBooking(effect));
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
    desk.clock.pass(FIRST_READ_BACK_MS);
    await desk.shows(BOOKED);
    await badgeSays(desk, /Outbox empty/);
    expectBookedOnce(desk, ubrn, slotId);
    expect(postsOnTheWire(desk)).toBe(1);
  });

  it('a captive portal in the place of the answer: no token meets it, and one POST was enough', async () => {
    const { ubrn, slotId } = await bookUnknown(() => desk.line.hijack(isA016));
    await desk.shows(/Network sign-in/);
    const sentBefore = desk.line.sent.length;
    desk.clock.pass(FIRST_READ_BACK_MS);
    await desk.press('F5');
    await desk.page.waitForTimeout(2000);
    await desk.shows(/NOT CONFIRMED: the answer is not known/);
    const sentMeanwhile = desk.line.sent.slice(sentBefore);
    expect(sentMeanwhile.filter(hasCredential).map(({ path }) => path)).toEqual([]);
    expect(sentMeanwhile.length).toBeGreaterThan(0);
    reconnect(desk);
    await desk.shows(BOOKED);
    expectBookedOnce(desk, ubrn, slotId);
    expect(postsOnTheWire(desk)).toBe(1);
  });
});

describe('a booking that never came to e-RS, and nobody said so', () => {
  it('is sent a second time only when the clerk has looked and says so', async () => {
    const { ubrn, slotId } = await bookUnknown(strikeBooking({ kind: 'html-200' }));
    reconnect(desk);
    desk.clock.pass(HORIZON_MS);
    await desk.shows(/NOT CONFIRMED: e-RS shows no booking, the provider.s system may differ/);
    await desk.shows(/Ring the provider: do they hold UBRN/);
    expect(postsOnTheWire(desk)).toBe(1);
    expect(desk.service.world.appointmentOf(ubrn)?.status ?? null).not.toBe('booked');
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Needs you NOT CONFIRMED/);
    await lookAndConfirm(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked', slotId });
    expect(postsOnTheWire(desk)).toBe(2);
    expect(postsFor(desk.service, ubrn)).toBe(2);
  });
});
