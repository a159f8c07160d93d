/** Measurement 3: putting a booking on disk before it is sent (performance.md section 3). */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { upgradeDatabase } from '../../src-main/app/database-steps.ts';
import type { Storage } from '../../src-main/app/ports.ts';
import { toIso } from '../../src-main/contract/london-time.ts';
import { createAuditLog } from '../../src-main/features/audit/audit-log.ts';
import { intentEntry } from '../../src-main/features/outbox/intent-entry.ts';
import { createIntentStore } from '../../src-main/features/outbox/intent-store.ts';
import { takeLease } from '../../src-main/features/outbox/lease.ts';
import type { BookIntent, IntentOwner } from '../../src-main/features/outbox/record-schemas.ts';
import { openVault } from '../../src-main/features/vault/vault.ts';
import { createMemorySecrets } from '../../test/support/memory-secrets.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { interleave } from './interleave.ts';
import { BOOKING } from './payloads.ts';
import { median, medianRatio, percentile } from './statistics.ts';

/** "<= 1.15x raw WAL/FULL incl. encryption". */
const GOAL = 1.15;
const SOURCE = 'performance.md section 3';

const OWNER: IntentOwner = {
  userId: '555000000101',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: '',
};

function intentOf(intentId: string): BookIntent {
  const { ubrn, nhsNumber, serviceId, slotId, start, end, clinicianId } = BOOKING;
  return {
    action: 'book',
    intentId,
    ubrn,
    nhsNumber,
    serviceId,
    pinnedVersion: BOOKING.version,
    serviceName: 'Cardiology Clinic, Invented Hospital',
    isUrgent: false,
    commissioningOrg: 'R69',
    priority: 'ROUTINE',
    searchedClinicianId: null,
    slots: [{ slotId, start, end, clinicianId, page: 1 }],
    saw: {
      state: 'Not booked',
      priority: 'Routine',
      shortlist: 'Cardiology Clinic, Invented Hospital',
      appointmentStatus: '',
      appointmentStart: null,
      appointmentService: '',
      readAt: start,
    },
  };
}

/** The product's own path: sealed intent and sealed, chained audit row in one transaction. */
async function createEnqueue(storage: Storage): Promise<() => void> {
  const clock = createSystemClock();
  upgradeDatabase(storage);
  const vault = await openVault(createMemorySecrets(), storage, clock);
  if (!vault.ok) throw new Error('the vault did not open');
  const store = createIntentStore({ storage, clock, vault: vault.value, lease: takeLease(storage) });
  const audit = createAuditLog({ storage, clock, vault: vault.value });
  return () => {
    const intent = intentOf(randomUUID());
    const unsent = { correlationId: '', attempt: 0, sentAt: '' };
    const step = { state: 'QUEUED', code: '', ...unsent, askedAt: toIso(clock.nowMs()) };
    store.add(OWNER, intent, () => audit.append(intentEntry('ers.test', OWNER, intent, step)));
  };
}

/** The bytes that one enqueue leaves in its two tables. */
function bytesPerEnqueue(storage: Storage): number {
  const [row] = storage.all(
    `SELECT length(id) + length(action) + length(owner_tag) + length(ubrn_tag) + length(payload)
       + length(owner) + length(desk_tag) + length(service_tag) + length(state)
       + length(created_at) + length(updated_at) + (SELECT length(at) + length(entry) + length(previous)
       + length(hash) FROM audit LIMIT 1) AS bytes FROM intent LIMIT 1`,
  );
  const bytes = Number(row?.['bytes']);
  if (!(bytes > 0)) throw new Error('the enqueue wrote nothing');
  return bytes;
}

/** One commit each in turn, so that both meet the same disk. */
export async function measureEnqueue({ isShort, folder }: BenchOptions): Promise<readonly Figure[]> {
  const storage = openSqliteStorage(join(folder, 'enqueue.sqlite'));
  const raw = openSqliteStorage(join(folder, 'raw.sqlite'));
  try {
    const enqueue = await createEnqueue(storage);
    enqueue();
    const bytes = randomBytes(bytesPerEnqueue(storage));
    raw.run('CREATE TABLE raw (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
    const insert = () => raw.run('INSERT INTO raw (bytes) VALUES (?)', bytes);
    const times = await interleave(
      [
        { name: 'raw', run: insert },
        { name: 'enqueue', run: enqueue },
      ],
      { rounds: isShort ? 300 : 2400, callsPerRound: 1, warmUpCalls: 50 },
    );
    const [wall, rawWall] = [times.enqueue.wall, times.raw.wall];
    const common = { group: 3, against: `1 raw insert of ${bytes.length} bytes`, source: SOURCE };
    const rawTimes = (share: number) => ({
      measuredUs: percentile(wall, share),
      againstUs: percentile(rawWall, share),
    });
    return [
      {
        ...common,
        name: 'durable enqueue, sealed intent + audit: p50',
        measured: medianRatio(wall, rawWall),
        goal: GOAL,
        raw: { measuredUs: median(wall), againstUs: median(rawWall) },
      },
      {
        ...common,
        name: 'durable enqueue: p99',
        measured: percentile(wall, 0.99) / percentile(rawWall, 0.99),
        goal: null,
        raw: rawTimes(0.99),
      },
    ];
  } finally {
    storage.close();
    raw.close();
  }
}
