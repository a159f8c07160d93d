import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPageToIndex,
  EMPTY_SLOT_INDEX,
  findSlot,
} from '../../../src-renderer/features/slots/slot-index.ts';
import {
  moveFocus,
  moveOfKey,
  weekEnd,
  type Move,
} from '../../../src-renderer/features/slots/slot-navigation.ts';
import { makeSlot, makeSlots } from './slot-fakes.ts';

const index = addPageToIndex(EMPTY_SLOT_INDEX, [
  makeSlot('2027-01-04', 9, 0),
  makeSlot('2027-01-04', 14, 0),
  makeSlot('2027-01-05', 9, 30),
  makeSlot('2027-01-05', 13, 45),
  makeSlot('2027-01-05', 16, 0),
  makeSlot('2027-01-07', 8, 0),
  makeSlot('2027-01-25', 10, 0),
  makeSlot('2027-01-27', 10, 0),
]);

function go(from: string | null, move: Move): string {
  const minute = findSlot(index, from)?.minuteOfDay ?? 0;
  const result = moveFocus(index, from, move, minute);
  return result.kind === 'to' ? result.slotId : result.edge;
}

describe('moveFocus', () => {
  it('moves within the day by up, down, Home and End, and stops at its ends', () => {
    expect(go('2027-01-05-1345', 'earlier')).toBe('2027-01-05-0930');
    expect(go('2027-01-05-1345', 'later')).toBe('2027-01-05-1600');
    expect(go('2027-01-05-1600', 'later')).toBe('last-of-day');
    expect(go('2027-01-05-0930', 'earlier')).toBe('first-of-day');
    expect(go('2027-01-05-1345', 'first-of-day')).toBe('2027-01-05-0930');
    expect(go('2027-01-05-1345', 'last-of-day')).toBe('2027-01-05-1600');
  });

  it('moves to the next day that has slots, to the nearest time', () => {
    expect(go('2027-01-04-1400', 'next-day')).toBe('2027-01-05-1345');
    expect(go('2027-01-05-1600', 'next-day')).toBe('2027-01-07-0800');
    expect(go('2027-01-05-0930', 'previous-day')).toBe('2027-01-04-0900');
    expect(go('2027-01-04-0900', 'previous-day')).toBe('first-day');
    expect(go('2027-01-27-1000', 'next-day')).toBe('last-day');
  });

  it('moves to the next week that has slots, to the nearest weekday', () => {
    expect(go('2027-01-07-0800', 'next-week')).toBe('2027-01-27-1000');
    expect(go('2027-01-04-0900', 'next-week')).toBe('2027-01-25-1000');
    expect(go('2027-01-25-1000', 'previous-week')).toBe('2027-01-04-0900');
    expect(go('2027-01-27-1000', 'previous-week')).toBe('2027-01-07-0800');
  });

  it('goes to the last or first day of all when there is no further week', () => {
    expect(go('2027-01-25-1000', 'next-week')).toBe('2027-01-27-1000');
    expect(go('2027-01-27-1000', 'next-week')).toBe('last-day');
    expect(go('2027-01-07-0800', 'previous-week')).toBe('2027-01-04-0900');
    expect(go('2027-01-04-1400', 'previous-week')).toBe('first-day');
  });

  it('goes to the first free slot by Ctrl+Home and from a slot that is not there any more', () => {
    expect(go('2027-01-27-1000', 'first-free')).toBe('2027-01-04-0900');
    expect(go('gone', 'later')).toBe('2027-01-04-0900');
    expect(moveFocus(EMPTY_SLOT_INDEX, null, 'later', 0)).toEqual({ kind: 'edge', edge: 'first-day' });
  });

  it('never leaves the index, and steps sideways by exactly one day with slots', () => {
    const big = addPageToIndex(EMPTY_SLOT_INDEX, makeSlots(300));
    const moves: Move[] = ['earlier', 'later', 'previous-day', 'next-day', 'previous-week', 'next-week'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (steps) => {
        let at = big.slots[0]?.slotId ?? '';
        for (const step of steps) {
          const result = moveFocus(big, at, step, 600);
          if (result.kind === 'edge') continue;
          const [before, after] = [big.positions.get(at), big.positions.get(result.slotId)];
          expect(after).toBeDefined();
          if (step === 'next-day') expect(after?.dayIndex).toBe((before?.dayIndex ?? 0) + 1);
          if (step === 'later') expect(after).toEqual({ ...before, slotIndex: (before?.slotIndex ?? 0) + 1 });
          at = result.slotId;
        }
      }),
      { numRuns: 100 },
    );
  });
});

it('reads the keys of the arrow model and no others', () => {
  expect(['ArrowUp', 'ArrowRight', 'End', 'PageDown', 'a'].map((key) => moveOfKey(key, false))).toEqual([
    'earlier',
    'next-day',
    'last-of-day',
    'next-week',
    null,
  ]);
  expect([moveOfKey('Home', true), moveOfKey('ArrowUp', true)]).toEqual(['first-free', null]);
  expect(weekEnd('2027-01-04')).toBe('2027-01-10');
});
