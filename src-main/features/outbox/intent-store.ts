import { toIso } from '../../contract/london-time.ts';
import type { OutboxAction } from '../../contract/channels/outbox.ts';
import type { Clock, SqlValue, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { Lease } from './lease.ts';
import {
  createRowReader,
  ownerContext,
  payloadContext,
  readResult,
  resultContext,
  type StoredIntent,
  type StoredRow,
} from './intent-rows.ts';
import { createIntentFiles } from './intent-files.ts';
import { lineOf } from './line-of.ts';
import { ownerKey } from './owner.ts';
import {
  isTerminal,
  OPEN_OUTCOME_STATES,
  TERMINAL_STATES,
  type IntentState,
} from './protocol/intent-states.ts';
import type { Intent, IntentOwner } from './record-schemas.ts';

export type { StoredIntent, StoredRow, UnreadableIntent } from './intent-rows.ts';

export interface IntentChange {
  readonly state: IntentState;
  readonly code: string;
  readonly attempt: number;
  readonly choice: number;
  readonly correlationId?: string;
  readonly sentAt?: string;
  readonly result?: string | null;
}

export interface IntentCounts {
  readonly open: number;
  readonly unknown: number;
  readonly needsClerk: number;
  readonly waiting: number;
}

/** What became of an intent, without opening what it asked for. */
export interface IntentOutcome {
  readonly state: IntentState;
  readonly result: string | null;
}

/** The durable intents, sealed; every change is its own transaction with whatever `alongside` adds. */
export interface IntentStore {
  /**
   * Writes a new intent down and gives it as stored: what follows must not hang on a second read. The content of an
   * upload is kept apart, and only until it is settled: the intent as stored is without it.
   */
  add(owner: IntentOwner, intent: Intent, alongside: () => void): StoredIntent;
  /** The same of several, in their order: all are on disk, or none. */
  addAll(owner: IntentOwner, intents: readonly Intent[], alongside: (intent: Intent) => void): StoredIntent[];
  change(intentId: string, change: IntentChange, alongside: () => void): void;
  read(intentId: string): StoredRow | null;
  /** Null when there is no such intent (any more). */
  outcomeOf(intentId: string): IntentOutcome | null;
  /** The content of an upload that is not settled, base64; null when there is none that opens. */
  fileOf(intentId: string): string | null;
  /** Everything that is not settled, whoever made it, oldest first. */
  open(): StoredRow[];
  /** This owner's items: everything open, and what was settled since the instant; newest first. */
  listFor(owner: IntentOwner, settledSince: string): StoredRow[];
  /** Open items of others in the same organisation and role. */
  listColleagues(owner: IntentOwner): StoredRow[];
  /** The newest intent of an action in a line (`lineOf`), whatever its state. */
  newestFor(owner: IntentOwner, line: string, action: OutboxAction): StoredIntent | null;
  /** Open intents of a line (`lineOf`), whoever made them. */
  openFor(line: string): StoredRow[];
  count(owner: IntentOwner): IntentCounts;
  countColleagues(owner: IntentOwner): number;
  /** Removes settled intents last changed before the instant; the audit trail keeps their story. */
  prune(before: string): number;
}

const inList = (states: readonly string[]) => states.map((state) => `'${state}'`).join(', ');
const SETTLED = inList(TERMINAL_STATES);
const OPEN_OUTCOME = inList(OPEN_OUTCOME_STATES);

const INSERT = `INSERT INTO intent (id, action, owner_tag, ubrn_tag, payload, state, code, attempt, correlation_id,
  sent_at, result, created_at, updated_at, owner, desk_tag, service_tag, is_urgent, choice)
  VALUES (?, ?, ?, ?, ?, 'QUEUED', '', 0, '', NULL, NULL, ?, ?, ?, ?, ?, ?, 0)`;

// A clock that is set back must not make a later state look older than the one before it.
const UPDATE = `UPDATE intent SET state = ?, code = ?, attempt = ?, choice = ?, updated_at = max(updated_at, ?),
  correlation_id = coalesce(?, correlation_id), sent_at = coalesce(?, sent_at), result = coalesce(?, result)
  WHERE id = ?`;

const UNSENT = {
  state: 'QUEUED',
  code: '',
  attempt: 0,
  choice: 0,
  correlationId: '',
  sentAt: null,
  result: null,
} as const;

/** A figure of the one row that a counting query gives. */
const numberOf = (rows: readonly Record<string, SqlValue>[], name: string) => Number(rows[0]?.[name] ?? 0);

/** Opens the intents of a database whose steps are done. */
export function createIntentStore(ports: {
  storage: Storage;
  clock: Clock;
  vault: Vault;
  lease: Lease;
}): IntentStore {
  const { storage, clock, vault, lease } = ports;
  const ownerTag = (owner: IntentOwner) => vault.tag('owner', ownerKey(owner));
  const deskTag = (owner: IntentOwner) =>
    vault.tag('desk', `${owner.organisation}|${owner.businessFunction}`);
  const lineTag = (line: string) => vault.tag('ubrn', line);
  const now = () => toIso(clock.nowMs());

  const files = createIntentFiles(ports);
  const parse = createRowReader(vault);
  const select = (condition: string, ...values: SqlValue[]) =>
    storage.all(`SELECT rowid, * FROM intent WHERE ${condition}`, ...values).map(parse);

  /** Writes one down within a transaction. */
  function insert(owner: IntentOwner, asked: Intent, createdAt: string): StoredIntent {
    const id = asked.intentId;
    const intent = files.keepApart(asked);
    storage.run(
      INSERT,
      id,
      intent.action,
      ownerTag(owner),
      lineTag(lineOf(intent)),
      vault.seal(payloadContext(id, owner.userId), intent),
      createdAt,
      createdAt,
      vault.seal(ownerContext(id), owner),
      deskTag(owner),
      vault.tag('service', intent.serviceId),
      Number(intent.isUrgent),
    );
    // Before anything else is written: an insert into another table has a number of its own.
    const order = numberOf(storage.all('SELECT last_insert_rowid() AS rowid'), 'rowid');
    return { intent, owner, order, ...UNSENT, createdAt, updatedAt: createdAt };
  }

  function addAll(
    owner: IntentOwner,
    intents: readonly Intent[],
    alongside: (intent: Intent) => void,
  ): StoredIntent[] {
    const createdAt = now();
    return storage.transaction(() => {
      lease.assertHeld();
      return intents.map((asked) => {
        const stored = insert(owner, asked, createdAt);
        alongside(stored.intent);
        return stored;
      });
    });
  }

  return {
    add: (owner, intent, alongside) => addAll(owner, [intent], alongside)[0] as StoredIntent,
    addAll,
    change(intentId, change, alongside) {
      storage.transaction(() => {
        lease.assertHeld();
        storage.run(
          UPDATE,
          change.state,
          change.code,
          change.attempt,
          change.choice,
          now(),
          change.correlationId ?? null,
          change.sentAt ?? null,
          change.result == null ? null : vault.seal(resultContext(intentId), change.result),
          intentId,
        );
        if (isTerminal(change.state)) files.wipe(intentId);
        alongside();
      });
    },
    read: (intentId) => select('id = ?', intentId)[0] ?? null,
    outcomeOf(intentId) {
      const [row] = storage.all('SELECT id, state, result FROM intent WHERE id = ?', intentId);
      if (row === undefined) return null;
      return { state: row['state'] as IntentState, result: readResult(vault, row) };
    },
    fileOf: files.read,
    open: () => select(`state NOT IN (${SETTLED}) ORDER BY rowid`),
    listFor: (owner, settledSince) =>
      select(
        `owner_tag = ? AND (state NOT IN (${SETTLED}) OR updated_at >= ?) ORDER BY rowid DESC LIMIT 1000`,
        ownerTag(owner),
        settledSince,
      ),
    listColleagues: (owner) =>
      select(
        `desk_tag = ? AND owner_tag <> ? AND state NOT IN (${SETTLED}) ORDER BY rowid LIMIT 500`,
        deskTag(owner),
        ownerTag(owner),
      ),
    newestFor(owner, line, action) {
      const [row] = select(
        'ubrn_tag = ? AND owner_tag = ? AND action = ? ORDER BY rowid DESC LIMIT 1',
        lineTag(line),
        ownerTag(owner),
        action,
      );
      return row?.kind === 'stored' ? row.stored : null;
    },
    openFor: (line) => select(`ubrn_tag = ? AND state NOT IN (${SETTLED}) ORDER BY rowid`, lineTag(line)),
    count(owner) {
      const rows = storage.all(
        `SELECT count(*) AS open, coalesce(sum(state IN (${OPEN_OUTCOME})), 0) AS unknown,
           coalesce(sum(state IN ('NEEDS_CLERK', 'QUARANTINED')), 0) AS clerk
         FROM intent WHERE owner_tag = ? AND state NOT IN (${SETTLED})`,
        ownerTag(owner),
      );
      const [open, unknown] = [numberOf(rows, 'open'), numberOf(rows, 'unknown')];
      const needsClerk = numberOf(rows, 'clerk');
      return { open, unknown, needsClerk, waiting: open - unknown - needsClerk };
    },
    countColleagues(owner) {
      const sql = `SELECT count(*) AS open FROM intent
        WHERE desk_tag = ? AND owner_tag <> ? AND state NOT IN (${SETTLED})`;
      return numberOf(storage.all(sql, deskTag(owner), ownerTag(owner)), 'open');
    },
    prune(before) {
      return storage.transaction(() => {
        lease.assertHeld();
        const old = `state IN (${SETTLED}) AND updated_at < ?`;
        const count = numberOf(storage.all(`SELECT count(*) AS old FROM intent WHERE ${old}`, before), 'old');
        storage.run(`DELETE FROM intent WHERE ${old}`, before);
        return count;
      });
    },
  };
}
