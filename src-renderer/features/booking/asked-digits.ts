import { computed, type ComputedRef } from 'vue';
import type { BookingReview } from '../../../src-main/contract/channels/booking.ts';
import { useBookingStore } from './booking.store.ts';
import { useDeferralStore } from './deferral.store.ts';

/** The referral whose patient is being asked for digits, and which: no screen may tell them meanwhile (hazard 1). */
export interface AskedDigits {
  readonly ubrn: string;
  /** Null until main has said which. */
  readonly question: BookingReview['identityQuestion'] | null;
}

/** The digits that the open review asks for, or null when none is open. */
export function useAskedDigits(): ComputedRef<AskedDigits | null> {
  const booking = useBookingStore();
  const deferral = useDeferralStore();
  return computed(() => {
    const review = booking.review ?? deferral.review;
    if (review !== null) return { ubrn: review.ubrn, question: review.identityQuestion };
    return booking.isReviewing || deferral.isReviewing ? { ubrn: '', question: null } : null;
  });
}
