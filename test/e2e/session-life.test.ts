import { afterEach, expect, it, vi } from 'vitest';
import type { SitePolicies } from '../../src-main/app/ports.ts';
import { findInClear } from '../support/secret-forms.ts';
import {
  badgeSays,
  BOOKED,
  commitSlot,
  expectBookedOnce,
  focusedSlot,
  goToWorklist,
  openOutbox,
  openSlots,
  postsOnTheWire,
  readWorklist,
  rowSays,
  waitForSlot,
} from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const SAM = '555000000102';
const PIN = '4071';
const COMMENT = 'Patient asks for a morning';
const MINUTE = 60_000;
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const html = () => desk.page.evaluate(() => document.documentElement.outerHTML);
const draft = () => desk.page.locator('.review textarea').inputValue();
const signIns = () => desk.line.sent.filter(({ path }) => path.startsWith('/training/')).length;

function isDeferrable(ubrn: string): boolean {
  const { world } = desk.service;
  const { nhsNumber, state, shortlist } = world.referral(ubrn);
  const isPlain = world.findPatient(nhsNumber)?.record === 'normal' && shortlist.length === 1;
  return isPlain && state === 'NOT_BOOKED' && world.findScene('no-slots').includes(ubrn);
}

/** A deferral under review, with a comment typed and not committed. */
async function typeDeferral(): Promise<string> {
  await goToWorklist(desk);
  const ubrn = await desk.selectBefore(isDeferrable);
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.shows(/e-RS has no free slots/);
  await desk.press('Shift+F8');
  await desk.shows(/NOT DEFERRED until/);
  await desk.page.locator('.review textarea').focus();
  await desk.type(COMMENT);
  return ubrn;
}

async function isBack(): Promise<void> {
  await desk.shows(/NOT DEFERRED until[\s\S]*What you typed is here again/);
  await desk.page.locator('.review textarea').waitFor();
  expect(await draft()).toBe(COMMENT);
}

it('keeps what was typed through a lock, opens by the PIN offline, and locks by itself', async () => {
  desk = await openClerkDesk({ seed, policies: { idleLockMinutes: 10 } });
  await readWorklist(desk);
  await desk.press('Alt+P');
  await desk.shows(/You have no desk PIN/);
  await desk.type(PIN);
  await desk.press('Tab');
  await desk.type(PIN);
  await desk.press('Enter');
  await desk.shows(/Desk PIN set/);
  const ubrn = await typeDeferral();
  desk.line.pull();
  await desk.press('Ctrl+L');
  await desk.shows(/Desk PIN of Alex Clerk/);
  expect(await html()).not.toMatch(new RegExp(`${COMMENT}|${ubrn}`));
  const before = signIns();
  await desk.page.locator('#desk-pin').waitFor();
  await desk.type('1704');
  await desk.press('Enter');
  await desk.shows(/Wrong PIN\. 4 attempts left/);
  desk.clock.pass(2_000);
  await desk.type(PIN);
  await desk.press('Enter');
  await isBack();
  expect(signIns()).toBe(before);

  desk.clock.pass(9 * MINUTE + 10_000);
  await desk.shows(/Are you still there\?[\s\S]*The desk locks in \d\d seconds/);
  await desk.press('x');
  await desk.page.locator('.idle-warning__time').waitFor({ state: 'detached' });
  expect(await draft()).toBe(COMMENT);
  desk.clock.pass(9 * MINUTE + 10_000);
  await desk.shows(/The desk locks in/);
  desk.clock.pass(MINUTE);
  await desk.shows(/Desk locked/);
  expect(await html()).not.toContain(COMMENT);

  // Somebody else gets a desk of their own.
  desk.line.plugIn();
  desk.seatNext(SAM);
  await desk.page.locator('#desk-pin').waitFor();
  await desk.press('Tab', 'Tab', 'Enter');
  await desk.shows(/Signed in as Sam Okafor/);
  await desk.chooseRole(/Referring clinician admin/i);
  await desk.shows(/\d+ referrals, read/);
  expect(await html()).not.toMatch(new RegExp(`${COMMENT}|Back where you were|Alex Clerk`));
});

