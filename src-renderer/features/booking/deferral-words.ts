/**
 * What a deferral's state means for the clerk (screens.md sections 5 and 13). Only `done` is worded as deferred; every
 * other heading says NOT DEFERRED or NOT CONFIRMED.
 */
import { assertNever } from '../../../src-main/contract/assert-never.ts';
import type { DeferralReasonName } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem, OutboxStateName } from '../../../src-main/contract/channels/outbox.ts';
import { formatClock, formatStaffDay, formatTime } from '../../../src-main/contract/london-time.ts';
import { reasonWords } from '../outbox/outbox-code-words.ts';
import { tellPatient } from '../outbox/tell-patient.ts';
import { DEFER_REFUSALS } from './deferral-code-words.ts';

export interface DeferralWords {
  readonly heading: string;
  readonly tone: 'booked' | 'busy' | 'not-booked' | 'not-confirmed';
  readonly meaning: string;
  readonly tellPatient: string;
  readonly next: string;
}

/** States in which a deferral may still be on its way: nothing else is done to the referral meanwhile. */
const UNSETTLED: readonly OutboxStateName[] = [
  'queued',
  'waiting',
  'needs-sign-in',
  'checking',
  'sending',
  'confirming',
  'unknown',
];

export function isDeferralUnsettled(item: Pick<OutboxItem, 'state'> | null): boolean {
  return item !== null && UNSETTLED.includes(item.state);
}

/** Codes that say that the service can be booked after all, from our own search or from e-RS. */
const SLOTS_FOUND = ['slots-available', 'SLOTS_CURRENTLY_AVAILABLE', 'THIS_SLOT_IS_AVAILABLE'];

const REASONS: Readonly<Record<DeferralReasonName, string>> = {
  NO_SLOTS_AT_SERVICE: 'No free slots at the service',
  SLOT_NOT_AVAILABLE: 'The slot asked for was no longer available',
  BOOKING_ATTEMPT_PROBLEM: "The provider's system did not answer the booking",
};

/** The reason as e-RS will hold it: it follows from the evidence and cannot be chosen (contract.md section 10). */
export function deferralReasonWords(reason: DeferralReasonName): string {
  return REASONS[reason];
}

const WAIT_HERE = 'Wait here, or go on with another referral (Esc): this one stays frozen.';
const OUTBOX = 'F12 opens the outbox.';
const WORK_ON = `${OUTBOX} Esc goes on with another patient.`;
const NO_LINE = ['', 'no-connection', 'offline', 'not-sent'];

/** Heading, meaning, what to tell the patient and what to press, for every state and code of a deferral. */
export function deferralWords(item: OutboxItem, mustRing: boolean): DeferralWords {
  return { ...stateWords(item, mustRing), tellPatient: tellPatient(item).spoken };
}

type StateWords = Omit<DeferralWords, 'tellPatient'>;

function stateWords(item: OutboxItem, mustRing: boolean): StateWords {
  switch (item.state) {
    case 'done':
      return doneWords(item, mustRing);
    case 'queued':
      return item.behind === null
        ? waits(
            'NOT DEFERRED yet: queued',
            because(item, 'It is saved at this desk and its turn comes next.'),
          )
        : waits('NOT DEFERRED yet: queued', 'It waits behind an earlier action on this referral.');
    case 'waiting':
      return waitingWords(item);
    case 'needs-sign-in':
      return waits(
        'NOT DEFERRED yet: needs your sign-in',
        because(item, 'It is kept in the outbox.'),
        `Sign in again in the same role: the desk then searches again. ${OUTBOX}`,
      );
    case 'checking':
      return busy('NOT DEFERRED yet: checking', 'The referral is read and the slots are searched once more.');
    case 'sending':
      return busy('NOT CONFIRMED yet: sent, waiting for the answer', 'It cannot be called back.');
    case 'confirming':
      return busy('NOT CONFIRMED yet: accepted, being read back', 'The desk checks that e-RS holds it.');
    case 'unknown':
      return unknownWords(item);
    default:
      return endedWords(item);
  }
}

const busy = (heading: string, meaning: string): StateWords => ({
  ...{ heading, meaning },
  tone: 'busy',
  next: WAIT_HERE,
});
const waits = (heading: string, meaning: string, next = WORK_ON): StateWords => ({
  ...{ heading, meaning, next },
  tone: 'not-booked',
});
const because = (item: OutboxItem, otherwise: string) => reasonWords(item)?.meaning ?? otherwise;

