import { Type, type Static } from 'typebox';
import { count, instant, nhsNumber, oneOf, orNull, sdsUserId, strict, text, ubrn } from '../schema.ts';

/** What the viewer shows in one go. */
export const AUDIT_PAGE = 100;
export const AUDIT_OUTCOMES = ['any', 'failed', 'succeeded'] as const;

/** `not-checked`: nobody has walked the trail to its end since the start. */
export const TRAIL_STATES = ['not-checked', 'checking', 'sound', 'broken'] as const;
/** The first three are of the chain, the others of its sealed end. */
export const TRAIL_FINDINGS = [
  'changed',
  'missing',
  'not-of-the-chain',
  'cut-short',
  'rolled-back',
  'seal-missing',
  'seal-damaged',
] as const;

const trailStatus = strict({
  state: oneOf(TRAIL_STATES),
  /** Rows that fitted, and when the last walk ended. */
  rows: count,
  checkedAt: orNull(instant),
  /** Each with the first row that it concerns. */
  findings: Type.Array(strict({ kind: oneOf(TRAIL_FINDINGS), seq: Type.Integer() }), { maxItems: 20 }),
  /** False where the keyring did not give the sealed end. */
  isSealRead: Type.Boolean(),
  keptDays: count,
});

const filter = strict({
  userId: orNull(sdsUserId),
  ubrn: orNull(ubrn),
  nhsNumber: orNull(nhsNumber),
  /** One of the `actions` that come with the rows. */
  action: orNull(text(80)),
  outcome: oneOf(AUDIT_OUTCOMES),
  /** From this instant on, up to and without the other. */
  from: orNull(instant),
  before: orNull(instant),
});

/** One entry with the fields of contract.md section 12; an empty text where there is nothing to say. */
const auditRow = strict({
  /** Below 1 where somebody put a row in front of the first. */
  seq: Type.Integer(),
  /** UTC. */
  at: instant,
  isFailed: Type.Boolean(),
  method: oneOf(['GET', 'POST', 'PUT', 'DELETE', 'LOCAL']),
  type: text(120),
  resource: text(60),
  userId: text(20),
  onBehalfOf: text(20),
  ubrn: text(12),
  nhsNumber: text(11),
  sessionId: text(60),
  organisation: text(10),
  organisationName: text(120),
  businessFunction: text(60),
  asid: text(100),
  host: text(200),
  correlationId: text(80),
  outcome: text(200),
  attachmentId: text(200),
  attachmentType: text(100),
  fileName: text(255),
  intentId: text(40),
  versionBefore: text(20),
  versionAfter: text(20),
  askedAt: text(30),
  sentAt: text(30),
  /** What else was noted. */
  facts: Type.Array(strict({ name: text(60), value: text(500) }), { maxItems: 40 }),
});

/**
 * How far this machine's clock is from that of e-RS, by bounds: the `Date` of a reply has whole seconds. `off` only
 * where it is certain that more than 250 ms lie between them.
 */
const clockDrift = strict({
  status: oneOf(['unknown', 'no-sign', 'off']),
  /** Replies that agree. */
  readings: count,
  /** The drift lies between these, in milliseconds; a clock that is fast has a positive one. Null while unknown. */
  lowestMs: orNull(Type.Integer()),
  highestMs: orNull(Type.Integer()),
  readAt: orNull(instant),
});

export const requests = {
  /**
   * Rows of the trail, newest first: the person's own, and those of others of the organisation for whom it has named
   * to read them. Reading is itself recorded.
   */
  'audit/read': {
    input: strict({
      filter,
      /** Only rows before this one: where the page before ended. */ past: orNull(Type.Integer()),
    }),
    output: strict({
      rows: Type.Array(auditRow, { maxItems: AUDIT_PAGE }),
      next: orNull(Type.Integer()),
      /** Rows that no key of this desk opens; they are not shown. */
      unreadable: count,
      mayReadAll: Type.Boolean(),
      actions: Type.Array(text(80), { maxItems: 200 }),
      status: trailStatus,
    }),
  },
  /** Walks the whole chain again. */
  'audit/check': { input: strict({}), output: trailStatus },
  /** Saves everything that is recorded of one referral, or of one patient and their referrals, as a table. */
  'audit/export': {
    input: strict({ ubrn: orNull(ubrn), nhsNumber: orNull(nhsNumber) }),
    output: strict({
      isSaved: Type.Boolean(),
      rows: count,
      /** There were more than fit. */ isCut: Type.Boolean(),
    }),
  },
  'audit/read-clock': { input: strict({}), output: clockDrift },
};

export const pushes = { 'audit/clock-changed': clockDrift };

export type AuditRow = Static<typeof auditRow>;
export type AuditFilter = Static<typeof filter>;
export type TrailStatusView = Static<typeof trailStatus>;
export type ClockDrift = Static<typeof clockDrift>;
