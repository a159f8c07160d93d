import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BOOKED,
  QUEUED,
  badgeSays,
  eventually,
  expectBookedOnce,
  expectNothingSent,
  goToWorklist,
  lookAndConfirm,
  openOutbox,
  openSlots,
  outboxRows,
  postsFor,
  queueBooking,
  readWorklist,
  reconnect,
  rowSays,
  waitForSlot,
} from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, emptyService, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const OTHER_ROLE = /Referring clinician(?! admin)/i;
/** Long enough for a booking that should not be sent to be sent. */
const A_WHILE_MS = 3000;
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

/** Reads a referral and its slots, then loses the line and books all the same: the wish is queued. */
async function queueOffline(): Promise<{ ubrn: string; slotId: string }> {
  desk = await openClerkDesk({ seed });
  await readWorklist(desk);
  const ubrn = await openSlots(desk, plainlyBookable(desk.service));
  await waitForSlot(desk);
  await goToWorklist(desk);
  desk.line.pull();
  return { ubrn, slotId: await queueBooking(desk, ubrn) };
}

/** The service has been asked something since. */
async function hearsFromDesk(): Promise<void> {
  const before = desk.service.calls.all.length;
  reconnect(desk);
  await eventually(() => expect(desk.service.calls.all.length).toBeGreaterThan(before));
}

describe('a cable that is pulled at work', () => {
  it('queues a booking and a deferral, then books by itself and asks where slots turned up', async () => {
    desk = await openClerkDesk({ seed });
    const emptied = emptyService(desk.service, seed);
    await readWorklist(desk);
    const booked = await openSlots(desk, plainlyBookable(desk.service));
    await waitForSlot(desk);
    await goToWorklist(desk);
    const deferred = await openSlots(desk, (ubrn) => ubrn === emptied.ubrn);
    await desk.shows(/e-RS has no free slots/);
    await goToWorklist(desk);

    desk.line.pull();
    const slotId = await queueBooking(desk, booked);
    await desk.shows(/Tell the patient: .Your appointment is not booked/);
    await badgeSays(desk, /Outbox 1 open/);
    await goToWorklist(desk);
    await openSlots(desk, (ubrn) => ubrn === deferred);
    await desk.shows(/there may be free times all the same/);
    await desk.press('Shift+F8');
    await desk.shows(/Queue this deferral\? NOT DEFERRED/);
    await desk.shows(/Defer if there are still no slots/);
    await desk.type(spokenDigits(desk.service, deferred));
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT DEFERRED: queued, waiting for the connection/);
    await badgeSays(desk, /Outbox 2 open/);

    await openOutbox(desk);
    await rowSays(desk, booked, /Waiting for connection NOT BOOKED yet .*not booked yet/);
    await rowSays(
      desk,
      deferred,
      /Waiting for connection NOT DEFERRED yet .*nothing booked, not passed on yet/,
    );
    expectNothingSent(desk, booked);
    emptied.freeAgain();
    reconnect(desk);
    await rowSays(desk, booked, /Done Booked/);
    await rowSays(desk, deferred, /Needs you NOT DEFERRED yet .*There are free slots now/);
    await badgeSays(desk, /Outbox 1 open, 1 needs you/);
    expectBookedOnce(desk, booked, slotId);
    expectNothingSent(desk, deferred);
    expect(desk.service.world.referral(deferred).state).toBe('NOT_BOOKED');

    await desk.press('Home', 'Enter');
    await desk.shows(/Now, read \d\d:\d\d:\d\d/);
    await desk.press('Enter');
    await desk.shows(/Born\s+\d\d-/);
    await desk.press('F7');
    await desk.shows(/\d+ of \d+ free slots, page/);
  });

  it.each([
    ['the line was away longer than 15 minutes', () => desk.clock.pass(16 * 60_000)],
    ['the machine slept for a minute', () => desk.clock.sleep(60_000)],
  ])('asks for one fresh Ctrl+Enter when %s', async (_name, happens) => {
    const { ubrn, slotId } = await queueOffline();
    happens();
    reconnect(desk);
    await badgeSays(desk, /Outbox 1 open, 1 needs you/);
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Expired NOT BOOKED yet/);
    await desk.press('Ctrl+Enter');
    await desk.shows(/press Enter first and look at it/);
    expectNothingSent(desk, ubrn);
    await lookAndConfirm(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expectBookedOnce(desk, ubrn, slotId);
  });

  it('sends nothing while the desk is locked, and goes on when it is unlocked', async () => {
    const { ubrn, slotId } = await queueOffline();
    await desk.press('Ctrl+L');
    await desk.shows(/Desk locked/);
    await desk.shows(/1 action is not done/);
    await hearsFromDesk();
    await desk.page.waitForTimeout(A_WHILE_MS);
    expectNothingSent(desk, ubrn);
    await desk.press('Enter');
    await desk.page.locator('[data-pane="worklist"]').waitFor();
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expectBookedOnce(desk, ubrn, slotId);
  });

  it('neither sends nor shows it in another role, and sends it when its own role is back', async () => {
    const { ubrn, slotId } = await queueOffline();
    await desk.press('Ctrl+Shift+L');
    await desk.shows(/Sign out while actions are not done\?/);
    await desk.press('Ctrl+Enter');
    desk.line.plugIn();
    await desk.signIn(OTHER_ROLE);
    await desk.shows(/\d+ referrals, read/);
    await badgeSays(desk, /Outbox empty/);
    await openOutbox(desk);
    await desk.shows(/Nothing is waiting/);
    expect(await outboxRows(desk)).toEqual([]);
    await desk.page.waitForTimeout(A_WHILE_MS);
    expectNothingSent(desk, ubrn);
    await desk.press('F12', 'Alt+R');
    await desk.shows(/Change role/);
    await desk.chooseRole(/Referring clinician admin/i);
    await desk.shows(/\d+ referrals, read/);
    await openOutbox(desk);
    await rowSays(desk, ubrn, /Done Booked/);
    expectBookedOnce(desk, ubrn, slotId);
  });

  it('shows a colleague no more than the UBRN, and lets them send nothing', async () => {
    const { ubrn } = await queueOffline();
    await desk.press('Ctrl+Shift+L');
    await desk.shows(/Sign out while actions are not done\?/);
    await desk.press('Ctrl+Enter');
    desk.line.plugIn();
    await desk.signIn(/Referring clinician admin/i, '555000000102');
    await desk.shows(/\d+ referrals, read/);
    await openOutbox(desk);
    await desk.shows(/Nothing is waiting/);
    await desk.press('F8');
    const row = desk.page.locator('[id^="handover-row-"]');
    await row.first().waitFor();
    const words = (await row.first().innerText()).replaceAll('\u00a0', ' ');
    expect(words).toContain(ubrn.replace(/(.{4})(.{4})(.{4})/, '$1 $2 $3'));
    expect(words).not.toContain(desk.service.world.referral(ubrn).nhsNumber.slice(-4));
    await desk.press('Ctrl+Enter');
    await desk.shows(/it is a colleague.s action/);
    await desk.page.waitForTimeout(A_WHILE_MS);
    expectNothingSent(desk, ubrn);
  });
});

