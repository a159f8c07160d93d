import { computed, watch } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { announce } from '../../app/status-line.ts';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { shortlistResultWords } from '../shortlist/shortlist-words.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useCancellationStore } from './cancellation.store.ts';
import { cancellationWords } from './cancellation-words.ts';
import type { ResultWords } from './result-words.ts';

interface Shown {
  readonly item: OutboxItem;
  readonly words: ResultWords;
}

/**
 * Follows the last cancellation, shortlist change or triage of the referral on show: says each new state, and reads
 * the referral again once it is settled.
 */
export function useFollowWrites(ubrn: () => string) {
  const booking = useBookingStore();
  const deferral = useDeferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const referral = useReferralStore();

  const shown = computed<Shown | null>(() => {
    const one = cancellation.itemOf(ubrn());
    const other = shortlist.itemOf(ubrn());
    const isOtherLast = other !== null && (one === null || other.updatedAt > one.updatedAt);
    return wordsOf(isOtherLast ? other : one);
  });

  function wordsOf(item: OutboxItem | null): Shown | null {
    switch (item?.action) {
      case 'cancel-later':
      case 'cancel-appointment':
      case 'cancel-referral': {
        const extras = {
          isNotInPas: cancellation.notInPas.has(item.intentId),
          isMove: cancellation.moves.has(item.intentId),
        };
        return { item, words: cancellationWords(item, item.action, extras) };
      }
      case 'change-shortlist':
      case 'send-for-triage':
        return { item, words: shortlistResultWords(item, item.action) };
      default:
        return null;
    }
  }

  /** True while it is the last thing that was done: an older booking is not shown as if it still stood. */
  const isLast = computed(() => {
    const at = shown.value?.item.updatedAt;
    if (at === undefined) return false;
    const others = [booking.bookingOf(ubrn())?.updatedAt, deferral.itemOf(ubrn())?.updatedAt];
    return others.every((other) => other === undefined || at >= other);
  });

  watch(shown, (now, before) => {
    if (now === null || now.item.intentId !== before?.item.intentId) return;
    if (now.item.state === before.item.state) return;
    announce(`${now.words.heading}.`);
    const isSettled = !isDeferralUnsettled(now.item);
    if (isSettled && referral.view?.ubrn === now.item.ubrn) void referral.rereadReferral();
  });

  return { shown, isLast };
}
