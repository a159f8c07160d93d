// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { useSlotsStore } from '../../../src-renderer/features/slots/slots.store.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { DIRECT, INDIRECT, makeReferral, TRIAGE } from '../referral/referral-fakes.ts';
import { answerSlots, makeSearch, makeSlot, makeSlots } from './slot-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

async function openSlots(answers: FakeAnswers = answerSlots(makeSlots(412))): Promise<void> {
  desk = await mountReferral(answers);
  await desk.press('F7');
}
const centre = () => document.querySelector('#centre')?.textContent?.replace(/\s+/g, ' ') ?? '';
const grid = () => document.querySelector('.slot-stage');
const focusedSlot = () => document.getElementById(grid()?.getAttribute('aria-activedescendant') ?? '');
const services = (...shortlist: ReturnType<typeof makeReferral>['shortlist']): FakeAnswers => ({
  'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn, shortlist })),
});

describe('F7', () => {
  it('opens the only bookable service at once, the focus on the first free slot', async () => {
    await openSlots();
    expect(document.activeElement).toBe(grid());
    expect(grid()?.getAttribute('role')).toBe('grid');
    expect(focusedSlot()?.getAttribute('aria-label')).toContain('Monday 30 November 2026, 09:00');
    expect(centre()).toContain('200 of 412 free slots, pages 1-2, read 10:42:10');
  });

  it('waits for the referral when it is still being read, and keeps the arrows pressed meanwhile', async () => {
    let release = (): void => undefined;
    const read = new Promise<void>((resolve) => (release = resolve));
    desk = await mountReferral({
      ...answerSlots(makeSlots(190)),
      'referral/open': async ({ ubrn }) => {
        await read;
        return ok(makeReferral({ ubrn }));
      },
    });
    await desk.press('F7', 'ArrowRight', 'ArrowDown');
    expect(desk.fake.inputsOf('slots/search')).toEqual([]);
    release();
    await desk.settle();
    expect(focusedSlot()?.id).toBe('slot-2026-12-01-0912');
  });

  it('lets the clerk choose among several services and says why some have no slots', async () => {
    const second = { ...DIRECT, serviceId: '11001', name: 'Heart Clinic' };
    await openSlots({ ...answerSlots(makeSlots(20)), ...services(INDIRECT, DIRECT, second, TRIAGE) });
    expect(document.activeElement?.getAttribute('role')).toBe('listbox');
    await desk.press('Home', 'Enter');
    expect(desk.statusLine()).toContain('the patient rings the service');
    await desk.press('ArrowDown', 'ArrowDown', 'Enter');
    expect(desk.fake.inputsOf('slots/search').map((input) => input.serviceId)).toEqual(['11001']);
    expect(document.activeElement).toBe(grid());
    await desk.press('Escape');
    expect(document.activeElement?.getAttribute('role')).toBe('listbox');
  });

  it('goes back with the reason when the referral, once read, cannot be booked', async () => {
    let release = (): void => undefined;
    const read = new Promise<void>((resolve) => (release = resolve));
    desk = await mountReferral({
      'referral/open': async ({ ubrn }) => {
        await read;
        return ok(makeReferral({ ubrn, canBook: 'already-booked' }));
      },
    });
    await desk.press('F7');
    release();
    await desk.settle();
    expect([desk.router.currentRoute.value.name, desk.statusLine()]).toEqual([
      'referral',
      'Slots: the referral is booked already',
    ]);
    expect(desk.fake.inputsOf('slots/search')).toEqual([]);
  });

  it('says why when booking is not possible, and asks e-RS for nothing', async () => {
    desk = await mountReferral({
      'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn, canBook: 'role-cannot-book' })),
    });
    await desk.press('F7');
    expect(desk.statusLine()).toContain('Referring Clinician');
    expect(desk.fake.inputsOf('slots/search')).toEqual([]);
  });
});

