/** What the screens are told of an intent (screens.md section 9). */
import type {
  HandoverItem,
  OutboxAction,
  OutboxItem,
  OutboxStateName,
} from '../../contract/channels/outbox.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { StoredIntent, StoredRow } from './intent-store.ts';
import { newUbrnOf } from './new-ubrn.ts';
import { HORIZON_MS } from './protocol/action-rules.ts';
import { isTerminal, OPEN_OUTCOME_STATES, type IntentState } from './protocol/intent-states.ts';
import { mayConfirm, mayReadBack, mayWithdraw, revive, type Standing } from './protocol/machine.ts';
import type { Intent } from './record-schemas.ts';

const STATE_NAMES: Readonly<Record<IntentState, OutboxStateName>> = {
  QUEUED: 'queued',
  PREFLIGHT: 'checking',
  SENDING: 'sending',
  UNKNOWN: 'unknown',
  RECONCILING: 'unknown',
  APPLIED: 'done',
  REJECTED: 'refused',
  NEEDS_CLERK: 'needs-you',
  WAITING: 'waiting',
  HELD: 'needs-sign-in',
  ABANDONED: 'withdrawn',
  QUARANTINED: 'unreadable',
};

/** What differs from what the clerk saw: the three columns show it. */
const CONFLICT_CODES = [
  'changed-before-sending',
  'changed-meanwhile',
  'refused-as-stale',
  'slot-changed',
  'already-booked',
  'not-booked-any-more',
  'action-not-offered',
  'not-on-shortlist',
];
const EXPIRED_CODES = ['expired', 'confirm-needed'];

/** Under these a new review of the referral as it is now takes the item's place; a file is attached in another's. */
const LASTING: readonly IntentState[] = ['NEEDS_CLERK', 'REJECTED'];
/** These have no review of an open referral: they are asked for anew where they were asked for. */
const NOT_REDONE: readonly OutboxAction[] = [
  'letter',
  'upload-file',
  'create-referral',
  'create-and-triage',
  'send-advice',
  'convert-advice',
  'request-advice',
];

/** The state's name for the screens; a code tells apart what one state of the machine covers. */
export function stateNameOf(state: IntentState, code: string): OutboxStateName {
  if (state === 'NEEDS_CLERK' && CONFLICT_CODES.includes(code)) return 'conflict';
  if (state === 'NEEDS_CLERK' && EXPIRED_CODES.includes(code)) return 'expired';
  if ((state === 'UNKNOWN' || state === 'RECONCILING') && code === 'accepted') return 'confirming';
  return STATE_NAMES[state];
}

/** Where an intent stands in memory, or what the disk says of one that is settled. */
export function standingOf(
  { intent, ...stored }: StoredIntent,
  live: Standing | null,
  nowMs: number,
): Standing {
  const choices = intent.action === 'book' ? intent.slots.length : 1;
  return live ?? revive({ action: intent.action, choices, ...stored }, nowMs);
}

export interface ViewedIntent {
  readonly stored: StoredIntent;
  readonly standing: Standing;
  /** A fault of the disk keeps it from going on. */
  readonly isStalled: boolean;
  readonly behind: string | null;
  /** Worked out once a deferral is done. */
  readonly contactBy: string | null;
}

