import type { Clock } from '../../app/ports.ts';

/** The wall clock and the monotonic one part by more than this: the machine slept. */
const SLEEP_MS = 30_000;

/** Makes a function that says whether the machine slept since it was last asked. */
export function createSleepWatch(clock: Clock): () => boolean {
  const gapNow = () => clock.nowMs() - clock.monotonicMs();
  let gapMs = gapNow();
  return () => {
    const jumpMs = gapNow() - gapMs;
    if (jumpMs < 0 || jumpMs >= SLEEP_MS) gapMs += jumpMs;
    // A clock that is set cannot be told from a sleep, and one that was set far back while asleep would hide it.
    return Math.abs(jumpMs) >= SLEEP_MS;
  };
}
