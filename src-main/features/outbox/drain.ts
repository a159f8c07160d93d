import type { OutboxSummary } from '../../contract/channels/outbox.ts';
import type { Entry } from './engine.ts';
import { TURN_STATES, BUSY_STATES } from './protocol/intent-states.ts';

/** Fewer than this need no bar. */
const FEWEST_SHOWN = 3;

/** How far a drain has come: counted from the moment at which several items could go on (safety.md, fault model). */
export interface Drain {
  /** Several may go on from now: after a sign-in, or a connection that is back. */
  begin(entries: readonly Entry[]): void;
  progress(entries: readonly Entry[]): OutboxSummary['drain'];
}

export function createDrain(): Drain {
  let ids = new Set<string>();
  const isUnderWay = ({ standing }: Entry) =>
    TURN_STATES.includes(standing.state) || BUSY_STATES.includes(standing.state);
  return {
    begin(entries) {
      const waiting = entries.filter(isUnderWay).map(({ intentId }) => intentId);
      ids = new Set(waiting.length >= FEWEST_SHOWN ? waiting : []);
    },
    progress(entries) {
      if (ids.size === 0) return null;
      const left = entries.filter((entry) => ids.has(entry.intentId) && isUnderWay(entry)).length;
      const progress = { done: ids.size - left, total: ids.size };
      if (left === 0) ids = new Set();
      return left === 0 ? null : progress;
    },
  };
}
