import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isCalendarDate } from '../../../src-main/contract/london-time.ts';
import { findJumpSlot, parseJump } from '../../../src-renderer/features/slots/jump-parser.ts';
import { addPageToIndex, EMPTY_SLOT_INDEX } from '../../../src-renderer/features/slots/slot-index.ts';
import { makeSlot } from './slot-fakes.ts';

const TODAY = '2026-11-23';
const read = (text: string) => {
  const parsed = parseJump(text, TODAY);
  return parsed.ok ? parsed.target : parsed.fault;
};
const date = (day: string, part: 'am' | 'pm' | null = null) => ({ kind: 'date', date: day, part });
const next = (weekday: number | null, part: 'am' | 'pm' | null = null) => ({ kind: 'next', weekday, part });

describe('parseJump', () => {
  it.each([
    ['14/2', date('2027-02-14')],
    ['23/11', date('2026-11-23')],
    ['22.11', date('2027-11-22')],
    ['1-12 pm', date('2026-12-01', 'pm')],
    ['14/2/27', date('2027-02-14')],
    ['14/02/2027am', date('2027-02-14', 'am')],
    ['29/2', date('2028-02-29')],
    ['+3w', date('2026-12-14')],
    ['+10d pm', date('2026-12-03', 'pm')],
    [' Tomorrow ', date('2026-11-24')],
    ['today pm', date('2026-11-23', 'pm')],
    ['tue am', next(2, 'am')],
    ['Sunday', next(7)],
    ['pm', next(null, 'pm')],
    ['31/2', 'no-such-date'],
    ['31/2/27', 'no-such-date'],
    ['1/1/2026', 'in-the-past'],
    ['+400w', 'too-far'],
    ['', 'not-understood'],
    ['tuesday week', 'not-understood'],
    ['14', 'not-understood'],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('reads every day of the next two years as people write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (ahead) => {
        const day = addDays(TODAY, ahead);
        const [year, month, dom] = day.split('-').map(Number);
        expect(read(`${dom}/${month}/${year}`)).toEqual(date(day));
      }),
    );
  });

  it('never throws and never gives a day that is not one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const parsed = parseJump(text, TODAY);
        if (parsed.ok && parsed.target.kind === 'date') expect(isCalendarDate(parsed.target.date)).toBe(true);
      }),
    );
  });
});

describe('findJumpSlot', () => {
  const index = addPageToIndex(EMPTY_SLOT_INDEX, [
    makeSlot('2027-01-04', 9, 0),
    makeSlot('2027-01-05', 9, 0),
    makeSlot('2027-01-05', 14, 0),
    makeSlot('2027-01-12', 9, 0),
    makeSlot('2027-01-12', 15, 0),
  ]);
  const find = (text: string, from: string | null) => {
    const parsed = parseJump(text, TODAY);
    return parsed.ok ? (findJumpSlot(index, parsed.target, from)?.slotId ?? null) : parsed.fault;
  };

  it('goes to the first slot on or after a date', () => {
    expect(find('5/1', null)).toBe('2027-01-05-0900');
    expect(find('6/1', null)).toBe('2027-01-12-0900');
    expect(find('6/1 pm', null)).toBe('2027-01-12-1500');
    expect(find('13/1', null)).toBeNull();
  });

  it('goes to the next weekday or half day after the focused slot', () => {
    expect(find('tue', '2027-01-04-0900')).toBe('2027-01-05-0900');
    expect(find('tue', '2027-01-05-0900')).toBe('2027-01-12-0900');
    expect(find('tue pm', '2027-01-05-0900')).toBe('2027-01-05-1400');
    expect(find('tue am', '2027-01-05-0900')).toBe('2027-01-12-0900');
    expect(find('pm', '2027-01-05-1400')).toBe('2027-01-12-1500');
    expect(find('fri', '2027-01-04-0900')).toBeNull();
  });
});
