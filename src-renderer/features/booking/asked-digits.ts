import { computed, type ComputedRef } from 'vue';
import type { BookingReview } from '../../../src-main/contract/channels/booking.ts';
import { useCancellationStore } from '../cancellation/cancellation.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
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
  const stores = [
    useBookingStore(),
    useDeferralStore(),
    useCancellationStore(),
    useShortlistStore(),
  ] as const;
  return computed(() => {
    const review = stores.map((store) => store.review).find((open) => open !== null) ?? null;
    if (review !== null) return { ubrn: review.ubrn, question: review.identityQuestion };
    return stores.some((store) => store.isReviewing) ? { ubrn: '', question: null } : null;
  });
}
