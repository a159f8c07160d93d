import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import type { AdviceSceneName } from '../../src-main/training-service/world/advice-model.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const CLINICIAN = /Service provider clinician(?! admin)/i;
const REFERRER = /Referring clinician(?! admin)/i;
/** Past the first of the planned read-backs. */
const FIRST_READ_BACK_MS = 11_000;
const ADVICE = 'An echo first, then write again.';
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const strike = (id: string, effect: FaultEffect) => desk.service.faults.add({ on: { id }, do: effect });
const scene = (name: AdviceSceneName, at = 0) => desk.service.world.findAdviceScene(name)[at] ?? '';

/** Day and month of birth, as they stand on the patient's papers. */
function birthDigits(nhsNumber: string): string {
  const birth = desk.service.world.findPatient(nhsNumber)?.birthDate ?? '';
  return birth.slice(8, 10) + birth.slice(5, 7);
}
const digitsOf = (ubrn: string) => birthDigits(desk.service.world.advice(ubrn).nhsNumber);

/** The list, with the row of the request chosen by arrow keys. */
async function chooseRow(ubrn: string): Promise<void> {
  await desk.press('Alt+G');
  await desk.page.locator('.item-grid--advice:focus').waitFor();
  await desk.page.locator('.item-grid--advice .item-grid__line').first().waitFor();
  await desk.press('Home');
  const selected = desk.page.locator('.item-grid__line--selected');
  for (let tries = 0; (await selected.getAttribute('id')) !== `advice-row-${ubrn}`; tries++) {
    if (tries > 40) throw new Error('the request is not in the list');
    await desk.press('ArrowDown');
  }
}

async function openRequest(ubrn: string): Promise<void> {
  await chooseRow(ubrn);
  await desk.press('Enter');
  await desk.page.locator('.advice__talk').waitFor();
}

/** The answer from the opened request to Ctrl+Enter, with the focus moved as Tab would. */
async function answerWith(ubrn: string, text = ADVICE): Promise<void> {
  await desk.press('Alt+A');
  await desk.shows(/What you recommend \(required\)/);
  await desk.type(digitsOf(ubrn));
  await desk.press('Tab', 'Tab', 'A', 'Tab');
  await desk.page.locator('.review textarea:focus').waitFor();
  await desk.type(text);
  await desk.press('Ctrl+Enter');
}

