/**
 * The protocol of a write as a pure machine: where an intent stands and an event in, where it stands next and one
 * command out (safety.md, "Protocol"). Disk, network and clock are the engine's. Nothing here refreshes a pin.
 * All times are monotonic milliseconds.
 */
import type { OutboxAction } from '../../../contract/channels/outbox.ts';
import {
  ACTION_RULES,
  CHECK_MS,
  CONFIRMATION_MS,
  HORIZON_MS,
  LOCK_WAITS_MS,
  MOST_PAUSES,
  MOST_SENDS,
  READ_BACK_SECONDS,
  RETRY_WAITS_MS,
  SENT_AT_ONCE,
  UNREACHED_RETRY_MS,
} from './action-rules.ts';
import type { Answer } from './answer.ts';
import type { Finding, Truth, Unreached } from './findings.ts';
import { isTerminal, type IntentState } from './intent-states.ts';

/** Where an intent stands: the first five are durable, the rest belongs to this process and is lost with it. */
export interface Standing {
  readonly action: OutboxAction;
  readonly state: IntentState;
  readonly code: string;
  /** Sends so far. */
  readonly attempt: number;
  /** Which of the slots that the patient named is being tried. */
  readonly choice: number;
  readonly choices: number;
  /** When the clerk last pressed Ctrl+Enter for it; null when that word has lost its force. */
  readonly confirmedAtMs: number | null;
  /** The start of the horizon: the last send, or the restart that found an open one. */
  readonly sentAtMs: number | null;
  /** When the reads under way, or the last ones, were begun: what they find is at least as old as that. */
  readonly askedAtMs: number;
  readonly answer: Answer | null;
  readonly readBacks: number;
  /** How often it was turned away since it last got on. */
  readonly turnedAway: number;
  /** The sitting in which e-RS refused the person; another sitting may try. */
  readonly heldInSitting: number | null;
  /** When the next step is planned; null when something else must happen first. */
  readonly dueAtMs: number | null;
  /** True for an intent that an earlier start wrote down: what became of it then is not remembered. */
  readonly isRevived: boolean;
  /** Why the clerk wants it back, where something of it went out: the next check decides, and it is not sent. */
  readonly wantsOut: string | null;
}

export interface Context {
  readonly nowMs: number;
  /** The same person is signed in, unlocked, in the same role (I7). */
  readonly mayAct: boolean;
  readonly sitting: number;
}

export type IntentEvent =
  /** Its turn has come. */
  | { readonly kind: 'turn' }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'checked'; readonly finding: Finding }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'read-back'; readonly truth: Truth }
  /** The clerk: Ctrl+Enter, Del, F5; a letter was carried out; a new review replaced it. */
  | { readonly kind: 'confirm' }
  | { readonly kind: 'withdraw'; readonly code: string }
  | { readonly kind: 'read-now' }
  | { readonly kind: 'carried-out' }
  /** The machine slept or stood still: the clerk's word ends (screens.md section 14). */
  | { readonly kind: 'slept' }
  /** A new start found it on disk. */
  | { readonly kind: 'restart' };

export type Command = 'none' | 'check' | 'send' | 'read-back';

export interface Step {
  readonly next: Standing;
  readonly command: Command;
  /** What a proof of effect found, e.g. the appointment's id, or what an answer gave to be kept. */
  readonly result?: string | null;
}

/** Codes of NEEDS_CLERK under which one Ctrl+Enter sends under the same pin: nothing has moved that anybody saw. */
const CONFIRMABLE = [
  'confirm-needed',
  'expired',
  'locked',
  'rate-limited',
  'refused-as-stale',
  'check-failed',
  'read-back-failed',
  'accepted-not-found',
  'not-done',
  'not-done-provider-may-differ',
  'not-confirmed',
  'too-many-sends',
  'PAS_NOT_RESPONDING',
];

/** A new intent as it is written down, on the clerk's Ctrl+Enter. */
export function newStanding(action: OutboxAction, choices: number, nowMs: number): Standing {
  return {
    action,
    state: 'QUEUED',
    code: '',
    attempt: 0,
    choice: 0,
    choices,
    confirmedAtMs: nowMs,
    sentAtMs: null,
    askedAtMs: nowMs,
    answer: null,
    readBacks: 0,
    turnedAway: 0,
    heldInSitting: null,
    dueAtMs: null,
    isRevived: false,
    wantsOut: null,
  };
}

