import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { BOOKED } from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const CLINICIAN = /Service provider clinician(?! admin)/i;
const ADMIN = /Service provider clinician admin/i;
/** Past the first of the planned read-backs. */
const FIRST_READ_BACK_MS = 11_000;
const COMMENT = 'Rebook in June';
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

/** A referral of a scene whose patient is an ordinary one and whose appointment is still to come. */
function ofScene(scene: SceneName): string {
  const { world } = desk.service;
  const soon = desk.clock.nowMs() + 86_400_000;
  const found = world.findScene(scene).find((ubrn) => {
    const { nhsNumber, appointment } = world.referral(ubrn);
    const isToCome = appointment?.startMs == null || appointment.startMs > soon;
    return world.findPatient(nhsNumber)?.record === 'normal' && isToCome;
  });
  if (found === undefined) throw new Error(`no ordinary referral shows ${scene}`);
  return found;
}

const strike = (id: string, effect: FaultEffect) => desk.service.faults.add({ on: { id }, do: effect });
const sentOnce = (id: string, ubrn: string) => expect(desk.service.calls.count(id, { ubrn })).toBe(1);
const focusIn = (selector: string) => desk.page.locator(`.review ${selector}`).focus();

/** Referrals for Review with the selection above a referral of the scene; presses are counted from there. */
async function standForReview(scene: SceneName): Promise<string> {
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
  const wanted = ofScene(scene);
  const ubrn = await desk.selectBefore((candidate) => candidate === wanted);
  desk.resetCount();
  return ubrn;
}

/** From the list's row to Ctrl+Enter, as a clerk types it. */
async function cancelLater(ubrn: string, ...answers: readonly string[]): Promise<void> {
  await desk.press('ArrowDown', 'Enter', 'Shift+F9');
  await desk.shows(/Comment for the admin team/);
  await desk.type(spokenDigits(desk.service, ubrn));
  await desk.press('Tab');
  await desk.type(COMMENT);
  await desk.press(...answers, 'Ctrl+Enter');
}

async function openLaterDesk(role = CLINICIAN): Promise<void> {
  desk = await openClerkDesk({ seed });
  await desk.signIn(role);
}

/** The referrer's desk with a referral open that a caller names by its UBRN. */
async function openNamed(scene: SceneName): Promise<string> {
  desk = await openClerkDesk({ seed });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  const ubrn = ofScene(scene);
  await desk.press('F2');
  await desk.type(ubrn);
  await desk.press('Enter');
  await desk.shows(/last 4 digits/);
  await desk.type(desk.service.world.referral(ubrn).nhsNumber.slice(-4));
  await desk.press('Enter');
  await desk.shows(/Shortlist/);
  return ubrn;
}

/** Chooses a reason by its first letter, gives the patient's digits and commits. */
async function commitReason(ubrn: string): Promise<void> {
  await desk.shows(/Reason \(required\)/);
  await desk.type(spokenDigits(desk.service, ubrn));
  await focusIn('[role="listbox"]');
  await desk.press('p', 'Ctrl+Enter');
}

describe('cancel, action later, by keyboard alone', () => {
  it('takes at most ten presses plus the comment, and e-RS holds it', async () => {
    await openLaterDesk();
    const ubrn = await standForReview('booked-for-review');
    await cancelLater(ubrn);
    await desk.shows(/Cancelled, to be acted on later/);
    const presses = desk.pressed() - COMMENT.length;
    console.log(`cancel later: ${presses} presses plus the comment`);
    expect(presses).toBeLessThanOrEqual(10);
    expect(desk.service.world.referral(ubrn).state).toBe('TRIAGED_PROVIDER_TO_ACTION');
    sentOnce('A022', ubrn);
    await desk.shows(/Rebook in the e-RS web application/);
  });

  it('for a clinician: three presses change the role, the header and the panel say for whom, No names the PAS list', async () => {
    await openLaterDesk(ADMIN);
    await desk.shows(/For which clinician do you act/);
    await desk.press('Enter');
    await desk.shows(/On behalf of:?\s+for /);
    await desk.press('Alt+R');
    await desk.chooseRole(CLINICIAN);
    await desk.shows(/On behalf of:?\s+no one/);
    desk.resetCount();
    await desk.press('Alt+R');
    await desk.page.locator('[role="option"][data-highlighted]').waitFor();
    await desk.press('Enter');
    await desk.shows(/For which clinician do you act/);
    await desk.page.locator('.clinician-chooser [role="option"][data-highlighted]').waitFor();
    await desk.press('Enter');
    await desk.shows(/On behalf of:?\s+for /);
    expect(desk.pressed()).toBeLessThanOrEqual(3);
    const ubrn = await standForReview('review-indirectly');
    await cancelLater(ubrn, 'Alt+N');
    await desk.shows(/Cancelled, to be acted on later/);
    await desk.shows(/Have it cancelled in the PAS/);
    const presses = desk.pressed() - COMMENT.length;
    console.log(`cancel later, booked indirectly: ${presses} presses plus the comment`);
    expect(presses).toBeLessThanOrEqual(10);
    sentOnce('A022', ubrn);
  });

  it('says in words what e-RS refuses', async () => {
    await openLaterDesk();
    const ubrn = await standForReview('booked-for-review');
    strike('A022', { kind: 'status', status: 422, code: 'INVALID_REQUEST_STATE' });
    await cancelLater(ubrn);
    await desk.shows(/NOT CANCELLED: refused/);
    await desk.shows(/not on .Referrals for Review. any more/);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });

  it('does not cancel what a second clerk changed, keeps the text and compares in three columns', async () => {
    await openLaterDesk();
    const ubrn = await standForReview('booked-for-review');
    await desk.press('ArrowDown', 'Enter', 'Shift+F9');
    await desk.shows(/Comment for the admin team/);
    desk.service.world.touch(ubrn);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Tab');
    await desk.type(COMMENT);
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT CANCELLED: the referral has changed/);
    expect(desk.service.calls.count('A022', { ubrn })).toBe(0);
    await desk.press('F12');
    await desk.page.locator('[data-pane="outbox"]').waitFor();
    await desk.press('Enter');
    await desk.shows(/Now, read \d\d:\d\d:\d\d/);
    await desk.press('Escape', 'F12', 'Shift+F9');
    await desk.shows(/Comment for the admin team/);
    expect(await desk.page.locator('.review textarea').inputValue()).toBe(COMMENT);
  });

  it('finds out by itself what became of a lost reply, with one request', async () => {
    await openLaterDesk();
    const ubrn = await standForReview('booked-for-review');
    strike('A022', { kind: 'drop-after' });
    await cancelLater(ubrn);
    await desk.shows(/NOT CONFIRMED: still booked as far as we know/);
    desk.clock.pass(FIRST_READ_BACK_MS);
    await desk.shows(/Cancelled, to be acted on later/);
    sentOnce('A022', ubrn);
  });
});

