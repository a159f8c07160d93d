/** What the panels of a review call themselves, and what became of a judgement (docs/screens.md, Review). */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReviewOutcomeCode } from '../../../src-main/contract/channels/review.ts';
import { formatTime } from '../../../src-main/contract/london-time.ts';
import type { CommitWords } from '../booking/review-words.ts';
import { appointmentTimeWords } from '../cancellation/panel-words.ts';
import {
  resultWords,
  type ActionLanguage,
  type ResultWords,
  type StateWords,
} from '../cancellation/result-words.ts';
import { ACCEPT_REFUSALS, OUTCOME_REFUSALS, REJECT_REFUSALS } from './review-code-words.ts';
import type { ReviewAction } from './review.store.ts';

const until = (not: string, done: string) => `${not} until this panel says ${done}.`;

const ACCEPT: CommitWords = {
  title: 'Accept this referral?',
  button: 'Accept',
  verb: 'accept',
  deed: 'accepts',
  note: until('NOT ACCEPTED', 'Accepted'),
};
const REJECT: CommitWords = {
  title: 'Reject this referral?',
  button: 'Reject and cancel the appointment',
  verb: 'reject',
  deed: 'rejects',
  note: until('NOT REJECTED', 'Rejected'),
};
const BOOK_LATER: CommitWords = {
  title: 'Accept, to be booked later?',
  button: 'Accept, to be booked',
  verb: 'accept',
  deed: 'accepts',
  note: until('NOT RECORDED', 'Accepted, to be booked'),
};
const RETURN: CommitWords = {
  title: 'Return to the referrer with advice?',
  button: 'Return with advice',
  verb: 'return it',
  deed: 'returns it',
  note: until('NOT RECORDED', 'Returned with advice'),
};

/** The words of a panel; before the review is there its action, and the outcome asked for, are known. */
export function reviewPanelWords(
  action: ReviewAction,
  outcome: ReviewOutcomeCode | null,
  isOffline: boolean,
): CommitWords {
  const words = wordsOf(action, outcome);
  if (!isOffline) return words;
  const not = NOT[action];
  return {
    title: `${words.title.replace('?', '')}: queue it? ${not}`,
    button: `Queue (${not})`,
    verb: 'queue it',
    deed: 'queues it',
    note: `This will be queued. ${not} until e-RS confirms.`,
  };
}

function wordsOf(action: ReviewAction, outcome: ReviewOutcomeCode | null): CommitWords {
  if (action === 'accept-referral') return ACCEPT;
  if (action === 'reject-referral') return REJECT;
  return outcome === 'RETURN_TO_REFERRER_WITH_ADVICE' ? RETURN : BOOK_LATER;
}

/** Said of whatever is not done. */
export const NOT: Readonly<Record<ReviewAction, string>> = {
  'accept-referral': 'NOT ACCEPTED',
  'reject-referral': 'NOT REJECTED',
  'record-review': 'NOT RECORDED',
};

export interface ReviewExtras {
  readonly outcome: ReviewOutcomeCode | null;
  /** "Cancelled in PAS?" was answered with No. */
  readonly isNotInPas: boolean;
}

const KEY = 'Ctrl+Shift+F9';
const BY_ITSELF = 'Once it is back the desk checks the referral and sends it, if it is as you saw it.';
const ASKS_AGAIN =
  'Once it is back the desk checks the referral, then asks you for one fresh Ctrl+Enter: it cancels a live appointment.';

/** Heading, meaning, what to tell the patient and what to press, for every state and code of a judgement. */
export function reviewResultWords(item: OutboxItem, action: ReviewAction, extras: ReviewExtras): ResultWords {
  return resultWords(item, languageOf(action, extras));
}

function languageOf(action: ReviewAction, extras: ReviewExtras): ActionLanguage {
  const not = NOT[action];
  switch (action) {
    case 'accept-referral':
      return {
        ...{ not, key: KEY, refusals: ACCEPT_REFUSALS, whenBack: BY_ITSELF },
        unknown: {
          heading: 'the review is still open as far as we know',
          meaning: 'The referral may or may not have been accepted. Its appointment stands.',
        },
        done: acceptedDone,
      };
    case 'reject-referral':
      return {
        ...{ not, key: KEY, refusals: REJECT_REFUSALS, whenBack: ASKS_AGAIN },
        unknown: {
          heading: 'still booked as far as we know',
          meaning: 'The referral may or may not have been rejected, and its appointment cancelled.',
        },
        done: (item) => rejectedDone(item, extras.isNotInPas),
      };
    case 'record-review':
      return {
        ...{ not, key: KEY, refusals: OUTCOME_REFUSALS, whenBack: BY_ITSELF },
        unknown: {
          heading: 'the review is still open as far as we know',
          meaning: 'The outcome may or may not have been recorded.',
        },
        done: (item) => recordedDone(item, extras.outcome),
      };
  }
}

const NEXT = 'Enter opens the next referral of the list in review. Esc goes back.';
const readBack = ({ updatedAt }: OutboxItem) => `read back ${formatTime(updatedAt)}`;

function acceptedDone(item: OutboxItem): StateWords {
  const stays = item.start === null ? '' : ` The appointment ${appointmentTimeWords(item.start)} stays.`;
  return {
    heading: 'Accepted',
    tone: 'booked',
    meaning: `The review is closed, ${readBack(item)}.${stays}`,
    next: NEXT,
  };
}

function rejectedDone(item: OutboxItem, isNotInPas: boolean): StateWords {
  const was = item.start === null ? '' : ` The appointment was ${appointmentTimeWords(item.start)}.`;
  const pas = isNotInPas ? ' The provider’s system still holds it: have it cancelled there.' : '';
  return {
    heading: 'Rejected, appointment cancelled',
    tone: 'booked',
    meaning: `e-RS holds the rejection, ${readBack(item)}. The referral is back with the referrer.${was}${pas}`,
    next: NEXT,
  };
}

function recordedDone(item: OutboxItem, outcome: ReviewOutcomeCode | null): StateWords {
  const isReturn = outcome === 'RETURN_TO_REFERRER_WITH_ADVICE';
  const heading =
    outcome === null ? 'Outcome recorded' : isReturn ? 'Returned with advice' : 'Accepted, to be booked';
  const after = isReturn
    ? 'The referrer sees your advice on the list “Rejected/Triage”.'
    : 'Booking it is done in the e-RS web application.';
  return {
    heading,
    tone: 'booked',
    meaning:
      `e-RS holds the outcome, ${readBack(item)}. Nothing is booked. ${outcome === null ? '' : after}`.trim(),
    next: NEXT,
  };
}
