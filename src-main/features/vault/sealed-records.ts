/** What the database holds that only a key can open; asked when a key is missing or is to be dropped. */
import type { Storage } from '../../app/ports.ts';
import { makeHeader, readKeyId } from './envelope.ts';

/** The start of every envelope, whatever its key. */
const ANY_ENVELOPE = makeHeader('').subarray(0, 3);

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Every column that can hold bytes. They are looked up, so that a new table cannot be forgotten here. */
function listByteColumns(storage: Storage): Column[] {
  const rows = storage.all(
    `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY m.name, c.cid`,
  );
  return rows.map((row) => ({ table: String(row['table']), column: String(row['column']) }));
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function count(storage: Storage, sql: string, ...values: Uint8Array[]): number {
  return Number(storage.all(sql, ...values)[0]?.['records'] ?? 0);
}

/** The rows of all tables that keep anything under a key: sealed, or found by a tag. */
export function countRecords(storage: Storage): number {
  const tables = new Set(listByteColumns(storage).map(({ table }) => table));
  return sum([...tables].map((table) => count(storage, `SELECT count(*) AS records FROM "${table}"`)));
}

/** The sealed values that name this key. Reads the start of every one. */
export function countSealedWith(storage: Storage, keyId: string): number {
  const header = makeHeader(keyId);
  return sum(
    listByteColumns(storage).map(({ table, column }) =>
      count(
        storage,
        `SELECT count(*) AS records FROM "${table}" WHERE substr("${column}", 1, ${header.length}) = ?`,
        header,
      ),
    ),
  );
}

/** The sealed values that name none of these keys. */
export function countSealedWithout(storage: Storage, keyIds: readonly string[]): number {
  const all = listByteColumns(storage).map(({ table, column }) =>
    count(
      storage,
      `SELECT count(*) AS records FROM "${table}" WHERE substr("${column}", 1, ${ANY_ENVELOPE.length}) = ?`,
      ANY_ENVELOPE,
    ),
  );
  return sum(all) - sum(keyIds.map((keyId) => countSealedWith(storage, keyId)));
}

/**
 * True when a table's newest record names none of these keys: the database and the keyring are not of one desk. A look
 * at the newest is enough, as nothing is written from then on, and every start can bear it.
 */
export function isOfOtherKeys(storage: Storage, keyIds: readonly string[]): boolean {
  return listByteColumns(storage).some(({ table, column }) => {
    const [newest] = storage.all(`SELECT "${column}" AS sealed FROM "${table}" ORDER BY rowid DESC LIMIT 1`);
    const sealed = newest?.['sealed'];
    const keyId = sealed instanceof Uint8Array ? readKeyId(sealed) : null;
    return keyId !== null && !keyIds.includes(keyId);
  });
}
