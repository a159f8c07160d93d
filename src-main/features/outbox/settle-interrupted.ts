import type { Audit, AuditEntry, Clock, Storage } from '../../app/ports.ts';
import { toIso } from '../../contract/london-time.ts';
import { NOT_SENT } from './booking-view.ts';

/** Ends intents that a crash stopped before SENDING was on disk: nothing of them was sent (safety.md step 3). */
export function settleInterrupted(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  auditHost: string;
}): void {
  const { storage, audit, clock, auditHost } = deps;
  storage.transaction(() => {
    const unsent = storage.all(`SELECT id FROM intent WHERE state IN ('QUEUED', 'PREFLIGHT')`);
    storage.run(
      `UPDATE intent SET state = ?, code = ?, updated_at = max(updated_at, ?)
       WHERE state IN ('QUEUED', 'PREFLIGHT')`,
      NOT_SENT.state,
      NOT_SENT.code,
      toIso(clock.nowMs()),
    );
    unsent.forEach((row) => audit.append(interruptedEntry(auditHost, String(row['id']))));
  });
}

/** Whose it was is sealed in the row: the trail names the intent, and the entry of its making the person. */
function interruptedEntry(host: string, intentId: string): AuditEntry {
  return {
    type: `Booking ${NOT_SENT.state}`,
    method: 'LOCAL',
    resource: 'Appointment',
    ubrn: '',
    nhsNumber: '',
    userId: '',
    onBehalfOf: '',
    organisation: '',
    businessFunction: '',
    correlationId: '',
    host,
    outcome: NOT_SENT.code,
    facts: { intentId },
  };
}
