import { describe, expect, it } from 'vitest';
import { findMoments } from '../../../../src-main/features/letters/check/moments.ts';

const read = (...lines: string[]) => findMoments(lines).map(({ date, times, zone }) => [date, times, zone]);

describe('a date with a time', () => {
  it.each([
    'Tuesday 5 January 2027 at 2:30pm',
    'Tue 05-Jan-2027 14:30',
    'Tue 05/01/2027, 14:30 hrs',
    '05.01.2027 at 2.30 p.m.',
    '5th January 2027 14.30hrs',
    'Tuesday, 5th of January 2027 - 1430 hrs',
    'Tuesday January 5, 2027 at 2:30 PM',
    '2027-01-05 14:30',
    '05/01/27 14:30',
    '05 Jan 2027 (Tuesday) from 14:30',
    '2:30pm on Tuesday 5 January 2027',
    '14:30, Tuesday 5 January 2027',
  ])('is read from %s', (line) => {
    expect(read(`Your appointment: ${line}.`)).toEqual([['2027-01-05', ['14:30'], null]]);
  });

  it('is read over the end of a line, behind a label, and from columns', () => {
    const wanted = [['2027-01-05', ['14:30'], null]];
    expect(read('Your appointment is on Tuesday 5', 'January 2027 at', '2:30pm in clinic 4')).toEqual(wanted);
    expect(read('Date: Tuesday 5 January 2027', 'Time: 2:30pm')).toEqual(wanted);
    expect(read('Date\tTime', '05-Jan-2027\t14:30')).toEqual(wanted);
    expect(read('Date\t05-Jan-2027', 'Appointment time\t14:30')).toEqual(wanted);
  });

  it('keeps the zone, and both readings of a time that does not say its half of the day', () => {
    expect(read('Sunday 25 October 2026 at 1:30am (BST)')).toEqual([['2026-10-25', ['01:30'], 'BST']]);
    expect(read('25/10/2026 01:30 GMT')).toEqual([['2026-10-25', ['01:30'], 'GMT']]);
    expect(read('5 January 2027 at 2:30')).toEqual([['2027-01-05', ['02:30', '14:30'], null]]);
    expect(read('5 January 2027 at 12 noon')).toEqual([['2027-01-05', ['12:00'], null]]);
    expect(read('5 January 2027 at 12:05am')).toEqual([['2027-01-05', ['00:05'], null]]);
  });

  it('is no day when there is none such, or when the weekday is another', () => {
    expect(read('Monday 5 January 2027 at 2:30pm')).toEqual([['', ['14:30'], null]]);
    expect(read('31/02/2027 14:30')).toEqual([['', ['14:30'], null]]);
  });

  it('is none of these', () => {
    expect(read('Date: Monday 23 November 2026', 'Details', 'We are open from 8am to 6pm')).toEqual([]);
    expect(read('5 January 2027. The desk opens at 8:30am')).toEqual([]);
    expect(read('It costs £2.30 from 5 January 2027')).toEqual([]);
    expect(read('Telephone 01632 960120 on 5 January 2027')).toEqual([]);
    expect(read('Tuesday 5 January 2027 at 25:30')).toEqual([]);
  });
});
