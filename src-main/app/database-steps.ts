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
  [
    // Whose intent it is, sealed, so that a colleague's hand-over can name it; tags to find and to line up by.
    `ALTER TABLE intent ADD COLUMN owner BLOB NOT NULL DEFAULT x''`,
    `ALTER TABLE intent ADD COLUMN desk_tag BLOB NOT NULL DEFAULT x''`,
    `ALTER TABLE intent ADD COLUMN service_tag BLOB NOT NULL DEFAULT x''`,
    'ALTER TABLE intent ADD COLUMN is_urgent INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE intent ADD COLUMN choice INTEGER NOT NULL DEFAULT 0',
    'CREATE INDEX intent_by_state ON intent (state)',
    // The newest opener of the database holds it: an older one finds its number passed and may not write.
    'CREATE TABLE lease (one INTEGER PRIMARY KEY CHECK (one = 1), fence INTEGER NOT NULL) STRICT',
    `CREATE TABLE remembered (
      tag BLOB PRIMARY KEY,
      owner_tag BLOB NOT NULL,
      payload BLOB NOT NULL,
      read_at TEXT NOT NULL
    ) STRICT`,
  ],
  [
    // What an upload sends, sealed apart from its intent: lists of intents need not open megabytes.
    'CREATE TABLE intent_file (id TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT',
  ],
  [
    // What a person keeps beyond a sitting, sealed: lists, filters, tasks.
    `CREATE TABLE kept (
      tag BLOB PRIMARY KEY,
      list_tag BLOB NOT NULL,
      payload BLOB NOT NULL,
      expires_at TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX kept_by_list ON kept (list_tag)',
  ],
  [
    // The print log, sealed; readable are only when, whether the printer is still to be asked, and what is not taken in.
    `CREATE TABLE print_log (
      id TEXT PRIMARY KEY,
      ubrn_tag BLOB NOT NULL,
      desk_tag BLOB NOT NULL,
      owner_tag BLOB NOT NULL,
      payload BLOB NOT NULL,
      is_open INTEGER NOT NULL,
      is_unheard INTEGER NOT NULL,
      printed_at TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX print_by_ubrn ON print_log (ubrn_tag)',
    'CREATE INDEX print_by_desk ON print_log (desk_tag)',
    // What is chosen for this machine, whoever sits at it; nothing of a patient.
    'CREATE TABLE desk_choice (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT',
  ],
  [
    // Step 6, of the audit trail: tags to find its rows by; null in rows that were written before it.
    'ALTER TABLE audit ADD COLUMN user_tag BLOB',
    'ALTER TABLE audit ADD COLUMN ubrn_tag BLOB',
    'ALTER TABLE audit ADD COLUMN nhs_tag BLOB',
    'ALTER TABLE audit ADD COLUMN action_tag BLOB',
    'ALTER TABLE audit ADD COLUMN is_failed INTEGER NOT NULL DEFAULT 0',
    // The last row that went after its retention: the chain goes on from there.
    `CREATE TABLE audit_anchor (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      seq INTEGER NOT NULL,
      at TEXT NOT NULL,
      hash BLOB NOT NULL,
      mac BLOB NOT NULL
    ) STRICT`,
  ],
];

/** Brings the database to the newest step. A database of a newer app is refused. */
export function upgradeDatabase(storage: Storage): void {
  const version = Number(storage.all('PRAGMA user_version')[0]?.['user_version'] ?? 0);
  // Nothing to write: a database that can only be read is still read.
  if (version === STEPS.length) return;
  if (version > STEPS.length) throw new Error(`The database is of a newer version (${version})`);
  storage.transaction(() => {
    STEPS.slice(version).forEach((statements) => statements.forEach((sql) => storage.run(sql)));
    // A pragma takes no parameters; the value is our own constant.
    storage.run(`PRAGMA user_version = ${STEPS.length}`);
  });
}
