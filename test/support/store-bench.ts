/** The durable intents over a disk in memory, with the vault, the audit trail and the lease of one start. */
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../src-main/app/database-steps.ts';
import type { Ports, Storage } from '../../src-main/app/ports.ts';
import { createAuditLog } from '../../src-main/features/audit/audit-log.ts';
import { createIntentStore, type IntentStore } from '../../src-main/features/outbox/intent-store.ts';
import { takeLease } from '../../src-main/features/outbox/lease.ts';
import { openVault, type Vault } from '../../src-main/features/vault/vault.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemorySecrets } from './memory-secrets.ts';

export interface StoreBench {
  readonly store: IntentStore;
  readonly storage: Storage;
  readonly secrets: Ports['secrets'];
  readonly clock: ManualClock;
  readonly vault: Vault;
  readonly audit: ReturnType<typeof createAuditLog>;
}

/** A first start, or a later one over the same disk and keys. */
export async function openStoreBench(
  before: Partial<Pick<StoreBench, 'storage' | 'secrets' | 'clock'>> = {},
): Promise<StoreBench> {
  const { storage = openSqliteStorage(':memory:'), secrets = createMemorySecrets() } = before;
  const clock = before.clock ?? createManualClock();
  upgradeDatabase(storage);
  const opened = await openVault(secrets, storage, clock);
  if (!opened.ok) throw new Error(opened.problem.code);
  const vault = opened.value;
  const audit = createAuditLog({ storage, clock, vault });
  const store = createIntentStore({ storage, clock, vault, lease: takeLease(storage) });
  return { store, storage, secrets, clock, vault, audit };
}
