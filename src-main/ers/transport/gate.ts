/**
 * One gate for all calls of the workstation. The rate limit belongs to the application, not to the desk, so a desk
 * takes a configured share of it, evenly spaced, and all its calls pause together after a 429 (safety.md, fact 2).
 */
import type { Clock } from '../../app/ports.ts';
import type { CallOptions } from '../client.ts';
import { createPace } from './pace.ts';

export type Urgency = NonNullable<CallOptions['urgency']>;

/** The clerk's keys first, then read-backs, then the drain, then refreshes (screens.md section 9). */
const ORDER: readonly Urgency[] = ['clerk', 'read-back', 'drain', 'refresh'];

/** Documented back-off without a Retry-After: 1, 2, 4 … seconds (contract.md section 4.6). */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 64_000;
/** A Retry-After beyond this is not believed. */
export const LONGEST_PAUSE_MS = 120_000;

export interface Gate {
  /**
   * Answers `go` when the call may start. With `maxWaitMs` it answers `too-long` as soon as it is plain that the turn
   * would come later than that: a write must not start at a moment that its sender no longer expects.
   */
  enter(urgency: Urgency, maxWaitMs?: number): Promise<'go' | 'too-long'>;
  /** A 429: pauses every call, slows the pace; gives the pause in milliseconds. */
  reportLimited(retryAfterMs: number | null): number;
  /** A reply other than 429: ends the back-off and speeds the pace up again. */
  reportReply(): void;
  /** Wall clock milliseconds at which the pause ends; null when there is none. */
  pausedUntilMs(): number | null;
  /** Called at the start of a pause with its end, and with null when calls go on. */
  onPause(listener: (pausedUntilMs: number | null) => void): () => void;
}

interface Waiter {
  readonly release: (answer: 'go' | 'too-long') => void;
  /** Monotonic; null waits for ever. */
  readonly latestMs: number | null;
}

export interface GateOptions {
  readonly clock: Clock;
  /** Share of the application's 10 requests a second, above 0 and at most 1. */
  readonly rateShare: number;
}

/** Makes the gate of a desk. */
export function createGate({ clock, rateShare }: GateOptions): Gate {
  const pace = createPace(rateShare);
  const queues = new Map<Urgency, Waiter[]>(ORDER.map((urgency) => [urgency, []]));
  const listeners = new Set<(pausedUntilMs: number | null) => void>();
  let nextTurnMs = Number.NEGATIVE_INFINITY;
  let pauseEndMs = Number.NEGATIVE_INFINITY;
  let isPaused = false;
  let backoffMs = FIRST_BACKOFF_MS;
  let wakeAtMs: number | null = null;
  let cancelWake = () => {};

  const pausedUntilMs = () =>
    isPaused ? clock.nowMs() + Math.max(0, pauseEndMs - clock.monotonicMs()) : null;
  const tell = () => listeners.forEach((listener) => listener(pausedUntilMs()));

  function takeNext(now: number): Waiter | undefined {
    for (const urgency of ORDER) {
      const queue = queues.get(urgency) ?? [];
      while (queue.length > 0) {
        const waiter = queue.shift() as Waiter;
        if (waiter.latestMs === null || waiter.latestMs >= now) return waiter;
        waiter.release('too-long');
      }
    }
    return undefined;
  }

  /** Turns away those whose time is over, or whose time ends before the pause does. */
  function dropLate(opensAtMs: number): void {
    for (const [urgency, queue] of queues) {
      const isLate = ({ latestMs }: Waiter) => latestMs !== null && latestMs < opensAtMs;
      queue.filter(isLate).forEach((waiter) => waiter.release('too-long'));
      queues.set(
        urgency,
        queue.filter((waiter) => !isLate(waiter)),
      );
    }
  }

  function serve(): void {
    const now = clock.monotonicMs();
    if (isPaused && now >= pauseEndMs) {
      isPaused = false;
      tell();
    }
    const opensAtMs = Math.max(nextTurnMs, pauseEndMs);
    dropLate(Math.max(now, opensAtMs));
    if (now >= opensAtMs) {
      const waiter = takeNext(now);
      if (waiter !== undefined) {
        // A timer that fires late must not slow the pace down, nor may two calls come too close together.
        nextTurnMs = pace.nextTurn(nextTurnMs, now);
        waiter.release('go');
      }
    }
    const isWaiting = [...queues.values()].some((queue) => queue.length > 0);
    if (isWaiting || isPaused) wakeAt(Math.max(nextTurnMs, pauseEndMs));
  }

  function wakeAt(atMs: number): void {
    if (wakeAtMs === atMs) return;
    cancelWake();
    wakeAtMs = atMs;
    cancelWake = clock.schedule(Math.max(0, Math.ceil(atMs - clock.monotonicMs())), () => {
      wakeAtMs = null;
      serve();
    });
  }

  return {
    enter(urgency, maxWaitMs) {
      return new Promise((release) => {
        const latestMs = maxWaitMs === undefined ? null : clock.monotonicMs() + maxWaitMs;
        queues.get(urgency)?.push({ release, latestMs });
        serve();
      });
    },
    reportLimited(retryAfterMs) {
      const now = clock.monotonicMs();
      const asked = Math.min(LONGEST_PAUSE_MS, Math.max(retryAfterMs ?? backoffMs, FIRST_BACKOFF_MS));
      // Calls that were under way when the pause began do not make it grow.
      if (!isPaused) {
        pace.slowDown();
        backoffMs = Math.min(LONGEST_BACKOFF_MS, backoffMs * 2);
        pauseEndMs = now + asked;
      } else if (retryAfterMs !== null) {
        pauseEndMs = Math.max(pauseEndMs, now + asked);
      }
      isPaused = true;
      tell();
      serve();
      return Math.max(0, pauseEndMs - now);
    },
    reportReply() {
      if (isPaused) return;
      backoffMs = FIRST_BACKOFF_MS;
      pace.speedUp();
    },
    pausedUntilMs,
    onPause(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
