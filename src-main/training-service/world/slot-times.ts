/** The days and hours of clinics, in London time, counted from the world's anchor. */
import {
  addDays,
  daysBetween,
  fromLondon,
  isClockChangeWeek,
  londonDate,
  weekStart,
} from '../../contract/london-time.ts';

const MINUTE = 60_000;
const OPENING_MINUTE = 8 * 60 + 30;
const AFTERNOON_MINUTE = 13 * 60 + 30;
const WEEKS_AHEAD = 54;

/** The Sundays of the next two clock changes after the day of the anchor. */
export function findClockChangeSundays(anchorMs: number): readonly string[] {
  const today = londonDate(anchorMs);
  const monday = weekStart(today);
  const sundays: string[] = [];
  for (let week = 0; week < WEEKS_AHEAD && sundays.length < 2; week++) {
    const sunday = addDays(monday, week * 7 + 6);
    if (sunday > today && isClockChangeWeek(sunday)) sundays.push(sunday);
  }
  return sundays;
}

/** Working days from tomorrow over so many weeks. */
export function listWeekdays(anchorMs: number, weeks: number): string[] {
  const today = londonDate(anchorMs);
  const weekday = daysBetween(weekStart(today), today);
  const days: string[] = [];
  for (let i = 1; i <= weeks * 7; i++) {
    if ((weekday + i) % 7 < 5) days.push(addDays(today, i));
  }
  return days;
}

/** Every day of the weeks of the next two clock changes, from tomorrow on. */
export function listClockChangeDays(anchorMs: number): string[] {
  const today = londonDate(anchorMs);
  return findClockChangeSundays(anchorMs)
    .flatMap((sunday) => Array.from({ length: 7 }, (_, i) => addDays(sunday, i - 6)))
    .filter((day) => day > today);
}

/**
 * Instants around each change: the two half hours that London's clocks both call 01:30 in autumn,
 * and the ones before and after the missing hour in spring.
 */
export function listNightStarts(anchorMs: number): number[] {
  return findClockChangeSundays(anchorMs).flatMap((sunday) => {
    // Clocks change at 01:00 UTC; midnight is before it in both seasons.
    const firstHalfHour = fromLondon(sunday, 0, 0);
    const change = firstHalfHour + (isSpringChange(sunday) ? 60 : 120) * MINUTE;
    return [change - 30 * MINUTE, change + 30 * MINUTE];
  });
}

/** In spring the Sunday has 23 hours. */
function isSpringChange(sunday: string): boolean {
  return fromLondon(addDays(sunday, 1), 0, 0) - fromLondon(sunday, 0, 0) === 23 * 60 * MINUTE;
}

/** Gives the instant of a step of a clinic day: mornings from 08:30, afternoons from 13:30. */
export function createClinicClock(): (day: string, step: number, steps: number, minutes: number) => number {
  const eightOClock = new Map<string, number>();
  return (day, step, steps, minutes) => {
    let base = eightOClock.get(day);
    if (base === undefined) {
      base = fromLondon(day, 8, 0);
      eightOClock.set(day, base);
    }
    const morning = Math.ceil(steps / 2);
    const minute =
      step < morning ? OPENING_MINUTE + step * minutes : AFTERNOON_MINUTE + (step - morning) * minutes;
    return base + (minute - 8 * 60) * MINUTE;
  };
}
