import { computed, type ComputedRef } from 'vue';
import type { BookingReview } from '../../../src-main/contract/channels/booking.ts';
import { useAdviceStore } from '../advice/advice.store.ts';
import { useCancellationStore } from '../cancellation/cancellation.store.ts';
import { useReviewStore } from '../review/review.store.ts';
import { useLetterSetStore } from '../refer/letters.store.ts';
import { useReferStore } from '../refer/refer.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useBookingStore } from './booking.store.ts';
import { useDeferralStore } from './deferral.store.ts';

/** The referral whose patient is being asked for digits, and which: no screen may tell them meanwhile (hazard 1). */
export interface AskedDigits {
  readonly ubrn: string;
  /** Of a referral that has no UBRN yet: the patient's number. */
  readonly nhsNumber?: string;
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
    useLetterSetStore(),
    useReviewStore(),
    useAdviceStore(),
  ] as const;
  const referring = useReferStore();
  return computed(() => {
    const made = referring.review;
    if (made !== null) return { ubrn: '', nhsNumber: made.nhsNumber, question: made.identityQuestion };
    const review = stores.map((store) => store.review).find((open) => open !== null) ?? null;
    if (review !== null) return { ubrn: review.ubrn, question: review.identityQuestion };
    return stores.some((store) => store.isReviewing) ? { ubrn: '', question: null } : null;
  });
}
