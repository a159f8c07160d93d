import type { OutboxItem, OutboxSummary } from '../../contract/channels/outbox.ts';
import type { Audit, Clock, Log } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Desk } from '../session/session.ts';
import type { IntentStore, StoredIntent } from './intent-store.ts';

/** What the outbox needs of the application. */
export interface OutboxPorts {
  readonly store: IntentStore;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  /** Who holds the desk, locked or not. */
  readonly seated: () => Desk | null;
  readonly isOffline: () => boolean;
  /** The contact-by date of a deferral that is done, once it is known; absent where nobody works it out. */
  readonly contactByOf?: (intentId: string) => string | null;
  readonly auditHost: string;
  /** The version of a referral that was read last, for the audit of what is done; null when none was. */
  readonly versionOf?: (ubrn: string) => number | null;
  /** The hour from which the desk reminds of what is not done, where the site says it. */
  readonly dayEndHour?: () => number | undefined;
  readonly onItem: (stored: StoredIntent, item: OutboxItem) => void;
  readonly onSummary: (summary: OutboxSummary) => void;
}
