/** Rows of one table, sealed anew under the key that seals now. */
import type { SqlValue, Storage } from '../../app/ports.ts';
import { makeHeader } from './envelope.ts';
import type { RotatingVault } from './vault.ts';

export type SealedRow = Readonly<Record<string, SqlValue>>;

/** A column of sealed values, and as what each of them was sealed: several where only trying tells. */
export interface SealedColumn {
  readonly name: string;
  readonly contextsOf: (row: SealedRow) => readonly string[];
}

export interface SealedTable {
  readonly name: string;
  /** Of a table with a rowid. */
  readonly columns: readonly SealedColumn[];
}

export interface ResealStep {
  /** Where to go on; null at the end of the table. */
  readonly next: number | null;
  readonly resealed: number;
}

export interface ResealParts {
  readonly storage: Storage;
  readonly vault: Pick<RotatingVault, 'reseal' | 'keyId'>;
  /** Throws when this process may not write any more; asked inside the transaction. */
  readonly assertHeld: () => void;
}

/**
 * Seals up to `most` rows behind `after` anew, all in one transaction: after a crash each row is whole, under the one
 * key or the other, and the next walk finds what is left. A value that does not open stays as it is, and so does the
 * key that it names. Throws `StorageFault`.
 */
export function resealRows(
  { storage, vault, assertHeld }: ResealParts,
  { name, columns }: SealedTable,
  after: number,
  most: number,
): ResealStep {
  const header = makeHeader(vault.keyId());
  const isOfOtherKey = columns
    .map((column) => `("${column.name}" IS NOT NULL AND substr("${column.name}", 1, ${header.length}) <> ?)`)
    .join(' OR ');
  return storage.transaction(() => {
    assertHeld();
    const rows = storage.all(
      `SELECT rowid AS "at", * FROM "${name}" WHERE rowid > ? AND (${isOfOtherKey}) ORDER BY rowid LIMIT ${most}`,
      after,
      ...columns.map(() => header),
    );
    const resealed = rows.filter(
      (row) => columns.filter((column) => resealValue(column, row)).length > 0,
    ).length;
    const last = rows.at(-1);
    return { next: rows.length < most || last === undefined ? null : Number(last['at']), resealed };
  });

  function resealValue({ name: column, contextsOf }: SealedColumn, row: SealedRow): boolean {
    const value = row[column];
    if (!(value instanceof Uint8Array)) return false;
    for (const context of contextsOf(row)) {
      const sealed = vault.reseal(context, value);
      if (sealed === null) continue;
      storage.run(`UPDATE "${name}" SET "${column}" = ? WHERE rowid = ?`, sealed, Number(row['at']));
      return true;
    }
    return false;
  }
}
