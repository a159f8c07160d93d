/** Words of the review panels. */
import { formatTime } from '../../../src-main/contract/london-time.ts';
import type { BookingReview, BookingState } from '../../../src-main/contract/channels/booking.ts';

/** Who gives the digits: the patient on the telephone, or the papers that are judged where there is none. */
export type DigitsFrom = 'patient' | 'papers';

/** What to ask (null: main has not said yet); the digits are never read from the screen (hazard 1). */
export function identityQuestionWords(
  question: BookingReview['identityQuestion'] | null,
  from: DigitsFrom = 'patient',
): { label: string; hint: string } {
  if (from === 'papers') return paperQuestionWords(question);
  switch (question) {
    case null:
      return { label: 'Digits that the patient says', hint: 'Which ones is being read.' };
    case 'birth-ddmm':
      return {
        label: 'Ask the patient for day and month of birth (ddmm)',
        hint: 'Type what the patient says, for example 0501 for 5 January.',
      };
    case 'nhs-last-4':
      return {
        label: 'Ask the patient for the last 4 digits of the NHS number',
        hint: 'Type what the patient says.',
      };
  }
}

/** A referral is judged by its papers: the digits show that these are the patient's. */
function paperQuestionWords(question: BookingReview['identityQuestion'] | null): {
  label: string;
  hint: string;
} {
  const hint = 'Read them from the referrer’s letter or the clinical information (Ctrl+O), not from memory.';
  switch (question) {
    case null:
      return { label: 'Digits from the referral’s papers', hint: 'Which ones is being read.' };
    case 'birth-ddmm':
      return { label: 'Day and month of birth on the papers that you judged (ddmm)', hint };
    case 'nhs-last-4':
      return { label: 'Last 4 digits of the NHS number on the papers that you judged', hint };
  }
}

/** After digits that did not match. */
export function wrongDigitsWords(attemptsLeft: number): string {
  const left = attemptsLeft === 1 ? '1 attempt is left' : `${attemptsLeft} attempts are left`;
  return `The digits do not match. ${left}. Ask the patient again.`;
}

/** What to know of an earlier booking of this referral before another is made; empty when it is settled. */
export function earlierBookingWords(earlier: BookingState | null): string {
  if (earlier?.state !== 'needs-clerk') return '';
  return "An earlier booking of this referral is NOT CONFIRMED: the provider's system may hold it. Ring the provider before you book again.";
}

/** What a review panel calls its commit: each names what is not done yet. */
export interface CommitWords {
  readonly title: string;
  readonly button: string;
  /** As in `Enter does not book. Ctrl+Enter books.` */
  readonly verb: string;
  readonly deed: string;
  readonly note: string;
}

export const BOOK_NOW: CommitWords = {
  title: 'Book this slot?',
  button: 'Book',
  verb: 'book',
  deed: 'books',
  note: 'NOT BOOKED until this panel says Booked.',
};

/** Offline nothing can be booked: the wish is queued (screens.md section 4, "Offline"). */
export const BOOK_LATER: CommitWords = {
  title: 'Queue this wish? NOT BOOKED',
  button: 'Queue (NOT BOOKED)',
  verb: 'queue it',
  deed: 'queues it',
  note: 'This will be queued. NOT BOOKED until e-RS confirms.',
};

export const DEFER_NOW: CommitWords = {
  title: 'Defer to the provider?',
  button: 'Defer',
  verb: 'defer',
  deed: 'defers',
  note: 'NOT DEFERRED until this panel says Deferred to provider.',
};

export const DEFER_LATER: CommitWords = {
  title: 'Queue this deferral? NOT DEFERRED',
  button: 'Queue (NOT DEFERRED)',
  verb: 'queue it',
  deed: 'queues it',
  note: 'This will be queued. NOT DEFERRED until e-RS confirms.',
};

/** `2nd wish`, `3rd wish`. */
export function wishWords(rank: number): string {
  return `${['1st', '2nd', '3rd'][rank - 1] ?? `${rank}th`} wish`;
}

/** Before another booking at a service whose provider's system was silent twice (screens.md section 9). */
export function silentProviderWords(since: string): string {
  return `The provider's system has not answered since ${formatTime(since)}: the booking may stay unconfirmed.`;
}
