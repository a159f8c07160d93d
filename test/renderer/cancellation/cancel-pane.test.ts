// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { makeBooking, REVIEW_ID } from '../booking/booking-fakes.ts';
import { answerSlots } from '../slots/slot-fakes.ts';
import { makeReferral } from '../referral/referral-fakes.ts';
import {
  makeAppointmentReview,
  makeCancellable,
  makeCancellation,
  makeLaterReview,
  makeReferralReview,
  mountCancellable,
  OPENED,
} from './cancellation-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const pane = () => document.querySelector('#detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const push = async (changes: Partial<OutboxItem>) => {
  const item = makeCancellation({ ubrn: OPENED, updatedAt: '2026-11-23T10:43:00.000Z', ...changes });
  desk.fake.push('outbox/item-changed', item);
  await desk.settle();
};
const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

async function fill(selector: string, text: string): Promise<void> {
  focus(selector);
  await desk.type(text);
}

/** The patient's digits, which have the focus at first, then Ctrl+Enter. */
async function commit(digits = '0501'): Promise<void> {
  await fill('.review__digits input', digits);
  await desk.press('Ctrl+Enter');
}

describe('cancel, action later', () => {
  it('says for whom, what goes and what it means, without the digits that are asked for', async () => {
    desk = await mountCancellable({
      'cancellation/review-later': ({ ubrn }) =>
        ok(makeLaterReview({ ubrn, onBehalfOf: { userId: '021600556514', label: 'Dr Invented' } })),
    });
    await desk.press('Shift+F9');
    for (const words of [
      'You, for Dr Invented',
      'Tue 05-Jan-2027 14:30',
      'The appointment is cancelled now',
      'rebooking happens in the e-RS web application',
      'Comment for the admin team (required)',
      '2,000 characters left',
      'Unchanged: Routine',
      'Ask the patient for day and month of birth (ddmm)',
    ]) {
      expect(pane()).toContain(words);
    }
    expect(pane()).not.toContain('Cancelled in PAS?');
    expect(document.body.textContent).not.toContain('05-Jan-1961');
    expect((document.activeElement as HTMLInputElement).inputMode).toBe('numeric');
  });

  it('is committed by Ctrl+Enter alone, with its comment and the digits', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F9');
    await desk.type('0501');
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('Enter does not cancel');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('the admin team needs a comment');
    expect(desk.fake.inputsOf('cancellation/commit-later')).toEqual([]);
    await fill('.review textarea', 'Rebook in June');
    await desk.press('Alt+2', 'Ctrl+Enter');
    expect(desk.fake.inputsOf('cancellation/commit-later')).toEqual([
      {
        reviewId: REVIEW_ID,
        digits: '0501',
        comment: 'Rebook in June Please rebook with the same clinician.',
        priority: null,
        isCancelledInPas: null,
      },
    ]);
    expect(document.activeElement?.textContent).toContain('NOT CANCELLED yet: queued');
    await push({ state: 'done' });
    expect(pane()).toContain('Cancelled, to be acted on later');
    expect(pane()).toContain(
      'Tell the patient: “Your appointment on Tuesday 5 January 2027 at 2:30pm is cancelled.',
    );
    expect(desk.fake.inputsOf('referral/reread')).toHaveLength(1);
  });

  it('asks about the PAS where it must, without a default, and says what No brings', async () => {
    desk = await mountCancellable({
      'cancellation/review-later': ({ ubrn }) => ok(makeLaterReview({ ubrn, asksPas: true })),
    });
    await desk.press('Shift+F9');
    expect(document.querySelectorAll('input[type="radio"]:checked')).toHaveLength(0);
    await fill('.review textarea', 'Rebook');
    await commit();
    expect(desk.statusLine()).toContain('Alt+Y or Alt+N');
    await desk.press('Alt+N');
    expect(pane()).toContain('indirectly booked appointments to cancel in PAS');
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('cancellation/commit-later')[0]?.isCancelledInPas).toBe(false);
    await push({ state: 'done' });
    expect(pane()).toContain('Have it cancelled in the PAS.');
  });

  it('shows the effect of another priority and sends it', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F9');
    const select = document.querySelector('.review select') as HTMLSelectElement;
    select.options[1]!.selected = true;
    select.dispatchEvent(new Event('change'));
    await desk.settle();
    expect(pane()).toContain('Effect: Routine becomes Urgent');
    await fill('.review textarea', 'Rebook');
    await commit();
    expect(desk.fake.inputsOf('cancellation/commit-later')[0]?.priority).toBe('URGENT');
  });

  it('keeps the comment when it is closed and when it conflicts, and never the answer about the PAS', async () => {
    desk = await mountCancellable({
      'cancellation/review-later': ({ ubrn }) => ok(makeLaterReview({ ubrn, asksPas: true })),
    });
    await desk.press('Shift+F9');
    await fill('.review textarea', 'Rebook in June');
    await desk.press('Alt+Y', 'Escape', 'Shift+F9');
    const text = () => document.querySelector<HTMLTextAreaElement>('.review textarea')?.value;
    expect(text()).toBe('Rebook in June');
    expect(document.querySelectorAll('input[type="radio"]:checked')).toHaveLength(0);
    await desk.press('Alt+Y');
    await commit();
    await push({ state: 'conflict', code: 'changed-before-sending' });
    expect(pane()).toContain('NOT CANCELLED: the referral has changed');
    expect(pane()).toContain('F12 shows what you saw');
    await desk.press('Shift+F9');
    expect(text()).toBe('Rebook in June');
  });

  it('offline says that it is queued and asks once more', async () => {
    desk = await mountCancellable({
      'cancellation/review-later': ({ ubrn }) => ok(makeLaterReview({ ubrn, isOffline: true })),
    });
    await desk.press('Shift+F9');
    expect(pane()).toContain('Queue this cancellation? NOT CANCELLED');
    expect(pane()).toContain('asks you for one fresh Ctrl+Enter');
  });

  it('takes files, refuses what cannot go, and takes them out again', async () => {
    desk = await mountCancellable({
      'cancellation/add-file': ({ name }) =>
        name.endsWith('.exe')
          ? fail('invalid-input', 'file-type-not-allowed')
          : ok({ fileId: '00000000-0000-4000-8000-0000000000f1', name, bytes: 12 }),
      'cancellation/remove-file': () => ok({}),
    });
    await desk.press('Shift+F9');
    const input = document.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
    const choose = async (...files: File[]) => {
      Object.defineProperty(input, 'files', { configurable: true, value: files });
      input.dispatchEvent(new Event('change'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await desk.settle();
    };
    await choose(
      new File(['hello letter'], 'letter.txt'),
      new File(['x'], 'tool.exe'),
      new File([], 'no.txt'),
    );
    expect(desk.fake.inputsOf('cancellation/add-file').map(({ name, content }) => [name, content])).toEqual([
      ['letter.txt', btoa('hello letter')],
      ['tool.exe', btoa('x')],
    ]);
    expect(pane()).toContain('letter.txt, 12 bytes');
    expect(pane()).toContain('“tool.exe” was not taken: e-RS does not take files of this type');
    expect(pane()).toContain('“no.txt” is empty');
    await choose(new File(['again'], 'LETTER.txt'));
    expect(pane()).toContain('“LETTER.txt” is there already');
    [...document.querySelectorAll<HTMLButtonElement>('.cancel__files button')][0]?.click();
    await desk.settle();
    expect(desk.fake.inputsOf('cancellation/remove-file')).toHaveLength(1);
    expect(pane()).not.toContain('letter.txt, 12 bytes');
  });

  it('closes after wrong digits twice, and with another patient', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F9');
    await fill('.review textarea', 'Rebook');
    await commit('9999');
    expect(pane()).toContain('1 attempt is left');
    await commit('8888');
    expect(pane()).toContain('NOT CANCELLED. The digits were wrong twice');
    await desk.press('Shift+F9');
    expect(pane()).toContain('Cancel now, action later?');
    await desk.router.push({ name: 'referral', params: { ubrn: '000049000002' } });
    await desk.settle();
    expect(document.querySelector('.review')).toBeNull();
  });

  it('forgets everything at a lock', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F9');
    await fill('.review textarea', 'Rebook in June');
    await desk.press('Escape', 'Ctrl+L');
    expect(desk.text()).not.toContain('Rebook in June');
    await desk.press('Enter');
    await desk.press('ArrowDown', 'Enter', 'Shift+F9');
    expect(document.querySelector<HTMLTextAreaElement>('.review textarea')?.value).toBe('');
  });
});

