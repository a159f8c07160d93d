/**
 * One gate for all calls of the workstation. The rate limit belongs to the application, not to the desk, so a desk
 * takes a configured share of it, evenly spaced, and all its calls pause together after a 429 (safety.md, fact 2).
 */
import type { Clock } from '../../app/ports.ts';
import { createPace } from './pace.ts';
import { createPause, type PauseListener } from './pause.ts';
import { createWaitingLine, type Turn, type Urgency } from './waiting-line.ts';

export { LONGEST_PAUSE_MS } from './pause.ts';
export type { Urgency } from './waiting-line.ts';

export interface Gate {
  /**
   * Answers `go` when the call may start. With `maxWaitMs` it answers `too-long` as soon as it is plain that the turn
   * would come later than that: a write must not start at a moment that its sender no longer expects.
   */
  enter(urgency: Urgency, maxWaitMs?: number): Promise<Turn>;
  /** A 429: pauses every call, slows the pace; gives the pause in milliseconds. */
  reportLimited(retryAfterMs: number | null): number;
  /** A reply other than 429: ends the back-off and speeds the pace up again. */
  reportReply(): void;
  /** Wall clock milliseconds at which the pause ends; null when there is none. */
  pausedUntilMs(): number | null;
  /** Called at the start of a pause with its end, and with null when calls go on. */
  onPause(listener: PauseListener): () => void;
}

export interface GateOptions {
  readonly clock: Clock;
  /** Share of the application's 10 requests a second, above 0 and at most 1. */
  readonly rateShare: number;
}

/** Makes the gate of a desk. */
export function createGate({ clock, rateShare }: GateOptions): Gate {
  const pace = createPace(rateShare);
  const pause = createPause(clock);
  const line = createWaitingLine();
  const wakeAt = createAlarm(clock, serve);
  let nextTurnMs = Number.NEGATIVE_INFINITY;

  function serve(): void {
    const now = clock.monotonicMs();
    pause.endWhenDue();
    const opensAtMs = Math.max(nextTurnMs, pause.endMs());
    line.dropLate(Math.max(now, opensAtMs));
    const waiter = now >= opensAtMs ? line.takeNext() : undefined;
    if (waiter !== undefined) {
      nextTurnMs = pace.nextTurn(nextTurnMs, now);
      waiter.release('go');
    }
    if (!line.isEmpty() || pause.isOn()) wakeAt(Math.max(nextTurnMs, pause.endMs()));
  }

  return {
    enter(urgency, maxWaitMs) {
      return new Promise((release) => {
        const latestMs = maxWaitMs === undefined ? null : clock.monotonicMs() + maxWaitMs;
        line.join(urgency, { release, latestMs });
        serve();
      });
    },
    reportLimited(retryAfterMs) {
      const { leftMs, isNew } = pause.begin(retryAfterMs);
      if (isNew) pace.slowDown();
      serve();
      return leftMs;
    },
    reportReply() {
      pause.forgetBackoff();
      if (!pause.isOn()) pace.speedUp();
    },
    pausedUntilMs: pause.untilMs,
    onPause: pause.onChange,
  };
}

/** One timer that is moved, instead of one per call. */
function createAlarm(clock: Clock, ring: () => void): (atMs: number) => void {
  let setForMs: number | null = null;
  let cancel = () => {};
  return (atMs) => {
    if (setForMs === atMs) return;
    cancel();
    setForMs = atMs;
    cancel = clock.schedule(Math.max(0, Math.ceil(atMs - clock.monotonicMs())), () => {
      setForMs = null;
      ring();
    });
  };
}
