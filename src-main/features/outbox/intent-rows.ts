/** The rows of intents on disk, opened. The contexts bind a record to its row and its person (attack S29). */
import { records } from '../../../build/generated/record-validators.js';
import type { OutboxAction } from '../../contract/channels/outbox.ts';
import type { SqlValue } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { IntentState } from './protocol/intent-states.ts';
import type { Intent, IntentOwner } from './record-schemas.ts';

export const ownerContext = (id: string) => `owner|${id}`;
export const payloadContext = (id: string, userId: string) => `intent|${id}|${userId}`;
export const resultContext = (id: string) => `result|${id}`;
export const fileContext = (id: string) => `file|${id}`;

/** An intent as it is on disk, opened. */
export interface StoredIntent {
  readonly intent: Intent;
  readonly owner: IntentOwner;
  /** The order of writing, which no clock can change. */
  readonly order: number;
  readonly state: IntentState;
  readonly code: string;
  readonly attempt: number;
  readonly choice: number;
  readonly correlationId: string;
  readonly sentAt: string | null;
  /** What the proof of effect found: the appointment's id, the document's of an upload, the UBRN of what is new. */
  readonly result: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A row whose record does not open any more: shown, kept, never sent (attack S29). */
export interface UnreadableIntent {
  readonly intentId: string;
  readonly action: OutboxAction;
  readonly order: number;
  readonly state: IntentState;
  readonly attempt: number;
  readonly choice: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type StoredRow =
  | { readonly kind: 'stored'; readonly stored: StoredIntent }
  | { readonly kind: 'unreadable'; readonly row: UnreadableIntent };

/** The sealed result of a row; null where there is none that opens. */
export function readResult(vault: Vault, row: Record<string, SqlValue>): string | null {
  if (row['result'] === null) return null;
  const result = vault.open(resultContext(String(row['id'])), row['result'] as Uint8Array);
  return result.ok ? String(result.value) : null;
}

/** Makes the function that opens a row; one whose record does not open is given as unreadable. */
export function createRowReader(vault: Vault): (row: Record<string, SqlValue>) => StoredRow {
  function openRecord(row: Record<string, SqlValue>): { owner: IntentOwner; intent: Intent } | null {
    const id = String(row['id']);
    const owner = vault.open(ownerContext(id), row['owner'] as Uint8Array);
    if (!owner.ok || !records.intentOwner(owner.value)) return null;
    const { userId } = owner.value as IntentOwner;
    const intent = vault.open(payloadContext(id, userId), row['payload'] as Uint8Array);
    if (!intent.ok || !records.intent(intent.value)) return null;
    return { owner: owner.value as IntentOwner, intent: intent.value as Intent };
  }

  function parse(row: Record<string, SqlValue>): StoredRow {
    const id = String(row['id']);
    const standing = {
      order: Number(row['rowid']),
      state: row['state'] as IntentState,
      attempt: Number(row['attempt']),
      choice: Number(row['choice']),
      createdAt: String(row['created_at']),
      updatedAt: String(row['updated_at']),
    };
    const opened = standing.state === 'QUARANTINED' ? null : openRecord(row);
    if (opened === null)
      return {
        kind: 'unreadable',
        row: { intentId: id, action: row['action'] as OutboxAction, ...standing },
      };
    return {
      kind: 'stored',
      stored: {
        ...opened,
        ...standing,
        code: String(row['code']),
        correlationId: String(row['correlation_id']),
        sentAt: row['sent_at'] === null ? null : String(row['sent_at']),
        result: readResult(vault, row),
      },
    };
  }

  return parse;
}
