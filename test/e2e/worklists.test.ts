import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 180_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

const PROVIDER = /Service provider clinician(?! admin)/i;

/** The referrals of the rows in view, by their UBRN. */
const rowsInView = (): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll('[id^="worklist-row-"]')].map(({ id }) => id.replace('worklist-row-', '')),
  );

/** Waits for one service without a free slot, and is of an ordinary patient. */
function isPlainlyDeferrable(ubrn: string): boolean {
  const { world } = desk.service;
  const { nhsNumber, state, shortlist } = world.referral(ubrn);
  const isNormal = world.findPatient(nhsNumber)?.record === 'normal';
  const isAlone = state === 'NOT_BOOKED' && shortlist.length === 1;
  return world.findScene('no-slots').includes(ubrn) && isNormal && isAlone;
}

/** How many referrals the facts say are shown, and of how many. */
async function counts(): Promise<{ readonly shown: number; readonly all: number }> {
  const [, shown = '', all = shown] =
    /([\d,]+)(?: of ([\d,]+))? referrals?, read/.exec(await desk.text()) ?? [];
  return { shown: Number(shown.replace(',', '')), all: Number((all || shown).replace(',', '')) };
}

/** Which of the rows that have the words was found, and how many there are. */
async function found(): Promise<readonly [number, number]> {
  await desk.shows(/Found: \d+ of \d+ rows/);
  const [, place = '', places = ''] = /Found: (\d+) of (\d+) rows/.exec(await desk.text()) ?? [];
  return [Number(place), Number(places)];
}

describe('the referrer’s lists by keyboard alone', () => {
  it('each opens with its count, and those of the other desk say whose they are', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    for (const [key, title] of [
      ['Ctrl+2', 'Letters Outstanding'],
      ['Ctrl+3', 'Rejected / Triage Response'],
      ['Ctrl+4', 'Returned / Cancelled / DNA'],
      ['Ctrl+7', 'Watch'],
      ['Ctrl+8', 'Letters to print'],
      ['Ctrl+9', 'Recently used'],
      ['Ctrl+U', 'Due today'],
    ] as const) {
      await desk.press(key);
      await desk.shows(new RegExp(`${title}: [\\d,]+ referrals?`));
    }
    await desk.press('Ctrl+5');
    await desk.shows(/Appointment Slot Issues needs a service provider role/);
    expect(desk.pageErrors).toEqual([]);
  });

  it('hides what cannot be booked now until F8, filters by columns and finds in view', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/deferred or at triage hidden: F8 shows them/);
    const { shown, all } = await counts();
    const withProvider = (ubrn: string) =>
      ['DEFERRED_TO_PROVIDER', 'AWAITING_TRIAGE'].includes(desk.service.world.referral(ubrn).state);
    expect((await rowsInView()).filter(withProvider)).toEqual([]);
    await desk.press('F8');
    await desk.shows(/F8 hides it/);
    expect(await counts()).toEqual({ shown: all, all });
    await desk.press('F4', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    await desk.type('deferred');
    await eventually(async () => expect((await rowsInView()).every(withProvider)).toBe(true));
    const deferred = await counts();
    expect(deferred.shown).toBeGreaterThan(0);
    expect(deferred.shown).toBeLessThanOrEqual(all - shown);
    await desk.press('Escape');
    await desk.shows(new RegExp(`${all} referrals, read`));
    await desk.press('Ctrl+F');
    await desk.type('deferred');
    await desk.press('Enter');
    const [place, places] = await found();
    expect(places).toBeGreaterThanOrEqual(deferred.shown);
    expect(desk.service.world.referral(await desk.selected()).state).toBe('DEFERRED_TO_PROVIDER');
    await desk.press('F3');
    await desk.shows(new RegExp(`Found: ${(place % places) + 1} of ${places} rows`));
  });

  it('keeps a filter under a name and brings it back, also after a lock', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    await desk.press('F4');
    await desk.type('cardio');
    await desk.press('Enter', 'Ctrl+S');
    await desk.shows(/No filter of this list has a name yet/);
    await desk.type('Hearts');
    await desk.press('Enter');
    await desk.shows(/Filter “Hearts” kept/);
    await desk.press('Ctrl+L');
    await desk.shows(/Desk locked/);
    await desk.press('Enter');
    await desk.shows(/\d+ of \d+ referrals?, read/);
    const unfiltered = await counts();
    await desk.press('Ctrl+S');
    await desk.shows(/Hearts – “cardio”/);
    await desk.press('Enter');
    await desk.shows(/Filter “Hearts”: \d+ of \d+ rows/);
    expect((await counts()).shown).toBeLessThan(unfiltered.shown);
    await desk.press('Ctrl+S');
    await desk.shows(/Hearts – “cardio”/);
    await desk.press('Delete');
    await desk.shows(/No filter of this list has a name yet/);
  });

  it('watches marked rows, lists what was used, and sorts without losing the row', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    const [, second = '', third = '', fourth = ''] = await rowsInView();
    await desk.press('ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'Shift+Space');
    await desk.shows(/3 marked/);
    await desk.press('Ctrl+M');
    await desk.shows(/3 referrals put on Watch/);
    await desk.press('Shift+F4');
    await desk.page.locator('[role="dialog"] [role="option"][data-highlighted]').waitFor();
    await desk.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await desk.shows(/Sorted by NHS number, upwards/);
    expect(await desk.selected()).toBe(fourth);
    await desk.press('Ctrl+7');
    await desk.shows(/Watch: 3 referrals/);
    expect((await rowsInView()).toSorted()).toEqual([second, third, fourth].toSorted());
    const opened = await desk.selected();
    await desk.press('Enter');
    await desk.shows(/Shortlist/);
    await desk.press('Ctrl+9');
    await eventually(async () => expect(await rowsInView()).toEqual([opened]));
    await desk.press('Escape');
    await desk.press('Ctrl+7');
    await desk.shows(/Watch: 3 referrals/);
    await desk.press('Ctrl+M');
    await desk.shows(/1 referral taken off Watch/);
    await desk.shows(/2 referrals, read/);
  });

  it('goes from a booked referral to the next row by one key', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    const ubrn = await desk.selectBefore(plainlyBookable(desk.service));
    await desk.press('ArrowDown', 'Enter', 'F7');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    await desk.press('Enter', 'Shift+F7');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
    await desk.shows(/Letters to print \(1\)/);
    await desk.press('Alt+ArrowDown');
    await eventually(async () => expect(await desk.selected()).not.toBe(ubrn));
    const next = await desk.selected();
    await desk.shows(new RegExp(`Referral ${next.replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3')}`));
  });
});

