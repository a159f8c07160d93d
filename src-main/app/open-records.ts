/** Opens what is on disk: database steps, vault, audit trail, outbox. Fails closed (safety.md, "Storage"). */
import { randomUUID } from 'node:crypto';
import type { OutboxPorts } from '../features/outbox/outbox-ports.ts';
import { createOutbox, type Outbox } from '../features/outbox/outbox.ts';
import { createAuditLog, type Attribution, type AuditLog } from '../features/audit/audit-log.ts';
import { openTrailKeeper, type TrailKeeper } from '../features/audit/trail-keeper.ts';
import { createBookings, type Bookings } from '../features/outbox/bookings.ts';
import { createIntentStore, type IntentStore } from '../features/outbox/intent-store.ts';
import { takeLease, type Lease } from '../features/outbox/lease.ts';
import { reasonOf } from '../features/outbox/reason-of.ts';
import { openVault, type RotatingVault } from '../features/vault/vault.ts';
import { upgradeDatabase } from './database-steps.ts';
import type { AppSettings, AuditEntry, Ports } from './ports.ts';

/** Writes are on when all of these are there; reading goes on without them. */
export interface OpenRecords {
  readonly vault: RotatingVault;
  readonly audit: AuditLog;
  readonly trail: TrailKeeper;
  readonly lease: Lease;
  readonly store: IntentStore;
  readonly outbox: Outbox;
  readonly bookings: Bookings;
}

export type RecordsAnswer =
  { readonly ok: true; readonly records: OpenRecords } | { readonly ok: false; readonly reason: string };

interface Named {
  readonly settings: Pick<AppSettings, 'asid' | 'organisationNames'>;
}

/** Answers why writes stay off when one of the parts cannot be opened; never throws. */
export async function openRecords(
  ports: Pick<Ports, 'storage' | 'secrets' | 'clock' | 'log' | 'deskSettings'> & Named,
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
    // Before this start takes its lease: the seal knows how often the database was opened.
    const trail = await openTrailKeeper({ storage, secrets, clock, log, vault });
    const attribute = attributeTo(ports, outboxPorts);
    const audit = createAuditLog({ storage, clock, vault, attribute, onAppended: trail.note });
    const lease = takeLease(storage);
    const store = createIntentStore({ storage, clock, vault, lease });
    const outbox = createOutbox({ store, audit, clock, log, ...outboxPorts });
    return {
      ok: true,
      records: {
        vault,
        audit,
        trail,
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

/** Which session an entry belongs to, and through which system it went (contract.md section 12). */
function attributeTo(
  { settings }: Named,
  { seated }: Pick<OutboxPorts, 'seated'>,
): (entry: AuditEntry) => Attribution {
  // e-RS's own session key is a credential: the session is named by this run of the desk and the sitting in it.
  const run = randomUUID().slice(0, 13);
  return ({ userId, organisation, sitting }) => {
    const seat = seated();
    const known = sitting ?? (seat?.userId === userId ? seat.sitting : undefined);
    return {
      sessionId: known === undefined ? '' : `${run}-${known}`,
      asid: settings.asid,
      organisationName: settings.organisationNames[organisation] ?? '',
    };
  };
}
