import type { AuditEntry } from '../../app/ports.ts';
import type { IntentOwner } from './intent-store.ts';
import type { BookIntent } from './record-schemas.ts';

/** The audit entry of a step of a booking, written in the transaction of the step. */
export function bookingEntry(
  host: string,
  owner: IntentOwner,
  intent: BookIntent,
  step: { readonly state: string; readonly code: string; readonly correlationId: string },
): AuditEntry {
  return {
    type: `Booking ${step.state}`,
    method: 'POST',
    resource: 'Appointment',
    ubrn: intent.ubrn,
    nhsNumber: intent.nhsNumber,
    userId: owner.userId,
    onBehalfOf: owner.onBehalfOf,
    organisation: owner.organisation,
    businessFunction: owner.businessFunction,
    correlationId: step.correlationId,
    host,
    outcome: step.code,
    facts: { intentId: intent.intentId, pinnedVersion: intent.pinnedVersion, slotId: intent.slotId },
  };
}
