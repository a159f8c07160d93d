// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../../src-renderer/bridge/bridge.ts';
import { useHandoverStore } from '../../../../src-renderer/features/outbox/handover.store.ts';
import { useOutboxItemsStore } from '../../../../src-renderer/features/outbox/outbox-items.store.ts';
import { useOutboxStore } from '../../../../src-renderer/features/outbox/outbox.store.ts';
import { createFakeBridge, type FakeAnswers, type FakeBridge } from '../../../support/fake-bridge.ts';
import { makeOutboxSummary } from '../../../support/fake-data.ts';
import { answerItems, intentId, makeHandover, makeItem } from './outbox-fakes.ts';

let fake: FakeBridge;
function start(answers: FakeAnswers): void {
  fake = createFakeBridge(answers);
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
}
beforeEach(() => start(answerItems([makeItem(1), makeItem(2), makeItem(3)])));
afterEach(() => setBridgeForTests(null));

describe('the summary', () => {
  it('is read once, follows pushes, and stays when reading fails', async () => {
    const store = useOutboxStore();
    await store.read();
    expect(store.summary?.open).toBe(3);
    fake.push('outbox/changed', makeOutboxSummary({ open: 5 }));
    expect(store.summary?.open).toBe(5);
    fake.answer('outbox/read-summary', () => fail('internal', 'broken'));
    await store.read();
    expect([store.summary?.open, store.problem?.code]).toEqual([5, 'broken']);
    store.forget();
    expect(store.summary).toBeNull();
  });
});

describe('the items', () => {
  async function opened() {
    const store = useOutboxItemsStore();
    store.follow();
    await store.fetchItems();
    return store;
  }
  const ids = (store: ReturnType<typeof useOutboxItemsStore>) => store.rows.map((row) => row.intentId);

  it('are fetched, then follow pushes; an older push that arrives late changes nothing', async () => {
    const store = await opened();
    fake.push(
      'outbox/item-changed',
      makeItem(1, { state: 'sending', updatedAt: '2026-11-23T10:45:00.000Z' }),
    );
    fake.push(
      'outbox/item-changed',
      makeItem(1, { state: 'checking', updatedAt: '2026-11-23T10:44:00.000Z' }),
    );
    expect(store.rows[0]?.state).toBe('sending');
    expect(store.lastChange?.before?.state).toBe('waiting');
  });

  it('keep a push that came while they were being fetched', async () => {
    let answer: () => void = () => undefined;
    fake.answer(
      'outbox/read-items',
      () => new Promise((resolve) => (answer = () => resolve(ok({ items: [makeItem(1)], total: 1 })))),
    );
    const store = useOutboxItemsStore();
    store.follow();
    const fetching = store.fetchItems();
    fake.push('outbox/item-changed', makeItem(1, { state: 'done', updatedAt: '2026-11-23T10:45:00.000Z' }));
    answer();
    await fetching;
    expect(store.rows[0]?.state).toBe('done');
  });

  it('keep the selection on the same intent when the order changes', async () => {
    const store = await opened();
    store.selectIndex(1);
    fake.push('outbox/item-changed', makeItem(3, { isUrgent: true, updatedAt: '2026-11-23T10:45:00.000Z' }));
    expect(ids(store)).toEqual([3, 1, 2].map(intentId));
    expect([store.selectedId, store.selectedIndex]).toEqual([intentId(2), 2]);
  });

  it('keep their order while a detail or a form is open, and only then', async () => {
    const store = await opened();
    await store.openDetail(intentId(2));
    store.openForm('withdraw', intentId(2));
    fake.push('outbox/item-changed', makeItem(1, { state: 'done', updatedAt: '2026-11-23T10:45:00.000Z' }));
    fake.push('outbox/item-changed', makeItem(4));
    expect(ids(store)).toEqual([1, 2, 3].map(intentId));
    expect([store.rows[0]?.state, store.unlisted]).toEqual(['done', 1]);
    store.closeForm();
    expect(ids(store)).toEqual([1, 2, 3].map(intentId));
    store.closeDetail();
    expect(ids(store)).toEqual([2, 3, 4, 1].map(intentId));
  });

  it('follow an intent that took the place of another', async () => {
    const edited = makeItem(9, { comment: 'new', createdAt: '2026-11-23T10:59:00.000Z' });
    fake.answer('outbox/edit', () => ok(edited));
    const store = await opened();
    store.selectIndex(1);
    await store.openDetail(intentId(2));
    store.drafts.set(intentId(2), 'new');
    expect(await store.edit(intentId(2), 'new')).toBeNull();
    expect(store.selectedId).toBe(edited.intentId);
    expect(ids(store)).toEqual([1, 9, 3].map(intentId));
    expect(store.drafts.size).toBe(0);
  });

  it('show no answer for another item than was asked for', async () => {
    const store = await opened();
    fake.answer('outbox/read-item', () =>
      ok({ item: makeItem(3), lines: [], nowReadAt: null, nowProblem: 'x' }),
    );
    await store.openDetail(intentId(2));
    expect([store.detail, store.detailProblem?.code]).toEqual([null, 'other-item']);
  });

  it('are gone after a lock, and what main tells then is not taken', async () => {
    const store = await opened();
    await store.openDetail(intentId(2));
    store.forget();
    fake.push('outbox/item-changed', makeItem(7));
    expect([store.rows.length, store.items.size, store.detail, store.selectedId]).toEqual([0, 0, null, null]);
  });
});

describe('the handover', () => {
  it('reads when asked, and reads back for a colleague', async () => {
    start({
      'outbox/read-handover': () => ok({ items: [makeHandover(1), makeHandover(2)] }),
      'outbox/read-back-for-colleague': (input) =>
        ok(makeHandover(1, { ...input, state: 'done', code: '', mayReadBack: false })),
    });
    const store = useHandoverStore();
    expect(fake.calls).toEqual([]);
    await store.fetchItems();
    expect(store.selectedId).toBe(intentId(1));
    expect(await store.readBack(intentId(1))).toBeNull();
    expect(store.rows.map(({ state }) => state)).toEqual(['done', 'unknown']);
    store.forget();
    expect([store.rows.length, store.isRead]).toEqual([0, false]);
  });
});
