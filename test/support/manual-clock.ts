import type { Clock } from '../../src-main/app/ports.ts';

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as a person or a time server would. */
  setWallClock(epochMs: number): void;
}

/** A clock that moves only when told; `nowMs` starts at the given instant. */
export function createManualClock(startMs = 1_795_000_000_000): ManualClock {
  // Not a whole number: real monotonic clocks are not either.
  let monotonic = 0.25;
  let offset = startMs;
  let tasks: { readonly at: number; readonly task: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    nowMs: () => offset + monotonic,
    monotonicMs: () => monotonic,
    schedule(delayMs, task) {
      const entry = { at: monotonic + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    async advance(ms) {
      const end = monotonic + ms;
      await settle();
      for (;;) {
        const [next] = tasks.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks = tasks.filter((entry) => entry !== next);
        monotonic = Math.max(monotonic, next.at);
        next.task();
        await settle();
      }
      monotonic = end;
      await settle();
    },
    setWallClock(epochMs) {
      offset = epochMs - monotonic;
    },
  };
}
