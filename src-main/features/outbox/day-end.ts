import { addDays, fromLondon, londonDate, londonParts, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';

/** Items still open at this hour, London time, are shown to the team as an alert (screens.md section 9). */
const DAY_END_HOUR = 17;

export function isPastDayEnd(clock: Clock): boolean {
  return londonParts(toIso(clock.nowMs())).hour >= DAY_END_HOUR;
}

/** Calls `task` at every end of a booking day; the returned function ends that. */
export function atDayEnds(clock: Clock, task: () => void): () => void {
  let cancel = () => {};
  const plan = () => {
    const today = londonDate(clock.nowMs());
    const day = isPastDayEnd(clock) ? addDays(today, 1) : today;
    cancel = clock.schedule(Math.max(1_000, fromLondon(day, DAY_END_HOUR, 0) - clock.nowMs()), () => {
      task();
      plan();
    });
  };
  plan();
  return () => cancel();
}
