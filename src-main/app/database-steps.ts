import type { Storage } from './ports.ts';

/** Numbered upgrade steps of the database; a step is never changed once released. */
const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE intent (
      id TEXT PRIMARY KEY,
      action TEXT NOT NULL,
      owner_tag BLOB NOT NULL,
      ubrn_tag BLOB NOT NULL,
      payload BLOB NOT NULL,
      state TEXT NOT NULL,
      code TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      correlation_id TEXT NOT NULL,
      sent_at TEXT,
      result BLOB,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX intent_by_ubrn ON intent (ubrn_tag)',
    `CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      entry BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT`,
  ],
];

/** Brings the database to the newest step. A database of a newer app is refused. */
export function upgradeDatabase(storage: Storage): void {
  storage.transaction(() => {
    const [row] = storage.all('PRAGMA user_version');
    const version = Number(row?.['user_version'] ?? 0);
    if (version > STEPS.length) throw new Error(`The database is of a newer version (${version})`);
    STEPS.slice(version).forEach((statements) => statements.forEach((sql) => storage.run(sql)));
    // A pragma takes no parameters; the value is our own constant.
    storage.run(`PRAGMA user_version = ${STEPS.length}`);
  });
}