describe('the provider’s requests for advice, by keyboard alone', () => {
  it('are read, answered, refused in words, and left alone when they changed', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn(CLINICIAN);
    const ubrn = scene('advice-multi-way');
    await openRequest(ubrn);
    await desk.shows(/Please send the last ECG[\s\S]*full blood count normal/);
    await desk.press('F9');
    await desk.page.locator('[data-drawn="true"]').waitFor();
    await desk.press('Escape');
    await desk.page.locator('.advice__talk').waitFor();

    // Enter never sends; wrong digits send nothing.
    await answerWith(ubrn);
    await desk.shows(/Sent to the referrer/);
    await desk.shows(/An echo first, then write again/);
    expect(desk.service.world.advice(ubrn)).toMatchObject({ category: 'REFERRER_TO_REVIEW_RESPONSE' });
    expect(desk.service.calls.count('A026', { ubrn })).toBe(1);

    const refused = scene('advice-waiting', 0);
    await openRequest(refused);
    strike('A026', { kind: 'status', status: 422, code: 'INVALID_REQUEST_STATE' });
    await answerWith(refused);
    await desk.shows(/NOT SENT: refused/);
    await desk.shows(/no longer with the provider/);

    const changed = scene('advice-waiting', 1);
    await openRequest(changed);
    await desk.press('Alt+A');
    await desk.shows(/What you recommend \(required\)/);
    await desk.press('Enter');
    await desk.shows(/Enter does not send/);
    desk.service.world.writeByReferrer(changed, 'The patient is worse.');
    await desk.type(digitsOf(changed));
    await desk.press('Tab', 'Tab', 'A', 'Tab');
    await desk.type(ADVICE);
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT SENT: the referral has changed|NOT SENT[\s\S]*changed/);
    expect(desk.service.calls.count('A026', { ubrn: changed })).toBe(0);
    await desk.press('F5');
    await desk.shows(/The patient is worse/);
    await desk.press('Alt+A');
    await desk.shows(/What you recommend \(required\)/);
    await vi.waitFor(async () =>
      expect(await desk.page.locator('.review textarea').inputValue()).toBe(ADVICE),
    );

    const forbidden = scene('advice-not-authorised');
    await desk.press('Escape');
    await openRequest(forbidden);
    await desk.press('Alt+C');
    await desk.shows(/the referrer has not allowed the provider to make a referral/);
  });

  it('finds out what became of a lost answer, keeps a text behind the lock, and makes a referral', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn(CLINICIAN);
    const lost = scene('advice-waiting', 2);
    await openRequest(lost);
    strike('A026', { kind: 'drop-after' });
    await answerWith(lost);
    await desk.shows(/NOT CONFIRMED: the answer may have been sent/);
    desk.clock.pass(FIRST_READ_BACK_MS);
    await desk.shows(/Sent to the referrer/);
    expect(desk.service.calls.count('A026', { ubrn: lost })).toBe(1);

    const ubrn = scene('advice-waiting', 3);
    await openRequest(ubrn);
    await desk.press('Alt+C');
    await desk.shows(/Instruction for your admin team/);
    await desk.type(digitsOf(ubrn));
    await desk.press('Tab');
    await desk.type('We will see the patient.');
    await desk.press('Tab');
    await desk.type('Heart failure clinic, soon');
    await desk.press('Ctrl+Enter');
    await desk.shows(/Made a referral/);
    expect(desk.service.world.referral(ubrn)).toMatchObject({ state: 'TRIAGED_PROVIDER_TO_ACTION' });
    expect(desk.service.world.advice(ubrn).category).toBe('ADVICE_CONVERTED');

    const locked = scene('advice-waiting', 4);
    await openRequest(locked);
    await desk.press('Alt+A');
    await desk.shows(/What you recommend \(required\)/);
    await desk.page.locator('.review textarea').focus();
    await desk.type(ADVICE);
    await desk.press('Escape');
    await desk.shows(/NOT SENT: closed/);
    await desk.press('Ctrl+L');
    await desk.shows(/[Ll]ocked/);
    expect(await desk.page.content()).not.toContain(ADVICE);
    await desk.press('Enter');
    await desk.page.locator('.advice__talk').waitFor();
    await desk.press('Alt+A');
    await desk.shows(/What you recommend \(required\)/);
    await vi.waitFor(async () =>
      expect(await desk.page.locator('.review textarea').inputValue()).toBe(ADVICE),
    );
  });
});

describe('a referrer’s requests for advice', () => {
  it('asks a service, shows it on the own list, and never sends twice what got no answer', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn(REFERRER);
    const { world } = desk.service;
    const patient = world.patients.find(({ key, record }) => key === '' && record === 'normal');
    if (patient === undefined) throw new Error('the world has no ordinary patient');
    const { nhsNumber, birthDate } = patient;
    const born = `${birthDate.slice(8, 10)}${birthDate.slice(5, 7)}${birthDate.slice(0, 4)}`;

    async function fill(): Promise<void> {
      await desk.press('Alt+G');
      await desk.shows(/e-RS has no list of them for referrers/);
      await desk.press('Alt+N');
      await desk.page.locator('input:focus').waitFor();
      await desk.type(nhsNumber);
      await desk.press('Tab');
      await desk.type(born);
      await desk.press('Enter');
      await desk.shows(/Born\s+\d\d-/);
      await desk.page.locator('form[aria-label="Service"] select').first().selectOption('CARDIOLOGY');
      await desk.page.locator('form[aria-label="Service"] button').focus();
      await desk.press('Enter');
      await desk.shows(/Which service/);
      await desk.page.locator('section[aria-label="Question"] textarea').focus();
      await desk.type('Is an echo needed first?');
      await desk.press('F7');
      await desk.shows(/Ask this service for advice\?/);
      await desk.type(birthDigits(nhsNumber));
      await desk.press('Ctrl+Enter');
    }

    const before = world.listAdvice().length;
    await fill();
    await desk.shows(/Asked for advice/);
    expect(world.listAdvice().length).toBe(before + 1);
    await desk.press('Escape');
    await desk.page.locator('.item-grid--advice .item-grid__line').first().waitFor();
    await desk.press('Enter');
    await desk.shows(/Is an echo needed first\?/);
    await desk.press('Alt+A');
    await desk.shows(/your role cannot answer/);

    strike('A044', { kind: 'drop-after' });
    await fill();
    await desk.shows(/same service/);
    await desk.shows(/look at what was asked already/);
    await desk.press('Tab', 'Space', 'Ctrl+Enter');
    await desk.shows(/NOT CONFIRMED/);
    desk.clock.pass(300_000);
    await vi.waitFor(() => expect(desk.service.calls.count('A044')).toBe(2));
  });
});
