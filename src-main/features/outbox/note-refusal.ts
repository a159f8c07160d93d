import type { Evidence } from './actions/evidence.ts';
import type { Standing } from './protocol/machine.ts';
import type { Intent } from './record-schemas.ts';

const SLOT_GONE = ['SLOT_NOT_AVAILABLE', 'PAS_RESPONDED_WITH_ERROR'];

/** A refused slot and a silent provider are evidence that permits a deferral (contract.md section 10). */
export function noteRefusal(
  evidence: Evidence,
  intent: Intent,
  { state, code, choice }: Standing,
  ageMs = 0,
): void {
  if (intent.action !== 'book') return;
  const { ubrn, serviceId } = intent;
  const slot = intent.slots[choice];
  if (state === 'REJECTED' && SLOT_GONE.includes(code) && slot !== undefined)
    evidence.note({ ubrn, serviceId, reason: 'SLOT_NOT_AVAILABLE', slotId: slot.slotId }, slot.start, ageMs);
  if (state === 'NEEDS_CLERK' && code === 'PAS_NOT_RESPONDING')
    evidence.note({ ubrn, serviceId, reason: 'BOOKING_ATTEMPT_PROBLEM', slotId: null }, null, ageMs);
}
