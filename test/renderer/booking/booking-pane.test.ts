// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { makeReferral } from '../referral/referral-fakes.ts';
import { answerSlots, makeSlots } from '../slots/slot-fakes.ts';
import { makeBooking, makeReview } from './booking-fakes.ts';

type Appointment = NonNullable<ReferralView['appointment']>;
let desk: MountedDesk;
afterEach(() => desk.unmount());

const slots = makeSlots(190);
const pane = () => document.querySelector('#detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const ubrn = () => String(desk.router.currentRoute.value.params['ubrn']);
const booking = (changes: Partial<BookingState>) =>
  makeBooking({ ubrn: ubrn(), start: '2026-12-01T09:24:00.000Z', ...changes });
const push = async (changes: Partial<BookingState>) => {
  desk.fake.push('booking/changed', booking({ updatedAt: '2026-11-23T10:43:00.000Z', ...changes }));
  await desk.settle();
};

async function openReview(
  changes: Parameters<typeof makeReview>[0] = {},
  answers: FakeAnswers = {},
): Promise<void> {
  let left = 2;
  desk = await mountReferral({
    ...answerSlots(slots),
    'booking/review-slot': ({ slotId }) => {
      const slot = slots.find((one) => one.slotId === slotId);
      return ok(
        makeReview({ ubrn: ubrn(), slotId, start: slot?.start ?? '', end: slot?.end ?? '', ...changes }),
      );
    },
    'booking/close-review': () => ok({}),
    'booking/commit': ({ digits }) =>
      digits === '0501'
        ? ok({ kind: 'started', booking: booking({ state: 'preflight', sentAt: null }) })
        : ok({ kind: 'wrong-digits', attemptsLeft: --left }),
    'booking/read-back': () =>
      ok({ booking: booking({ state: 'booked', updatedAt: '2026-11-23T10:50:00.000Z' }) }),
    ...answers,
  });
  await desk.press('F7', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter', 'Shift+F7');
}

async function commit(digits: string): Promise<void> {
  await desk.type(digits);
  await desk.press('Ctrl+Enter');
}

describe('the review', () => {
  it('shows what will be booked for whom, without the digits that are asked for', async () => {
    await openReview();
    expect(pane()).toContain('Tue 01-Dec-2026 09:24 to 09:39, in 8 days');
    expect(pane()).toContain('Tuesday 1 December 2026 at 9:24am');
    expect(pane()).toContain('Ask the patient for day and month of birth (ddmm)');
    expect(document.body.textContent).not.toContain('05-Jan-1961');
    expect(document.querySelector('#banner')?.textContent).toContain('••-•••-1961');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('hides the last four of the NHS number when those are asked for', async () => {
    await openReview({ identityQuestion: 'nhs-last-4' });
    expect(pane()).toContain('last 4 digits of the NHS number');
    expect(`${pane()} ${document.querySelector('#banner')?.textContent}`).not.toContain('0018');
  });

  it('warns of unusual times, instructions, clashes, needs and an earlier booking', async () => {
    await openReview(
      {
        isUnusual: true,
        instructions: 'Administration slot: do not attend',
        clashes: [{ ubrn: '000049000777', start: '2026-12-01T14:00:00.000Z', serviceName: 'Knee Clinic' }],
        requirements: [{ code: 'TRANSPORT', display: '' }],
      },
      {
        'booking/read-state': () =>
          ok({ booking: booking({ state: 'needs-clerk', code: 'PAS_NOT_RESPONDING' }) }),
      },
    );
    for (const words of [
      'Unusual time',
      'do not attend',
      'Tue 01-Dec-2026 14:00 at Knee Clinic',
      'Transport requested',
      'Ring the provider before you book again',
    ]) {
      expect(pane()).toContain(words);
    }
  });

  it('takes digits typed before it is there, and commits nothing before it is on show', async () => {
    let release = (): void => undefined;
    const made = new Promise<void>((resolve) => (release = resolve));
    await openReview(
      {},
      {
        'booking/review-slot': async ({ slotId }) => {
          await made;
          return ok(makeReview({ ubrn: ubrn(), slotId }));
        },
      },
    );
    expect(document.activeElement?.tagName).toBe('INPUT');
    expect(document.querySelector('#banner')?.textContent).not.toContain('05-Jan');
    await commit('0501');
    expect(desk.statusLine()).toContain('the review is not on show yet');
    expect(desk.fake.inputsOf('booking/commit')).toEqual([]);
    release();
    await desk.settle();
    expect((document.activeElement as HTMLInputElement).value).toBe('0501');
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('booking/commit')).toHaveLength(1);
  });

  it('says why it could not be made, with the focus back on the slots', async () => {
    await openReview({}, { 'booking/review-slot': () => fail('writes-off', 'no-keyring') });
    expect(pane()).toContain('NOT BOOKED: no booking can be sent from this desk now');
    expect(document.activeElement).toBe(document.querySelector('.slot-stage'));
  });

  it('is never committed by Enter', async () => {
    await openReview();
    await desk.type('0501');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('booking/commit')).toEqual([]);
    expect(desk.statusLine()).toContain('Enter does not book');
    document.querySelector<HTMLElement>('[data-commits]')?.focus();
    await desk.press('Enter');
    expect(desk.fake.inputsOf('booking/commit')).toEqual([]);
  });

  it('asks again after wrong digits, field empty and focused, and closes after the second time', async () => {
    await openReview();
    await commit('12');
    expect(pane()).toContain('Type the 4 digits that the patient says');
    await commit('9999');
    expect(pane()).toContain('1 attempt is left');
    expect((document.activeElement as HTMLInputElement).value).toBe('');
    await commit('8888');
    expect(pane()).toContain('NOT BOOKED. The digits were wrong twice');
    expect(document.querySelector('.review')).toBeNull();
    expect(document.activeElement).toBe(document.querySelector('.slot-stage'));
  });

  it('closes by Esc and keeps the choice', async () => {
    await openReview();
    await desk.press('Escape');
    expect(document.querySelector('.review')).toBeNull();
    expect(desk.statusLine()).toContain('NOT BOOKED');
    expect(document.querySelector('.slot--chosen')?.id).toBe('slot-2026-12-01-0924');
    expect(desk.router.currentRoute.value.name).toBe('slots');
    expect(desk.fake.inputsOf('booking/close-review')).toHaveLength(1);
  });

  it('stays open with the problem when main cannot take it', async () => {
    await openReview({}, { 'booking/commit': () => fail('writes-off', 'disk-full') });
    await commit('0501');
    expect(pane()).toContain('The disk is full');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('lets no other key act while it is open', async () => {
    await openReview();
    await desk.press('Alt+ArrowDown', 'F5');
    expect(desk.statusLine()).toContain('close this panel first');
    expect(desk.fake.inputsOf('referral/open')).toHaveLength(1);
  });
});

describe('the review of a booking offline', () => {
  /** Two more slots are pinned before the third is chosen and reviewed. */
  async function openOffline(changes: Parameters<typeof makeReview>[0] = {}): Promise<void> {
    await openReview({ isOffline: true, ...changes }, { 'booking/read-state': () => ok({ booking: null }) });
    await desk.press('Escape', 'ArrowDown', ' ', 'ArrowDown', ' ', 'ArrowUp', 'ArrowUp', 'Shift+F7');
  }
  const boxes = () => [...document.querySelectorAll<HTMLInputElement>('.wishes input')];
  const tick = async (at: number) => {
    boxes()[at]?.click();
    await desk.settle();
  };

  it('says NOT BOOKED everywhere, and that it will be queued', async () => {
    await openOffline();
    for (const words of [
      'Queue this wish? NOT BOOKED',
      'Offline: NOT BOOKED',
      'This will be queued. NOT BOOKED until e-RS confirms.',
      'Last seen free',
      'not held: it may have gone',
      'Queue (NOT BOOKED)',
    ]) {
      expect(pane()).toContain(words);
    }
    expect(pane()).not.toContain('Book this slot?');
  });

  it('offers the other pinned slots as wishes and takes none that the clerk has not ticked', async () => {
    await openOffline();
    expect(boxes().map((box) => box.checked)).toEqual([false, false]);
    await commit('0501');
    expect(desk.fake.inputsOf('booking/commit').map((input) => input.alsoSlotIds)).toEqual([[]]);
  });

  it('sends the ticked ones in the order of their pins', async () => {
    await openOffline();
    await tick(1);
    expect(pane()).toContain('Tue 01-Dec-2026 09:48: 2nd wish');
    await tick(0);
    expect(pane()).toContain('Tue 01-Dec-2026 09:36: 2nd wish');
    expect(pane()).toContain('Tue 01-Dec-2026 09:48: 3rd wish');
    await commit('0501');
    expect(desk.fake.inputsOf('booking/commit').map((input) => input.alsoSlotIds)).toEqual([
      ['2026-12-01-0936', '2026-12-01-0948'],
    ]);
  });

  it('sends no further wish of a review that was made online', async () => {
    await openOffline({ isOffline: false });
    expect(boxes()).toEqual([]);
    await commit('0501');
    expect(desk.fake.inputsOf('booking/commit').map((input) => input.alsoSlotIds)).toEqual([[]]);
  });

  it('ends in NOT BOOKED: queued, with what to tell the patient', async () => {
    await openOffline();
    await commit('0501');
    await push({ state: 'waiting', code: 'no-connection', sentAt: null });
    expect(pane()).toContain('NOT BOOKED: queued, waiting for the connection');
    expect(pane()).toContain('Your appointment is not booked: our line to the booking system is down.');
    expect(pane()).toContain('F12 opens the outbox');
  });
});

it('warns before a booking at a service whose provider is silent', async () => {
  await openReview({ providerSilentSince: '2026-11-23T10:42:00.000Z' });
  expect(pane()).toContain(
    "The provider's system has not answered since 10:42: the booking may stay unconfirmed.",
  );
});

describe('the booking', () => {
  it('says NOT BOOKED or NOT CONFIRMED until main says booked, and freezes the referral', async () => {
    await openReview();
    await commit('0501');
    expect(pane()).toContain('NOT BOOKED yet');
    expect(document.activeElement?.textContent).toContain('NOT BOOKED yet');
    await push({ state: 'sending' });
    expect(pane()).toContain('NOT CONFIRMED yet: sent');
    await desk.press('Shift+F7');
    expect(desk.statusLine()).toContain('not settled yet');
    await desk.press('F9');
    expect(desk.statusLine()).toContain('NOT CONFIRMED');
    await push({ state: 'booked', updatedAt: '2026-11-23T10:44:00.000Z' });
    expect(pane()).toContain('Booked Tue 01-Dec-2026 09:24');
    expect(desk.statusLine()).toContain('Booked Tue 01-Dec-2026 09:24');
    expect(desk.fake.inputsOf('referral/reread')).toHaveLength(1);
    expect(document.getElementById('slot-2026-12-01-0924')).toBeNull();
  });

  it('takes 13 keys from the worklist row, and F9 then shows the letter', async () => {
    await openReview();
    // ↓ Enter F7 → ↓ ↓ Enter Shift+F7 were eight; the digits are four, Ctrl+Enter the last.
    await commit('0501');
    expect(desk.fake.inputsOf('booking/commit')).toHaveLength(1);
    await push({ state: 'booked' });
    await desk.press('F9');
    expect(desk.router.currentRoute.value.name).toBe('letter');
  });

  it('offers the next three slots when the slot has gone', async () => {
    await openReview();
    await commit('0501');
    await push({ state: 'refused', code: 'SLOT_NOT_AVAILABLE', mayDefer: true, correlationId: 'corr-5' });
    const offers = [...document.querySelectorAll<HTMLButtonElement>('.result__offer')];
    expect(offers.map((offer) => offer.textContent)).toEqual([
      'Tue 01-Dec-2026 09:36',
      'Tue 01-Dec-2026 09:48',
      'Tue 01-Dec-2026 10:00',
    ]);
    expect(pane()).toContain('This answer allows deferral to the provider: Shift+F8');
    expect(pane()).toContain('corr-5');
    offers[1]?.click();
    await desk.settle();
    expect(document.querySelector('.slot--chosen')?.id).toBe('slot-2026-12-01-0948');
    expect(document.activeElement).toBe(document.querySelector('.slot-stage'));
  });

  it('checks an unknown outcome by F5', async () => {
    await openReview();
    await commit('0501');
    await push({ state: 'unknown', code: 'reply-lost', nextCheckAt: '2026-11-23T10:43:40.000Z' });
    expect(pane()).toContain('The desk checks again at 10:43:40.');
    await desk.press('Escape', 'F5');
    expect(desk.fake.inputsOf('booking/read-back')).toHaveLength(1);
    expect(pane()).toContain('Booked Tue 01-Dec-2026 09:24');
  });

  it('is shown again when its referral is opened later', async () => {
    desk = await mountReferral({
      'booking/read-state': (input) =>
        ok({ booking: makeBooking({ ubrn: input.ubrn, state: 'needs-clerk', code: 'PAS_NOT_RESPONDING' }) }),
    });
    expect(pane()).toContain('Ring the provider: do they hold UBRN');
    await desk.press('Escape');
    expect(pane()).toBe('');
  });
});

describe('a booking that somebody has changed since', () => {
  const booked = { start: '2026-12-01T09:24:00.000Z', status: 'booked' };
  /** The desk reads the referral again by itself once a booking is settled. */
  const readAgain = async (changed: Partial<Appointment>, changes: Partial<ReferralView> = {}) => {
    await openReview();
    await desk.press('Escape');
    const nothing = { appointmentId: null, version: null, reason: null, serviceId: null, slotId: null };
    const appointment = {
      ...nothing,
      serviceName: 'Clinic',
      clinicianId: null,
      end: null,
      ...booked,
      ...changed,
    };
    desk.fake.answer('referral/reread', () =>
      ok(makeReferral({ ubrn: ubrn(), appointment, readAt: '2026-11-23T10:50:00.000Z', ...changes })),
    );
    await push({ state: 'confirming' });
    await push({ state: 'booked' });
    expect(desk.fake.inputsOf('referral/reread')).toHaveLength(1);
  };

  it.each([
    ['cancelled', { status: 'cancelled' }, 'it shows no booked appointment'],
    ['moved', { start: '2026-12-02T09:24:00.000Z' }, 'Wed 02-Dec-2026 09:24'],
  ])('is not called booked any more where the referral was read as %s', async (_what, appointment, shown) => {
    await readAgain(appointment);
    expect(pane()).toContain('NOT BOOKED any more for this time');
    expect(pane()).toContain(shown);
    expect(pane()).toContain('does not stand any more');
  });

  it.each([
    ['it is as it was booked', {}, {}],
    ['what is shown was read before', { status: 'cancelled' }, { readAt: '2026-11-23T10:42:00.000Z' }],
    ['what is shown is only remembered', { status: 'cancelled' }, { isRemembered: true }],
  ])('stays booked while %s', async (_what, appointment, changes) => {
    await readAgain(appointment, changes);
    expect(pane()).toContain('Booked');
    expect(pane()).not.toContain('any more');
  });
});
