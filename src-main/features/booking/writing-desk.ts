import { fail, type Outcome } from '../../contract/outcome.ts';
import type { BookIntent, Intent, IntentWithUploads, UploadFileIntent } from '../outbox/record-schemas.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';

/** What asking for a write needs of the outbox. */
export interface AskableOutbox {
  readonly ask: (desk: Desk, intent: Intent) => Outcome<OutboxItem>;
  /** A write and the files that go with it: all of it is durable, or nothing is. */
  readonly askWithFiles: (
    desk: Desk,
    uploads: readonly UploadFileIntent[],
    intent: IntentWithUploads,
  ) => Outcome<OutboxItem>;
  readonly isUnsettled: (ubrn: string) => boolean;
}

/** The fields that every intent for a referral has; the snapshot is what the clerk saw. */
export type IntentTarget = Pick<
  BookIntent,
  'ubrn' | 'pinnedVersion' | 'nhsNumber' | 'serviceId' | 'serviceName' | 'isUrgent' | 'saw'
>;

export interface WritingDesk {
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
  /** Null while writes are off; the reason says why. */
  readonly outbox: () => AskableOutbox | null;
  readonly writesOffReason: () => string;
  readonly isOffline: () => boolean;
  readonly targetOf: (open: OpenReferral, serviceId: string) => IntentTarget;
  readonly auditRefusal: (ubrn: string, code: string) => void;
}

export interface AtWritingDesk {
  readonly desk: Desk;
  readonly outbox: AskableOutbox;
}

/** Runs `work` where a person is at the desk and writes are on; else says which of the two is missing. */
export function atWritingDesk<T>(
  { desk, outbox, writesOffReason }: Pick<WritingDesk, 'desk' | 'outbox' | 'writesOffReason'>,
  work: (at: AtWritingDesk) => Outcome<T>,
): Outcome<T> {
  const seated = desk();
  if (seated === null) return fail('not-signed-in', 'not-signed-in');
  const open = outbox();
  return open === null ? fail('writes-off', writesOffReason()) : work({ desk: seated, outbox: open });
}
