import type { Clock } from '../app/ports.ts';

/** Waits so long by the clock; not at all for nothing. */
export function wait(clock: Clock, ms: number): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    clock.schedule(ms, resolve);
  });
}