describe('cancel appointment', () => {
  it('takes the reason by its first letters, and a comment where the reason needs one', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F11');
    await desk.type('0501');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('choose the reason first');
    focus('.review [role="listbox"]');
    await desk.press('o');
    expect(document.querySelector('.review [aria-selected="true"]')?.textContent).toContain(
      'Other engagement',
    );
    expect(pane()).toContain('Comment (required)');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('this reason needs a comment');
    focus('.review [role="listbox"]');
    await desk.press('ArrowUp', 'Ctrl+Enter');
    expect(desk.fake.inputsOf('cancellation/commit-appointment')).toEqual([
      { reviewId: REVIEW_ID, digits: '0501', reasonCode: 'PATIENT_ILL', comment: '' },
    ]);
    await push({ action: 'cancel-appointment', state: 'unknown', code: 'PAS_NOT_RESPONDING' });
    expect(pane()).toContain('NOT CONFIRMED: still booked as far as we know');
    await desk.press('Shift+F12');
    expect(desk.statusLine()).toContain('not settled yet');
  });

  it('is refused with main’s reason', async () => {
    desk = await mountCancellable({
      'referral/open': ({ ubrn }) =>
        ok(makeCancellable({ ubrn, canCancelAppointment: 'indirectly-bookable' })),
    });
    await desk.press('Shift+F11');
    expect(desk.statusLine()).toContain('booked indirectly: only the provider can cancel it');
    expect(desk.fake.inputsOf('cancellation/review-appointment')).toEqual([]);
  });

  it('moves to another day: times first, then the old one goes, red until the new one is booked', async () => {
    desk = await mountCancellable({
      ...answerSlots([]),
      'cancellation/review-appointment': ({ ubrn }) => ok(makeAppointmentReview({ ubrn })),
    });
    await desk.press('Ctrl+F11');
    expect(desk.router.currentRoute.value.name).toBe('slots');
    expect(desk.fake.inputsOf('slots/search')).toHaveLength(1);
    expect(pane()).toContain('The old appointment goes before the new one is certain');
    await desk.press('Shift+F7');
    expect(desk.statusLine()).toContain('the old appointment comes first: Shift+F11');
    await desk.press('Shift+F11');
    expect(desk.fake.inputsOf('cancellation/review-appointment')).toEqual([{ ubrn: OPENED, isMove: true }]);
    expect(pane()).toContain('the patient has NO APPOINTMENT');
    focus('.review [role="listbox"]');
    await desk.press('p');
    await commit();
    desk.fake.answer('referral/reread', ({ ubrn }) => ok(makeReferral({ ubrn })));
    await push({ action: 'cancel-appointment', state: 'done' });
    expect(pane()).toContain('NO APPOINTMENT until the new one is booked');
    expect(document.querySelector('.move--none')).not.toBeNull();
    desk.fake.push(
      'booking/changed',
      makeBooking({ ubrn: OPENED, state: 'booked', updatedAt: '2026-11-23T10:44:00.000Z' }),
    );
    await desk.settle();
    expect(document.querySelector('.move')).toBeNull();
    expect(pane()).toContain('Booked Tue 05-Jan-2027');
  });
});