describe('cancel appointment, by keyboard alone', () => {
  it('is done, and a lost reply is read back', async () => {
    const ubrn = await openNamed('booked-cancellable');
    strike('A034', { kind: 'drop-after' });
    await desk.press('Shift+F11');
    await commitReason(ubrn);
    await desk.shows(/NOT CONFIRMED: still booked as far as we know/);
    desk.clock.pass(FIRST_READ_BACK_MS);
    await desk.shows(/The patient has no appointment/);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('cancelled');
    sentOnce('A034', ubrn);
  });

  it('stays booked as far as we know when the provider’s system says no', async () => {
    const ubrn = await openNamed('booked-cancellable');
    const { serviceId = '' } = desk.service.world.appointmentOf(ubrn) ?? {};
    desk.service.world.setPas(serviceId, { kind: 'unconfirmed' });
    await desk.press('Shift+F11');
    await commitReason(ubrn);
    await desk.shows(/NOT CONFIRMED: still booked as far as we know/);
    await desk.shows(/The provider.s system did not cancel it/);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
    sentOnce('A034', ubrn);
  });

  it('moves to another day: times first, then the old one goes, red until the new one is booked', async () => {
    const ubrn = await openNamed('booked-cancellable');
    await desk.press('Ctrl+F11');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.shows(/goes before the new one is certain/);
    await desk.press('ArrowDown', 'Enter', 'Shift+F11');
    await desk.shows(/the patient has NO APPOINTMENT/);
    await commitReason(ubrn);
    await desk.shows(/NO APPOINTMENT until the new one is booked/);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('cancelled');
    await desk.shows(/e-RS wants the shortlist once more before it books again/);
    await desk.press('Ctrl+F7');
    await desk.shows(/NOT CHANGED yet/);
    await desk.press('Enter');
    await desk.shows(/New shortlist, in this order/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Shortlist changed/);
    await desk.shows(/NO APPOINTMENT until the new one is booked/);
    await desk.page.locator('.move', { hasText: 'wants the shortlist' }).waitFor({ state: 'detached' });
    await desk.press('F7');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/Book this slot/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(BOOKED);
    await desk.page.locator('.move').waitFor({ state: 'detached' });
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });
});

describe('cancel referral, by keyboard alone', () => {
  async function endReferral(ubrn: string): Promise<void> {
    await desk.press('Shift+F12');
    await desk.shows(/END STATE/);
    await commitReason(ubrn);
    await desk.shows(/last 4 digits of the UBRN again/);
    const field = desk.page.locator('.review input[inputmode="numeric"]').nth(1);
    await field.focus();
    await desk.type(ubrn.slice(-4));
    await desk.press('Ctrl+Enter');
  }

  it('ends it, with its appointment, after the UBRN was typed again', async () => {
    const ubrn = await openNamed('booked-cancellable');
    await endReferral(ubrn);
    await desk.shows(/Referral cancelled/);
    expect(desk.service.world.referral(ubrn).state).toBe('CANCELLED_REFERRAL');
    sentOnce('A036', ubrn);
  });

  it('is refused in words, and not done, when a second clerk was there first', async () => {
    const ubrn = await openNamed('booked-cancellable');
    strike('A036', { kind: 'status', status: 422, code: 'INVALID_REQUEST_STATE' });
    await endReferral(ubrn);
    await desk.shows(/NOT CANCELLED: refused/);
    await desk.shows(/may be cancelled or completed already/);
    desk.service.world.cancelByAnother(ubrn);
    await desk.page.locator('.referral[aria-busy="false"]').waitFor();
    await desk.press('F5');
    await desk.shows(/Cancel appointment \(Shift\+F11\): no appointment is booked/);
    expect(desk.service.world.referral(ubrn).state).not.toBe('CANCELLED_REFERRAL');
  });
});