describe('a deferred referral', () => {
  it('is on Watch with the day by which the provider contacts the patient', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    const ubrn = await desk.selectBefore(isPlainlyDeferrable);
    await desk.press('ArrowDown', 'Enter', 'F7');
    await desk.shows(/e-RS has no free slots/);
    await desk.press('Shift+F8');
    await desk.shows(/day and month of birth/);
    await desk.type(spokenDigits(desk.service, ubrn));
    await desk.press('Ctrl+Enter');
    await desk.shows(/Deferred to provider/);
    await desk.shows(/contacts the patient on or before (Mon|Tue|Wed|Thu|Fri) \d\d-/);
    await desk.press('Escape', 'Escape', 'Ctrl+7');
    await desk.shows(/Watch: 1 referral/);
    expect(await rowsInView()).toEqual([ubrn]);
    await desk.shows(/Deferred to provi[\s\S]*\d\d-[A-Z][a-z]{2}-\d{4}/);
  });
});

describe('the provider’s lists by keyboard alone', () => {
  it('open, are narrowed by e-RS to a service, and are read whole again', async () => {
    desk = await openClerkDesk({ seed });
    await desk.signIn(PROVIDER);
    await desk.shows(/\d+ referrals?, read/);
    const whole = await counts();
    const { world } = desk.service;
    const ubrns = await rowsInView();
    const serviceOf = (ubrn: string) =>
      world.appointmentOf(ubrn)?.serviceId ?? world.referral(ubrn).shortlist[0] ?? '';
    const serviceId = serviceOf(ubrns[0] ?? '');
    await desk.press('Shift+F5');
    await desk.shows(/Service id/);
    await desk.type(serviceId);
    await desk.press('Enter');
    await desk.shows(new RegExp(`Narrowed by e-RS to service ${serviceId}`));
    expect((await rowsInView()).map(serviceOf).every((id) => id === serviceId)).toBe(true);
    expect((await counts()).shown).toBeLessThan(whole.shown);
    await desk.press('Shift+F5');
    await desk.shows(/Service id/);
    await desk.press('Control+a', 'Backspace', 'Enter');
    await desk.shows(new RegExp(`${whole.shown} referrals, read`));
    await desk.press('Ctrl+6');
    await desk.shows(/Referrals for Review: \d+ referrals/);
    await desk.press('Ctrl+1');
    await desk.shows(/Awaiting Booking needs a referring role/);
    expect(desk.pageErrors).toEqual([]);
  });
});

describe('tasks', () => {
  it('a ring-back is noted from an open referral, is due at its time, and is finished with an outcome', async () => {
    desk = await openClerkDesk({ seed, now: '2026-11-23T10:40:00Z' });
    await desk.signIn();
    await desk.shows(/\d+ referrals?, read/);
    await desk.press('ArrowDown', 'Enter');
    await desk.shows(/Shortlist/);
    const ubrn = await desk.selected();
    await desk.press('Ctrl+B');
    await desk.shows(/Ring back/);
    await desk.type('Wants a Friday');
    await desk.press('Tab');
    await desk.type('10:45');
    await desk.press('Enter');
    await desk.shows(/Ring-back noted for Mon 23-Nov-2026 10:45/);
    await desk.shows(/Tasks 1/);
    desk.clock.pass(6 * 60_000);
    await desk.shows(/Tasks 1, 1 due/);
    await desk.press('Ctrl+T');
    await desk.shows(/today 10:45/);
    await desk.shows(/Wants a Friday/);
    await desk.press('Enter');
    await desk.shows(new RegExp(`Referral ${ubrn.replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3')}`));
    await desk.press('Ctrl+T', 'Delete');
    await desk.shows(/What became of it\?/);
    await desk.press('Enter');
    await desk.shows(/Enter does not finish the task/);
    await desk.press('ArrowDown', 'Ctrl+Enter');
    await desk.shows(/Task finished: Done/);
    await desk.shows(/No tasks/);
    expect(desk.service.calls.count('A016')).toBe(0);
  });
});
