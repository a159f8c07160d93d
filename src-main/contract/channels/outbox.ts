import { Type, type Static } from 'typebox';
import { count, day, instant, nhsNumber, oneOf, orNull, strict, text, ubrn, uuid } from '../schema.ts';

/** What a clerk may ask for; each goes through the outbox (safety.md, "The outbox protocol"). */
export const OUTBOX_ACTIONS = [
  'book',
  'defer',
  'cancel-later',
  'cancel-appointment',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'upload-file',
  'letter',
  'create-referral',
  'create-and-triage',
  'maintain-letter',
  'accept-referral',
  'reject-referral',
  'record-review',
  'send-advice',
  'convert-advice',
  'request-advice',
] as const;

/** Where an item stands; the clerk's words for each live in the renderer (screens.md section 9). */
export const OUTBOX_STATES = [
  'queued',
  'waiting',
  'needs-sign-in',
  'checking',
  'sending',
  'confirming',
  'unknown',
  'done',
  'refused',
  'conflict',
  'needs-you',
  'expired',
  'withdrawn',
  'unreadable',
] as const;

/** Why a clerk takes an item back. */
export const WITHDRAW_REASONS = ['patient-declined', 'made-in-error', 'done-elsewhere', 'other'] as const;

const outboxItem = strict({
  intentId: uuid,
  action: oneOf(OUTBOX_ACTIONS),
  /** Null for a record that cannot be opened any more, and for what has no UBRN until it is done. */
  ubrn: orNull(ubrn),
  nhsNumber: orNull(nhsNumber),
  state: oneOf(OUTBOX_STATES),
  /** The e-RS code or a code of our own that the words explain; empty when there is none. */
  code: text(80),
  correlationId: text(80),
  serviceName: text(200),
  /** The appointment that is asked for or cancelled; null where there is none. */
  start: orNull(instant),
  comment: text(2000),
  /** Of a deferral or a triage that is done: the provider contacts the patient on or before this day. */
  contactBy: orNull(day),
  isUrgent: Type.Boolean(),
  /** How often it went out. */
  attempt: count,
  createdAt: instant,
  updatedAt: instant,
  sentAt: orNull(instant),
  /** The next try or read-back, when one is planned. */
  nextCheckAt: orNull(instant),
  /** Until then the service may still carry it out: it cannot be taken back before (safety.md step 7). */
  mayHappenUntil: orNull(instant),
  /** The earlier item of the same referral that this one waits for. */
  behind: orNull(uuid),
  may: strict({
    /** Ctrl+Enter: send it, under the version that was seen. */
    confirm: Type.Boolean(),
    /** Ctrl+E. */
    edit: Type.Boolean(),
    /** Del. */
    withdraw: Type.Boolean(),
    /** F5: read back what became of it. */
    readBack: Type.Boolean(),
    /** Enter, then a new review of the referral as it is now. */
    redo: Type.Boolean(),
  }),
});

/** One line of the three columns: what the clerk saw, what is now, what was asked for. */
const comparedLine = strict({
  what: oneOf([
    'version',
    'state',
    'appointment',
    'service',
    'time',
    'clinician',
    'priority',
    'shortlist',
    'patient',
    'reason',
    'comment',
  ]),
  saw: text(2000),
  now: text(2000),
  asked: text(2000),
  isDifferent: Type.Boolean(),
});

const outboxDetail = strict({
  item: outboxItem,
  lines: Type.Array(comparedLine, { maxItems: 20 }),
  /** When "now" was read; null when it could not be read, `nowProblem` says why. */
  nowReadAt: orNull(instant),
  nowProblem: orNull(text(80)),
});

const handoverItem = strict({
  intentId: uuid,
  action: oneOf(OUTBOX_ACTIONS),
  ubrn: orNull(ubrn),
  state: oneOf(OUTBOX_STATES),
  code: text(80),
  /** The colleague's user id: a name is not known to this desk. */
  userId: text(20),
  createdAt: instant,
  mayReadBack: Type.Boolean(),
});

/** How many intents of this person are not done, and whether writes are possible at all. */
const outboxSummary = strict({
  open: count,
  unknown: count,
  /** Of the open ones: how many wait for the clerk. */
  needsClerk: count,
  /** Of the open ones: how many wait for a connection, a pause or their turn. */
  waiting: count,
  /** A drain under way: how many of how many are through; null when none is. */
  drain: orNull(strict({ done: count, total: count })),
  /** True from the end of the booking day while something is still open (screens.md section 9). */
  isPastDayEnd: Type.Boolean(),
  /** Unfinished items of colleagues in the same role and organisation at this desk. */
  colleagues: count,
  canWrite: Type.Boolean(),
  /** Why writes are off, e.g. `no-keyring`, `disk-full`. */
  writesOffReason: orNull(text(40)),
});

export const requests = {
  'outbox/read-summary': { input: strict({}), output: outboxSummary },
  /** This person's items of this role: open ones first, then the latest finished. */
  'outbox/read-items': {
    input: strict({}),
    output: strict({ items: Type.Array(outboxItem, { maxItems: 1000 }), total: count }),
  },
  /** One item with what the clerk saw, what e-RS says now (read afresh) and what was asked. */
  'outbox/read-item': { input: strict({ intentId: uuid }), output: outboxDetail },
  /** The fresh Ctrl+Enter: sends the item under the version that was seen, after the same checks. */
  'outbox/confirm': { input: strict({ intentId: uuid }), output: outboxItem },
  /** Takes an item back; refused while the service may still carry it out. */
  'outbox/withdraw': {
    input: strict({ intentId: uuid, reason: oneOf(WITHDRAW_REASONS) }),
    output: outboxItem,
  },
  /** Changes the comment of an item that was not sent yet; the old item is withdrawn in the same step. */
  'outbox/edit': { input: strict({ intentId: uuid, comment: text(2000) }), output: outboxItem },
  'outbox/read-back': { input: strict({ intentId: uuid }), output: outboxItem },
  /** Queues a letter to be fetched and printed when the connection is back and the booking is proven. */
  'outbox/request-letter': { input: strict({ ubrn }), output: outboxItem },
  /** Unfinished items of colleagues in the same role and organisation (screens.md section 10); logged. */
  'outbox/read-handover': {
    input: strict({}),
    output: strict({ items: Type.Array(handoverItem, { maxItems: 500 }) }),
  },
  /** Reads back what became of a colleague's item; never sends. */
  'outbox/read-back-for-colleague': { input: strict({ intentId: uuid }), output: handoverItem },
};

export const pushes = {
  'outbox/changed': outboxSummary,
  'outbox/item-changed': outboxItem,
};

export type OutboxAction = (typeof OUTBOX_ACTIONS)[number];
export type OutboxStateName = (typeof OUTBOX_STATES)[number];
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];
export type OutboxItem = Static<typeof outboxItem>;
export type ComparedLine = Static<typeof comparedLine>;
export type OutboxDetail = Static<typeof outboxDetail>;
export type HandoverItem = Static<typeof handoverItem>;
export type OutboxSummary = Static<typeof outboxSummary>;
export { outboxItem };
