import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openClerkDesk, type ClerkDesk, type ClerkDeskOptions } from './support/open-clerk-desk.ts';
import { drawSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 180_000 });
const seed = drawSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

/** Signs in and opens the slots of a referral that can be booked; the presses from the worklist row are counted. */
async function openSlots(
  options: Partial<ClerkDeskOptions> = {},
  isWanted?: (ubrn: string) => boolean,
): Promise<string> {
  desk = await openClerkDesk({ seed, ...options });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  const ubrn = await desk.selectBefore(isWanted ?? plainlyBookable(desk.service));
  desk.resetCount();
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  return ubrn;
}

const focusedSlot = () =>
  desk.page.evaluate(
    () => document.activeElement?.getAttribute('aria-activedescendant')?.replace('slot-', '') ?? '',
  );

describe('booking by keyboard alone', () => {
  it('takes at most 13 presses to booked, 14 to the letter, and e-RS holds exactly that slot', async () => {
    const ubrn = await openSlots();
    const [right, down] = [randomInt(0, 2), randomInt(0, 3)];
    await desk.press(...Array<string>(right).fill('ArrowRight'), ...Array<string>(down).fill('ArrowDown'));
    const slotId = await focusedSlot();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    expect(desk.service.calls.count('A016')).toBe(0);
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.pressed()).toBeLessThanOrEqual(13);
    const presses = desk.pressed();

    await desk.press('F9');
    await desk.shows(/2 pages/);
    await desk.page.locator('[data-drawn="true"]').first().waitFor();
    expect(desk.pressed()).toBe(presses + 1);
    console.log(`booked in ${presses} presses, letter in ${desk.pressed()}`);

    const truth = desk.service.world.appointmentOf(ubrn);
    expect(truth).toMatchObject({ status: 'booked', slotId });
    expect(desk.service.calls.count('A016')).toBe(1);
    const held = desk.service.world.pasAppointments(truth?.serviceId ?? '');
    expect(held.find((appointment) => appointment.slotId === slotId)?.ubrn).toBe(ubrn);
  });

  it('takes the full thirteen presses of the specification', async () => {
    const ubrn = await openSlots();
    await desk.press('ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.pressed()).toBe(13);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });

  it('keeps up with a clerk who never waits', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals, read/);
    const ubrn = await desk.selectBefore(plainlyBookable(desk.service));
    await desk.press('ArrowDown', 'Enter', 'F7');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.press('Shift+F7', ...spokenDigits(desk.service, ubrn), 'Ctrl+Enter');
    await desk.shows(/Booked|NOT BOOKED|NOT CONFIRMED/);
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('books at 200 % zoom, with the field that has the focus always in view', async () => {
    const ubrn = await openSlots({ viewport: { width: 640, height: 512 } });
    await desk.press('ArrowDown', 'Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.page.waitForTimeout(300);
    const isOnTop = await desk.page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      if (!box || document.activeElement?.tagName !== 'INPUT') return false;
      return (
        document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === document.activeElement
      );
    });
    expect(isOnTop).toBe(true);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });

  it('says NOT BOOKED when the slot was taken meanwhile, and offers what comes next', async () => {
    const ubrn = await openSlots();
    const slotId = await focusedSlot();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    desk.service.world.takeSlot(slotId);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT BOOKED/);
    await desk.shows(/slot (has gone|is gone|was taken)|no longer free|taken/i);
    expect(desk.service.world.appointmentOf(ubrn)?.status ?? null).not.toBe('booked');
    expect(await desk.text()).not.toMatch(/no (free )?slots/i);
  });

  it('never books on Enter, and closes the panel after two wrong answers', async () => {
    const ubrn = await openSlots();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    const wrong = spokenDigits(desk.service, ubrn) === '0101' ? '0202' : '0101';
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Enter');
    await desk.shows(/Enter does not book/);
    await desk.press('Backspace', 'Backspace', 'Backspace', 'Backspace');
    await desk.type(wrong);
    await desk.press('Ctrl+Enter');
    await desk.shows(/1 (try|attempt|answer)|one more|do(es)? not (match|fit)/i);
    await desk.type(wrong);
    await desk.press('Ctrl+Enter');
    await desk.page.locator('.review').waitFor({ state: 'detached' });
    expect(desk.service.calls.count('A016')).toBe(0);
    expect(desk.service.world.appointmentOf(ubrn)?.status ?? null).not.toBe('booked');
  });

  it('finds by reading back that a lost reply was a booking, with one POST', async () => {
    const ubrn = await openSlots();
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });
    await desk.press('Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT CONFIRMED/);
    expect(await desk.text()).not.toMatch(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.calls.count('A016')).toBe(1);
  });
});
