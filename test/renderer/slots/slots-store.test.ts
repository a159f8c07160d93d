// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { NO_FILTERS } from '../../../src-renderer/features/slots/slot-filters.ts';
import { useSlotsStore } from '../../../src-renderer/features/slots/slots.store.ts';
import { createFakeBridge, type FakeAnswers, type FakeBridge } from '../../support/fake-bridge.ts';
import { DIRECT, UBRN } from '../referral/referral-fakes.ts';
import { answerSlots, makePage, makeSearch, makeSlots } from './slot-fakes.ts';

const QUERY = { ubrn: UBRN, serviceId: DIRECT.serviceId, priority: null };
let fake: FakeBridge;

async function search(answers: FakeAnswers) {
  fake = createFakeBridge(answers);
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
  const store = useSlotsStore();
  await store.searchSlots(QUERY);
  await flushPromises();
  return store;
}

const pagesAsked = () => fake.inputsOf('slots/read-page').map(({ page }) => page);
beforeEach(() => setBridgeForTests(null));

describe('reading pages', () => {
  it('reads page 1 at once and then only what the visible week needs', async () => {
    // 38 slots a day from a Monday on: the first week has 190, so pages 1 and 2.
    const store = await search(answerSlots(makeSlots(1000)));
    expect(pagesAsked()).toEqual([2]);
    expect(store.coverage).toMatchObject({ loaded: 200, total: 1000, pages: [1, 2], hasMore: true });
    expect(store.focused?.slotId).toBe('2026-11-30-0900');
    expect(fake.inputsOf('slots/search')).toEqual([{ ...QUERY, clinicianId: null }]);
  });

  it('reads on when a move reaches the end, and when a jump goes further', async () => {
    const store = await search(answerSlots(makeSlots(1000)));
    await store.move('next-week');
    await flushPromises();
    expect(store.focused?.day).toBe('2026-12-07');
    expect(pagesAsked()).toEqual([2, 3, 4]);
    expect(await store.jump({ kind: 'date', date: '2026-12-24', part: null })).toBe(true);
    expect(store.focused?.day).toBe('2026-12-24');
    expect(await store.jump({ kind: 'date', date: '2028-01-01', part: null })).toBe(false);
    expect(store.coverage).toMatchObject({ loaded: 1000, hasMore: false });
  });

  it('reads each page once, however many need it at the same time', async () => {
    const store = await search(answerSlots(makeSlots(1000)));
    await Promise.all([store.readAll(), store.readNextPage(), store.move('next-week'), store.readAll()]);
    expect(pagesAsked()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('reads on for a week that the filters have hidden so far', async () => {
    const store = await search(answerSlots(makeSlots(1000)));
    store.filters = { ...NO_FILTERS, weekdays: [5] };
    expect(store.focused?.day).toBe('2026-12-04');
    await store.move('next-week');
    expect(store.focused?.day).toBe('2026-12-11');
  });

  it('reads all pages, each once', async () => {
    const store = await search(answerSlots(makeSlots(5000)));
    await store.readAll();
    expect(pagesAsked()).toEqual(Array.from({ length: 49 }, (_, i) => i + 2));
    expect(store.index.slots).toHaveLength(5000);
    await store.readAll();
    expect(pagesAsked()).toHaveLength(49);
  });

  it('counts a slot once that two pages gave', async () => {
    const slots = makeSlots(150);
    const store = await search({
      'slots/search': () => ok(makeSearch(slots)),
      'slots/read-page': () => ok({ ...makePage(slots, 2), slots: slots.slice(90) }),
    });
    expect(store.coverage).toMatchObject({ loaded: 150, pages: [1, 2], hasMore: false });
  });

  it('starts again from page 1 without a word when a page is past the end', async () => {
    const slots = makeSlots(150);
    let searches = 0;
    const store = await search({
      'slots/search': () => ok(makeSearch(++searches === 1 ? slots : slots.slice(0, 60))),
      'slots/read-page': () => ok(makePage([], 2, { mustRestart: true })),
    });
    expect(searches).toBe(2);
    expect(store.problem).toBeNull();
    expect(store.coverage).toMatchObject({ loaded: 60, total: 60, pages: [1], hasMore: false });
  });

  it('gives up with a problem when the slots never stop changing', async () => {
    const slots = makeSlots(150);
    const store = await search({
      'slots/search': () => ok(makeSearch(slots)),
      'slots/read-page': () => ok(makePage([], 2, { mustRestart: true })),
    });
    expect(store.problem).toMatchObject({ code: 'slots-keep-changing' });
    expect(fake.inputsOf('slots/search')).toHaveLength(4);
    expect(store.isEmpty).toBe(false);
  });

  it('lets an answer of an older search go', async () => {
    let release = (): void => undefined;
    const late = new Promise<void>((resolve) => (release = resolve));
    const store = await search(answerSlots(makeSlots(20)));
    fake.answer('slots/search', async ({ serviceId }) => {
      if (serviceId === '1') await late;
      return ok(makeSearch(makeSlots(serviceId === '1' ? 5 : 7), { serviceId }));
    });
    const first = store.searchSlots({ ...QUERY, serviceId: '1' });
    await store.searchSlots({ ...QUERY, serviceId: '2' });
    release();
    await first;
    expect(store.search?.serviceId).toBe('2');
    expect(store.index.slots).toHaveLength(7);
  });
});

describe('"no slots"', () => {
  it('is a complete page 1 without a slot, and nothing else (hazard 9)', async () => {
    expect((await search(answerSlots([]))).isEmpty).toBe(true);
    const unreadable = makeSearch([], { firstPage: makePage([], 1, { unreadable: 2, total: 2 }) });
    expect((await search({ 'slots/search': () => ok(unreadable) })).isEmpty).toBe(false);
    const broken = makeSearch([], { firstPage: makePage([], 1, { unreadable: 1 }) });
    expect((await search({ 'slots/search': () => ok(broken) })).isEmpty).toBe(false);
    const gap = makeSearch([], { firstPage: makePage([], 1, { total: 5 }) });
    expect((await search({ 'slots/search': () => ok(gap) })).isEmpty).toBe(false);
  });

  it.each(['unavailable', 'offline', 'bad-reply', 'rejected'] as const)(
    'is not what %s means',
    async (kind) => {
      const store = await search({ 'slots/search': () => fail(kind, '') });
      expect([store.isEmpty, store.status, store.problem?.kind]).toEqual([false, 'failed', kind]);
    },
  );

  it('is not said when a re-read fails: the old slots stay, with the problem', async () => {
    const store = await search(answerSlots(makeSlots(20)));
    fake.answer('slots/search', () => fail('offline', ''));
    await store.searchSlots(QUERY);
    expect([store.index.slots.length, store.isEmpty, store.problem?.kind]).toEqual([20, false, 'offline']);
  });
});

describe('focus, choice and pins', () => {
  it('keeps the focus through new pages, filters and a taken slot', async () => {
    const store = await search(answerSlots(makeSlots(60)));
    await store.move('later');
    const focused = store.focusedId;
    await store.readAll();
    expect(store.focusedId).toBe(focused);
    store.filters = { ...NO_FILTERS, part: 'pm' };
    expect(store.focused?.time).toBe('12:00');
    store.takeOutGoneSlot(store.focusedId ?? '');
    expect(store.focused?.time).toBe('12:12');
    store.filters = { ...NO_FILTERS, weekdays: [7] };
    expect(store.focused).toBeNull();
    store.filters = NO_FILTERS;
    expect(store.focused?.time).toBe('12:12');
  });

  it('keeps the time of day while going sideways', async () => {
    const store = await search(answerSlots(makeSlots(190)));
    await store.move('last-of-day');
    await store.move('next-day');
    expect(store.focused?.slotId).toBe('2026-12-01-1624');
  });

  it('holds one choice and at most three pins, and forgets a slot that has gone', async () => {
    const store = await search(answerSlots(makeSlots(20)));
    const [a = '', b = '', c = '', d = ''] = store.index.slots.map((slot) => slot.slotId);
    store.chooseSlot(b);
    expect([a, b, c, d].map((id) => store.togglePin(id))).toEqual([true, true, true, false]);
    expect(store.togglePin(a)).toBe(true);
    expect(store.pinned.map((slot) => slot.slotId)).toEqual([b, c]);
    store.takeOutGoneSlot(b);
    expect([store.chosen, store.pinnedIds]).toEqual([null, [c]]);
  });

  it('keeps the choice when the same service is read again, and drops it for another one', async () => {
    const store = await search(answerSlots(makeSlots(20)));
    store.chooseSlot(store.index.slots[3]?.slotId ?? '');
    await store.searchSlots(QUERY);
    expect(store.chosen?.slotId).toBe(store.index.slots[3]?.slotId);
    await store.searchSlots({ ...QUERY, serviceId: '99' });
    expect(store.chosen).toBeNull();
    store.forget();
    expect([store.search, store.index.slots.length, store.focusedId, store.status]).toEqual([
      null,
      0,
      null,
      'idle',
    ]);
  });
});