describe('keys in week and list', () => {
  it.each(['week', 'list'])('are the same in the %s', async (view) => {
    await openSlots();
    if (view === 'list') await desk.press('F8');
    expect(document.querySelector(view === 'list' ? '.slot-list__body' : '.week')).not.toBeNull();
    await desk.press('ArrowRight', 'ArrowDown', 'ArrowDown');
    expect(focusedSlot()?.id).toBe('slot-2026-12-01-0924');
    await desk.press('End');
    expect(focusedSlot()?.id).toBe('slot-2026-12-01-1624');
    await desk.press('ArrowDown');
    expect(desk.statusLine()).toContain('last free time of the day');
    await desk.press('Home', 'ArrowLeft', 'PageDown');
    expect(focusedSlot()?.id).toBe('slot-2026-12-07-0900');
    await desk.press('Ctrl+Home');
    expect(focusedSlot()?.id).toBe('slot-2026-11-30-0900');
    expect(document.activeElement).toBe(grid());
  });

  it('choose by Enter and pin by Space, with a script for the caller', async () => {
    await openSlots();
    await desk.press('Enter', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ');
    expect(desk.statusLine()).toContain('3 slots are pinned already');
    expect(document.querySelector('[aria-selected="true"].slot')?.id).toBe('slot-2026-11-30-0900');
    expect(centre()).toContain(
      'I can offer Monday 30 November 2026 at 9am, Monday 30 November 2026 at 9:12am or',
    );
    expect(centre()).toContain('Chosen: Mon 30-Nov-2026 09:00. NOT BOOKED.');
  });

  it('jump to a day and say when nothing fits there', async () => {
    await openSlots();
    await desk.press('Ctrl+G');
    await desk.type('5/12');
    await desk.press('Enter');
    expect(focusedSlot()?.id).toBe('slot-2026-12-07-0900');
    expect(desk.statusLine()).toContain(
      'Nothing fits on Sat 05-Dec-2026. The next is Mon 07-Dec-2026 09:00.',
    );
    expect(document.activeElement).toBe(grid());
    await desk.press('Ctrl+G');
    await desk.type('soon');
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('Type a day such as 14/2');
  });
});

describe('what is shown', () => {
  it('has the zone on each slot in the week of a clock change, and no zone else', async () => {
    await openSlots(answerSlots([makeSlot('2027-03-25', 9, 0), makeSlot('2027-04-01', 9, 0)]));
    expect(focusedSlot()?.textContent).toContain('09:00 GMT');
    await desk.press('PageDown');
    expect(focusedSlot()?.textContent).not.toMatch(/GMT|BST/);
  });

  it('flags unusual times in words and shows what the service says', async () => {
    await openSlots(
      answerSlots([makeSlot('2027-01-05', 3, 0, { isUnusual: true })], {
        instructions: '03:00 is a dummy: do not attend',
      }),
    );
    expect(focusedSlot()?.getAttribute('aria-label')).toMatch(/unusual/i);
    expect(focusedSlot()?.querySelector('.slot__unusual')).not.toBeNull();
    expect(centre()).toContain("Unusual time: check the service's instructions");
    expect(centre()).toContain('03:00 is a dummy: do not attend');
  });

  it('filters the loaded slots and never words that as "no slots"', async () => {
    await openSlots();
    await desk.press('F4');
    const part = document.activeElement as HTMLSelectElement;
    part.value = 'pm';
    part.dispatchEvent(new Event('change'));
    await desk.settle();
    expect(focusedSlot()?.id).toBe('slot-2026-11-30-1200');
    useSlotsStore().filters = { part: 'pm', weekdays: [7], clinician: null };
    await desk.settle();
    expect(centre()).toContain('None of the 200 slots read fits the filters (PM, Sun)');
    expect(centre()).not.toContain('no free slots');
  });

  it('words a true empty answer with service, priority and time', async () => {
    await openSlots(answerSlots([]));
    expect(centre()).toContain(
      `e-RS has no free slots at ${DIRECT.name} for priority Routine, read 10:42:10.`,
    );
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('never words an error as "no slots" (hazard 9)', async () => {
    await openSlots({ 'slots/search': () => fail('unavailable', 'SYSTEM_UNAVAILABLE', {}, 'corr-3') });
    expect(centre()).toContain('e-RS is not available just now');
    expect(centre()).toContain('there may be free times all the same');
    expect(centre()).not.toMatch(/no (free )?slots/i);
  });

  it('keeps the slots when a further page fails, with the problem and their time', async () => {
    await openSlots({ ...answerSlots(makeSlots(412)), 'slots/read-page': () => fail('offline', '') });
    expect(centre()).toContain('100 of 412 free slots, page 1');
    expect(centre()).toMatch(/As of 10:42:10, .*: these slots may have changed since\./);
    expect(focusedSlot()).not.toBeNull();
  });

  it('asks again when the priority changes, and says so', async () => {
    await openSlots({
      ...answerSlots(makeSlots(20)),
      'slots/search': ({ ubrn, priority }) =>
        ok(makeSearch(makeSlots(20), { ubrn, priority: priority ?? 'ROUTINE' })),
    });
    const select = document.querySelector<HTMLSelectElement>('#slots-priority');
    if (select === null) throw new Error('no priority');
    select.value = 'URGENT';
    select.dispatchEvent(new Event('change'));
    await desk.settle();
    expect(desk.fake.inputsOf('slots/search').map((input) => input.priority)).toEqual([null, 'URGENT']);
    await desk.press('F5');
    expect(desk.fake.inputsOf('slots/search').at(-1)?.priority).toBe('URGENT');
  });
});
