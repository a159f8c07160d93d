// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import {
  forgetMainTime,
  mainNowMs,
  mainToday,
  noteMainInstant,
} from '../../../src-renderer/features/referral/main-clock.ts';
import { useReferralStore } from '../../../src-renderer/features/referral/referral.store.ts';
import { createFakeBridge, type FakeAnswers } from '../../support/fake-bridge.ts';
import { openingAnswers } from './mount-referral.ts';
import { makeReferral, UBRN } from './referral-fakes.ts';

const OTHER = '000049000002';

function setUp(answers: FakeAnswers = {}) {
  const fake = createFakeBridge({ ...openingAnswers, ...answers });
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
  return { fake, store: useReferralStore() };
}

beforeEach(forgetMainTime);

describe('opening', () => {
  it('opens once, however many screens ask for it', async () => {
    const { fake, store } = setUp();
    expect(await Promise.all([store.openReferral(UBRN), store.openReferral(UBRN)])).toEqual([true, true]);
    expect(await store.openReferral(UBRN)).toBe(true);
    expect(fake.inputsOf('referral/open')).toEqual([{ ubrn: UBRN, secondIdentifier: null }]);
  });

  it('closes the one before: one patient per window', async () => {
    const { fake, store } = setUp();
    await store.openReferral(UBRN);
    const opening = store.openReferral(OTHER);
    expect(store.view).toBeNull();
    await opening;
    expect([store.view?.ubrn, fake.inputsOf('referral/close')]).toEqual([OTHER, [{ ubrn: UBRN }]]);
  });

  it('never shows an answer for another referral, nor one that comes after a newer opening (hazard 1)', async () => {
    const { fake, store } = setUp({ 'referral/open': () => ok(makeReferral({ ubrn: OTHER })) });
    expect(await store.openReferral(UBRN)).toBe(false);
    expect([store.view, store.problem?.code]).toEqual([null, 'other-referral']);
    let release = (): void => undefined;
    const late = new Promise<void>((resolve) => (release = resolve));
    fake.answer('referral/open', async ({ ubrn }) => {
      if (ubrn === UBRN) await late;
      return ok(makeReferral({ ubrn }));
    });
    store.forget();
    const first = store.openReferral(UBRN);
    await store.openReferral(OTHER);
    release();
    await first;
    expect(store.view?.ubrn).toBe(OTHER);
  });

  it('passes the second identifier on and keeps asking until it is right', async () => {
    const { fake, store } = setUp({
      'referral/open': ({ ubrn, secondIdentifier }) =>
        secondIdentifier === '0018' ? ok(makeReferral({ ubrn })) : fail('wrong-identifier', ''),
    });
    expect(await store.openReferral(UBRN)).toBe(false);
    expect(await store.openReferral(UBRN, '9999')).toBe(false);
    expect(store.problem?.kind).toBe('wrong-identifier');
    expect(await store.openReferral(UBRN, '0018')).toBe(true);
    expect(fake.inputsOf('referral/open').map((input) => input.secondIdentifier)).toEqual([
      null,
      '9999',
      '0018',
    ]);
  });

  it('takes over a view that was read already', async () => {
    const { fake, store } = setUp();
    store.adoptView(makeReferral());
    expect(await store.openReferral(UBRN)).toBe(true);
    expect(fake.inputsOf('referral/open')).toEqual([]);
  });
});

describe('reading again', () => {
  it('keeps the old content while reading and when it fails', async () => {
    const { fake, store } = setUp();
    await store.openReferral(UBRN);
    fake.answer('referral/reread', () => fail('offline', ''));
    const reading = store.rereadReferral();
    expect([store.view?.version, store.isLoading]).toEqual([5, true]);
    expect(await reading).toBe(false);
    expect([store.view?.version, store.problem?.kind]).toEqual([5, 'offline']);
    fake.answer('referral/reread', () => ok(makeReferral({ version: 7 })));
    expect(await store.rereadReferral()).toBe(true);
    expect([store.view?.version, store.problem]).toEqual([7, null]);
  });

  it('lets a key wait until the referral is there', async () => {
    const { store } = setUp();
    const opening = store.openReferral(UBRN);
    expect(await store.whenLoaded()).toBe(true);
    await opening;
    const failing = setUp({ 'referral/open': () => fail('offline', '') }).store;
    void failing.openReferral(UBRN);
    expect(await failing.whenLoaded()).toBe(false);
  });

  it('says when the NHS numbers differ and when the record is restricted', async () => {
    const { fake, store } = setUp();
    await store.openReferral(UBRN);
    expect([store.isMismatch, store.isRestricted]).toEqual([false, false]);
    fake.answer('referral/reread', () => ok(makeReferral({ nhsNumber: '9990000026' })));
    await store.rereadReferral();
    expect(store.isMismatch).toBe(true);
    fake.answer('referral/reread', () => ok(makeReferral({ patient: null, patientProblem: 'restricted' })));
    await store.rereadReferral();
    expect([store.isMismatch, store.isRestricted]).toEqual([false, true]);
  });
});

it('follows main’s clock, forwards only', () => {
  expect(mainNowMs()).toBe(0);
  noteMainInstant('2030-06-01T23:30:00.000Z');
  expect(mainToday()).toBe('2030-06-02');
  noteMainInstant('2026-01-01T00:00:00.000Z');
  noteMainInstant('never');
  expect(mainToday()).toBe('2030-06-02');
});
