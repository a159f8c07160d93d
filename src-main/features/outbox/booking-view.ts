import type { BookingState, BookingStateName } from '../../contract/channels/booking.ts';
import { toIso } from '../../contract/london-time.ts';
import { allowsDeferral, type IntentState } from './book-protocol.ts';
import type { StoredIntent } from './intent-store.ts';

const STATE_NAMES: Readonly<Record<IntentState, BookingStateName>> = {
  QUEUED: 'preflight',
  PREFLIGHT: 'preflight',
  SENDING: 'sending',
  RECONCILING: 'unknown',
  APPLIED: 'booked',
  REJECTED: 'refused',
  NEEDS_CLERK: 'needs-clerk',
};

/** On disk before SENDING: certain that nothing was sent. */
export const UNSENT_STATES: readonly IntentState[] = ['QUEUED', 'PREFLIGHT'];

/** How an intent ends that was stopped before its sending. */
export const NOT_SENT = { state: 'REJECTED', code: 'interrupted-before-sending' } as const;

const CONFLICT_CODES = ['changed-before-sending', 'changed-meanwhile', 'slot-changed'];

/** What the page is told of an intent; `isRunning` says that something works on it now. */
export function viewBooking(stored: StoredIntent, isRunning: boolean, nextCheckAtMs?: number): BookingState {
  const { state, code } = isRunning ? stored : standingAlone(stored);
  return {
    intentId: stored.intent.intentId,
    ubrn: stored.intent.ubrn,
    state: nameOf(state, code),
    code,
    correlationId: stored.correlationId,
    serviceName: stored.intent.serviceName,
    start: stored.intent.start,
    clinicianId: stored.intent.clinicianId,
    sentAt: stored.sentAt,
    nextCheckAt: nextCheckAtMs === undefined ? null : toIso(nextCheckAtMs),
    appointmentId: stored.appointmentId,
    mayDefer: allowsDeferral(stored.state, stored.code),
    updatedAt: stored.updatedAt,
  };
}

/** A row that nobody works on was not sent, or its outcome is not known. */
function standingAlone({ state, code }: StoredIntent): { state: IntentState; code: string } {
  if (UNSENT_STATES.includes(state)) return NOT_SENT;
  return state === 'SENDING' ? { state: 'RECONCILING', code: 'interrupted' } : { state, code };
}

function nameOf(state: IntentState, code: string): BookingStateName {
  if (state === 'NEEDS_CLERK' && CONFLICT_CODES.includes(code)) return 'conflict';
  if (state === 'RECONCILING' && code === 'accepted') return 'confirming';
  return STATE_NAMES[state];
}