/** What an intent on disk is to a new start (safety.md, fault model: boot, then reconcile). */
export function revive(
  durable: Pick<Standing, 'action' | 'state' | 'code' | 'attempt' | 'choice' | 'choices'>,
  nowMs: number,
): Standing {
  const fresh = { ...newStanding(durable.action, durable.choices, nowMs), ...durable };
  // When it was sent is not known to this process: the horizon starts anew, never too early.
  const sentAtMs = durable.attempt > 0 ? nowMs : null;
  const revived = { ...fresh, confirmedAtMs: null, isRevived: true, sentAtMs };
  switch (durable.state) {
    case 'PREFLIGHT':
      return { ...revived, state: 'QUEUED', code: '' };
    case 'SENDING':
    case 'UNKNOWN':
    case 'RECONCILING':
      return { ...revived, state: 'UNKNOWN', code: 'interrupted', sentAtMs: nowMs, dueAtMs: nowMs };
    default:
      return revived;
  }
}

/** The same intent, no longer on the clerk's word: they may have gone (screens.md section 14). */
export const endWord = (now: Standing): Standing => ({ ...now, confirmedAtMs: null });

/** The next step; null when the event does not concern an intent in this state. */
export function advance(now: Standing, event: IntentEvent, context: Context): Step | null {
  const step = decide(now, event, context);
  const isPutOff = step !== null && event.kind !== 'confirm' && PUT_OFF_STATES.includes(step.next.state);
  return isPutOff && SENT_AT_ONCE.includes(now.action) ? { ...step, next: endWord(step.next) } : step;
}

/** It is to go out, and does not yet. */
const PUT_OFF_STATES: readonly IntentState[] = ['QUEUED', 'WAITING', 'HELD'];

function decide(now: Standing, event: IntentEvent, context: Context): Step | null {
  if (isTerminal(now.state)) return null;
  switch (event.kind) {
    case 'turn':
      return takeTurn(now, context);
    case 'no-connection':
      return now.state === 'QUEUED' ? waitForConnection(now, null) : null;
    case 'checked':
      return now.state === 'PREFLIGHT' ? judgeFinding(now, event.finding, context) : null;
    case 'answered':
      return now.state === 'SENDING' ? judgeAnswer(now, event.answer, context) : null;
    case 'read-back':
      return now.state === 'RECONCILING' ? judgeTruth(now, event.truth, context) : null;
    case 'confirm':
      return confirm(now, context);
    case 'withdraw':
      return withdraw(now, event.code, context);
    case 'read-now':
      return readNow(now, context);
    case 'carried-out':
      return now.state === 'NEEDS_CLERK' && ACTION_RULES[now.action].isForPerson
        ? to(now, 'APPLIED', '')
        : null;
    case 'slept':
      return { next: endWord(now), command: 'none' };
    case 'restart':
      return { next: revive(now, context.nowMs), command: 'none' };
  }
}

/** Codes of NEEDS_CLERK under which the pin is dead or e-RS has answered: nothing of it can still take effect. */
const SETTLED = ['changed-meanwhile', 'changed-before-sending', 'PAS_NOT_RESPONDING'];

/** Without a pin only time settles what went out. */
const isSettledBy = (now: Standing) => !hasNoPin(now) && SETTLED.includes(now.code);

/** True when nothing of it can take effect any more, or the outbox can make sure of that (safety.md step 7). */
export function mayWithdraw(now: Standing, nowMs: number): boolean {
  switch (now.state) {
    case 'QUEUED':
    case 'PREFLIGHT':
    case 'WAITING':
    case 'HELD':
      return true;
    case 'QUARANTINED':
      return now.attempt === 0 || isPastHorizon(now, nowMs);
    case 'NEEDS_CLERK':
      return now.attempt === 0 || isSettledBy(now) || isPastHorizon(now, nowMs);
    default:
      return false;
  }
}

function withdraw(now: Standing, code: string, { nowMs }: Context): Step | null {
  if (!mayWithdraw(now, nowMs)) return null;
  const isDecided = now.attempt === 0 || now.state === 'NEEDS_CLERK' || now.state === 'QUARANTINED';
  if (isDecided) return to(now, 'ABANDONED', code);
  // Something of it went out and was turned away: the next check proves that, and nothing more is sent.
  return { next: { ...now, wantsOut: code, confirmedAtMs: null }, command: 'none' };
}

