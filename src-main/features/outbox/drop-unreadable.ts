import { droppedEntry } from './intent-entry.ts';
import type { OutboxPorts } from './outbox-ports.ts';
import type { IntentOwner } from './record-schemas.ts';

/** Later than any moment: a list since then has nothing that is settled. */
const NO_SETTLED = '9999';

/** Takes back a row that was set apart because its record does not open; false when it is none of this person's. */
export function dropUnreadable(
  { store, audit, auditHost }: Pick<OutboxPorts, 'store' | 'audit' | 'auditHost'>,
  owner: IntentOwner,
  intentId: string,
  reason: string,
): boolean {
  const rows = store
    .listFor(owner, NO_SETTLED)
    .flatMap((row) => (row.kind === 'unreadable' ? [row.row] : []));
  const found = rows.find((row) => row.intentId === intentId && row.state === 'QUARANTINED');
  if (found === undefined) return false;
  store.change(intentId, { ...found, state: 'ABANDONED', code: reason }, () =>
    audit.append(droppedEntry(auditHost, intentId, owner, reason)),
  );
  return true;
}
