import { afterEach, describe, expect, it, vi } from 'vitest';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 180_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

/** A typed UBRN of an ordinary patient, and the details that their caller knows. */
function someone() {
  const { world } = desk.service;
  const ubrn = world.findScene('bookable').find(plainlyBookable(desk.service)) ?? '';
  const { nhsNumber } = world.referral(ubrn);
  const patient = world.findPatient(nhsNumber);
  return {
    ubrn,
    nhsNumber,
    family: patient?.family.toUpperCase() ?? '',
    birthDate: patient?.birthDate ?? '',
  };
}

describe('a caller who quotes a UBRN', () => {
  it('is booked in at most 30 presses, after a second identifier', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals, read/);
    const { ubrn, nhsNumber } = someone();
    desk.resetCount();
    await desk.press('F2');
    await desk.type(ubrn);
    await desk.press('Enter');
    await desk.shows(/last 4 digits/);
    await desk.type(nhsNumber.slice(-4));
    await desk.press('Enter');
    await desk.shows(/Shortlist/);
    await desk.press('F7');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    console.log(`caller with a UBRN: ${desk.pressed()} presses`);
    expect(desk.pressed()).toBeLessThanOrEqual(30);
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });

  it('never shows another patient for one wrong digit', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn(/Referring clinician(?! admin)/i);
    // A desk that has read no list knows nobody: every UBRN meets the question.
    const { world } = desk.service;
    const { ubrn, nhsNumber } = someone();
    const neighbours = [...ubrn].flatMap((digit, at) =>
      [...'0123456789']
        .filter((other) => other !== digit)
        .map((other) => ubrn.slice(0, at) + other + ubrn.slice(at + 1)),
    );
    const real = neighbours.filter((candidate) => world.findReferral(candidate) && candidate !== ubrn);
    const wrong = real.find(
      (candidate) => world.referral(candidate).nhsNumber.slice(-4) !== nhsNumber.slice(-4),
    );
    for (const typed of [wrong ?? neighbours[0] ?? '', neighbours[7] ?? '']) {
      await desk.press('F2');
      await desk.type(typed);
      await desk.press('Enter');
      await desk.shows(/[Ll]ast 4 digits/);
      await desk.type(nhsNumber.slice(-4));
      await desk.press('Enter');
      await desk.shows(/does not match|not found|no referral|unknown|UBRN/i);
      // The list beside it names its own patients, of whom one may bear the same name.
      const text = await desk.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[role="dialog"], #banner, #centre')]
          .map(({ innerText }) => innerText)
          .join('\n'),
      );
      const other = world.findReferral(typed);
      const family = other ? world.findPatient(other.nhsNumber)?.family.toUpperCase() : undefined;
      if (family) expect(text).not.toContain(`${family},`);
      expect(text).not.toMatch(/Born\s+\d\d-/);
      await desk.press('Escape', 'Escape');
    }
  });

  it('says why a text is no NHS number', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.press('F2');
    await desk.type('999 123 4567');
    await desk.press('Enter');
    await desk.shows(/not an NHS number: its last digit does not fit/);
  });
});
