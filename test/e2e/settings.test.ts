/** A clerk's own settings outlive a crash, and what the organisation has set cannot be changed. */
import { afterEach, expect, it, vi } from 'vitest';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const rootClasses = () => desk.page.evaluate(() => document.documentElement.className);

it('keeps text size and first list over a crash, and locks what the policy sets', async () => {
  desk = await openClerkDesk({
    seed,
    policy: { version: 1, settings: { dayEndHour: 16, contrast: 'high' } },
  });
  await desk.signIn();
  await desk.shows(/referrals, read/);
  expect(await rootClasses()).toBe('desk-contrast--high');

  await desk.press('Ctrl+,');
  await desk.page.locator('.settings input:focus').waitFor();
  await desk.shows(/Remind of open actions from this hour\s+16\s+LOCKED/i);
  expect(await desk.page.locator('#setting-dayEndHour input, #setting-contrast input').count()).toBe(0);
  await desk.press('ArrowRight');
  await vi.waitFor(async () => expect(await rootClasses()).toContain('desk-text--large'));
  await desk.page.locator('#setting-defaultList').selectOption({ label: 'Watch' });
  await desk.press('Ctrl+Enter');
  await desk.shows(/Settings saved/);

  await desk.crashAndRestart();
  await desk.shows(/Sign in/);
  expect(await rootClasses()).toBe('desk-contrast--high');
  await desk.signIn();
  await desk.page.locator('.worklist-tabs [aria-current="page"]').first().waitFor();
  await desk.shows(/on Watch/);
  expect((await rootClasses()).split(' ').sort()).toEqual(['desk-contrast--high', 'desk-text--large']);
  expect(await desk.page.locator('.worklist-tabs [aria-current="page"]').textContent()).toContain('Watch');
});
