/** The rule of contract.md section 11 against a calculation that shares nothing with it. */
import { describe, expect, it } from 'vitest';
import { contactByDate } from '../../../src-main/features/lists/contact-by-date.ts';

const DAY_MS = 86_400_000;
const LONDON_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

const UTC_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' });

/** Counts whole weeks of five days, and what is left over by the day of the week; the days are those of Intl. */
function independently(created: string, workingDays: number): string {
  const noon = Date.parse(`${LONDON_DAY.format(Date.parse(created))}T12:00:00Z`);
  // 1 January 1970 was a Thursday; Sunday is 0.
  const weekday = (Math.floor(noon / DAY_MS) + 4) % 7;
  // From a Saturday or a Sunday the count starts as from the Friday before.
  const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  const from = weekday === 6 || weekday === 0 ? 5 : weekday;
  const [weeks, rest] = [Math.floor(workingDays / 5), workingDays % 5];
  const overWeekend = from + rest > 5 ? 2 : 0;
  const moved = workingDays === 0 ? 0 : weeks * 7 + rest + overWeekend - back;
  return UTC_DAY.format(noon + moved * DAY_MS);
}

const CREATED = [
  // Around weekends.
  '2026-11-19T09:00:00.000Z',
  '2026-11-20T09:00:00.000Z',
  '2026-11-20T23:59:59.999Z',
  '2026-11-21T00:00:00.000Z',
  '2026-11-21T12:00:00.000Z',
  '2026-11-22T23:30:00.000Z',
  '2026-11-23T00:00:00.000Z',
  '2026-11-24T18:15:00.000Z',
  // The clocks go forward on Sunday 29 March 2026, one o'clock.
  '2026-03-27T23:30:00.000Z',
  '2026-03-28T23:30:00.000Z',
  '2026-03-29T00:30:00.000Z',
  '2026-03-29T01:30:00.000Z',
  '2026-03-29T22:59:59.000Z',
  '2026-03-29T23:00:00.000Z',
  '2026-03-30T23:30:00.000Z',
  // In summer the London day begins at 23:00 UTC.
  '2026-06-30T22:59:00.000Z',
  '2026-06-30T23:30:00.000Z',
  '2026-07-31T23:15:00.000Z',
  // The clocks go back on Sunday 25 October 2026, two o'clock.
  '2026-10-23T23:30:00.000Z',
  '2026-10-24T22:30:00.000Z',
  '2026-10-24T23:30:00.000Z',
  '2026-10-25T00:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2026-10-25T23:30:00.000Z',
  // Year end, leap day, bank holidays.
  '2026-12-24T16:00:00.000Z',
  '2026-12-25T12:00:00.000Z',
  '2026-12-31T23:59:59.000Z',
  '2027-01-01T00:00:00.000Z',
  '2028-02-28T10:00:00.000Z',
  '2028-02-29T10:00:00.000Z',
];

it('is told of thirty dates', () => {
  expect(new Set(CREATED).size).toBe(30);
});

describe.each([2, 5, 10, 40])('%i working days', (days) => {
  it.each(CREATED)('from %s', (created) => {
    expect(contactByDate(created, days)).toBe(independently(created, days));
  });
});

it.each([
  // The contract's worked example: created Mon 3 Jan 2022, two days.
  ['2022-01-03T10:00:00.000Z', 2, '2022-01-05'],
  ['2026-11-20T09:00:00.000Z', 1, '2026-11-23'],
  ['2026-11-21T09:00:00.000Z', 1, '2026-11-23'],
  ['2026-12-31T12:00:00.000Z', 2, '2027-01-04'],
  // 00:30 on 1 July in London: counting starts on the 2nd.
  ['2026-06-30T23:30:00.000Z', 1, '2026-07-02'],
  ['2026-06-30T12:00:00.000Z', 0, '2026-06-30'],
])('from %s, %i days, is %s', (created, days, expected) => {
  expect(contactByDate(created, days)).toBe(expected);
});