/** An item of the outbox; `clock` turns the machine's monotonic times into times of day. */
export function viewItem(viewed: ViewedIntent, clock: Clock): OutboxItem {
  const { stored, standing, behind } = viewed;
  const { intent } = stored;
  const { state, code } = viewed.isStalled ? stalledView(standing) : standing;
  const nowMs = clock.monotonicMs();
  const atWall = (atMs: number | null) =>
    atMs === null ? null : toIso(Math.round(clock.nowMs() + atMs - nowMs));
  const isOpenOutcome = OPEN_OUTCOME_STATES.includes(state);
  const mayHappenUntilMs =
    isOpenOutcome && standing.sentAtMs !== null ? standing.sentAtMs + HORIZON_MS : null;
  return {
    intentId: intent.intentId,
    action: intent.action,
    ubrn: ubrnOf(stored),
    nhsNumber: intent.nhsNumber,
    state: stateNameOf(state, code),
    code,
    correlationId: stored.correlationId,
    serviceName: intent.serviceName,
    start: startOf(intent, standing.choice),
    comment: commentOf(intent),
    contactBy: viewed.contactBy,
    isUrgent: intent.isUrgent,
    attempt: standing.attempt,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    sentAt: stored.sentAt,
    nextCheckAt: isTerminal(state) ? null : atWall(standing.dueAtMs),
    mayHappenUntil: mayHappenUntilMs !== null && mayHappenUntilMs > nowMs ? atWall(mayHappenUntilMs) : null,
    behind,
    may: {
      confirm: mayConfirm(standing),
      edit: mayEdit(standing, intent),
      withdraw: mayWithdraw(standing, nowMs),
      readBack: mayReadBack(standing),
      redo: LASTING.includes(state) && !NOT_REDONE.includes(intent.action),
    },
  };
}

/** Nothing more can be written down: what may have gone out is not known, the rest waits. */
function stalledView({ state }: Standing): { readonly state: IntentState; readonly code: string } {
  const isOpen = OPEN_OUTCOME_STATES.includes(state);
  return isOpen ? { state: 'UNKNOWN', code: 'disk-fault' } : { state: 'WAITING', code: 'disk-fault' };
}

/** A comment may change until something of it went out. */
export function mayEdit({ state, attempt }: Standing, intent: Intent): boolean {
  return 'comment' in intent && attempt === 0 && !isTerminal(state) && state !== 'SENDING';
}

/** Its referral's number; of what has none until it is done, the one that e-RS gave. */
const ubrnOf = ({ intent, result }: StoredIntent) => intent.ubrn || newUbrnOf(intent, result);

const LONGEST_SHOWN = 2000;

/** What the clerk wrote; of a file its name, by which they know it. */
function commentOf(intent: Intent): string {
  switch (intent.action) {
    case 'upload-file':
      return intent.name;
    case 'send-advice':
      return intent.guidance.slice(0, LONGEST_SHOWN);
    case 'request-advice':
      return intent.request.slice(0, LONGEST_SHOWN);
    default:
      return 'comment' in intent ? intent.comment : '';
  }
}

function startOf(intent: Intent, choice: number): string | null {
  if (intent.action === 'book') return intent.slots[choice]?.start ?? null;
  return 'start' in intent ? intent.start : null;
}

/** A record that does not open: what it was and when, and that it is never sent (attack S29). */
export function viewUnreadable(row: Extract<StoredRow, { kind: 'unreadable' }>['row']): OutboxItem {
  const isSettled = isTerminal(row.state);
  return {
    intentId: row.intentId,
    action: row.action,
    ubrn: null,
    nhsNumber: null,
    state: isSettled ? STATE_NAMES[row.state] : 'unreadable',
    code: 'record-not-readable',
    correlationId: '',
    serviceName: '',
    start: null,
    comment: '',
    contactBy: null,
    isUrgent: false,
    attempt: row.attempt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    sentAt: null,
    nextCheckAt: null,
    mayHappenUntil: null,
    behind: null,
    may: { confirm: false, edit: false, withdraw: !isSettled, readBack: false, redo: false },
  };
}

/** What a colleague is told: UBRN, action and state, and whose it is (screens.md section 10). */
export function viewHandover({ stored, standing }: Pick<ViewedIntent, 'stored' | 'standing'>): HandoverItem {
  return {
    intentId: stored.intent.intentId,
    action: stored.intent.action,
    ubrn: ubrnOf(stored),
    state: stateNameOf(standing.state, standing.code),
    code: standing.code,
    userId: stored.owner.userId,
    createdAt: stored.createdAt,
    mayReadBack: mayReadBack(standing),
  };
}