/** True when one Ctrl+Enter sends it, after the same checks and under the version that was seen. */
export function mayConfirm(now: Standing): boolean {
  if (ACTION_RULES[now.action].isForPerson) return false;
  if (now.state === 'NEEDS_CLERK') return CONFIRMABLE.includes(now.code);
  return now.state === 'QUEUED' || now.state === 'WAITING' || now.state === 'HELD';
}

/** True when something of it went out, so that reading back can tell what became of it. */
export function mayReadBack(now: Standing): boolean {
  return now.state === 'UNKNOWN' || (now.state === 'NEEDS_CLERK' && now.attempt > 0);
}

/** True while the clerk's Ctrl+Enter holds. */
export function isConfirmed({ confirmedAtMs }: Standing, nowMs: number): boolean {
  return confirmedAtMs !== null && nowMs - confirmedAtMs <= CONFIRMATION_MS;
}

export function isPastHorizon({ sentAtMs }: Standing, nowMs: number): boolean {
  return sentAtMs !== null && nowMs - sentAtMs >= HORIZON_MS;
}

const hasNoPin = ({ action }: Standing) => ACTION_RULES[action].pin === 'none';

/** No pin: what became of an earlier send was never proven, so no refusal of this one ends the intent. */
const saysNothingOfEarlierSends = (now: Standing) => hasNoPin(now) && now.attempt > 1;

/** Answers that say that not a byte of it was looked at. */
const TURNED_AWAY: readonly Answer['kind'][] = ['not-sent', 'limited', 'locked', 'held'];

/** No pin, and something of it went out that was not turned away: no check can show that it is not there. */
function mayBeThere(now: Standing): boolean {
  const { attempt, answer } = now;
  const isTurnedAway = attempt === 1 && answer !== null && TURNED_AWAY.includes(answer.kind);
  return hasNoPin(now) && attempt > 0 && !isTurnedAway;
}

/** True when the read-back was begun past the horizon: an answer may be on its way for long, over a sleep say. */
const wasReadPastHorizon = (now: Standing) => isPastHorizon(now, now.askedAtMs);

function to(now: Standing, state: IntentState, code: string, command: Command = 'none'): Step {
  return { next: { ...now, state, code, dueAtMs: null }, command };
}

function readBack(now: Standing, code: string, askedAtMs: number): Step {
  return to({ ...now, askedAtMs }, 'RECONCILING', code, 'read-back');
}

function takeTurn(now: Standing, { mayAct, nowMs }: Context): Step | null {
  if (now.state === 'UNKNOWN') return readBack(now, now.code, nowMs);
  const isWaiting = now.state === 'QUEUED' || now.state === 'WAITING' || now.state === 'HELD';
  return isWaiting && mayAct ? to({ ...now, askedAtMs: nowMs }, 'PREFLIGHT', '', 'check') : null;
}

function judgeFinding(now: Standing, finding: Finding, context: Context): Step {
  switch (finding.kind) {
    case 'clear':
      return goOn(now, context);
    case 'own-effect':
      // What nobody ever sent cannot have had an effect: then it is somebody else's, and a change like any other.
      return now.attempt > 0 || now.isRevived
        ? { ...to(now, 'APPLIED', ''), result: finding.result }
        : to(now, 'NEEDS_CLERK', 'changed-before-sending');
    case 'changed':
      return to(now, 'NEEDS_CLERK', finding.code);
    case 'refused':
      return to(now, now.attempt === 0 ? 'REJECTED' : 'NEEDS_CLERK', finding.code);
    default:
      return turnAway(now, finding, context);
  }
}

/** The check spoke for sending: now the clerk's word must hold and the clerk be there. */
function goOn(now: Standing, { nowMs, mayAct }: Context): Step {
  if (ACTION_RULES[now.action].isForPerson) return to(now, 'NEEDS_CLERK', 'letter-ready');
  // Without a pin the check proves nothing of an earlier send: then it is the clerk who says that it is over.
  if (now.wantsOut !== null)
    return mayBeThere(now) ? to(now, 'NEEDS_CLERK', 'not-confirmed') : to(now, 'ABANDONED', now.wantsOut);
  if (!mayAct) return to(now, 'QUEUED', 'person-left');
  if (nowMs - now.askedAtMs > CHECK_MS) return to(now, 'QUEUED', '');
  if (!isConfirmed(now, nowMs))
    return to(
      now,
      'NEEDS_CLERK',
      ACTION_RULES[now.action].confirmsAfterWaiting ? 'confirm-needed' : 'expired',
    );
  return send(now, nowMs);
}

