/** The open intents of a desk, lined up per referral: the order in which they may go on (safety.md step 1, I8). */
import type { Entry } from './engine.ts';
import { ACTION_RULES } from './protocol/action-rules.ts';
import { BUSY_STATES, CALLING_STATES, isTerminal } from './protocol/intent-states.ts';
import type { Standing } from './protocol/machine.ts';

/** In parallel at most so many calls, and so many for one service (screens.md section 9). */
const MOST_CALLS = 6;
const MOST_CALLS_OF_A_SERVICE = 2;

export interface Run {
  entry: Entry;
  /** Counts steps: what an earlier step's call brings late is not heard. */
  serial: number;
  /** Those that needed the clerk when this one was made: while they do, they do not hold it up. */
  readonly mayPass: ReadonlySet<Run>;
}

export interface LineUp {
  add(entry: Entry): void;
  find(intentId: string): Run | undefined;
  all(): Iterable<Run>;
  /** Urgent ones first, then by age. */
  inOrder(): Run[];
  /** Moves a run on; one that is settled leaves the line. */
  put(run: Run, standing: Standing): void;
  drop(run: Run): void;
  /** The oldest earlier intent of the same referral that this one must wait for, or null. */
  aheadOf(run: Run): Run | null;
  /** Other intents of the same referral that are between check and a settled end. */
  othersBusy(run: Run): number;
  /** True when one more call of this service may be under way. */
  hasRoom(run: Run): boolean;
  /** The earliest planned step after `nowMs`, monotonic; Infinity when there is none. */
  nextDueMs(nowMs: number): number;
}

export function createLineUp(): LineUp {
  const runs = new Map<string, Run>();
  const lines = new Map<string, Run[]>();
  const calling = new Set<Run>();
  const lineOf = (run: Run) => lines.get(run.entry.line) ?? [];

  const holdsUp = (run: Run, later: Run) => {
    const { entry } = run;
    const { state, action } = entry.standing;
    if (entry.order >= later.entry.order || state === 'QUARANTINED') return false;
    // A fault of the disk: it may stand elsewhere than this process thinks.
    if (entry.isStalled) return true;
    // A letter that is ready waits to be printed: were a write to wait for that, it would be for ever (I5, I11).
    const isPassed = later.mayPass.has(run) || ACTION_RULES[action].isForPerson;
    return state !== 'NEEDS_CLERK' || !isPassed;
  };

  function drop(run: Run): void {
    runs.delete(run.entry.intentId);
    calling.delete(run);
    const rest = lineOf(run).filter((other) => other !== run);
    if (rest.length > 0) lines.set(run.entry.line, rest);
    else lines.delete(run.entry.line);
  }

  return {
    add(entry) {
      const earlier = lines.get(entry.line) ?? [];
      // What an earlier start wrote down and never sent may have been waiting for it: it waits again.
      const isKnowing = !entry.standing.isRevived || entry.standing.attempt > 0;
      const needClerk = earlier.filter(
        (other) => other.entry.standing.state === 'NEEDS_CLERK' && !other.entry.isStalled,
      );
      const run = { entry, serial: 0, mayPass: new Set(isKnowing ? needClerk : []) };
      runs.set(entry.intentId, run);
      lines.set(
        entry.line,
        [...earlier, run].sort((a, b) => a.entry.order - b.entry.order),
      );
    },
    find: (intentId) => runs.get(intentId),
    all: () => runs.values(),
    inOrder: () =>
      [...runs.values()].sort(
        (a, b) => Number(b.entry.isUrgent) - Number(a.entry.isUrgent) || a.entry.order - b.entry.order,
      ),
    put(run, standing) {
      run.entry = { ...run.entry, standing };
      if (CALLING_STATES.includes(standing.state)) calling.add(run);
      else calling.delete(run);
      if (isTerminal(standing.state)) drop(run);
    },
    drop,
    aheadOf: (run) => lineOf(run).find((other) => holdsUp(other, run)) ?? null,
    othersBusy: (run) =>
      lineOf(run).filter((other) => other !== run && BUSY_STATES.includes(other.entry.standing.state)).length,
    hasRoom({ entry: { service } }) {
      if (calling.size >= MOST_CALLS) return false;
      const atService = [...calling].filter(({ entry }) => service !== '' && entry.service === service);
      return atService.length < MOST_CALLS_OF_A_SERVICE;
    },
    nextDueMs(nowMs) {
      let nextMs = Infinity;
      for (const { entry } of runs.values()) {
        const at = entry.standing.dueAtMs ?? Infinity;
        if (at > nowMs && at < nextMs) nextMs = at;
      }
      return nextMs;
    },
  };
}
