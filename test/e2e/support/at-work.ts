/** What a clerk does at the desk, by keyboard alone; each ends when the screen says what it says after that. */
import { expect, vi } from 'vitest';
import type { TrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { PATIENCE_MS } from './keyboard.ts';
import { isA016 } from './line.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';
import { spokenDigits } from './truth.ts';

export const BOOKED = /Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/;
export const QUEUED = /NOT BOOKED: queued, waiting for the connection/;
/** Past the longest wait between two looks whether e-RS answers again. */
export const NEXT_LOOK_MS = 61_000;
/** Past the time within which a booking that was sent may still take effect (safety.md, fact 4). */
export const HORIZON_MS = 206_000;

/** Waits until `check` stops throwing. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 100 });

const isInWorklist = () => document.activeElement?.closest('[data-pane="worklist"]') !== null;

export async function readWorklist(desk: ClerkDesk): Promise<void> {
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
}

/** Steps back until the worklist has the keys. */
export async function goToWorklist(desk: ClerkDesk): Promise<void> {
  for (let step = 0; step < 4; step += 1) {
    if (await desk.page.evaluate(isInWorklist)) return;
    await desk.press('Escape');
    await desk.page.waitForTimeout(300);
  }
  await desk.page.waitForFunction(isInWorklist);
}

/** Opens a referral of the worklist and the slots of its service, or what is known of them. */
export async function openSlots(desk: ClerkDesk, isWanted: (ubrn: string) => boolean): Promise<string> {
  const ubrn = await desk.selectBefore(isWanted);
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.shows(/free slots|last seen free|e-RS could not be asked/);
  return ubrn;
}

export const focusedSlot = (desk: ClerkDesk): Promise<string> =>
  desk.page.evaluate(
    () => document.activeElement?.getAttribute('aria-activedescendant')?.replace('slot-', '') ?? '',
  );

/** The slot that has the focus, once the grid is there. */
export async function waitForSlot(desk: ClerkDesk): Promise<string> {
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  return eventually(async () => {
    const slotId = await focusedSlot(desk);
    expect(slotId).toMatch(/^\d+$/);
    return slotId;
  });
}

/** Reviews the slot that has the focus and commits with the digits that the patient says; gives the slot. */
export async function commitSlot(desk: ClerkDesk, ubrn: string): Promise<string> {
  const slotId = await waitForSlot(desk);
  await desk.press('Enter', 'Shift+F7');
  await desk.shows(/day and month of birth/);
  await desk.type(spokenDigits(desk.service, ubrn));
  await desk.press('Ctrl+Enter');
  return slotId;
}

/** Books the focused slot of a referral while nothing can be reached: it is queued. */
export async function queueBooking(desk: ClerkDesk, ubrn: string): Promise<string> {
  await openSlots(desk, (candidate) => candidate === ubrn);
  await desk.shows(/only a wish/);
  const slotId = await commitSlot(desk, ubrn);
  await desk.shows(QUEUED);
  return slotId;
}

/** The rows of the outbox as they are worded, in their order. */
export const outboxRows = (desk: ClerkDesk): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[id^="outbox-row-"]')].map((row) =>
      row.innerText.replaceAll('\u00a0', ' ').replace(/\s+/g, ' '),
    ),
  );

/** The words of the row of a referral's patient. */
export async function outboxRow(desk: ClerkDesk, ubrn: string): Promise<string> {
  const number = desk.service.world.referral(ubrn).nhsNumber;
  const spaced = number.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
  const rows = await outboxRows(desk);
  const row = rows.find((words) => words.includes(spaced));
  if (row === undefined) throw new Error(`the outbox has no row of that patient but: ${rows.join(' | ')}`);
  return row;
}

export const rowSays = (desk: ClerkDesk, ubrn: string, pattern: RegExp) =>
  eventually(async () => expect(await outboxRow(desk, ubrn)).toMatch(pattern));

/** The header's badge. */
export const badge = (desk: ClerkDesk): Promise<string> =>
  desk.page.locator('.frame-header__outbox').innerText();

export const badgeSays = (desk: ClerkDesk, pattern: RegExp) =>
  eventually(async () => expect(await badge(desk)).toMatch(pattern));

export async function openOutbox(desk: ClerkDesk): Promise<void> {
  await desk.press('F12');
  await desk.page.locator('[data-pane="outbox"]').waitFor();
}

/** Looks at the chosen item of the outbox beside e-RS, then sends it: the fresh Ctrl+Enter. */
export async function lookAndConfirm(desk: ClerkDesk): Promise<void> {
  await desk.press('Enter');
  await desk.shows(/Now, read \d\d:\d\d:\d\d/);
  await desk.press('Ctrl+Enter');
}

/** The cable is back, and the desk's next look finds out. */
export function reconnect(desk: ClerkDesk): void {
  desk.line.plugIn();
  desk.clock.pass(NEXT_LOOK_MS);
}

/** Bookings and deferrals that left the desk, whether they arrived or not. */
export const postsOnTheWire = (desk: ClerkDesk): number => desk.line.sent.filter(isA016).length;

/** Bookings and deferrals of a referral that reached the service. */
export const postsFor = (service: TrainingService, ubrn: string): number =>
  service.calls.count('A016', { ubrn });

/** e-RS holds exactly this booking, and was asked for it once. */
export function expectBookedOnce({ service }: ClerkDesk, ubrn: string, slotId: string): void {
  expect(service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked', slotId });
  expect(postsFor(service, ubrn)).toBe(1);
}

export function expectNothingSent({ service }: ClerkDesk, ubrn: string): void {
  expect(postsFor(service, ubrn)).toBe(0);
  expect(service.world.appointmentOf(ubrn)?.status ?? null).not.toBe('booked');
}
