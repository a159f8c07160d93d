/** The real stores on a real file, for suites about the disk: everything here that knows how an intent is kept. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createKeyFileSecrets } from '../../src-main/adapters/node/key-file-secrets.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { upgradeDatabase } from '../../src-main/app/database-steps.ts';
import type { AuditEntry } from '../../src-main/app/ports.ts';
import { createAuditLog } from '../../src-main/features/audit/audit-log.ts';
import { createIntentStore, type IntentStore } from '../../src-main/features/outbox/intent-store.ts';
import { takeLease } from '../../src-main/features/outbox/lease.ts';
import type { BookIntent, IntentOwner } from '../../src-main/features/outbox/record-schemas.ts';
import { openVault } from '../../src-main/features/vault/vault.ts';

/** Invented, and sealed before it reaches the disk: no recorded write may hold these. */
export const PATIENT_TEXTS = ['000049737058', '9912003888', 'Cardiology Clinic, Invented Hospital'] as const;

/** The states that the suites take an intent through, in their order. */
export const STEPS = ['QUEUED', 'PREFLIGHT', 'SENDING', 'RECONCILING', 'APPLIED'] as const;
export type Step = (typeof STEPS)[number];

const [ubrn, nhsNumber, serviceName] = PATIENT_TEXTS;

const OWNER: IntentOwner = {
  userId: '555000000101',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: '',
};

function makeIntent(): BookIntent {
  return {
    action: 'book',
    intentId: randomUUID(),
    ...{ ubrn, nhsNumber, serviceName, pinnedVersion: 6, serviceId: '11000', isUrgent: false },
    saw: {
      ...{ state: 'ACTIVE', priority: 'ROUTINE', shortlist: '11000', appointmentStatus: '' },
      ...{ appointmentStart: null, appointmentService: '', readAt: '2026-11-22T09:30:00.000Z' },
    },
    commissioningOrg: 'R69',
    priority: 'ROUTINE',
    searchedClinicianId: null,
    slots: [
      {
        ...{ slotId: 'Slot-1', start: '2027-01-05T14:30:00.000Z', end: '2027-01-05T15:00:00.000Z' },
        ...{ clinicianId: null, page: 1 },
      },
    ],
  };
}

function makeEntry(intentId: string, state: string): AuditEntry {
  return {
    ...OWNER,
    ...{ type: `Booking ${state}`, method: 'POST', resource: 'Appointment', ubrn, nhsNumber },
    ...{ correlationId: '', host: 'ers.test', outcome: '', facts: { intentId } },
  };
}

/** An intent as a judge sees it; `slotId` is empty when the record does not open. */
export interface KeptIntent {
  readonly intentId: string;
  readonly state: string;
  readonly code: string;
  readonly updatedAt: string;
  readonly ubrn: string;
  readonly slotId: string;
}

export interface Records {
  readonly storage: SqliteStorage;
  /** Writes a new intent down and answers its id: from here on it is kept. Throws `StorageFault` when it is not. */
  readonly enqueue: () => string;
  /** Takes an intent to a later state, on the disk when this returns. */
  readonly advance: (intentId: string, step: Step) => void;
  /** The state of an intent whose record opens; `absent` or `unreadable` for the others. */
  readonly stateOf: (intentId: string) => string;
  readonly count: () => number;
  /** Every intent of the database. */
  readonly list: () => KeptIntent[];
  /** The intent of every send that the trail knows, by the send's correlation id. */
  readonly sends: () => Map<string, string>;
  readonly isTrailWhole: () => boolean;
  readonly close: () => void;
}

function keptOf(store: IntentStore, intentId: string): KeptIntent {
  const row = store.read(intentId);
  if (row?.kind !== 'stored')
    return {
      intentId,
      state: 'unreadable',
      code: '',
      updatedAt: row?.row.updatedAt ?? '',
      ubrn: '',
      slotId: '',
    };
  const { intent, state, code, updatedAt } = row.stored;
  const slotId = intent.action === 'book' ? (intent.slots[row.stored.choice]?.slotId ?? '') : '';
  return { intentId, state, code, updatedAt, ubrn: intent.ubrn, slotId };
}

/** Where the hosts put the database of an environment. */
export const databaseIn = (folder: string) => join(folder, 'booking-desk.sqlite');
export const keysIn = (folder: string) => join(folder, 'keys');

/** How often the disk is made to keep what it was given; the storage itself says FULL. */
export type Synchronous = 'FULL' | 'NORMAL' | 'OFF';

/**
 * Opens what a desk keeps in its data folder, as the app does at its start. Throws when writes would be off.
 * With another `synchronous` it is the desk that the suites must catch; a judge takes OFF, for it only looks.
 */
export async function openRecords(folder: string, synchronous: Synchronous = 'FULL'): Promise<Records> {
  const clock = createSystemClock();
  const storage = openSqliteStorage(databaseIn(folder));
  try {
    if (synchronous !== 'FULL') storage.all(`PRAGMA synchronous=${synchronous}`);
    upgradeDatabase(storage);
    const opened = await openVault(createKeyFileSecrets(keysIn(folder)), storage, clock);
    if (!opened.ok) throw new Error(`the vault stays shut: ${opened.problem.code}`);
    const vault = opened.value;
    const audit = createAuditLog({ storage, clock, vault });
    const store = createIntentStore({ storage, clock, vault, lease: takeLease(storage) });
    return {
      storage,
      enqueue() {
        const intent = makeIntent();
        store.add(OWNER, intent, () => audit.append(makeEntry(intent.intentId, 'QUEUED')));
        return intent.intentId;
      },
      advance: (intentId, step) =>
        store.change(intentId, { state: step, code: '', attempt: 1, choice: 0 }, () =>
          audit.append(makeEntry(intentId, step)),
        ),
      stateOf(intentId) {
        const row = store.read(intentId);
        if (row === null) return 'absent';
        return row.kind === 'stored' ? row.stored.state : 'unreadable';
      },
      count: () => Number(storage.all('SELECT count(*) AS n FROM intent')[0]?.['n']),
      list: () =>
        storage.all('SELECT id FROM intent ORDER BY rowid').map(({ id }) => keptOf(store, String(id))),
      sends: () =>
        new Map(
          audit
            .read()
            .filter(({ entry }) => entry.type === 'Outbox book SENDING')
            .map(({ entry }) => [entry.correlationId, String(entry.facts['intentId'])]),
        ),
      isTrailWhole: () => audit.verify().ok,
      close: storage.close,
    };
  } catch (error) {
    storage.close();
    throw error;
  }
}
