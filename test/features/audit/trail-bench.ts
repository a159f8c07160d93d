/** A trail in a real file, with what opens it: to be copied, touched and looked at again. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import type { AuditEntry, Secrets, Storage } from '../../../src-main/app/ports.ts';
import { createAuditLog, type AuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { openTrailKeeper, type TrailKeeper } from '../../../src-main/features/audit/trail-keeper.ts';
import { takeLease } from '../../../src-main/features/outbox/lease.ts';
import { openVault, type RotatingVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

export const makeEntry = (part: Partial<AuditEntry> = {}): AuditEntry => ({
  type: 'API Retrieve Request Summary',
  method: 'GET',
  resource: 'Referral Request',
  ubrn: '000000070001',
  nhsNumber: '9434765919',
  userId: '555000000101',
  onBehalfOf: '',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  correlationId: 'c',
  host: 'example.invalid',
  outcome: 'success',
  facts: {},
  ...part,
});

export interface OpenTrail {
  readonly storage: Storage;
  readonly vault: RotatingVault;
  readonly audit: AuditLog;
  readonly trail: TrailKeeper;
  readonly clock: ManualClock;
  readonly lines: string[];
  /** Ends it as the app does: the last row is sealed. */
  close(): Promise<void>;
}

export interface TrailOptions {
  readonly path?: string;
  readonly secrets?: Secrets;
  readonly clock?: ManualClock;
  readonly keptDays?: number;
  readonly isClockRight?: () => boolean;
}

/** Opens what a start of the app opens of the trail, in its order. */
export async function openTrail(options: TrailOptions = {}): Promise<OpenTrail> {
  const { path = ':memory:', secrets = createMemorySecrets(), clock = createManualClock() } = options;
  const lines: string[] = [];
  const log = {
    write: (level: string, event: string, fields: object = {}) =>
      void lines.push(JSON.stringify({ level, event, ...fields })),
  };
  const storage = openSqliteStorage(path);
  upgradeDatabase(storage);
  const opened = await openVault(secrets, storage, clock);
  if (!opened.ok) throw new Error(opened.problem.code);
  const vault = opened.value;
  const trail = await openTrailKeeper({ storage, secrets, clock, log, vault });
  const audit = createAuditLog({ storage, clock, vault, onAppended: trail.note });
  const { assertHeld } = takeLease(storage);
  const { keptDays = 100, isClockRight = () => true } = options;
  trail.begin({ audit, host: 'example.invalid', assertHeld, keptDays: () => keptDays, isClockRight });
  return {
    ...{ storage, vault, audit, trail, clock, lines },
    async close() {
      await trail.stop();
      storage.close();
    },
  };
}

/** Writes many rows in one transaction: the disk is not what is tested. */
export function appendRows({ storage, audit }: Pick<OpenTrail, 'storage' | 'audit'>, count: number): void {
  storage.transaction(() => {
    for (let nth = 0; nth < count; nth += 1)
      audit.append(makeEntry({ ubrn: String(70_000 + (nth % 40)).padStart(12, '0') }));
  });
}

export interface Place {
  readonly path: string;
  readonly remove: () => void;
}

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-trail-'));
  return {
    path: join(folder, 'desk.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The database with its log, as somebody who copies files would take both. */
export function copyDatabase(from: string, to: string): void {
  for (const side of ['', '-wal', '-shm']) rmSync(to + side, { force: true });
  for (const side of ['', '-wal'].filter((one) => existsSync(from + one))) cpSync(from + side, to + side);
}

/** Changes the file as somebody with a database tool would, outside of the app. */
export function tamper(path: string, ...statements: string[]): void {
  const database = new DatabaseSync(path);
  statements.forEach((sql) => database.exec(sql));
  database.close();
}
