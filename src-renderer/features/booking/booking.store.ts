import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { BookingReview, BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { onlyAtDesk } from '../../app/forget.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';
import { isUnsettled } from './booking-words.ts';

/** What became of the digits: the booking is under way, they were wrong, or the panel had to close. */
export type CommitResult =
  | { readonly kind: 'started' }
  | { readonly kind: 'wrong-digits'; readonly attemptsLeft: number }
  | { readonly kind: 'closed' }
  /** A commit is under way already, or no review is open: nothing was sent. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'problem'; readonly problem: Problem };

const OTHER_REFERRAL: Problem = { kind: 'bad-reply', code: 'other-referral', correlationId: '', facts: {} };

/** The open review panel and the last booking of each referral, as main tells them. */
export const useBookingStore = defineStore('booking', () => {
  const review = shallowRef<BookingReview | null>(null);
  const reviewProblem = shallowRef<Problem | null>(null);
  /** True from the key until the review is there. */
  const isReviewing = ref(false);
  /** Counts the reviews asked for: each starts with an empty field. */
  const openings = ref(0);
  const isCommitting = ref(false);
  const attemptsLeft = ref(0);
  // Replaced whole: of a reactive map every UBRN that was asked for would stay in memory after a lock (S37).
  const bookings = shallowRef<ReadonlyMap<string, BookingState>>(new Map());
  /** The slot of each booking, to take it out of the list when it has gone: the contract's state names none. */
  const slotIds = new Map<string, string>();
  let reviewRun = 0;
  /** Grows when the desk is left: an answer to somebody who has gone is not taken in. */
  let generation = 0;

  useBridge().pushes['booking/changed'](onlyAtDesk(takeState));

  /** A newer state of a booking; an older one that arrives late changes nothing. */
  function takeState(booking: BookingState): void {
    noteMainInstant(booking.updatedAt);
    const known = bookings.value.get(booking.ubrn);
    const isLate = known?.intentId === booking.intentId && known.updatedAt > booking.updatedAt;
    if (!isLate) bookings.value = new Map(bookings.value).set(booking.ubrn, booking);
  }

  const bookingOf = (ubrn: string): BookingState | null => bookings.value.get(ubrn) ?? null;
  const isFrozen = (ubrn: string): boolean => isUnsettled(bookingOf(ubrn));
  const slotOf = (intentId: string): string | null => slotIds.get(intentId) ?? null;

  /** Makes the review of a slot for a referral; nothing is sent. A review of another referral is never shown. */
  async function openReview(ubrn: string, searchId: string, slotId: string): Promise<void> {
    const closing = closeReview();
    const mine = ++reviewRun;
    openings.value++;
    isReviewing.value = true;
    await closing;
    const answer = await useBridge().requests['booking/review-slot']({ searchId, slotId });
    const isWanted = mine === reviewRun;
    if (isWanted) isReviewing.value = false;
    if (!answer.ok) {
      if (isWanted) reviewProblem.value = answer.problem;
      return;
    }
    const isOther = answer.value.ubrn !== ubrn;
    if (isWanted && !isOther) {
      review.value = answer.value;
      attemptsLeft.value = answer.value.attemptsLeft;
      return;
    }
    if (isOther) reviewProblem.value = OTHER_REFERRAL;
    await useBridge().requests['booking/close-review']({ reviewId: answer.value.reviewId });
  }

  /** Closes the panel; main forgets the review, the slot stays chosen. */
  async function closeReview(): Promise<void> {
    reviewRun++;
    isReviewing.value = false;
    reviewProblem.value = null;
    const open = review.value;
    review.value = null;
    if (open !== null) await useBridge().requests['booking/close-review']({ reviewId: open.reviewId });
  }

  /**
   * Commits with the digits that the patient spoke. Pressed twice it sends once. `alsoSlotIds` are further slots that
   * the patient named; only a review made offline takes them.
   */
  async function commit(digits: string, alsoSlotIds: readonly string[] = []): Promise<CommitResult> {
    const open = review.value;
    if (open === null || isCommitting.value) return { kind: 'busy' };
    const started = generation;
    isCommitting.value = true;
    const answer = await useBridge().requests['booking/commit']({
      reviewId: open.reviewId,
      digits,
      alsoSlotIds: open.isOffline ? [...alsoSlotIds] : [],
    });
    // The person has left meanwhile: what became of it is in the outbox.
    if (started !== generation) return { kind: 'busy' };
    isCommitting.value = false;
    if (!answer.ok) return { kind: 'problem', problem: answer.problem };
    if (answer.value.kind === 'wrong-digits') return takeWrongDigits(answer.value.attemptsLeft);
    slotIds.set(answer.value.booking.intentId, open.slotId);
    takeState(answer.value.booking);
    review.value = null;
    return { kind: 'started' };
  }

  function takeWrongDigits(left: number): CommitResult {
    attemptsLeft.value = left;
    if (left > 0) return { kind: 'wrong-digits', attemptsLeft: left };
    review.value = null;
    return { kind: 'closed' };
  }

  /** Asks main for the last booking of a referral: a restart of the window must not lose it. */
  async function readState(ubrn: string): Promise<void> {
    const started = generation;
    const answer = await useBridge().requests['booking/read-state']({ ubrn });
    if (started === generation && answer.ok && answer.value.booking !== null) takeState(answer.value.booking);
  }

  /** Reads an unknown outcome back now; null when done. */
  async function readBack(ubrn: string): Promise<Problem | null> {
    const booking = bookingOf(ubrn);
    if (booking === null) return null;
    const started = generation;
    const answer = await useBridge().requests['booking/read-back']({ intentId: booking.intentId });
    if (started !== generation) return null;
    if (!answer.ok) return answer.problem;
    takeState(answer.value.booking);
    return null;
  }

  function forget(): void {
    reviewRun++;
    generation++;
    review.value = reviewProblem.value = null;
    isReviewing.value = isCommitting.value = false;
    bookings.value = new Map();
    slotIds.clear();
  }

  return {
    ...{ review, reviewProblem, isReviewing, openings, isCommitting, attemptsLeft },
    ...{ bookingOf, isFrozen, slotOf, openReview, closeReview, commit, readState, readBack, forget },
  };
});
