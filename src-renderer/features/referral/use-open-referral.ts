import { computed, onBeforeUnmount, watch } from 'vue';
import { useRoute } from 'vue-router';
import { takeHandedOver } from '../../app/open-referral.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useWriteGates } from '../cancellation/use-write-gates.ts';
import { isCutOff } from '../session/connection-words.ts';
import { useSessionStore } from '../session/session.store.ts';
import { bookGate, letterGate } from './referral-gates.ts';
import { useReferralStore } from './referral.store.ts';

/**
 * Opens the referral that the route names and keeps to it: every screen of a referral starts with this.
 * Another UBRN closes an open review panel: one patient per window (hazard 1).
 */
export function useOpenReferral() {
  const route = useRoute();
  const referral = useReferralStore();
  const booking = useBookingStore();
  const deferral = useDeferralStore();
  const session = useSessionStore();
  const ubrn = computed(() => String(route.params['ubrn'] ?? ''));

  watch(
    ubrn,
    (next) => {
      if (next === '') return;
      const given = takeHandedOver(next);
      if (given === null) void referral.openReferral(next);
      else referral.adoptView(given);
      void booking.readState(next);
    },
    { immediate: true },
  );
  const view = computed(() => (referral.view?.ubrn === ubrn.value ? referral.view : null));
  const { isUnsettled } = useWriteGates(() => ubrn.value);
  const underWay = computed(() => ({
    booking: booking.bookingOf(ubrn.value),
    deferral: deferral.itemOf(ubrn.value),
    isOtherUnsettled: isUnsettled.value,
  }));
  /** What may be done with the open referral now: true, or the reason against it in words. */
  const gates = computed(() => ({
    book: bookGate(view.value, underWay.value),
    letter: letterGate(view.value, underWay.value, isCutOff(session.connection)),
  }));

  function closePanels(): void {
    void booking.closeReview();
    void deferral.closeReview();
  }
  onBeforeUnmount(closePanels);
  watch(ubrn, closePanels);

  return { ubrn, referral, booking, deferral, session, view, gates };
}
