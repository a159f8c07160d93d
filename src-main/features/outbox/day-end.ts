import { addDays, fromLondon, londonDate, londonParts, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';

/** Items still open at this hour, London time, are shown to the team as an alert, where the site says no other. */
const DAY_END_HOUR = 17;

export function isPastDayEnd(clock: Clock, hour = DAY_END_HOUR): boolean {
  return londonParts(toIso(clock.nowMs())).hour >= hour;
}

/**
 * Calls `task` at every end of a booking day; the returned function ends that. The hour is asked for day by day: a
 * changed one holds from the next end on.
 */
export function atDayEnds(clock: Clock, hourNow: () => number | undefined, task: () => void): () => void {
  let cancel = () => {};
  const plan = () => {
    const hour = hourNow() ?? DAY_END_HOUR;
    const today = londonDate(clock.nowMs());
    const day = isPastDayEnd(clock, hour) ? addDays(today, 1) : today;
    cancel = clock.schedule(Math.max(1_000, fromLondon(day, hour, 0) - clock.nowMs()), () => {
      task();
      plan();
    });
  };
  plan();
  return () => cancel();
}
