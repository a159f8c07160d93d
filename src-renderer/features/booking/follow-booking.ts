import { computed, watch } from 'vue';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import { announce } from '../../app/status-line.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { nextSlotsAfter, type IndexedSlot } from '../slots/slot-index.ts';
import { useSlotsStore } from '../slots/slots.store.ts';
import { useBookingStore } from './booking.store.ts';
import { bookingWords, isUnsettled } from './booking-words.ts';

const GONE = ['SLOT_NOT_AVAILABLE', 'PAS_RESPONDED_WITH_ERROR'];
const OFFERS = 3;

/** True when the answer says that the slot itself cannot be had: another one may be offered at once. */
export function isSlotGone(booking: BookingState | null): boolean {
  return booking?.state === 'refused' && GONE.includes(booking.code);
}

/**
 * Follows the booking of the referral on show: says each new state, reads the referral again once it is settled,
 * and offers the next three slots when the slot has gone.
 */
export function useFollowBooking(ubrn: () => string) {
  const bookings = useBookingStore();
  const slots = useSlotsStore();
  const referral = useReferralStore();
  const booking = computed(() => bookings.bookingOf(ubrn()));

  watch(booking, (now, before) => {
    if (now === null) return;
    if (isSlotGone(now) || now.state === 'booked') takeOut(now);
    if (now.intentId !== before?.intentId || now.state === before.state) return;
    announce(`${bookingWords(now).heading}.`);
    if (!isUnsettled(now) && referral.view?.ubrn === now.ubrn) void referral.rereadReferral();
  });

  function takeOut(gone: BookingState): void {
    const slotId = bookings.slotOf(gone.intentId);
    if (slotId !== null && slots.search?.ubrn === gone.ubrn) slots.takeOutGoneSlot(slotId);
  }

  /** The next free slots from the time of the slot that has gone, earliest first. */
  const offers = computed<readonly IndexedSlot[]>(() => {
    const gone = booking.value;
    if (gone === null || !isSlotGone(gone) || slots.search?.ubrn !== gone.ubrn) return [];
    return nextSlotsAfter(slots.index, parseInstant(gone.start) ?? 0, OFFERS);
  });

  return { booking, offers };
}