it('ends or goes on with the card as the site says, and goes on where the session died', async () => {
  const policies: { cardRemoval: NonNullable<SitePolicies['cardRemoval']> } = { cardRemoval: 'nothing' };
  desk = await openClerkDesk({ seed, policies });
  await readWorklist(desk);
  const booking = await openSlots(desk, plainlyBookable(desk.service));
  const slotId = await waitForSlot(desk);
  await desk.press('Enter');
  desk.removeCard();
  policies.cardRemoval = 'lock';
  expect(await desk.text()).not.toMatch(/Desk locked/);
  desk.removeCard();
  await desk.shows(/Desk locked/);
  expect(await html()).not.toContain(booking);
  await desk.press('Enter');
  await desk.shows(/Back where you were/);
  await desk.shows(/Chosen: /);
  expect(await focusedSlot(desk)).toBe(slotId);

  policies.cardRemoval = 'end-session';
  const ubrn = await typeDeferral();
  desk.removeCard();
  await desk.shows(/Desk locked[\s\S]*Your smartcard was removed: your session has ended/);
  expect(await html()).not.toContain(COMMENT);
  await desk.press('Enter');
  await isBack();

  // The session dies under the clerk's hands: noticed by the next call, whatever it is.
  desk.service.faults.add({ on: { id: 'A008' }, do: { kind: 'expire-credentials' } });
  const sender = { isTrusted: true, place: 'test' };
  await desk.app.handle('worklist/fetch', { kind: 'AWAITING_BOOKING' }, sender);
  await desk.shows(/Your e-RS session ended without notice/);
  await desk.press('Escape');
  await desk.shows(/Enter signs in again/);
  await desk.press('Enter');
  await desk.page.locator('.desk-overlay').waitFor({ state: 'detached' });
  expect(await draft()).toBe(COMMENT);
  await desk.page.locator('.review__digits input').focus();
  await desk.type(spokenDigits(desk.service, ubrn));
  await desk.press('Ctrl+Enter');
  await desk.shows(/Deferred to provider/);
  expect(desk.service.calls.count('A016', { ubrn })).toBe(1);
  desk.system('suspended');
  await desk.shows(/Desk locked/);
});

it('locks while a booking is in flight: nothing of it in the page, its end recorded, and for its person alone', async () => {
  desk = await openClerkDesk({ seed });
  await readWorklist(desk);
  const ubrn = await openSlots(desk, plainlyBookable(desk.service));
  // e-RS books at once and answers a minute later.
  desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'delay', ms: MINUTE, at: 'after' } });
  const slotId = await commitSlot(desk, ubrn);
  await desk.shows(/NOT CONFIRMED/);
  await vi.waitFor(() => expect(postsOnTheWire(desk)).toBe(1), { timeout: 30_000 });

  const { nhsNumber } = desk.service.world.referral(ubrn);
  const patient = desk.service.world.findPatient(nhsNumber);
  const secrets = new Map([
    ['the UBRN', ubrn],
    ['the NHS number', nhsNumber],
    ['the name', `${patient?.family}, ${patient?.given.join(' ')}`],
    ['the address', patient?.address[0] ?? ''],
    ['the slot', slotId],
  ]);
  const found = async () =>
    findInClear(secrets, new Map([['the page', Buffer.from(await html())]])).map(
      (line) => line.split(' in ')[0],
    );
  expect(await found()).toEqual(expect.arrayContaining(['the UBRN', 'the address']));
  await desk.press('Ctrl+L');
  await desk.page.waitForTimeout(1_000);
  expect(await found()).toEqual([]);
  await desk.shows(/Desk locked[\s\S]*An action that was being sent goes on and is recorded/);
  desk.clock.pass(MINUTE);
  await desk.shows(/Nothing is open in the outbox/);
  expect(await found()).toEqual([]);
  expectBookedOnce(desk, ubrn, slotId);

  // Somebody else sees nothing of it, and nothing is sent for them.
  desk.seatNext(SAM);
  await desk.press('Enter');
  await desk.shows(/Signed in as Sam Okafor/);
  await desk.chooseRole(/Referring clinician admin/i);
  await desk.shows(/\d+ referrals, read/);
  await badgeSays(desk, /Outbox empty/);
  await openOutbox(desk);
  expect(await desk.page.locator('[id^="outbox-row-"]').count()).toBe(0);
  expect(await desk.text()).not.toMatch(BOOKED);
  await desk.press('Escape', 'Ctrl+Shift+L');
  await desk.shows(/Sign in to training/);

  desk.seatNext();
  await readWorklist(desk);
  await openOutbox(desk);
  await rowSays(desk, ubrn, /Booked|Done/);
  expect(postsOnTheWire(desk)).toBe(1);
});
