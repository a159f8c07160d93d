import { afterEach, describe, expect, it, vi } from 'vitest';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 180_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

/** Signs in and puts the selection above the first wanted referral; presses are counted from there. */
async function stand(isWanted: (ubrn: string) => boolean): Promise<string> {
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  const ubrn = await desk.selectBefore(isWanted);
  desk.resetCount();
  return ubrn;
}

/** A referral that may be deferred: a plain patient, not booked, one direct service without free slots. */
function plainlyDeferrable(ubrn: string): boolean {
  const { world } = desk.service;
  const { nhsNumber, state, shortlist } = world.referral(ubrn);
  return (
    world.findScene('no-slots').includes(ubrn) &&
    world.findPatient(nhsNumber)?.record === 'normal' &&
    state === 'NOT_BOOKED' &&
    shortlist.length === 1
  );
}

async function openSlots(): Promise<string> {
  const ubrn = await stand(plainlyBookable(desk.service));
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  return ubrn;
}

/** From now on nothing reaches e-RS; the returned function mends the line. */
const cutOff = () => desk.service.faults.add({ on: { times: Infinity }, do: { kind: 'refuse-connection' } });

describe('deferring by keyboard alone', () => {
  it('takes at most nine presses from an empty search on, and e-RS holds the deferral', async () => {
    desk = await openClerkDesk({ seed });
    const ubrn = await stand(plainlyDeferrable);
    await desk.press('ArrowDown', 'Enter', 'F7');
    await desk.shows(/e-RS has no free slots/);
    await desk.press('Shift+F8');
    await desk.shows(/day and month of birth|last 4 digits/);
    expect(desk.service.calls.count('A016')).toBe(0);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Deferred to provider/);
    expect(desk.pressed()).toBeLessThanOrEqual(9);
    expect(desk.service.calls.count('A016')).toBe(1);
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'proposed' });
  });

  it('is refused with the number of free slots while there are some', async () => {
    desk = await openClerkDesk({ seed });
    await openSlots();
    await desk.press('Shift+F8');
    await desk.shows(/Defer is not allowed yet: [\d,]+ free slots? at \d\d:\d\d/);
    expect(desk.service.calls.count('A016')).toBe(0);
  });
});

describe('without a connection', () => {
  it('queues a booking as a wish, NOT BOOKED, and books it once when the line is mended', async () => {
    desk = await openClerkDesk({ seed });
    const ubrn = await openSlots();
    const mend = cutOff();
    await desk.press('F5');
    await desk.shows(/last seen free at \d\d:\d\d, not held: only a wish/);
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/Queue this wish\? NOT BOOKED/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT BOOKED: queued, waiting for the connection/);
    expect(desk.service.calls.count('A016')).toBe(0);
    expect(desk.service.world.appointmentOf(ubrn)).toBeFalsy();

    mend();
    await desk.press('F5');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.calls.count('A016')).toBe(1);
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked' });
  });

  it('queues a deferral, and asks when it finds free slots after all', async () => {
    desk = await openClerkDesk({ seed });
    const ubrn = await openSlots();
    const mend = cutOff();
    await desk.press('F5');
    await desk.shows(/only a wish/);
    await desk.press('Shift+F8');
    await desk.shows(/the desk searches again before it sends/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT DEFERRED: queued, waiting for the connection/);
    mend();
    await desk.press('F5');
    await desk.shows(/There are free slots now: F7 shows them/);
    expect(desk.service.calls.count('A016')).toBe(0);
  });

  it('queues a letter and shows no old one', async () => {
    desk = await openClerkDesk({ seed });
    await openSlots();
    await desk.press('Escape');
    cutOff();
    await desk.press('F5');
    await desk.shows(/Not read again|As of/);
    await desk.press('F9');
    await desk.shows(/Fetch and print when back\?/);
    await desk.press('Ctrl+Enter');
    await desk.shows(/Letter queued: NOT printed/);
    expect(await desk.page.locator('canvas').count()).toBe(0);
  });
});
