/** The machine's clock; the only place of the product that reads it. */
import type { Clock } from '../../app/ports.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock port over the machine's wall clock, monotonic clock and timers. */
export function createSystemClock(): Clock {
  const monotonicMs = () => performance.now();
  return {
    nowMs: () => Date.now(),
    monotonicMs,
    schedule(delayMs, task) {
      const dueMs = monotonicMs() + delayMs;
      let timer: NodeJS.Timeout;
      // A timer longer than 24.8 days would fire at once, so a long one is made of parts.
      const arm = () => {
        const leftMs = dueMs - monotonicMs();
        timer = setTimeout(
          leftMs > LONGEST_TIMER_MS ? arm : task,
          Math.max(0, Math.min(leftMs, LONGEST_TIMER_MS)),
        );
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
