import { computed, onBeforeUnmount, watch } from 'vue';
import { useRoute } from 'vue-router';
import { takeHandedOver } from '../../app/open-referral.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useReferralStore } from './referral.store.ts';

/**
 * Opens the referral that the route names and keeps to it: every screen of a referral starts with this.
 * Another UBRN closes an open review panel: one patient per window (hazard 1).
 */
export function useOpenReferral() {
  const route = useRoute();
  const referral = useReferralStore();
  const booking = useBookingStore();
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
  onBeforeUnmount(() => void booking.closeReview());
  watch(ubrn, () => void booking.closeReview());

  return { ubrn, referral, booking };
}
