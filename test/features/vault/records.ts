import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import type { Clock, Secrets, Storage } from '../../../src-main/app/ports.ts';
import { openVault, type RotatingVault, type Vault } from '../../../src-main/features/vault/vault.ts';

/** A database with one table of sealed records, by row number. */
export function newRecords(): Storage {
  const storage = openSqliteStorage(':memory:');
  storage.run('CREATE TABLE record (row INTEGER PRIMARY KEY, tag BLOB, payload BLOB NOT NULL) STRICT');
  return storage;
}

const context = (row: number) => `record|${row}`;

export function addRecord(storage: Storage, vault: Vault, row: number): void {
  const sealed = vault.seal(context(row), { row });
  storage.run('INSERT INTO record VALUES (?, ?, ?)', row, vault.tag('row', String(row)), sealed);
}

export const payloadOf = (storage: Storage, row: number) =>
  storage.all('SELECT payload FROM record WHERE row = ?', row)[0]?.['payload'] as Uint8Array;

/** Opens the row that its tag finds; a text says what is wrong. */
export function findRecord(storage: Storage, vault: Vault, row: number): unknown {
  const [found] = storage.all('SELECT payload FROM record WHERE tag = ?', vault.tag('row', String(row)));
  if (found === undefined) return 'not found by its tag';
  const opened = vault.open(context(row), found['payload'] as Uint8Array);
  return opened.ok ? opened.value : opened.failure;
}

/** What the owner of a table does after a rotation; tells how many records were sealed again. */
export function resealRecords(storage: Storage, vault: RotatingVault): number {
  let count = 0;
  for (const { row, payload } of storage.all('SELECT row, payload FROM record')) {
    const sealed = vault.reseal(context(Number(row)), payload as Uint8Array);
    if (sealed === null) continue;
    storage.run('UPDATE record SET payload = ? WHERE row = ?', sealed, row ?? null);
    count += 1;
  }
  return count;
}

export async function mustOpen(secrets: Secrets, storage: Storage, clock: Clock): Promise<RotatingVault> {
  const opened = await openVault(secrets, storage, clock);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}
