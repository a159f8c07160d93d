/** The clerk's words for where an item stands (screens.md section 9), each with a shape: never colour alone. */
import type { OutboxItem, OutboxStateName } from '../../../src-main/contract/channels/outbox.ts';

export interface StateWords {
  readonly label: string;
  readonly shape: string;
  readonly tone: 'quiet' | 'busy' | 'care' | 'good' | 'bad';
}

const STATES: Readonly<Record<OutboxStateName, StateWords>> = {
  queued: { label: 'Waiting its turn', shape: '○', tone: 'quiet' },
  waiting: { label: 'Waiting', shape: '◔', tone: 'quiet' },
  'needs-sign-in': { label: 'Needs sign-in', shape: '◇', tone: 'care' },
  checking: { label: 'Checking', shape: '◐', tone: 'busy' },
  sending: { label: 'Sending', shape: '►', tone: 'busy' },
  confirming: { label: 'Being confirmed', shape: '◕', tone: 'busy' },
  unknown: { label: 'Unknown', shape: '?', tone: 'care' },
  done: { label: 'Done', shape: '✓', tone: 'good' },
  refused: { label: 'Refused', shape: '✕', tone: 'bad' },
  conflict: { label: 'Conflict', shape: '≠', tone: 'care' },
  'needs-you': { label: 'Needs you', shape: '!', tone: 'care' },
  expired: { label: 'Expired', shape: '▽', tone: 'care' },
  withdrawn: { label: 'Withdrawn', shape: '–', tone: 'quiet' },
  unreadable: { label: 'Unreadable', shape: '■', tone: 'bad' },
};

const FINISHED: readonly OutboxStateName[] = ['done', 'refused', 'withdrawn'];
const CARE: readonly OutboxStateName[] = ['needs-sign-in', 'conflict', 'needs-you', 'expired', 'unreadable'];
const NO_CONNECTION = ['', 'no-connection', 'offline', 'not-sent'];

/** The words of a state; one who waits for the line says so, one who waits for something else does not. */
export function stateWords({ state, code }: Pick<OutboxItem, 'state' | 'code'>): StateWords {
  const words = STATES[state];
  const isCutOff = state === 'waiting' && NO_CONNECTION.includes(code);
  return isCutOff ? { ...words, label: 'Waiting for connection' } : words;
}

/** True when nothing more will become of an item. */
export function isFinished(state: OutboxStateName): boolean {
  return FINISHED.includes(state);
}

/** True when an item goes no further without its clerk. */
export function needsClerk(state: OutboxStateName): boolean {
  return CARE.includes(state);
}
