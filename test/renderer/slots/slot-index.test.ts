import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src-main/contract/london-time.ts';
import {
  addPageToIndex,
  EMPTY_SLOT_INDEX,
  filterIndex,
  findSlot,
  firstDayFrom,
  indexSlot,
  nextSlotsAfter,
  removeFromIndex,
  slotTimeText,
} from '../../../src-renderer/features/slots/slot-index.ts';
import {
  passesFilters,
  listClinicians,
  hasFilters,
  NO_FILTERS,
} from '../../../src-renderer/features/slots/slot-filters.ts';
import { buildWeekTable } from '../../../src-renderer/features/slots/week-table.ts';
import { buildListItems } from '../../../src-renderer/features/slots/list-items.ts';
import { makeSlot, makeSlots } from './slot-fakes.ts';

const indexOf = (...slots: Parameters<typeof addPageToIndex>[1]) => addPageToIndex(EMPTY_SLOT_INDEX, slots);
const ids = (slots: readonly { slotId: string }[]) => slots.map((slot) => slot.slotId);

describe('indexSlot', () => {
  it('reads London clocks, on both sides of midnight and of the clock changes (hazard 5)', () => {
    const summer = indexSlot({ ...makeSlot('2026-07-01', 9, 0), start: '2026-06-30T23:30:00.000Z' });
    expect(summer).toMatchObject({ day: '2026-07-01', time: '00:30', zone: 'BST' });
    const twice = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map((start) =>
      indexSlot({ ...makeSlot('2026-10-25', 9, 0), start }),
    );
    expect(twice.map((slot) => slot && slotTimeText(slot))).toEqual(['01:30 BST', '01:30 GMT']);
    const ordinary = indexSlot(makeSlot('2027-01-05', 14, 30));
    expect(ordinary && slotTimeText(ordinary)).toBe('14:30');
  });

  it('gives null for a start that is no instant', () => {
    expect(indexSlot({ ...makeSlot('2027-01-05', 9, 0), start: 'soon' })).toBeNull();
  });
});

describe('the slot index', () => {
  it('has each slot once and in order, however the pages overlap and arrive', () => {
    const all = makeSlots(120);
    fc.assert(
      fc.property(fc.array(fc.subarray([...all]), { maxLength: 6 }), (pages) => {
        const index = pages.reduce((sofar, page) => addPageToIndex(sofar, page), EMPTY_SLOT_INDEX);
        const expected = all.filter((slot) => pages.some((page) => page.includes(slot)));
        expect(ids(index.slots)).toEqual(ids(expected));
        expect(index.days.flatMap((day) => ids(day.slots))).toEqual(ids(expected));
        for (const slot of index.slots) expect(findSlot(index, slot.slotId)).toBe(slot);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the first day on or after a date, and one past the end when there is none', () => {
    const index = indexOf(makeSlot('2027-01-05', 9, 0), makeSlot('2027-01-08', 9, 0));
    expect([0, 1, 2, 3, 4].map((by) => firstDayFrom(index, addDays('2027-01-05', by)))).toEqual([
      0, 1, 1, 1, 2,
    ]);
  });

  it('offers the next slots from a time on, without the one that has gone', () => {
    const index = indexOf(...makeSlots(10));
    const gone = index.slots[3];
    if (gone === undefined) throw new Error('no fourth slot');
    const rest = removeFromIndex(index, gone.slotId);
    expect(ids(nextSlotsAfter(rest, gone.startMs, 3))).toEqual(ids(index.slots.slice(4, 7)));
    expect(removeFromIndex(rest, gone.slotId)).toBe(rest);
  });
});

describe('filters', () => {
  const index = indexOf(
    makeSlot('2027-01-04', 11, 59, { clinicianId: '021600556514' }),
    makeSlot('2027-01-05', 12, 0),
    makeSlot('2027-01-05', 9, 0, { clinicianId: '100000000001' }),
  );
  const passing = (changes: Partial<typeof NO_FILTERS>) =>
    ids(filterIndex(index, (slot) => passesFilters(slot, { ...NO_FILTERS, ...changes })).slots);

  it('go by half day, weekday, and clinician or none', () => {
    expect(passing({ part: 'am' })).toEqual(['2027-01-04-1159', '2027-01-05-0900']);
    expect(passing({ part: 'pm' })).toEqual(['2027-01-05-1200']);
    expect(passing({ weekdays: [1] })).toEqual(['2027-01-04-1159']);
    expect(passing({ clinician: 'none' })).toEqual(['2027-01-05-1200']);
    expect(passing({ clinician: '100000000001', part: 'am' })).toEqual(['2027-01-05-0900']);
    expect([hasFilters(NO_FILTERS), hasFilters({ ...NO_FILTERS, weekdays: [3] })]).toEqual([false, true]);
  });

  it('give every clinician a letter of its own', () => {
    expect(listClinicians(index)).toEqual([
      { id: '021600556514', letter: 'A' },
      { id: '100000000001', letter: 'B' },
    ]);
    const many = indexOf(
      ...makeSlots(30).map((slot, at) => ({ ...slot, clinicianId: String(100000000000 + at) })),
    );
    expect(
      listClinicians(many)
        .map(({ letter }) => letter)
        .slice(24, 28),
    ).toEqual(['Y', 'Z', 'AA', 'AB']);
  });
});

describe('the two views', () => {
  it('align a week by time, several clinicians in one cell, and leave other weeks out', () => {
    const index = indexOf(
      makeSlot('2027-01-04', 9, 0),
      makeSlot('2027-01-06', 9, 0, { slotId: 'a', clinicianId: '100000000001' }),
      makeSlot('2027-01-06', 9, 0, { slotId: 'b', clinicianId: '100000000002' }),
      makeSlot('2027-01-06', 8, 45),
      makeSlot('2027-01-11', 9, 0),
    );
    const table = buildWeekTable(index, '2027-01-04');
    expect(table.rows.map((row) => [row.time, row.cells.map(ids)])).toEqual([
      ['08:45', [[], [], ['2027-01-06-0845'], [], [], [], []]],
      ['09:00', [['2027-01-04-0900'], [], ['a', 'b'], [], [], [], []]],
    ]);
    expect([table.count, table.days.at(-1)]).toEqual([4, '2027-01-10']);
  });

  it('list each day under its heading and know the row of each slot', () => {
    const index = indexOf(makeSlot('2027-01-04', 9, 0), makeSlot('2027-01-05', 9, 0));
    const { items, rowOf } = buildListItems(index);
    expect(items.map((item) => item.kind)).toEqual(['day', 'slot', 'day', 'slot']);
    expect([...rowOf]).toEqual([
      ['2027-01-04-0900', 1],
      ['2027-01-05-0900', 3],
    ]);
  });
});
