/**
 * One life of a desk over the real keyring: opens the vault on the database that its argument names, says which records
 * of earlier lives it can read, adds one, and rotates the key.
 */
import { createKeyringSecrets } from '../../../src-main/adapters/keyring/keyring-secrets.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';

const { database } = JSON.parse(process.argv[2] ?? '{}') as { readonly database: string };
const clock = createSystemClock();
const storage = openSqliteStorage(database);
storage.run('CREATE TABLE IF NOT EXISTS record (tag BLOB NOT NULL, payload BLOB NOT NULL) STRICT');
const opened = await openVault(
  createKeyringSecrets({ service: 'booking-desk.training', clock }),
  storage,
  clock,
);

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

if (opened.ok) {
  const vault = opened.value;
  const tag = vault.tag('probe', 'the same in every life');
  const rows = storage.all('SELECT payload FROM record WHERE tag = ?', tag);
  const read = rows.map(({ payload }) => vault.open('record', payload as Uint8Array));
  storage.run('INSERT INTO record VALUES (?, ?)', tag, vault.seal('record', rows.length + 1));
  const rotated = await vault.rotateKey();
  say({ read: read.map((each) => (each.ok ? each.value : each.failure)), rotated: rotated.ok });
} else say(opened.problem);
storage.close();
