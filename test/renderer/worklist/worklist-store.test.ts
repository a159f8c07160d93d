// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Worklist } from '../../../src-main/contract/channels/worklist.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { useWorklistStore } from '../../../src-renderer/features/worklist/worklist.store.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { makeNhsNumber, makeRow, makeWorklist } from '../../support/fake-data.ts';

let fake: FakeBridge;
const rows = Array.from({ length: 10 }, (_, n) =>
  makeRow(n, {
    priority: { code: 'ROUTINE', display: 'Routine' },
    status: { code: 'NOT_BOOKED', display: 'Not booked' },
  }),
);

beforeEach(() => {
  fake = createFakeBridge({ 'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, rows)) });
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
});
afterEach(() => setBridgeForTests(null));

describe('the worklist store', () => {
  it('selects the first row of a list read for the first time', async () => {
    const store = useWorklistStore();
    await store.showList('AWAITING_BOOKING');
    expect(store.selectedIndex).toBe(0);
    expect(store.selectedUbrn).toBe(store.rows[0]?.ubrn);
  });

  it('keeps the selection on its UBRN when a new answer moves the rows', async () => {
    const store = useWorklistStore();
    await store.showList('AWAITING_BOOKING');
    store.selectIndex(3);
    const pinned = store.selectedUbrn;
    const newcomer = makeRow(77, { priority: { code: 'TWO_WEEK_WAIT', display: '2WW' } });
    fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, [newcomer, ...rows])));
    await store.fetchList();
    expect(store.selectedUbrn).toBe(pinned);
    expect(store.selectedIndex).toBe(4);
  });

  it('selects nothing when the selected referral has gone, and goes on from its place', async () => {
    const store = useWorklistStore();
    await store.showList('AWAITING_BOOKING');
    store.selectIndex(3);
    const gone = store.selectedUbrn;
    fake.answer('worklist/fetch', ({ kind }) =>
      ok(
        makeWorklist(
          kind,
          rows.filter(({ ubrn }) => ubrn !== gone),
        ),
      ),
    );
    await store.fetchList();
    expect(store.selectedRow()).toBeNull();
    store.moveSelection(1);
    expect(store.selectedIndex).toBe(3);
  });

  it('keeps old rows when reading again fails', async () => {
    const store = useWorklistStore();
    await store.showList('AWAITING_BOOKING');
    fake.answer('worklist/fetch', () => fail('offline', 'ECONNREFUSED'));
    await store.fetchList();
    expect(store.rows).toHaveLength(10);
    expect(store.current.problem?.kind).toBe('offline');
    expect(store.current.reading).not.toBeNull();
  });

  it('reads a list once while it is being read, and other lists when they are shown first', async () => {
    const store = useWorklistStore();
    await Promise.all([store.showList('AWAITING_BOOKING'), store.fetchList()]);
    await store.showList('LETTERS_OUTSTANDING');
    await store.showList('AWAITING_BOOKING');
    expect(fake.inputsOf('worklist/fetch').map(({ kind }) => kind)).toEqual([
      'AWAITING_BOOKING',
      'LETTERS_OUTSTANDING',
    ]);
  });

  it('drops an answer that comes after a lock', async () => {
    let answer: (outcome: Outcome<Worklist>) => void = () => undefined;
    fake.answer('worklist/fetch', () => new Promise((resolve) => (answer = resolve)));
    const store = useWorklistStore();
    const reading = store.showList('AWAITING_BOOKING');
    await Promise.resolve();
    store.forget();
    answer(ok(makeWorklist('AWAITING_BOOKING', rows)));
    await reading;
    expect(store.rows).toEqual([]);
    expect(store.selectedUbrn).toBeNull();
  });

  it('asks for names in small calls, each number once, and forgets them', async () => {
    const store = useWorklistStore();
    const numbers = Array.from({ length: 70 }, (_, n) => makeNhsNumber(n));
    await store.wantNames([...numbers, ...numbers]);
    await store.wantNames(numbers);
    expect(fake.inputsOf('patient/read-names').map(({ nhsNumbers }) => nhsNumbers.length)).toEqual([
      10, 10, 10, 10, 10, 10, 10,
    ]);
    expect(store.names.size).toBe(70);
    store.forget();
    expect(store.names.size).toBe(0);
  });

  it('does not ask again and again when names cannot be read', async () => {
    fake.answer('patient/read-names', () => fail('unavailable', 'SYSTEM_UNAVAILABLE'));
    const store = useWorklistStore();
    await store.wantNames([makeNhsNumber(1)]);
    expect(store.namesProblem?.kind).toBe('unavailable');
    expect(fake.inputsOf('patient/read-names')).toHaveLength(1);
  });
});
