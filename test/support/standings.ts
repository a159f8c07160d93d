/** Where an intent stands, made in one line, for the tests of the protocol. */
import type { OutboxAction } from '../../src-main/contract/channels/outbox.ts';
import {
  advance,
  newStanding,
  type Context,
  type IntentEvent,
  type Standing,
  type Step,
} from '../../src-main/features/outbox/protocol/machine.ts';
import {
  OPEN_OUTCOME_STATES,
  type IntentState,
} from '../../src-main/features/outbox/protocol/intent-states.ts';

/** A moment at which nothing is due yet. */
export const NOW_MS = 1_000;
export const HORIZON_END_MS = 205_000;

/** An intent in a state: sent once, at moment 0, where the state says that it went out. */
export function at(state: IntentState, changes: Partial<Standing> = {}): Standing {
  const isSent = OPEN_OUTCOME_STATES.includes(state);
  const standing = newStanding(changes.action ?? 'defer', changes.choices ?? 1, 0);
  return { ...standing, state, ...(isSent ? { attempt: 1, sentAtMs: 0 } : {}), ...changes };
}

export const present: Context = { nowMs: NOW_MS, mayAct: true, sitting: 1 };
export const away: Context = { ...present, mayAct: false };
/** The moment at which nothing that was sent at 0 can take effect any more. */
export const late: Context = { ...present, nowMs: HORIZON_END_MS };

/** The step that must follow; throws when the event is not heard. */
export function step(standing: Standing, event: IntentEvent, context: Context = present): Step {
  const next = advance(standing, event, context);
  if (next === null) throw new Error(`${standing.state} does not hear ${event.kind}`);
  return next;
}

/** `STATE code command` of the step that follows, or `not heard`. */
export function told(standing: Standing, event: IntentEvent, context: Context = present): string {
  const next = advance(standing, event, context);
  if (next === null) return 'not heard';
  return [next.next.state, next.next.code, next.command].filter((part) => part !== '').join(' ');
}

export const ALL_ACTIONS: readonly OutboxAction[] = [
  'book',
  'defer',
  'cancel-later',
  'cancel-appointment',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'upload-file',
  'letter',
  'create-referral',
  'create-and-triage',
  'maintain-letter',
  'accept-referral',
  'reject-referral',
  'record-review',
  'send-advice',
  'convert-advice',
  'request-advice',
];