/** The contact-by date counts working days; whether it is met is the provider's matter (contract.md, A004). */
const contactWords = ({ contactBy }: OutboxItem) =>
  contactBy === null ? '' : ` and contacts the patient on or before ${formatStaffDay(contactBy)}`;

function doneWords(item: OutboxItem, mustRing: boolean): StateWords {
  return {
    heading: 'Deferred to provider',
    tone: 'booked',
    meaning: `e-RS holds the deferral to ${item.serviceName}, read back ${formatTime(item.updatedAt)}. The provider arranges the appointment${contactWords(item)}. It is on Watch (Ctrl+7).`,
    next: mustRing
      ? 'Ring the provider today. F9 shows the letter. Alt+↓ opens the next referral. Esc goes back.'
      : 'F9 shows the letter. Alt+↓ opens the next referral. Esc goes back.',
  };
}

function waitingWords(item: OutboxItem): StateWords {
  if (!NO_LINE.includes(item.code))
    return waits('NOT DEFERRED yet: waiting', because(item, 'Nothing was sent.'));
  return waits(
    'NOT DEFERRED: queued, waiting for the connection',
    'e-RS cannot be reached; nothing was sent. Once it is back the desk searches again: if there are still no slots it defers, if there are some it asks you.',
  );
}

function unknownWords(item: OutboxItem): StateWords {
  const check = item.nextCheckAt === null ? 'by itself' : `at ${formatClock(item.nextCheckAt)}`;
  return {
    heading: 'NOT CONFIRMED: the answer is not known',
    tone: 'not-confirmed',
    meaning: `${DEFER_REFUSALS[item.code]?.meaning ?? 'The deferral may or may not have been made.'} The desk checks again ${check}.`,
    next: 'F5 checks now. Do nothing else with this referral meanwhile.',
  };
}

/** The states that go no further by themselves. */
function endedWords(item: OutboxItem): StateWords {
  if (SLOTS_FOUND.includes(item.code)) {
    return {
      heading: 'NOT DEFERRED: there are free slots now',
      tone: 'not-booked',
      meaning: 'The service can be booked after all, so nothing was deferred.',
      next: 'There are free slots now: F7 shows them.',
    };
  }
  const heading = endedHeading(item);
  const tone = heading.startsWith('NOT CONFIRMED') ? 'not-confirmed' : 'not-booked';
  const refusal = DEFER_REFUSALS[item.code];
  if (refusal !== undefined && item.state === 'refused') return { heading, tone, ...refusal };
  return {
    ...{ heading, tone },
    meaning:
      refusal?.meaning ??
      because(item, item.sentAt === null ? 'Nothing was sent.' : 'Look at the referral first (F5).'),
    next: endedNext(item),
  };
}

/** What went out and was not settled by an answer may have been done. */
function endedHeading({ state, sentAt }: OutboxItem): string {
  const not = sentAt === null ? 'NOT DEFERRED' : 'NOT CONFIRMED';
  switch (state) {
    case 'refused':
      return 'NOT DEFERRED: refused';
    case 'conflict':
      return `${not}: the referral has changed`;
    case 'expired':
      return 'NOT DEFERRED: too old to be sent by itself';
    case 'withdrawn':
      return 'NOT DEFERRED: taken back';
    case 'unreadable':
      return 'NOT CONFIRMED: its record cannot be read';
    case 'needs-you':
      return `${not}: it needs you`;
    case 'queued':
    case 'waiting':
    case 'needs-sign-in':
    case 'checking':
    case 'sending':
    case 'confirming':
    case 'unknown':
    case 'done':
      return not;
    default:
      return assertNever(state);
  }
}

function endedNext({ state, may }: OutboxItem): string {
  if (state === 'refused' || state === 'withdrawn')
    return 'F5 reads the referral again. F7 searches the slots again.';
  if (state === 'conflict') return `F5 reads the referral again: look at what changed. ${OUTBOX}`;
  const confirm = may.confirm ? ' Ctrl+Enter there sends it after a new search.' : '';
  const withdraw = may.withdraw ? ' Del there takes it back.' : '';
  return `${OUTBOX}${confirm}${withdraw}`;
}