function send(now: Standing, nowMs: number): Step {
  const attempt = now.attempt + 1;
  const sending = to({ ...now, attempt }, 'SENDING', '', 'send');
  return { ...sending, next: { ...sending.next, sentAtMs: nowMs, answer: null, readBacks: 0 } };
}

/** The check could not be made, or the write was turned away at the door: nothing of this turn took effect. */
function turnAway(now: Standing, reason: Unreached, { nowMs, sitting }: Context): Step {
  const again = { ...now, turnedAway: now.turnedAway + 1 };
  switch (reason.kind) {
    case 'not-reached':
      return waitForConnection(now, nowMs + UNREACHED_RETRY_MS);
    case 'limited':
      return now.turnedAway >= MOST_PAUSES
        ? to(now, 'NEEDS_CLERK', 'rate-limited')
        : waitUntil(again, 'rate-limited', nowMs + reason.retryMs);
    case 'locked': {
      const wait = LOCK_WAITS_MS[now.turnedAway];
      return wait === undefined ? to(now, 'NEEDS_CLERK', 'locked') : waitUntil(again, 'locked', nowMs + wait);
    }
    case 'held':
      // A second refusal in another sitting is no matter of signing in again.
      return now.turnedAway > 0 && now.heldInSitting !== null
        ? to(now, 'NEEDS_CLERK', reason.code)
        : to({ ...again, heldInSitting: sitting }, 'HELD', reason.code);
    case 'not-readable': {
      const wait = RETRY_WAITS_MS[now.turnedAway];
      return wait === undefined
        ? to(now, 'NEEDS_CLERK', 'check-failed')
        : waitUntil(again, reason.code, nowMs + wait);
    }
  }
}

function waitUntil(now: Standing, code: string, dueAtMs: number): Step {
  return { next: { ...now, state: 'WAITING', code, dueAtMs }, command: 'none' };
}

function waitForConnection(now: Standing, dueAtMs: number | null): Step {
  const endsWord = ACTION_RULES[now.action].confirmsAfterWaiting;
  const confirmedAtMs = endsWord ? null : now.confirmedAtMs;
  return {
    next: { ...now, state: 'WAITING', code: 'no-connection', confirmedAtMs, dueAtMs },
    command: 'none',
  };
}

function judgeAnswer(now: Standing, answer: Answer, context: Context): Step {
  const answered = { ...now, answer };
  switch (answer.kind) {
    case 'accepted':
      return keep(readBack(answered, 'accepted', context.nowMs), answer.result);
    case 'answered':
      return readBack(answered, answer.code, context.nowMs);
    case 'unknown':
      return waitForReadBack(answered, answer.code, context.nowMs);
    case 'not-in-dialect':
      return to(answered, saysNothingOfEarlierSends(now) ? 'NEEDS_CLERK' : 'REJECTED', 'not-in-dialect');
    case 'not-sent':
      return turnAway(answered, { kind: 'not-reached' }, context);
    default:
      return turnAway(answered, answer, context);
  }
}

/** Makes what the answer gave durable in the very step that takes note of the answer. */
const keep = (step: Step, result: string | undefined): Step =>
  result === undefined ? step : { ...step, result };

function judgeTruth(now: Standing, truth: Truth, context: Context): Step {
  const { nowMs } = context;
  const read = { ...now, readBacks: now.readBacks + 1 };
  switch (truth.kind) {
    case 'ours':
      return { ...to(read, 'APPLIED', ''), result: truth.result };
    case 'changed-otherwise':
      return to(read, 'NEEDS_CLERK', truth.code ?? 'changed-meanwhile');
    case 'unchanged':
      return judgeUnchanged(read, context);
    case 'not-readable':
      return wasReadPastHorizon(now)
        ? to(read, 'NEEDS_CLERK', 'read-back-failed')
        : waitForReadBack(read, now.code, nowMs);
    case 'held':
      // Nobody is there who may read: it is read when somebody is. Who is there and still may not needs help (I5).
      return wasReadPastHorizon(now) && context.mayAct
        ? to(read, 'NEEDS_CLERK', 'read-back-failed')
        : waitForReadBack(read, now.code, nowMs);
    default:
      // The horizon counts time with a connection: who reached nobody gives no verdict (safety.md, I5).
      return waitForReadBack(read, now.code, nowMs);
  }
}

