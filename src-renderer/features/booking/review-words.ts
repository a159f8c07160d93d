/** Words of the review panel. */
import type { BookingReview, BookingState } from '../../../src-main/contract/channels/booking.ts';

/** What to ask the patient (null: main has not said yet); the digits are spoken by the patient, never read from the screen (hazard 1). */
export function identityQuestionWords(question: BookingReview['identityQuestion'] | null): {
  label: string;
  hint: string;
} {
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
