/** One intent of a schedule: what was asked for, its row on disk, and what the checker knows of it. */
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import type { IntentState } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import type { ReferralTruth, SlotTruth } from './truth.ts';

/** What a crash leaves of an intent. */
export interface Row {
  readonly action: OutboxAction;
  readonly choices: number;
  state: IntentState;
  code: string;
  attempt: number;
  choice: number;
  result: string | null;
  /** Its sealed record does not open any more; found at the next start. */
  isDamaged: boolean;
}

/** What the service and the clerk know of it, for the checker alone. */
export interface Facts {
  /** The clerk was told "queued". */
  isAcknowledged: boolean;
  /** The disk lied about a record of it: only what the pin guarantees is asked for from then on. */
  isLiedAbout: boolean;
  wireSends: number;
  /** Copies on their way that the service has yet to process. */
  inFlight: number;
  effects: number;
  /** The clerk's words so far, and for an upload the attempt that took effect under each. */
  words: number;
  readonly wordOfAttempt: number[];
  readonly effectUnderWord: number[];
  /** e-RS held what was asked for, whoever did it, at a moment of the live process's last reads. */
  isSeenAsAsked: boolean;
  /** The last durable SENDING, and the last that went out on the wire. */
  recordedAttempt: number;
  sentAttempt: number;
  /** When the clerk last pressed Ctrl+Enter for it, by the monotonic clock; null when that word has ended. */
  wordAtMs: number | null;
  wordInstance: number;
  /** The provider's system has it since the clerk's last word and said nothing: it may have acted. */
  wasAtProvider: boolean;
  /** The clerk wants it back and was heard. */
  wantsOut: boolean;
  /** It left NEEDS_CLERK with a code that leaves the outcome to the clerk. */
  isLeftToClerk: boolean;
  /** Its sends since the clerk's last word that ended in an unknown outcome. */
  unknownSends: number;
  /** Its record was found not to open. */
  isQuarantined: boolean;
  /** When a search, or a failed booking, last truly permitted the deferral, in true time. */
  evidenceAtMs: number;
  /** The code under which it last went to the clerk. */
  lastCode: string;
}

export interface SimIntent {
  readonly id: string;
  readonly index: number;
  readonly action: OutboxAction;
  readonly owner: string;
  readonly referral: ReferralTruth;
  readonly intent: Intent;
  readonly isUrgent: boolean;
  /** The version that the clerk saw: of the appointment for A034, else of the referral. */
  readonly pin: number;
  readonly slots: readonly SlotTruth[];
  /** Earlier intents of the referral that needed the clerk as this one was made. */
  readonly mayPass: readonly SimIntent[];
  /** Null until it is on disk. */
  row: Row | null;
  /** As the live instance last showed it. */
  shownState: IntentState;
  readonly facts: Facts;
}

export function newFacts(): Facts {
  return {
    isAcknowledged: false,
    isLiedAbout: false,
    wireSends: 0,
    inFlight: 0,
    effects: 0,
    words: 0,
    wordOfAttempt: [],
    effectUnderWord: [],
    isSeenAsAsked: false,
    recordedAttempt: 0,
    sentAttempt: 0,
    wordAtMs: null,
    wordInstance: 0,
    wasAtProvider: false,
    wantsOut: false,
    isLeftToClerk: false,
    evidenceAtMs: -Infinity,
    unknownSends: 0,
    isQuarantined: false,
    lastCode: '',
  };
}
