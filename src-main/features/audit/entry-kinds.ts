/** What kinds of entries there are, as the viewer filters them. Pure. */
import type { AuditEntry } from '../../app/ports.ts';
import type { Facts } from '../../contract/outcome.ts';

/** Audit type and resource type of each call (contract.md section 12, extended to what it does not list). */
export const CALL_KINDS: Readonly<Record<string, { readonly type: string; readonly resource: string }>> = {
  A001: { type: 'API Establish Session', resource: '' },
  A002: { type: 'API Select Role', resource: '' },
  A003: { type: 'API Close Session', resource: '' },
  A004: { type: 'API Retrieve Reference Data', resource: '' },
  A005: { type: 'API Retrieve Request Summary', resource: 'Referral Request' },
  A006: { type: 'API Retrieve Clinical Attachment', resource: 'Clinical Attachment' },
  A007: { type: 'API Retrieve Clinical Information', resource: 'Referral Request' },
  A008: { type: 'API Retrieve Request List', resource: 'Worklist' },
  A010: { type: 'API Search Services For Patient', resource: 'Healthcare Service' },
  A011: { type: 'API Create Referral', resource: 'Referral Request' },
  A012: { type: 'API Maintain Referral Letter', resource: 'Referral Request' },
  A013: { type: 'API Accept Referral', resource: 'Referral Request' },
  A014: { type: 'API Reject Referral', resource: 'Referral Request' },
  A015: { type: 'API Retrieve Slots', resource: 'Slot' },
  A016: { type: 'API Book Appointment', resource: 'Appointment Request' },
  A019: { type: 'API Generate Patient Letter', resource: 'Patient Letter' },
  A020: { type: 'API Upload File', resource: 'Clinical Attachment' },
  A021: { type: 'API Create Referral And Send For Triage', resource: 'Referral Request' },
  A022: { type: 'API Cancel Appointment, Action Later', resource: 'Appointment Request' },
  A023: { type: 'API Retrieve Advice Request List', resource: 'Worklist' },
  A024: { type: 'API Retrieve Advice Request Overview', resource: 'Advice and Guidance Request' },
  A025: { type: 'API Retrieve Advice Conversation', resource: 'Advice and Guidance Request' },
  A026: { type: 'API Send Advice', resource: 'Advice and Guidance Request' },
  A027: { type: 'API Convert Advice To Referral', resource: 'Advice and Guidance Request' },
  A028: { type: 'API Record Review Outcome', resource: 'Referral Request' },
  A029: { type: 'API Retrieve Available Actions', resource: 'Referral Request' },
  A030: { type: 'API Professional login attempt', resource: '' },
  A031: { type: 'API Change Shortlist', resource: 'Referral Request' },
  A032: { type: 'API Change Shortlist And Send For Triage', resource: 'Referral Request' },
  A033: { type: 'API Retrieve Service', resource: 'Healthcare Service' },
  A034: { type: 'API Cancel Appointment', resource: 'Appointment Request' },
  A035: { type: 'API Search Services', resource: 'Healthcare Service' },
  A036: { type: 'API Cancel Referral', resource: 'Referral Request' },
  A037: { type: 'API Check Service Version', resource: 'Healthcare Service' },
  A038: { type: 'API Retrieve Appointment', resource: 'Appointment Request' },
  A040: { type: 'API Retrieve On Behalf Of Practitioners', resource: '' },
  A041: { type: 'API Search Referrals', resource: 'Referral Request' },
  A042: { type: 'API Retrieve Clinical Attachment', resource: 'Clinical Attachment' },
  A043: { type: 'API Search Advice Services', resource: 'Healthcare Service' },
  A044: { type: 'API Request Advice', resource: 'Advice and Guidance Request' },
  PDS: { type: 'PDS Retrieve Patient', resource: 'Patient' },
};

export const LOCAL_EVENT = 'Local event';
export const PRINT_LETTER = 'Print letter';
export const TRAIL_EVENT = 'Audit trail';

const OUTBOX_TYPE = /^(Outbox [a-z-]+) ([A-Z_]+)$/;
/** States of an intent in which something went otherwise than was asked for. */
const FAILED_STATES = ['REJECTED', 'NEEDS_CLERK', 'UNKNOWN', 'HELD', 'QUARANTINED'];
const FAILED_PRINTS = ['failed', 'unknown', 'cancelled', 'held-up'];
const FAILED_EVENT = /(^|-)(wrong|refused|failed|broken|not|drift)(-|$)/;

/** The action that an entry belongs to: the steps of one kind of intent are one action. */
export function actionOf(type: string): string {
  return OUTBOX_TYPE.exec(type)?.[1] ?? type;
}

/** The actions that the viewer offers as a filter. */
export function listActions(outboxActions: readonly string[]): readonly string[] {
  const calls = Object.values(CALL_KINDS).map(({ type }) => type);
  const intents = outboxActions.map((action) => `Outbox ${action}`);
  return [...new Set([...calls, ...intents, PRINT_LETTER, LOCAL_EVENT, TRAIL_EVENT])].sort();
}

/** True when what was tried did not come about, or not as it was asked for. */
export function isFailed({
  type,
  method,
  outcome,
}: Pick<AuditEntry, 'type' | 'method' | 'outcome'>): boolean {
  const state = OUTBOX_TYPE.exec(type)?.[2] ?? (type === 'Outbox QUARANTINED' ? 'QUARANTINED' : undefined);
  if (state !== undefined) return FAILED_STATES.includes(state);
  if (type === PRINT_LETTER) return FAILED_PRINTS.includes(outcome);
  return method === 'LOCAL' ? FAILED_EVENT.test(outcome) : outcome !== 'success';
}

const textOf = (facts: Facts, ...names: string[]): string => {
  const name = names.find((one) => facts[one] !== undefined);
  return name === undefined ? '' : String(facts[name]);
};

/** The fields of contract.md section 12 that lie among the facts, and the versions and times beside them. */
export function namedFacts(facts: Facts) {
  return {
    attachmentId: textOf(facts, 'attachmentId'),
    attachmentType: textOf(facts, 'attachmentType'),
    fileName: textOf(facts, 'fileName'),
    intentId: textOf(facts, 'intentId'),
    versionBefore: textOf(facts, 'versionBefore', 'pinnedVersion'),
    versionAfter: textOf(facts, 'versionAfter'),
    askedAt: textOf(facts, 'askedAt'),
    sentAt: textOf(facts, 'sentAt'),
  };
}

const NAMED = [
  ...['attachmentId', 'attachmentType', 'fileName', 'intentId', 'versionBefore', 'pinnedVersion'],
  ...['versionAfter', 'askedAt', 'sentAt'],
];

/** The facts that have no field of their own. */
export function otherFacts(facts: Facts): { name: string; value: string }[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    NAMED.includes(name) ? [] : [{ name, value: String(value) }],
  );
}
