// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalRow } from '../../../src-main/contract/channels/lists.ts';
import type { WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { waitingDays } from '../../../src-renderer/features/worklist/cell-text.ts';
import { localRows } from '../../../src-renderer/features/worklist/list-kinds.ts';
import { sortByColumn } from '../../../src-renderer/features/worklist/sort-rows.ts';
import { useWorklistStore } from '../../../src-renderer/features/worklist/worklist.store.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { READ_AT, makeNhsNumber, makeRow, makeWorklist } from '../../support/fake-data.ts';

let fake: FakeBridge;
const state = (code: string) => ({ code, display: '' });
const ROUTINE = { code: 'ROUTINE', display: '' };
const plain = (n: number, changes: Partial<WorklistRow> = {}) =>
  makeRow(n, { priority: ROUTINE, status: state('NOT_BOOKED'), ...changes });

const ROWS: readonly WorklistRow[] = [
  plain(1, { context: 'CARDIOLOGY/HEART_FAILURE', created: '2026-10-01T08:00:00.000Z' }),
  plain(2, { context: 'CARDIOLOGY/HYPERTENSION', created: '2026-11-20T08:00:00.000Z' }),
  plain(3, { context: 'DERMATOLOGY/GENERAL', created: '2026-11-01T08:00:00.000Z' }),
  plain(4, { status: state('DEFERRED_TO_PROVIDER'), created: null }),
  plain(5, { status: state('AWAITING_TRIAGE'), created: null }),
  plain(6, { status: state('A_NEW_STATE'), created: null }),
];
const numbers = (rows: readonly { readonly ubrn: string }[]) =>
  rows.map(({ ubrn }) => Number(ubrn) - 49_000_000);

async function readList(rows = ROWS) {
  fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, rows)));
  const store = useWorklistStore();
  await store.showList('AWAITING_BOOKING');
  return store;
}

beforeEach(() => {
  fake = createFakeBridge();
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
});
afterEach(() => setBridgeForTests(null));

describe('Awaiting Booking', () => {
  it('hides deferred and triage rows, keeps states that it does not know, and says how many are hidden', async () => {
    const store = await readList();
    expect(numbers(store.rows)).toEqual([1, 3, 2, 6]);
    expect(store.hiddenCount).toBe(2);
    store.isShowingAll = true;
    expect(numbers(store.rows)).toEqual([1, 3, 2, 4, 5, 6]);
    expect(store.hiddenCount).toBe(0);
  });

  it('is the only list that hides rows', async () => {
    const store = await readList();
    await store.showList('REJECTED_TRIAGE_RESPONSE');
    expect(store.rows).toHaveLength(ROWS.length);
  });
});

describe('filters of columns', () => {
  it('narrow the list together with the filter of all columns', async () => {
    const store = await readList();
    store.setColumnFilter('context', 'cardio');
    expect(numbers(store.rows)).toEqual([1, 2]);
    store.setColumnFilter('age', '>30');
    expect(numbers(store.rows)).toEqual([1]);
    store.setColumnFilter('age', '');
    store.filter = 'hyper';
    expect(numbers(store.rows)).toEqual([2]);
    store.clearFilters();
    expect(store.rows).toHaveLength(4);
  });

  it.each([
    ['>21', [1, 3]],
    ['<22', [2]],
    ['3', [2]],
    ['3 d', [2]],
  ])('take days as %s', async (text, expected) => {
    const store = await readList();
    store.setColumnFilter('age', text);
    // 22 days for the third row: it is in by >21 and out by <22.
    expect(numbers(store.rows)).toEqual(expected);
  });

  it('find a name as far as it has been read, and a number written in groups', async () => {
    const store = await readList();
    store.setColumnFilter('name', 'jones');
    expect(store.rows).toHaveLength(0);
    await store.wantNames([makeNhsNumber(1), makeNhsNumber(2)]);
    expect(numbers(store.rows)).toEqual([1]);
    store.clearFilters();
    store.setColumnFilter('ubrn', '0000 4900 0002');
    expect(numbers(store.rows)).toEqual([2]);
  });

  it('look in one column only', async () => {
    const store = await readList();
    store.setColumnFilter('status', 'cardio');
    expect(store.rows).toHaveLength(0);
  });
});

