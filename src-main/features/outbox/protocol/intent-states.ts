/** The states of an intent (safety.md, "Protocol"), and which of them mean what. */

/**
 * `QUEUED` written down, nothing sent by this turn · `PREFLIGHT` being checked · `SENDING` on disk before the first
 * byte · `UNKNOWN` may have taken effect · `RECONCILING` being read back · `APPLIED` proven · `REJECTED` refused and
 * proven without effect · `NEEDS_CLERK` a person decides · `WAITING` for a connection, a pause or a lock · `HELD` for
 * a sign-in or a role · `ABANDONED` taken back · `QUARANTINED` its record does not open.
 */
export const INTENT_STATES = [
  'QUEUED',
  'PREFLIGHT',
  'SENDING',
  'UNKNOWN',
  'RECONCILING',
  'APPLIED',
  'REJECTED',
  'NEEDS_CLERK',
  'WAITING',
  'HELD',
  'ABANDONED',
  'QUARANTINED',
] as const;

export type IntentState = (typeof INTENT_STATES)[number];

/** Nothing happens to these any more. */
export const TERMINAL_STATES: readonly IntentState[] = ['APPLIED', 'REJECTED', 'ABANDONED'];

/** From PREFLIGHT to RECONCILING: at most one intent of a referral is in one of these (safety.md step 1). */
export const BUSY_STATES: readonly IntentState[] = ['PREFLIGHT', 'SENDING', 'UNKNOWN', 'RECONCILING'];

/** A call is under way. */
export const CALLING_STATES: readonly IntentState[] = ['PREFLIGHT', 'SENDING', 'RECONCILING'];

/** It may have taken effect and nobody knows yet. */
export const OPEN_OUTCOME_STATES: readonly IntentState[] = ['SENDING', 'UNKNOWN', 'RECONCILING'];

/** The outbox may give these a turn by itself. */
export const TURN_STATES: readonly IntentState[] = ['QUEUED', 'WAITING', 'HELD', 'UNKNOWN'];

export const isTerminal = (state: IntentState) => TERMINAL_STATES.includes(state);
