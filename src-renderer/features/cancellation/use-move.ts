import { computed, watch } from 'vue';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useTasksStore } from '../tasks/tasks.store.ts';
import { useCancellationStore } from './cancellation.store.ts';
import { useMoveStore } from './move.store.ts';

/** Where a move stands: times are looked at, the old appointment is being cancelled, the new one is to be booked. */
export type MoveStage = 'look' | 'cancelling' | 'book';

/** The move of the referral on show, or null when it is not being moved or the new appointment is booked. */
export function useMove(ubrn: () => string) {
  const moves = useMoveStore();
  const cancellations = useCancellationStore();
  const bookings = useBookingStore();
  const tasks = useTasksStore();

  const cancelled = computed(() => {
    const item = cancellations.itemOf(ubrn());
    return item?.action === 'cancel-appointment' && cancellations.moves.has(item.intentId) ? item : null;
  });
  const isBookedAgain = computed(() => {
    const booking = bookings.bookingOf(ubrn());
    const item = cancelled.value;
    return item?.state === 'done' && booking?.state === 'booked' && booking.updatedAt > item.updatedAt;
  });
  const stage = computed<MoveStage | null>(() => {
    const item = cancelled.value;
    if (item?.state === 'done') return isBookedAgain.value ? null : 'book';
    if (item !== null && isDeferralUnsettled(item)) return 'cancelling';
    // Left half done, as before a lock: main's red task keeps it.
    const isLeft = tasks.tasks.some((task) => task.kind === 'no-appointment' && task.ubrn === ubrn());
    if (isLeft) return 'book';
    return moves.ubrn === ubrn() ? 'look' : null;
  });

  watch(isBookedAgain, (isDone) => {
    if (isDone && moves.ubrn === ubrn()) moves.forget();
  });

  return { stage, begin: () => moves.begin(ubrn()), end: () => moves.forget() };
}
