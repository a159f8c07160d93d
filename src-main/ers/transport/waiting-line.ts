/** The calls that wait at the gate, in order of urgency and then of arrival. */
import type { CallOptions } from '../client.ts';

export type Urgency = NonNullable<CallOptions['urgency']>;
export type Turn = 'go' | 'too-long';

export interface Waiter {
  readonly release: (turn: Turn) => void;
  /** Monotonic moment after which the turn is of no use; null waits for ever. */
  readonly latestMs: number | null;
}

export interface WaitingLine {
  join(urgency: Urgency, waiter: Waiter): void;
  takeNext(): Waiter | undefined;
  /** Turns away those whose time ends before the gate opens. */
  dropLate(opensAtMs: number): void;
  isEmpty(): boolean;
}

/** The clerk's keys first, then read-backs, then the drain, then refreshes (screens.md section 9). */
const ORDER: readonly Urgency[] = ['clerk', 'read-back', 'drain', 'refresh'];

export function createWaitingLine(): WaitingLine {
  const queues = new Map<Urgency, Waiter[]>(ORDER.map((urgency) => [urgency, []]));
  return {
    join: (urgency, waiter) => void queues.get(urgency)?.push(waiter),
    takeNext: () => [...queues.values()].find((queue) => queue.length > 0)?.shift(),
    dropLate(opensAtMs) {
      const isLate = ({ latestMs }: Waiter) => latestMs !== null && latestMs < opensAtMs;
      for (const [urgency, queue] of queues) {
        queue.filter(isLate).forEach((waiter) => waiter.release('too-long'));
        queues.set(
          urgency,
          queue.filter((waiter) => !isLate(waiter)),
        );
      }
    },
    isEmpty: () => [...queues.values()].every((queue) => queue.length === 0),
  };
}
