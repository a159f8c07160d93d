// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { forgetPatientData, takeDesk } from '../../../src-renderer/app/forget.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { useBookingStore } from '../../../src-renderer/features/booking/booking.store.ts';
import { createFakeBridge, type FakeAnswers } from '../../support/fake-bridge.ts';
import { UBRN } from '../referral/referral-fakes.ts';
import { SEARCH_ID } from '../slots/slot-fakes.ts';
import { INTENT_ID, makeBooking, makeReview, REVIEW_ID } from './booking-fakes.ts';

function setUp(answers: FakeAnswers = {}) {
  const fake = createFakeBridge({
    'booking/review-slot': () => ok(makeReview()),
    'booking/close-review': () => ok({}),
    'booking/commit': () => ok({ kind: 'started', booking: makeBooking({ state: 'preflight' }) }),
    ...answers,
  });
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
  return { fake, store: useBookingStore() };
}

describe('a review', () => {
  it('opens, and closing it tells main', async () => {
    const { fake, store } = setUp();
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    expect(store.review?.reviewId).toBe(REVIEW_ID);
    expect(fake.inputsOf('booking/review-slot')).toEqual([{ searchId: SEARCH_ID, slotId: 'slot-1' }]);
    await store.closeReview();
    expect(store.review).toBeNull();
    expect(fake.inputsOf('booking/close-review')).toEqual([{ reviewId: REVIEW_ID }]);
  });

  it('of another referral than asked for is never shown (hazard 1)', async () => {
    const { fake, store } = setUp({ 'booking/review-slot': () => ok(makeReview({ ubrn: '000049000002' })) });
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    expect([store.review, store.reviewProblem?.code]).toEqual([null, 'other-referral']);
    expect(fake.inputsOf('booking/close-review')).toHaveLength(1);
  });

  it('that comes after it was closed is given back, not shown', async () => {
    const { fake, store } = setUp();
    const opening = store.openReview(UBRN, SEARCH_ID, 'slot-1');
    await Promise.resolve();
    await store.closeReview();
    await opening;
    expect(store.review).toBeNull();
    expect(fake.inputsOf('booking/close-review')).toEqual([{ reviewId: REVIEW_ID }]);
  });
});

describe('committing', () => {
  it('sends the digits once, even when pressed twice', async () => {
    const { fake, store } = setUp();
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    const results = await Promise.all([store.commit('0501'), store.commit('0501')]);
    expect(results.map((result) => result.kind)).toEqual(['started', 'busy']);
    expect(fake.inputsOf('booking/commit')).toEqual([
      { reviewId: REVIEW_ID, digits: '0501', alsoSlotIds: [] },
    ]);
    expect([store.review, store.isFrozen(UBRN), store.slotOf(INTENT_ID)]).toEqual([
      null,
      true,
      makeReview().slotId,
    ]);
    expect((await store.commit('0501')).kind).toBe('busy');
  });

  it('keeps the panel on wrong digits and closes it when no attempt is left', async () => {
    let left = 2;
    const { store } = setUp({ 'booking/commit': () => ok({ kind: 'wrong-digits', attemptsLeft: --left }) });
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    expect(await store.commit('9999')).toEqual({ kind: 'wrong-digits', attemptsLeft: 1 });
    expect([store.review?.reviewId, store.attemptsLeft]).toEqual([REVIEW_ID, 1]);
    expect(await store.commit('9999')).toEqual({ kind: 'closed' });
    expect(store.review).toBeNull();
  });

  it('keeps the panel on a problem and books nothing', async () => {
    const { store } = setUp({ 'booking/commit': () => fail('writes-off', 'disk-full') });
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    expect(await store.commit('0501')).toMatchObject({ kind: 'problem', problem: { code: 'disk-full' } });
    expect([store.review?.reviewId, store.bookingOf(UBRN)]).toEqual([REVIEW_ID, null]);
  });
});

describe('the state of a booking', () => {
  it('follows main, and an older state that arrives late changes nothing', () => {
    const { fake, store } = setUp();
    fake.push('booking/changed', makeBooking({ state: 'booked', updatedAt: '2026-11-23T10:42:20.000Z' }));
    fake.push('booking/changed', makeBooking({ state: 'sending', updatedAt: '2026-11-23T10:42:11.000Z' }));
    expect(store.bookingOf(UBRN)?.state).toBe('booked');
    expect(store.isFrozen(UBRN)).toBe(false);
  });

  it('is read from main when a referral opens, and read back on demand', async () => {
    const { fake, store } = setUp({
      'booking/read-state': () => ok({ booking: makeBooking({ state: 'unknown' }) }),
      'booking/read-back': () =>
        ok({ booking: makeBooking({ state: 'booked', updatedAt: '2026-11-23T10:43:00.000Z' }) }),
    });
    expect(await store.readBack(UBRN)).toBeNull();
    await store.readState(UBRN);
    expect(store.isFrozen(UBRN)).toBe(true);
    expect(await store.readBack(UBRN)).toBeNull();
    expect(store.bookingOf(UBRN)?.state).toBe('booked');
    fake.answer('booking/read-back', () => fail('offline', ''));
    expect(await store.readBack(UBRN)).toMatchObject({ kind: 'offline' });
  });

  it('is forgotten at a lock', async () => {
    const { store } = setUp();
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    await store.commit('0501');
    store.forget();
    expect([store.bookingOf(UBRN), store.review, store.slotOf(INTENT_ID)]).toEqual([null, null, null]);
  });
});

describe('a desk that was left', () => {
  it('takes in no answer and no push that comes after it', async () => {
    let answerNow: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (answerNow = resolve));
    const { fake, store } = setUp({
      'booking/read-state': async () => {
        await late;
        return ok({ booking: makeBooking({ state: 'booked' }) });
      },
      'booking/commit': async () => {
        await late;
        return ok({ kind: 'started', booking: makeBooking({ state: 'preflight' }) });
      },
    });
    await store.openReview(UBRN, SEARCH_ID, 'slot-1');
    const [reading, committing] = [store.readState(UBRN), store.commit('0501')];
    store.forget();
    forgetPatientData();
    fake.push('booking/changed', makeBooking({ state: 'sending' }));
    answerNow();
    await reading;
    expect(await committing).toEqual({ kind: 'busy' });
    expect([store.bookingOf(UBRN), store.slotOf(INTENT_ID)]).toEqual([null, null]);
    takeDesk();
    fake.push('booking/changed', makeBooking({ state: 'booked' }));
    expect(store.bookingOf(UBRN)?.state).toBe('booked');
  });
});
