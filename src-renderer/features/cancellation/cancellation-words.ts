/** What became of a cancellation, in words (screens.md sections 7 and 8). */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { formatTime } from '../../../src-main/contract/london-time.ts';
import { APPOINTMENT_REFUSALS } from './appointment-code-words.ts';
import type { CancelAction } from './cancellation.store.ts';
import { LATER_REFUSALS } from './later-code-words.ts';
import { appointmentTimeWords } from './panel-words.ts';
import { REFERRAL_REFUSALS } from './referral-code-words.ts';
import { resultWords, type ActionLanguage, type ResultWords, type StateWords } from './result-words.ts';

/** What the desk knows of a cancellation besides its item. */
export interface CancelExtras {
  /** "Cancelled in PAS?" was answered with No. */
  readonly isNotInPas: boolean;
  readonly isMove: boolean;
}

const STILL_BOOKED = {
  heading: 'still booked as far as we know',
  meaning: 'The appointment may or may not have been cancelled.',
};
const ASKS_AGAIN =
  'Once it is back the desk checks the referral, then asks you for one fresh Ctrl+Enter: it cancels a live appointment.';
const NOT_QUEUED = 'Once it is back the desk asks you before anything is sent.';

/** Heading, meaning, what to tell the patient and what to press, for every state and code of a cancellation. */
export function cancellationWords(item: OutboxItem, action: CancelAction, extras: CancelExtras): ResultWords {
  return resultWords(item, languageOf(action, extras));
}

/** Which code of e-RS has words of its own for an action. */
export function refusalsOf(action: CancelAction): ActionLanguage['refusals'] {
  return languageOf(action, { isNotInPas: false, isMove: false }).refusals;
}

function languageOf(action: CancelAction, { isNotInPas, isMove }: CancelExtras): ActionLanguage {
  const not = 'NOT CANCELLED';
  switch (action) {
    case 'cancel-later':
      return {
        ...{ not, key: 'Shift+F9', refusals: LATER_REFUSALS, unknown: STILL_BOOKED, whenBack: ASKS_AGAIN },
        done: (item) => laterDone(item, isNotInPas),
      };
    case 'cancel-appointment':
      return {
        ...{ not, key: 'Shift+F11', refusals: APPOINTMENT_REFUSALS, unknown: STILL_BOOKED },
        whenBack: NOT_QUEUED,
        done: (item) => (isMove ? moveDone(item) : appointmentDone(item)),
      };
    case 'cancel-referral':
      return {
        ...{ not, key: 'Shift+F12', refusals: REFERRAL_REFUSALS, whenBack: NOT_QUEUED },
        unknown: {
          heading: 'the referral still stands as far as we know',
          meaning: 'It may or may not have been cancelled.',
        },
        done: referralDone,
      };
  }
}

const readBackWords = ({ updatedAt }: OutboxItem) => `read back ${formatTime(updatedAt)}`;
const wasWords = ({ start }: OutboxItem) =>
  start === null ? '' : ` The appointment was ${appointmentTimeWords(start)}.`;

function laterDone(item: OutboxItem, isNotInPas: boolean): StateWords {
  const list = isNotInPas
    ? ' It is also on “indirectly booked appointments to cancel in PAS”: the provider’s system still holds it.'
    : '';
  return {
    heading: 'Cancelled, to be acted on later',
    tone: 'booked',
    meaning: `e-RS holds the cancellation, ${readBackWords(item)}.${wasWords(item)} The referral is on the list “appointments for booking”.${list}`,
    next: `${isNotInPas ? 'Have it cancelled in the PAS. ' : ''}Rebook in the e-RS web application. Esc goes back.`,
  };
}

function appointmentDone(item: OutboxItem): StateWords {
  return {
    heading: 'Cancelled',
    tone: 'booked',
    meaning: `e-RS holds the cancellation, ${readBackWords(item)}.${wasWords(item)} The patient has no appointment.`,
    next: 'F7 looks for another time; where e-RS wants the shortlist once more first, Ctrl+F7. Esc goes back.',
  };
}

/** The middle of a move: what is done is not good news yet. */
function moveDone(item: OutboxItem): StateWords {
  return {
    heading: 'NO APPOINTMENT: the old one is cancelled, book the new one now',
    tone: 'not-booked',
    meaning: `e-RS holds the cancellation, ${readBackWords(item)}.${wasWords(item)} Nothing holds the new time.`,
    next: 'Ctrl+F7, then Enter, where e-RS wants the shortlist once more. Then F7 shows the times, and Shift+F7 books the chosen one.',
  };
}

function referralDone(item: OutboxItem): StateWords {
  return {
    heading: 'Referral cancelled',
    tone: 'booked',
    meaning: `e-RS holds the end of this referral, ${readBackWords(item)}.${wasWords(item)} It cannot be undone.`,
    next: 'Esc goes back.',
  };
}