function judgeUnchanged(now: Standing, context: Context): Step {
  const { answer } = now;
  if (answer?.kind === 'answered') return judgeRefusal(now, answer);
  if (!wasReadPastHorizon(now)) return waitForReadBack(now, now.code, context.nowMs);
  if (answer?.kind === 'accepted') return to(now, 'NEEDS_CLERK', 'accepted-not-found');
  if (ACTION_RULES[now.action].hasProvider) return to(now, 'NEEDS_CLERK', 'not-done-provider-may-differ');
  // No pin: what was not found may be there all the same, and a second send would be a second effect.
  if (hasNoPin(now)) return to(now, 'NEEDS_CLERK', 'not-confirmed');
  if (now.attempt >= MOST_SENDS) return to(now, 'NEEDS_CLERK', 'too-many-sends');
  if (!ACTION_RULES[now.action].isResent) return to(now, 'NEEDS_CLERK', 'not-done');
  if (!context.mayAct || !isConfirmed(now, context.nowMs)) return to(now, 'NEEDS_CLERK', 'not-done');
  // Under the same pin, but not before the same checks: evidence is too old by now, and others may have a turn.
  return to(now, 'QUEUED', 'not-done');
}

/** e-RS said no and the read-back agrees that nothing happened. */
function judgeRefusal(
  now: Standing,
  { code, status }: { readonly code: string; readonly status: number },
): Step {
  // The provider's system may hold what e-RS does not see: a person rings (safety.md step 6).
  if (code === 'PAS_NOT_RESPONDING') return to(now, 'NEEDS_CLERK', code);
  // e-RS may know the name of the file from our own send.
  if (saysNothingOfEarlierSends(now) || (hasNoPin(now) && code === 'DUPLICATE_FILENAME'))
    return to(now, 'NEEDS_CLERK', code);
  // The version is the pin, yet the service called it stale: do not guess.
  if (status === 409) return to(now, 'NEEDS_CLERK', 'refused-as-stale');
  if (code === 'SLOT_NOT_AVAILABLE' && now.choice + 1 < now.choices)
    return to({ ...now, choice: now.choice + 1, turnedAway: 0 }, 'QUEUED', 'next-wish');
  return to(now, 'REJECTED', code);
}

/** Waits for the next of the planned read-backs: 10, 30, 60, 120, 205 seconds after the send, then every minute. */
function waitForReadBack(now: Standing, code: string, nowMs: number): Step {
  const sentAtMs = now.sentAtMs ?? nowMs;
  const planned = READ_BACK_SECONDS.map((seconds) => sentAtMs + seconds * 1000).find((at) => at > nowMs);
  const dueAtMs = planned ?? nowMs + UNREACHED_RETRY_MS;
  return { next: { ...now, state: 'UNKNOWN', code, sentAtMs, dueAtMs }, command: 'none' };
}

function confirm(now: Standing, { nowMs, mayAct }: Context): Step | null {
  if (!mayAct || !mayConfirm(now)) return null;
  const confirmed = { ...now, confirmedAtMs: nowMs, turnedAway: 0, heldInSitting: null, wantsOut: null };
  return to(confirmed, 'QUEUED', '');
}

function readNow(now: Standing, { nowMs }: Context): Step | null {
  if (!mayReadBack(now)) return null;
  // What needs the clerk is past its horizon already, also where a restart has forgotten when it was sent.
  const sentAtMs = now.state === 'NEEDS_CLERK' ? (now.sentAtMs ?? nowMs - HORIZON_MS) : now.sentAtMs;
  // Looking is not asking to send: what it finds undone waits for the clerk's Ctrl+Enter.
  const confirmedAtMs = now.state === 'NEEDS_CLERK' ? null : now.confirmedAtMs;
  return readBack({ ...now, sentAtMs, confirmedAtMs }, now.code, nowMs);
}
