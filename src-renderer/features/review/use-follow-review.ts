import { computed, watch } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { announce } from '../../app/status-line.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useCancellationStore } from '../cancellation/cancellation.store.ts';
import type { ResultWords } from '../cancellation/result-words.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useReviewStore } from './review.store.ts';
import { reviewResultWords } from './review-words.ts';

interface Shown {
  readonly item: OutboxItem;
  readonly words: ResultWords;
}

/** Follows the last judgement of the referral on show: says each new state, and reads the referral again once settled. */
export function useFollowReview(ubrn: () => string) {
  const store = useReviewStore();
  const referral = useReferralStore();
  const booking = useBookingStore();
  const others = [useDeferralStore(), useCancellationStore(), useShortlistStore()];

  const shown = computed<Shown | null>(() => {
    const item = store.itemOf(ubrn());
    switch (item?.action) {
      case 'accept-referral':
      case 'reject-referral':
      case 'record-review': {
        const extras = {
          outcome: store.outcomes.get(item.intentId) ?? null,
          isNotInPas: store.notInPas.has(item.intentId),
        };
        return { item, words: reviewResultWords(item, item.action, extras) };
      }
      default:
        return null;
    }
  });

  /** True while it is the last thing that was done to this referral. */
  const isLast = computed(() => {
    const at = shown.value?.item.updatedAt;
    if (at === undefined) return false;
    const later = [
      booking.bookingOf(ubrn())?.updatedAt,
      ...others.map((other) => other.itemOf(ubrn())?.updatedAt),
    ];
    return later.every((other) => other === undefined || at >= other);
  });

  watch(shown, (now, before) => {
    if (now === null || now.item.intentId !== before?.item.intentId) return;
    if (now.item.state === before.item.state) return;
    announce(`${now.words.heading}.`);
    if (!isDeferralUnsettled(now.item) && referral.view?.ubrn === now.item.ubrn)
      void referral.rereadReferral();
  });

  return { shown, isLast };
}