describe('cancel referral', () => {
  it('says that it is an end, by pattern and words, and wants the UBRN and a second person', async () => {
    desk = await mountCancellable({
      'cancellation/review-referral': ({ ubrn }) => ok(makeReferralReview({ ubrn, needsSecondPerson: true })),
    });
    await desk.press('Shift+F12');
    expect(document.querySelector('.cancel--end')).not.toBeNull();
    expect(pane()).toContain('END STATE: this cannot be undone.');
    expect(pane()).toContain('Tue 05-Jan-2027 14:30 is cancelled, too');
    focus('.review [role="listbox"]');
    await desk.press('ArrowDown');
    await commit();
    expect(desk.statusLine()).toContain('last 4 digits of the UBRN again');
    const fields = [...document.querySelectorAll<HTMLInputElement>('.review input')];
    fields[1]?.focus();
    await desk.type('9999');
    await commit();
    expect(desk.statusLine()).toContain('do not match this referral');
    fields[1]?.focus();
    await desk.type('0063');
    await commit();
    expect(desk.statusLine()).toContain('a second person');
    fields[2]?.focus();
    await desk.type('XY');
    await commit();
    expect(desk.fake.inputsOf('cancellation/commit-referral')).toEqual([
      {
        reviewId: REVIEW_ID,
        digits: '0501',
        ubrnDigits: '0063',
        reasonCode: 'PATIENT_HOLIDAY',
        comment: '',
        secondPerson: 'XY',
      },
    ]);
    await push({ action: 'cancel-referral', state: 'done' });
    expect(pane()).toContain('Referral cancelled');
    expect(pane()).toContain('It cannot be undone');
  });

  it('shows why main made no review, and keeps the focus where the key was pressed', async () => {
    desk = await mountCancellable({
      'cancellation/review-referral': () => fail('offline', 'connection-refused'),
    });
    await desk.press('Shift+F12');
    expect(pane()).toContain('What to do');
    expect(document.querySelector('.review')).toBeNull();
    expect(document.activeElement?.closest('#centre')).not.toBeNull();
  });
});

describe('one review at a time', () => {
  it('puts a cancellation away when another one is reviewed', async () => {
    desk = await mountCancellable();
    await desk.press('Shift+F9');
    desk.fake.answer('cancellation/close-review', () => ok({}));
    await desk.press('Escape', 'Shift+F12');
    expect(document.querySelectorAll('.review')).toHaveLength(1);
    expect(pane()).toContain('Cancel this referral for good?');
    expect(desk.fake.inputsOf('cancellation/close-review')).toHaveLength(1);
  });
});
