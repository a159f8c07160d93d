/** Counts in how many schedules something occurred, however often in each. */
import { INTENT_STATES, type IntentState } from '../../src-main/features/outbox/protocol/intent-states.ts';
import { FAULT_NAMES } from './plan.ts';

/** What moves an intent, with what it found. */
export const EVENT_NAMES = [
  'made',
  'turn',
  'no-connection',
  'checked clear',
  'checked own-effect',
  'checked changed',
  'checked refused',
  'checked not-reached',
  'checked limited',
  'checked locked',
  'checked held',
  'checked not-readable',
  'answered accepted',
  'answered answered',
  'answered not-sent',
  'answered limited',
  'answered locked',
  'answered held',
  'answered not-in-dialect',
  'answered unknown',
  'read-back ours',
  'read-back unchanged',
  'read-back changed-otherwise',
  'read-back not-reached',
  'read-back limited',
  'read-back locked',
  'read-back held',
  'read-back not-readable',
  'confirm',
  'withdraw',
  'read-now',
  'carried-out',
  'restart',
  'reload',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export const EVENT: Readonly<Record<EventName, number>> = Object.fromEntries(
  EVENT_NAMES.map((name, index) => [name, index]),
) as Record<EventName, number>;

const STATE: Readonly<Record<IntentState, number>> = Object.fromEntries(
  INTENT_STATES.map((name, index) => [name, index]),
) as Record<IntentState, number>;

const WITHDRAW = EVENT.withdraw;

const EVENTS = EVENT_NAMES.length;
const STATES = INTENT_STATES.length;

/** What a tally is between processes, and what is reported. */
export interface Counts {
  schedules: number;
  toClerk: number;
  faults: Int32Array;
  transitions: Int32Array;
}

export const noCounts = (): Counts => ({
  schedules: 0,
  toClerk: 0,
  faults: new Int32Array(FAULT_NAMES.length),
  transitions: new Int32Array(STATES * EVENTS * STATES),
});

export class Tally {
  readonly counts = noCounts();
  private readonly faultSeen = new Int32Array(FAULT_NAMES.length);
  private readonly transitionSeen = new Int32Array(STATES * EVENTS * STATES);

  /** A new schedule begins. */
  begin(): void {
    this.counts.schedules += 1;
  }

  fault(index: number): void {
    const { faults, schedules } = this.counts;
    if (this.faultSeen[index] === schedules) return;
    this.faultSeen[index] = schedules;
    faults[index] = (faults[index] as number) + 1;
  }

  /** Counts a move; of what moves nothing, only the clerk's wish to have it back. */
  transition(from: IntentState, event: number, to: IntentState): void {
    if (from === to && event !== WITHDRAW) return;
    const index = (STATE[from] * EVENTS + event) * STATES + STATE[to];
    const { transitions, schedules } = this.counts;
    if (this.transitionSeen[index] === schedules) return;
    this.transitionSeen[index] = schedules;
    transitions[index] = (transitions[index] as number) + 1;
  }
}

/** Adds what another worker counted. */
export function addCounts(sum: Counts, more: Counts): void {
  sum.schedules += more.schedules;
  sum.toClerk += more.toClerk;
  more.faults.forEach((count, index) => (sum.faults[index] = (sum.faults[index] as number) + count));
  more.transitions.forEach(
    (count, index) => (sum.transitions[index] = (sum.transitions[index] as number) + count),
  );
}

export interface TransitionCount {
  readonly from: IntentState;
  readonly event: EventName;
  readonly to: IntentState;
  readonly count: number;
}

/** The transitions that occurred, in the order of the states. */
export function transitionsOf({ transitions }: Counts): TransitionCount[] {
  const found: TransitionCount[] = [];
  transitions.forEach((count, index) => {
    if (count === 0) return;
    const to = INTENT_STATES[index % STATES] as IntentState;
    const event = EVENT_NAMES[Math.floor(index / STATES) % EVENTS] as EventName;
    const from = INTENT_STATES[Math.floor(index / STATES / EVENTS)] as IntentState;
    found.push({ from, event, to, count });
  });
  return found;
}