describe('times that the patient named, in their order', () => {
  it('books the second when the first was taken meanwhile, and never one that was not named', async () => {
    desk = await openClerkDesk({ seed });
    await readWorklist(desk);
    const ubrn = await openSlots(desk, plainlyBookable(desk.service));
    await waitForSlot(desk);
    await goToWorklist(desk);
    desk.line.pull();
    await openSlots(desk, (candidate) => candidate === ubrn);
    await desk.shows(/only a wish/);
    const wishes = [];
    for (const move of ['Home', 'ArrowDown', 'ArrowDown']) {
      await desk.press(move);
      wishes.push(await waitForSlot(desk));
      await desk.press('Space');
    }
    const [first = '', second = '', third = ''] = wishes;
    expect(new Set(wishes).size).toBe(3);
    await desk.press('ArrowUp', 'ArrowUp', 'Enter', 'Shift+F7');
    await desk.shows(/other times that the patient named/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Tab', 'Space');
    await desk.shows(/2nd wish/);
    await desk.press('Ctrl+Enter');
    await desk.shows(QUEUED);

    desk.service.world.takeSlot(first);
    reconnect(desk);
    await desk.shows(BOOKED);
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked', slotId: second });
    expect(desk.service.calls.count('A016', { ubrn, status: 422 })).toBe(1);
    expect(postsFor(desk.service, ubrn)).toBe(2);
    const { slots } = desk.service.world;
    const untouched = slots.find(third);
    expect(untouched !== undefined && slots.isFree(untouched)).toBe(true);
  });
});
