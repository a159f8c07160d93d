import { records } from '../../../build/generated/record-validators.js';
import { toIso } from '../../contract/london-time.ts';
import type { Clock, SqlValue, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { BookIntent } from './record-schemas.ts';
import { TERMINAL_STATES, type IntentState } from './book-protocol.ts';

/** Whose intent it is: it is sent and shown only under the same four (safety.md, fact 10). */
export interface IntentOwner {
  readonly userId: string;
  readonly organisation: string;
  readonly businessFunction: string;
  readonly onBehalfOf: string;
}

export interface StoredIntent {
  readonly intent: BookIntent;
  readonly state: IntentState;
  readonly code: string;
  readonly attempt: number;
  readonly correlationId: string;
  readonly sentAt: string | null;
  readonly appointmentId: string | null;
  readonly updatedAt: string;
}

export interface IntentChange {
  readonly state: IntentState;
  readonly code: string;
  readonly correlationId?: string;
  readonly sentAt?: string;
  readonly attempt?: number;
  readonly appointmentId?: string | null;
}

/** The durable intents, sealed; every change is its own transaction with whatever `alongside` adds. */
export interface IntentStore {
  /** Writes a new intent down and gives it as stored: what follows must not hang on a second read. */
  add(owner: IntentOwner, intent: BookIntent, alongside: () => void): StoredIntent;
  change(owner: IntentOwner, intentId: string, change: IntentChange, alongside: () => void): void;
  read(owner: IntentOwner, intentId: string): StoredIntent | null;
  /** The newest intent for a referral, whatever its state; by order of writing, which no clock can change. */
  newestFor(owner: IntentOwner, ubrn: string): StoredIntent | null;
  /** True when anybody's intent for this referral is between preflight and a settled end. */
  isBusy(ubrn: string): boolean;
  /** This owner's intents that are not settled, oldest first. */
  unsettled(owner: IntentOwner): StoredIntent[];
  /** Counts for the badge: not done at all, and of these the ones whose outcome is not known. */
  count(owner: IntentOwner): { readonly open: number; readonly unknown: number };
}

const settled = TERMINAL_STATES.map((state) => `'${state}'`).join(', ');

export function createIntentStore(ports: { storage: Storage; clock: Clock; vault: Vault }): IntentStore {
  const { storage, clock, vault } = ports;
  const ownerTag = (owner: IntentOwner) =>
    vault.tag(
      'owner',
      [owner.userId, owner.organisation, owner.businessFunction, owner.onBehalfOf].join('|'),
    );
  const ubrnTag = (ubrn: string) => vault.tag('ubrn', ubrn);
  const context = (owner: IntentOwner, id: string) => `intent|${id}|${owner.userId}`;
  const resultContext = (owner: IntentOwner, id: string) => `result|${id}|${owner.userId}`;
  const now = () => toIso(clock.nowMs());

  const parse = (owner: IntentOwner, row: Record<string, SqlValue>): StoredIntent[] => {
    const id = String(row['id']);
    const opened = vault.open(context(owner, id), row['payload'] as Uint8Array);
    // A record that does not open is kept on disk and never sent (attack S29).
    if (!opened.ok || !records.bookIntent(opened.value)) return [];
    const result =
      row['result'] === null ? null : vault.open(resultContext(owner, id), row['result'] as Uint8Array);
    return [
      {
        intent: opened.value as BookIntent,
        state: row['state'] as IntentState,
        code: String(row['code']),
        attempt: Number(row['attempt']),
        correlationId: String(row['correlation_id']),
        sentAt: row['sent_at'] === null ? null : String(row['sent_at']),
        appointmentId: result?.ok === true ? String(result.value) : null,
        updatedAt: String(row['updated_at']),
      },
    ];
  };

  return {
    add(owner, intent, alongside) {
      const createdAt = now();
      storage.transaction(() => {
        const payload = vault.seal(context(owner, intent.intentId), intent);
        storage.run(
          `INSERT INTO intent VALUES (?, 'book', ?, ?, ?, 'QUEUED', '', 0, '', NULL, NULL, ?, ?)`,
          intent.intentId,
          ownerTag(owner),
          ubrnTag(intent.ubrn),
          payload,
          createdAt,
          createdAt,
        );
        alongside();
      });
      const unsent = { correlationId: '', attempt: 0, sentAt: null, appointmentId: null };
      return { intent, state: 'QUEUED', code: '', ...unsent, updatedAt: createdAt };
    },
    change(owner, intentId, change, alongside) {
      storage.transaction(() => {
        const result =
          change.appointmentId == null
            ? null
            : vault.seal(resultContext(owner, intentId), change.appointmentId);
        storage.run(
          // A clock that is set back must not make a later state look older than the one before it.
          `UPDATE intent SET state = ?, code = ?, updated_at = max(updated_at, ?), correlation_id = coalesce(?, correlation_id),
             sent_at = coalesce(?, sent_at), attempt = coalesce(?, attempt), result = coalesce(?, result)
           WHERE id = ? AND owner_tag = ?`,
          change.state,
          change.code,
          now(),
          change.correlationId ?? null,
          change.sentAt ?? null,
          change.attempt ?? null,
          result,
          intentId,
          ownerTag(owner),
        );
        alongside();
      });
    },
    read(owner, intentId) {
      const rows = storage.all(
        'SELECT * FROM intent WHERE id = ? AND owner_tag = ?',
        intentId,
        ownerTag(owner),
      );
      return rows.flatMap((row) => parse(owner, row))[0] ?? null;
    },
    newestFor(owner, ubrn) {
      const rows = storage.all(
        'SELECT * FROM intent WHERE ubrn_tag = ? AND owner_tag = ? ORDER BY rowid DESC LIMIT 1',
        ubrnTag(ubrn),
        ownerTag(owner),
      );
      return rows.flatMap((row) => parse(owner, row))[0] ?? null;
    },
    isBusy(ubrn) {
      const sql = `SELECT 1 AS busy FROM intent WHERE ubrn_tag = ? AND state NOT IN (${settled}) LIMIT 1`;
      return storage.all(sql, ubrnTag(ubrn)).length > 0;
    },
    unsettled(owner) {
      const sql = `SELECT * FROM intent WHERE owner_tag = ? AND state NOT IN (${settled}) ORDER BY rowid`;
      return storage.all(sql, ownerTag(owner)).flatMap((row) => parse(owner, row));
    },
    count(owner) {
      const sql = `SELECT state FROM intent WHERE owner_tag = ? AND state NOT IN ('APPLIED', 'REJECTED')`;
      const states = storage.all(sql, ownerTag(owner)).map((row) => row['state']);
      const unknown = states.filter((state) => state === 'RECONCILING' || state === 'SENDING').length;
      return { open: states.length, unknown };
    },
  };
}
