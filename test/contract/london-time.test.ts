import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageOn,
  daysBetween,
  formatForPatient,
  formatStaffDateTime,
  formatTime,
  fromLondon,
  isCalendarDate,
  isClockChangeWeek,
  isSameInstant,
  londonParts,
  parseInstant,
  toIso,
  weekStart,
} from '../../src-main/contract/london-time.ts';

describe('London time', () => {
  it.each([
    ['2022-07-11T12:00:00Z', '2022-07-11', '13:00', 'BST'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '01:30', 'BST'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '01:30', 'GMT'],
    ['2026-06-30T23:30:00Z', '2026-07-01', '00:30', 'BST'],
    ['2026-03-29T00:59:00Z', '2026-03-29', '00:59', 'GMT'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '02:00', 'BST'],
  ])('reads %s as %s %s %s', (instant, date, time, zone) => {
    expect([londonParts(instant).date, formatTime(instant), londonParts(instant).zone]).toEqual([
      date,
      time,
      zone,
    ]);
  });

  it('names the zone only in the weeks of a clock change', () => {
    expect(formatStaffDateTime('2027-01-05T14:30:00Z')).toBe('Tue 05-Jan-2027 14:30');
    expect(formatStaffDateTime('2026-10-25T00:30:00Z')).toBe('Sun 25-Oct-2026 01:30 BST');
    expect(formatStaffDateTime('2026-10-25T01:30:00Z')).toBe('Sun 25-Oct-2026 01:30 GMT');
    expect(isClockChangeWeek('2026-10-19')).toBe(true);
    expect(isClockChangeWeek('2026-10-26')).toBe(false);
    expect(isClockChangeWeek('2027-03-24')).toBe(true);
  });

  it('speaks to patients in full words', () => {
    expect(formatForPatient('2027-01-05T14:30:00Z')).toBe('Tuesday 5 January 2027 at 2:30pm');
    expect(formatForPatient('2027-01-05T12:00:00Z')).toBe('Tuesday 5 January 2027 at 12pm');
    expect(formatForPatient('2027-01-05T00:15:00Z')).toBe('Tuesday 5 January 2027 at 12:15am');
  });

  it('compares instants, not texts', () => {
    expect(isSameInstant('2022-07-11T12:00:00Z', '2022-07-11T13:00:00.000000+01:00')).toBe(true);
    expect(isSameInstant('2022-07-11T12:00:00Z', '2022-07-11T12:00:01Z')).toBe(false);
    expect(isSameInstant('no time', 'no time')).toBe(false);
  });

  it('refuses what is no instant or date', () => {
    expect(parseInstant('2022-07-11T12:00:00')).toBeNull();
    expect(parseInstant('')).toBeNull();
    expect(isCalendarDate('2026-02-29')).toBe(false);
    expect(isCalendarDate('2028-02-29')).toBe(true);
  });

  it('reads back every instant that it writes, and any other form of it', () => {
    const instants = fc.integer({ min: 0, max: 4_102_444_800_000 });
    fc.assert(
      fc.property(instants, (ms) => {
        const text = toIso(ms);
        return parseInstant(text) === ms && parseInstant(text.replace('Z', '+00:00')) === ms;
      }),
    );
    expect(toIso(1_795_000_000_123)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.123Z$/);
  });

  it.each([
    '2022-02-31T00:00:00Z',
    '2022-13-01T00:00:00Z',
    '2022-02-29T00:00:00Z',
    '2022-02-01T24:30:00Z',
    '2022-02-01T10:60:00Z',
  ])('takes %s for no instant', (text) => expect(parseInstant(text)).toBeNull());

  it('counts weeks, days and ages', () => {
    expect(weekStart('2026-11-22')).toBe('2026-11-16');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(ageOn('2000-02-29', '2026-02-28')).toBe(25);
    expect(toIso(fromLondon('2026-07-01', 9, 0))).toBe('2026-07-01T08:00:00.000Z');
    expect(toIso(1_795_000_000_000.75)).toBe(toIso(1_795_000_000_000));
  });
});
