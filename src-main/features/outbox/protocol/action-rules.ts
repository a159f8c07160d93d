/**
 * What each write declares of itself, in one place: its pin, whether a provider's system takes part, whether it may be
 * sent again by itself, and how long the clerk's word lasts (safety.md, "Protocol" and "Proof and pin of every write").
 */
import type { OutboxAction } from '../../../contract/channels/outbox.ts';

export interface ActionRule {
  /** Which version the write carries; `none` where it carries none: then nothing makes a second send harmless. */
  readonly pin: 'referral' | 'appointment' | 'advice' | 'none';
  /** A provider's system (PAS) takes part: it may hold what e-RS cannot see, so a person decides on sending again. */
  readonly hasProvider: boolean;
  /** What is proven undone goes out again under the same pin while the clerk's word lasts; else a person decides. */
  readonly isResent: boolean;
  /** A fresh Ctrl+Enter is needed once it has waited for a connection (screens.md section 14). */
  readonly confirmsAfterWaiting: boolean;
  /** It is never sent: when its turn comes a person carries it out. */
  readonly isForPerson: boolean;
}

/** A pinned write in which no provider's system takes part. */
const PINNED: ActionRule = {
  pin: 'referral',
  hasProvider: false,
  isResent: true,
  confirmsAfterWaiting: false,
  isForPerson: false,
};

/** A write that a provider's system is asked about, too. */
const AT_PROVIDER: ActionRule = { ...PINNED, hasProvider: true, isResent: false };

const UNPINNED: ActionRule = { ...PINNED, pin: 'none', isResent: false };

/** Makes something new: an hour offline another desk may have made it, so the clerk is asked once more. */
const CREATING: ActionRule = { ...UNPINNED, confirmsAfterWaiting: true };

export const ACTION_RULES: Readonly<Record<OutboxAction, ActionRule>> = {
  book: AT_PROVIDER,
  defer: PINNED,
  'cancel-later': { ...PINNED, confirmsAfterWaiting: true },
  'cancel-appointment': { ...AT_PROVIDER, pin: 'appointment', confirmsAfterWaiting: true },
  'cancel-referral': { ...AT_PROVIDER, confirmsAfterWaiting: true },
  'change-shortlist': PINNED,
  'send-for-triage': PINNED,
  'upload-file': UNPINNED,
  letter: { ...UNPINNED, isForPerson: true },
  'create-referral': CREATING,
  'create-and-triage': CREATING,
  'maintain-letter': PINNED,
  'accept-referral': PINNED,
  'reject-referral': { ...AT_PROVIDER, confirmsAfterWaiting: true },
  'record-review': PINNED,
  'send-advice': { ...PINNED, pin: 'advice' },
  'convert-advice': { ...PINNED, pin: 'advice', isResent: false, confirmsAfterWaiting: true },
  'request-advice': CREATING,
};

/** Never sent from the queue: whatever it waits for, it waits for a fresh Ctrl+Enter, too (screens.md section 8, A036). */
export const SENT_AT_ONCE: readonly OutboxAction[] = ['cancel-referral'];

/** A send may take effect this long after it began: the gateway's 180 s and a margin (safety.md, fact 4, step 5). */
export const HORIZON_MS = 205_000;

/** Seconds after the send at which an unknown outcome is read back (screens.md section 4). */
export const READ_BACK_SECONDS = [10, 30, 60, 120, 205] as const;

/** Past the horizon a desk that reached nobody asks again at this distance. */
export const UNREACHED_RETRY_MS = 60_000;

/** The clerk's Ctrl+Enter lasts this long (screens.md section 4, "Offline"). */
export const CONFIRMATION_MS = 15 * 60_000;

/** What a check found holds this long: an answer that a sleep delayed, say, does not say what is now (I12). */
export const CHECK_MS = 120_000;

/** Waits for a locked referral (423), then a person (safety.md, fault model). */
export const LOCK_WAITS_MS = [5_000, 15_000, 45_000] as const;

/** Waits after an unusable answer to the check before sending, then a person looks. */
export const RETRY_WAITS_MS = [5_000, 15_000, 30_000] as const;

/** Pauses by rate limit (429) in a row, until a person looks. */
export const MOST_PAUSES = 8;

/** Sends of one intent under one pin (safety.md step 5). */
export const MOST_SENDS = 4;
