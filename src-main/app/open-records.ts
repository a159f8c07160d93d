/** Opens what is on disk: database steps, vault, audit trail, outbox. Fails closed (safety.md, "Storage"). */
import type { OutboxPorts } from '../features/outbox/outbox-ports.ts';
import { createOutbox, type Outbox } from '../features/outbox/outbox.ts';
import { createAuditLog } from '../features/audit/audit-log.ts';
import { createBookings, type Bookings } from '../features/outbox/bookings.ts';
import { createIntentStore, type IntentStore } from '../features/outbox/intent-store.ts';
import { takeLease, type Lease } from '../features/outbox/lease.ts';
import { reasonOf } from '../features/outbox/reason-of.ts';
import { openVault, type RotatingVault } from '../features/vault/vault.ts';
import { upgradeDatabase } from './database-steps.ts';
import type { Audit, Ports } from './ports.ts';

/** Writes are on when all of these are there; reading goes on without them. */
export interface OpenRecords {
  readonly vault: RotatingVault;
  readonly audit: Audit;
  readonly lease: Lease;
  readonly store: IntentStore;
  readonly outbox: Outbox;
  readonly bookings: Bookings;
}

export type RecordsAnswer =
  { readonly ok: true; readonly records: OpenRecords } | { readonly ok: false; readonly reason: string };

/** Answers why writes stay off when one of the parts cannot be opened; never throws. */
export async function openRecords(
  ports: Pick<Ports, 'storage' | 'secrets' | 'clock' | 'log' | 'deskSettings'>,
  outboxPorts: Omit<OutboxPorts, 'store' | 'audit' | 'clock' | 'log'>,
): Promise<RecordsAnswer> {
  const { storage, secrets, clock, log, deskSettings } = ports;
  try {
    const forbidden = deskSettings.writesOffReason();
    if (forbidden !== null) return { ok: false, reason: forbidden };
    upgradeDatabase(storage);
    const opened = await openVault(secrets, storage, clock);
    if (!opened.ok) return { ok: false, reason: opened.problem.code };
    const vault = opened.value;
    const audit = createAuditLog({ storage, clock, vault });
    const lease = takeLease(storage);
    const store = createIntentStore({ storage, clock, vault, lease });
    const outbox = createOutbox({ store, audit, clock, log, ...outboxPorts });
    return {
      ok: true,
      records: {
        vault,
        audit,
        lease,
        store,
        outbox,
        bookings: createBookings({ store, outbox, desk: outboxPorts.desk }),
      },
    };
  } catch (error) {
    const reason = reasonOf(error);
    log.write('error', 'records-not-open', { reason });
    return { ok: false, reason };
  }
}