describe('sorting', () => {
  it('goes by a column, turns round the second time, and keeps the selected referral', async () => {
    const store = await readList();
    store.selectIndex(2);
    const pinned = store.selectedUbrn;
    store.sortBy('ubrn');
    expect(numbers(store.rows)).toEqual([1, 2, 3, 6]);
    store.sortBy('ubrn');
    expect(numbers(store.rows)).toEqual([6, 3, 2, 1]);
    expect(store.selectedUbrn).toBe(pinned);
    expect(store.selectedIndex).toBe(2);
    store.sortBy(null);
    expect(numbers(store.rows)).toEqual([1, 3, 2, 6]);
  });

  it('puts rows without a value last, both ways', () => {
    const choice = (isDescending: boolean) => ({ column: 'age' as const, isDescending, names: new Map() });
    expect(numbers(sortByColumn(ROWS, choice(false))).slice(0, 3)).toEqual([1, 3, 2]);
    expect(numbers(sortByColumn(ROWS, choice(true))).slice(0, 3)).toEqual([2, 3, 1]);
  });

  it('moves no row for a name that is read later', async () => {
    const store = await readList();
    await store.wantNames([makeNhsNumber(2)]);
    store.sortBy('name');
    const before = numbers(store.rows);
    expect(before[0]).toBe(2);
    await store.wantNames([makeNhsNumber(1), makeNhsNumber(3)]);
    expect(numbers(store.rows)).toEqual(before);
  });
});

describe('marks', () => {
  it('stay with their referral when the rows move, reach over a range, and go with their rows', async () => {
    const store = await readList();
    expect(store.toggleMark()).toBe(true);
    store.selectIndex(2);
    store.markRange();
    expect([...store.marked].map((ubrn) => Number(ubrn) - 49_000_000)).toEqual([1, 3, 2]);
    expect(store.toggleMark()).toBe(false);
    fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, [plain(77), ...ROWS.slice(1)])));
    await store.fetchList();
    expect(store.dropLostMarks()).toBe(1);
    expect([...store.marked]).toEqual([plain(3).ubrn]);
  });

  it('are forgotten with the list', async () => {
    const store = await readList();
    store.toggleMark();
    await store.showList('LETTERS_OUTSTANDING');
    expect(store.marked.size).toBe(0);
  });
});

describe('the desk’s own lists', () => {
  const local = (n: number, changes: Partial<LocalRow> = {}): LocalRow => ({
    ...{ ubrn: plain(n).ubrn, nhsNumber: makeNhsNumber(n), priority: null, reason: 'watched', context: '' },
    ...{ due: null, addedAt: READ_AT },
    ...changes,
  });

  it('show a referral once, with all its reasons and the first day on which it is due', () => {
    const [row, ...others] = localRows([
      local(1, { reason: 'contact-by', due: '2026-12-01' }),
      local(1, { reason: 'ring-back', due: '2026-11-23' }),
      local(1, { reason: 'ring-back' }),
    ]);
    expect(others).toEqual([]);
    expect(row?.local).toMatchObject({ reasons: ['contact-by', 'ring-back'], due: '2026-11-23' });
  });

  it('are read again after main says that they changed, once they are shown', async () => {
    const store = await readList();
    await store.readLocalLists();
    fake.push('lists/changed', { list: 'WATCH', rows: 1 });
    expect(store.counts.get('WATCH')).toBe(1);
    fake.answer('lists/read', ({ list }) =>
      ok({ list, rows: [local(1)], readAt: READ_AT, isKept: true, dropped: 0, unreadable: 0 }),
    );
    await store.showList('WATCH');
    expect(numbers(store.rows)).toEqual([1]);
    expect([...store.watched]).toEqual([plain(1).ubrn]);
  });

  it('have what was used last first', async () => {
    fake.answer('lists/read', ({ list }) =>
      ok({
        list,
        rows: [local(1, { addedAt: '2026-11-23T09:00:00.000Z' }), local(2)],
        ...{ readAt: READ_AT, isKept: true, dropped: 0, unreadable: 0 },
      }),
    );
    const store = useWorklistStore();
    await store.showList('RECENTLY_USED');
    expect(numbers(store.rows)).toEqual([2, 1]);
  });
});

describe('the days of a row', () => {
  it('count from the start of the pathway where the list gives it, by London’s days', () => {
    const started = { pathwayStart: '2026-10-24T23:30:00.000Z', created: '2026-11-01T00:00:00.000Z' };
    expect(waitingDays(plain(1, started), '2026-10-26')).toBe(1);
    expect(waitingDays(plain(1, { ...started, pathwayStart: null }), '2026-11-03')).toBe(2);
    expect(waitingDays(plain(1, { created: null }), '2026-11-03')).toBeNull();
  });
});

describe('narrowing a provider’s list', () => {
  it('asks e-RS for the part, again at each reading, and for all of it afterwards', async () => {
    const store = useWorklistStore();
    const filter = { serviceId: '11001', specialty: null, clinician: null };
    await store.showList('APPOINTMENT_SLOT_ISSUES');
    await store.narrowList('APPOINTMENT_SLOT_ISSUES', filter);
    await store.fetchList();
    await store.narrowList('APPOINTMENT_SLOT_ISSUES', null);
    expect(fake.inputsOf('worklist/fetch').map((input) => input.filter)).toEqual([
      undefined,
      filter,
      filter,
      undefined,
    ]);
  });
});
