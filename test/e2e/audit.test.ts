/** What was recorded of a booking: found, saved as a table, gone from the page at a lock, and missed when touched. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { formatUbrn } from '../../src-main/contract/identifiers.ts';
import { BOOKED, commitSlot, eventually, openSlots, readWorklist, waitForSlot } from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { plainlyBookable, takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const COLLEAGUE = '555000000102';
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const rows = () => desk.page.locator('.item-grid--audit [role="row"][aria-selected]');
const grid = () => desk.page.locator('.item-grid--audit:focus');
const status = () => desk.page.locator('.audit-status');

async function openTrail(): Promise<void> {
  await desk.press('Alt+U');
  await grid().waitFor();
}

async function filterBy(ubrn: string): Promise<void> {
  await desk.press('F4');
  await desk.page.locator('#audit-ubrn:focus').waitFor();
  await desk.page.keyboard.press('Control+A');
  await desk.type(ubrn);
  await desk.press('Enter');
  await grid().waitFor();
}

it('shows what was done with a referral, saves it for the patient, and misses what was changed', async () => {
  desk = await openClerkDesk({ seed, speed: 8 });
  await readWorklist(desk);
  const ubrn = await openSlots(desk, plainlyBookable(desk.service));
  await waitForSlot(desk);
  await commitSlot(desk, ubrn);
  await desk.shows(BOOKED);

  await openTrail();
  await desk.press('Ctrl+S');
  await desk.shows(/filter by a UBRN or an NHS number first/);
  await filterBy(ubrn);
  await desk.shows(/Outbox book APPLIED/);
  await desk.shows(/Session id/);
  const shown = await rows().allTextContents();
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((row) => !row.includes(formatUbrn(ubrn)))).toEqual([]);

  await desk.press('Ctrl+S');
  await desk.shows(/entries saved/);
  const folder = join(desk.runFolder, 'downloads');
  const [name = ''] = readdirSync(folder);
  expect(name).toMatch(/^audit-trail-\d{4}-\d\d-\d\d\.csv$/);
  const table = readFileSync(join(folder, name), 'utf8');
  expect(table).toMatch(/^\ufeffRow,Event type,Audit type,/);
  expect(table).toContain('API Book Appointment');
  expect(table.split('\r\n').at(-1)).toBe('');

  await desk.press('F9');
  await desk.shows(/The trail is whole: [\d,]+ entries/);

  await desk.press('Ctrl+L');
  await desk.shows(/locked/i);
  const page = await desk.page.content();
  expect(page).not.toContain(formatUbrn(ubrn));
  expect(page).not.toContain(ubrn);
  expect(page).not.toContain('Outbox book');

  // Somebody with a database tool, while nobody looks.
  desk.ports.storage.run("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5");
  await desk.crashAndRestart();
  await desk.signIn();
  await desk.shows(/referrals, read/);
  await openTrail();
  await desk.press('F9');
  await desk.shows(/Row 5 was changed, moved or put in/);
  await eventually(async () => expect(await status().textContent()).toContain('Call the service desk'));
});

it('gives a colleague their own entries alone', async () => {
  desk = await openClerkDesk({ seed, speed: 8 });
  await readWorklist(desk);
  await desk.press('Ctrl+Shift+L');
  await desk.signIn(undefined, COLLEAGUE);
  await desk.shows(/referrals, read/);
  await openTrail();
  await desk.shows(/of your own/);
  expect(await desk.page.locator('#audit-user').count()).toBe(0);
  const shown = await rows().allTextContents();
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((row) => !row.includes(COLLEAGUE))).toEqual([]);
  await desk.press('Ctrl+S');
  await desk.shows(/your organisation has not named you/);
});
