import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import type { Clock } from '../../src-main/app/ports.ts';

/** So many seconds pass for the desk and the service in one of the machine's: 205 s are over in ten. */
const SPEED = 20;

/** The machine's clock in a hurry. Processes that are given the same start agree on the time of day. */
export function createHurriedClock(startMs: number): Clock {
  const clock = createSystemClock();
  return {
    nowMs: () => startMs + (clock.nowMs() - startMs) * SPEED,
    monotonicMs: () => clock.monotonicMs() * SPEED,
    schedule: (delayMs, task) => clock.schedule(delayMs / SPEED, task),
  };
}
