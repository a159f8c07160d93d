import { computed } from 'vue';
import { useBookingStore } from '../booking/booking.store.ts';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useReviewStore } from '../review/review.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useCancellationStore } from './cancellation.store.ts';
import { writeGate } from './write-gates.ts';

/** What may be done with the referral on show besides booking and deferring, with the reasons where not. */
export function useWriteGates(ubrn: () => string) {
  const referral = useReferralStore();
  const booking = useBookingStore();
  const deferral = useDeferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const review = useReviewStore();

  /** True while a cancellation, a new shortlist, a triage or a judgement of this referral is not settled. */
  const isUnsettled = computed(() =>
    [cancellation, shortlist, review].some((store) => store.isFrozen(ubrn())),
  );
  const unsettledNow = computed(() => ({
    booking: booking.isFrozen(ubrn()),
    deferral: isDeferralUnsettled(deferral.itemOf(ubrn())),
    other: isUnsettled.value,
  }));
  const gates = computed(() => {
    const view = referral.view?.ubrn === ubrn() ? referral.view : null;
    const unsettled = unsettledNow.value;
    return {
      later: writeGate(view, 'canCancelLater', unsettled),
      appointment: writeGate(view, 'canCancelAppointment', unsettled),
      referral: writeGate(view, 'canCancelReferral', unsettled),
      shortlist: writeGate(view, 'canChangeShortlist', unsettled),
      triage: writeGate(view, 'canSendForTriage', unsettled),
    };
  });
  return { gates, isUnsettled, unsettledNow };
}
