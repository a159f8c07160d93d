import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  formatStaffDay,
  fromLondon,
  isClockChangeWeek,
  londonDate,
  londonParts,
  toIso,
  addDays,
  weekStart,
} from '../../src-main/contract/london-time.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 180_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

async function openSlotsOf(
  scene: 'five-thousand-slots' | 'clock-change' | 'no-slots',
  now?: string,
): Promise<string> {
  desk = await openClerkDesk({ seed, ...(now === undefined ? {} : { now }) });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  const ubrns = desk.service.world.findScene(scene);
  const ubrn = await desk.selectBefore((candidate) => ubrns.includes(candidate));
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.shows(/Slots at|e-RS has no free slots/);
  return ubrn;
}

const focusedSlot = () =>
  desk.page.evaluate(
    () => document.activeElement?.getAttribute('aria-activedescendant')?.replace('slot-', '') ?? '',
  );

describe('five thousand slots', () => {
  it('are read page by page, scrolled and booked at the far end', async () => {
    const ubrn = await openSlotsOf('five-thousand-slots');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.shows(/\d+ of [45],?\d{3} free slots, pages? 1/);
    await desk.press('Ctrl+F8');
    await desk.shows(/([45],?\d{3}) of \1 free slots, pages 1-[45]\d/);
    await desk.press('F8');
    await desk.page.locator('.slot-list__row').nth(3).waitFor();
    for (let before = '', week = 0; week < 80 && before !== (await focusedSlot()); week += 1) {
      before = await focusedSlot();
      await desk.press('PageDown');
      await desk.page.waitForTimeout(60);
    }
    await desk.press('End');
    await desk.page.waitForTimeout(60);
    const slotId = await focusedSlot();
    const { priority, shortlist } = desk.service.world.referral(ubrn);
    const free = desk.service.world.freeSlots(shortlist[0] ?? '', { priority });
    expect(free.length).toBeGreaterThanOrEqual(4900);
    expect(free.findIndex((slot) => slot.id === slotId)).toBeGreaterThan(free.length - 60);
    expect(await desk.page.locator('.slot-list__row').count()).toBeLessThan(120);
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.world.appointmentOf(ubrn)?.slotId).toBe(slotId);
  });
});

describe('the weeks of the clock changes', () => {
  it.each([
    ['spring', '2027-03-15T09:00:00Z', '2027-03-28'],
    ['autumn', '2026-10-12T09:00:00Z', '2026-10-25'],
  ])('name GMT and BST on each slot in %s, and book the right instant', async (_name, now, sunday) => {
    const ubrn = await openSlotsOf('clock-change', now);
    expect(isClockChangeWeek(sunday)).toBe(true);
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    const monday = weekStart(sunday);
    await desk.press('Ctrl+G');
    await desk.type(`${Number(monday.slice(8))}/${Number(monday.slice(5, 7))}`);
    await desk.press('Enter');
    await desk.shows(new RegExp(formatStaffDay(monday)));
    await desk.shows(/\d\d:\d\d (GMT|BST)/);
    const { priority, shortlist } = desk.service.world.referral(ubrn);
    const inWeek = desk.service.world
      .freeSlots(shortlist[0] ?? '', { priority })
      .filter((slot) => weekStart(londonDate(slot.startMs)) === monday);
    expect(inWeek.length).toBeGreaterThan(0);
    const focused = await focusedSlot();
    const slot = inWeek.find((candidate) => candidate.id === focused);
    expect(slot).toBeDefined();
    const parts = londonParts(toIso(slot?.startMs ?? 0));
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(new RegExp(`${formatStaffDay(parts.date)} \\d\\d:\\d\\d ${parts.zone}`));
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    expect(desk.service.world.appointmentOf(ubrn)?.startMs).toBe(slot?.startMs);
    expect(fromLondon(parts.date, parts.hour, parts.minute)).toBe(slot?.startMs);
    expect(addDays(monday, 6)).toBe(sunday);
  });
});

describe('an empty answer', () => {
  it('says what was asked and when, and an error never looks like one', async () => {
    await openSlotsOf('no-slots');
    await desk.shows(/e-RS has no free slots at .+ for priority .+, read \d\d:\d\d:\d\d/);
    desk.service.faults.add({ on: { id: 'A015' }, do: { kind: 'status', status: 503 } });
    await desk.press('F5');
    await desk.page.locator('.desk-problem').waitFor();
    const problem = await desk.page.locator('.desk-problem').innerText();
    expect(problem).not.toMatch(/no (free )?slots/i);
  });
});
