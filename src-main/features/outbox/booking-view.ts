import type { BookingState, BookingStateName } from '../../contract/channels/booking.ts';
import type { OutboxItem, OutboxStateName } from '../../contract/channels/outbox.ts';
import type { StoredIntent } from './intent-store.ts';
import type { IntentState } from './protocol/intent-states.ts';
import type { BookIntent } from './record-schemas.ts';

const NAMES: Readonly<Record<OutboxStateName, BookingStateName>> = {
  queued: 'preflight',
  checking: 'preflight',
  waiting: 'waiting',
  'needs-sign-in': 'held',
  sending: 'sending',
  confirming: 'confirming',
  unknown: 'unknown',
  done: 'booked',
  refused: 'refused',
  conflict: 'conflict',
  'needs-you': 'needs-clerk',
  expired: 'expired',
  withdrawn: 'withdrawn',
  unreadable: 'needs-clerk',
};

/** A booking as the pane beside its referral shows it. */
export function viewBooking(
  stored: StoredIntent & { readonly intent: BookIntent },
  item: OutboxItem,
  choice: number,
): BookingState {
  const slot = stored.intent.slots[choice] ?? stored.intent.slots[0];
  return {
    intentId: item.intentId,
    ubrn: stored.intent.ubrn,
    state: NAMES[item.state],
    code: item.code,
    correlationId: item.correlationId,
    serviceName: item.serviceName,
    start: slot?.start ?? item.createdAt,
    clinicianId: slot?.clinicianId ?? null,
    sentAt: item.sentAt,
    nextCheckAt: item.nextCheckAt,
    appointmentId: stored.result,
    mayDefer: allowsDeferral(stored.state, item.code),
    updatedAt: item.updatedAt,
  };
}

/** True when a settled outcome is evidence that permits deferral (contract.md section 10). */
export function allowsDeferral(state: IntentState, code: string): boolean {
  if (state === 'REJECTED') return code === 'SLOT_NOT_AVAILABLE' || code === 'PAS_RESPONDED_WITH_ERROR';
  return state === 'NEEDS_CLERK' && code === 'PAS_NOT_RESPONDING';
}
