/**
 * The database of a desk, which outlives its processes: the real SQLite storage, with a port of its own for each
 * process. Every transaction may meet a crash before or after it, and a disk that refuses. What became durable is told
 * at once, for it is what the checker compares with the wire.
 */
import { openSqliteStorage, type SqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { StorageFault, type SqlValue, type Storage } from '../../../src-main/app/ports.ts';
import type { IntentState } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Random } from '../random.ts';

/** An intent's row, as far as it is readable without a key. */
export interface DurableRow {
  readonly id: string;
  readonly order: number;
  readonly action: string;
  readonly state: IntentState;
  readonly code: string;
  readonly attempt: number;
  readonly choice: number;
  readonly correlationId: string;
}

/** What a process meets at its disk; asked before and after each transaction. */
export interface DiskUser {
  isDead(): boolean;
  /** True when the process dies now. */
  dies(when: 'before' | 'after'): boolean;
  /** The fault that this transaction meets, or null. */
  refusal(isWrite: boolean): StorageFault['code'] | null;
  onDurable(before: DurableRow | null, row: DurableRow): void;
}

type Row = Record<string, SqlValue>;

/** Everything on disk, table by table. */
export type Copy = ReadonlyMap<string, readonly Row[]>;

const TABLES = ['intent', 'audit', 'lease', 'remembered', 'intent_file', 'kept'] as const;
/** What a disk that lies may still hold back when the power goes. */
const MOST_UNFLUSHED = 3;
const SELECT = 'SELECT rowid, id, action, state, code, attempt, choice, correlation_id FROM intent';

export class Disk {
  private base: SqliteStorage;
  private readonly path: string;
  private readonly random: Random;
  /** Rows as last seen; what a transaction changes is compared with it. */
  readonly rows = new Map<string, DurableRow>();
  /** It says that it has flushed, and has not: what it held before each of the last transactions, oldest first. */
  isLying = false;
  private unflushed: Copy[] = [];

  constructor(path: string, random: Random) {
    this.path = path;
    this.random = random;
    this.base = openSqliteStorage(path);
  }

  close(): void {
    this.base.close();
  }

  /** The whole storage, for the checker. */
  get storage(): SqliteStorage {
    return this.base;
  }

  portFor(user: DiskUser): Storage {
    const { base } = this;
    let depth = 0;
    let touched: Set<string> | null = null;
    const guard = (isWrite: boolean) => {
      if (user.isDead() || (isWrite && user.dies('before')))
        throw new StorageFault('io', 'the process is dead');
      const code = user.refusal(isWrite);
      if (code !== null) throw new StorageFault(code, 'simulated');
    };
    const settle = () => {
      const ids = touched;
      touched = null;
      if (ids !== null) this.tellChanges(ids, user);
      user.dies('after');
    };
    const note = (sql: string, values: readonly SqlValue[]) => {
      if (sql.startsWith('UPDATE intent')) (touched ??= new Set()).add(String(values.at(-1)));
      else if (sql.startsWith('INSERT INTO intent')) (touched ??= new Set()).add(String(values[0]));
    };
    const alone = <T>(work: () => T): T => {
      guard(true);
      this.holdBack();
      touched = null;
      depth += 1;
      let value: T;
      try {
        value = base.transaction(work);
      } finally {
        depth -= 1;
      }
      settle();
      return value;
    };
    const run: Storage['run'] = (sql, ...values) => {
      if (depth === 0) return alone(() => run(sql, ...values));
      base.run(sql, ...values);
      note(sql, values);
    };
    return {
      run,
      all(sql, ...values) {
        if (depth === 0) guard(false);
        return base.all(sql, ...values);
      },
      transaction: (work) => (depth === 0 ? alone(work) : base.transaction(work)),
      close: () => undefined,
    };
  }

  private tellChanges(ids: ReadonlySet<string>, user: DiskUser): void {
    for (const id of ids) {
      const before = this.rows.get(id) ?? null;
      const row = this.read(id);
      if (row === null) continue;
      this.rows.set(id, row);
      user.onDurable(before, row);
    }
  }

  read(id: string): DurableRow | null {
    const [found] = this.base.all(`${SELECT} WHERE id = ?`, id);
    return found === undefined ? null : durable(found);
  }

  private holdBack(): void {
    const copy = this.isLying ? this.copy() : null;
    if (copy !== null) this.unflushed = [...this.unflushed, copy].slice(-MOST_UNFLUSHED);
  }

  /** The power goes while the disk has lied: the last transactions are gone. False when there is nothing to lose. */
  lose(): boolean {
    const copy = this.unflushed.at(-this.random.between(1, MOST_UNFLUSHED)) ?? this.unflushed[0];
    this.unflushed = [];
    if (copy !== undefined) this.putBack(copy);
    return copy !== undefined;
  }

  /** Everything on disk, to be put back later as an older backup is; null before there is anything. */
  copy(): Copy | null {
    const [made] = this.base.all("SELECT name FROM sqlite_schema WHERE name = 'lease'");
    if (made === undefined) return null;
    const columns = (table: string) => (table === 'intent' ? 'rowid, *' : '*');
    return new Map(TABLES.map((table) => [table, this.base.all(`SELECT ${columns(table)} FROM ${table}`)]));
  }

  putBack(copy: Copy): void {
    const { base } = this;
    base.transaction(() => {
      for (const [table, rows] of copy) {
        base.run(`DELETE FROM ${table}`);
        for (const row of rows) {
          const names = Object.keys(row);
          const marks = names.map(() => '?').join(', ');
          base.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`, ...Object.values(row));
        }
      }
    });
    this.rows.clear();
    for (const row of base.all(SELECT)) this.rows.set(String(row['id']), durable(row));
  }

  /** A bit of a sealed record goes bad. */
  damage(id: string): void {
    const [row] = this.base.all('SELECT payload FROM intent WHERE id = ?', id);
    const payload = row?.['payload'];
    if (!(payload instanceof Uint8Array)) return;
    const spoilt = Uint8Array.from(payload, (byte, at) => (at === payload.length - 5 ? byte ^ 1 : byte));
    this.base.run('UPDATE intent SET payload = ? WHERE id = ?', spoilt, id);
  }

  get file(): string {
    return this.path;
  }
}

function durable(row: Row): DurableRow {
  return {
    id: String(row['id']),
    order: Number(row['rowid']),
    action: String(row['action']),
    state: row['state'] as IntentState,
    code: String(row['code']),
    attempt: Number(row['attempt']),
    choice: Number(row['choice']),
    correlationId: String(row['correlation_id']),
  };
}
