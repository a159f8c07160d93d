// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { itemMark } from '../../../src-renderer/features/worklist/booking-marks.ts';
import { useWorklistStore } from '../../../src-renderer/features/worklist/worklist.store.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { makeRow, makeWorklist } from '../../support/fake-data.ts';
import { makeItem } from '../features/outbox/outbox-fakes.ts';

let fake: FakeBridge;
const { ubrn } = makeRow(1);
const item = (changes: Partial<OutboxItem>) => makeItem(1, { ubrn, action: 'defer', ...changes });

beforeEach(() => {
  fake = createFakeBridge();
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
});
afterEach(() => setBridgeForTests(null));

describe('what a row says of this desk’s own actions', () => {
  it('is there after a start for what was under way, and older than what a push has told', async () => {
    const items = [
      item({ state: 'unknown' }),
      item({ ubrn: makeRow(2).ubrn, action: 'cancel-referral', state: 'needs-you' }),
      item({ ubrn: makeRow(3).ubrn, state: 'done' }),
      item({ ubrn: makeRow(4).ubrn, action: 'letter', state: 'waiting' }),
    ];
    fake.answer('outbox/read-items', () => ok({ items, total: items.length }));
    const store = useWorklistStore();
    fake.push('outbox/item-changed', item({ state: 'refused' }));
    await store.readOpenItems();
    expect([...store.marks]).toEqual([
      [ubrn, 'Not deferred'],
      [makeRow(2).ubrn, 'Needs you'],
    ]);
  });

  it('goes when e-RS’s own word has been read, and stays while it is open or e-RS cannot be reached', async () => {
    const store = useWorklistStore();
    const open = makeRow(2).ubrn;
    fake.push('outbox/item-changed', item({ state: 'done' }));
    fake.push('outbox/item-changed', item({ ubrn: open, state: 'unknown' }));
    fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, [], { isRemembered: true })));
    await store.showList('AWAITING_BOOKING');
    fake.answer('worklist/fetch', () => fail('offline', 'ECONNREFUSED'));
    await store.fetchList();
    expect(store.marks.get(ubrn)).toBe('Deferred');
    fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, [])));
    await store.fetchList();
    expect([...store.marks.keys()]).toEqual([open]);
  });

  it('words as done what is done alone', () => {
    const marks = (action: OutboxItem['action']) =>
      (['queued', 'unknown', 'done', 'refused', 'withdrawn'] as const).map((state) =>
        itemMark({ action, state }),
      );
    expect(marks('cancel-later')).toEqual([
      'Not cancelled yet',
      'Not confirmed',
      'Cancelled, action later',
      'Not cancelled',
      'Not cancelled',
    ]);
    expect(marks('upload-file')).toEqual([null, null, null, null, null]);
  });
});
