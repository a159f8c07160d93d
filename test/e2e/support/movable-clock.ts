import type { Clock } from '../../../src-main/app/ports.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';

/** Runs with the machine's clock, from a now of its own, and can be moved on: what falls due meanwhile runs at once. */
export interface MovableClock extends Clock {
  /** Moves wall clock and monotonic clock on together, as time at the desk does. */
  pass(ms: number): void;
  /** Moves the wall clock alone, as a machine that slept finds it. */
  sleep(ms: number): void;
}

export interface ClockStart {
  /** The desk's idea of now; the machine's by default. */
  readonly now?: string | undefined;
  /** Stops the wall clock, so that pictures of two runs are alike. */
  readonly isFrozen?: boolean | undefined;
  /** So many seconds pass at the desk in one of the machine's: where many calls have to wait for their turn. */
  readonly speed?: number | undefined;
}

interface Alarm {
  readonly dueMs: number;
  readonly ring: () => void;
  cancel: () => void;
}

/** The same clock, going faster from now on. */
function hurry(clock: Clock, speed: number): Clock {
  const startMs = clock.nowMs();
  return {
    nowMs: () => startMs + (clock.nowMs() - startMs) * speed,
    monotonicMs: () => clock.monotonicMs() * speed,
    schedule: (delayMs, task) => clock.schedule(delayMs / speed, task),
  };
}

export function createMovableClock({ now, isFrozen = false, speed = 1 }: ClockStart = {}): MovableClock {
  const machine = hurry(createSystemClock(), speed);
  const startMs = now === undefined ? machine.nowMs() : (parseInstant(now) ?? 0);
  const offsetMs = startMs - machine.nowMs();
  const alarms = new Set<Alarm>();
  let passedMs = 0;
  let sleptMs = 0;
  const monotonicMs = () => machine.monotonicMs() + passedMs;

  function arm(alarm: Alarm): void {
    alarm.cancel();
    alarm.cancel = machine.schedule(Math.max(0, alarm.dueMs - monotonicMs()), alarm.ring);
  }

  return {
    nowMs: () => (isFrozen ? startMs : machine.nowMs() + offsetMs) + passedMs + sleptMs,
    monotonicMs,
    schedule(delayMs, task) {
      const ring = () => {
        alarms.delete(alarm);
        task();
      };
      const alarm: Alarm = { dueMs: monotonicMs() + delayMs, ring, cancel: () => undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        alarm.cancel();
        alarms.delete(alarm);
      };
    },
    sleep: (ms) => void (sleptMs += ms),
    pass(ms) {
      passedMs += ms;
      [...alarms].sort((a, b) => a.dueMs - b.dueMs).forEach(arm);
    },
  };
}
