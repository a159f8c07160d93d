import { shallowRef } from 'vue';
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { onlyAtDesk } from '../../app/forget.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { bookingMark, itemMark } from './booking-marks.ts';

const SETTLED: readonly string[] = ['done', 'booked', 'refused', 'withdrawn'];

/** What this desk did with a referral that the lists, as they were read, do not tell yet; in words, by UBRN. */
export function useDeskMarks() {
  const bridge = useBridge();
  // Replaced whole: of a reactive map every UBRN that was asked for would stay in memory after a lock (S37).
  const marks = shallowRef<ReadonlyMap<string, string>>(new Map());
  /** Referrals whose mark a list that is read from now on makes needless. */
  const settled = new Set<string>();
  let generation = 0;

  function mark(ubrn: string, words: string, state: string): void {
    marks.value = new Map(marks.value).set(ubrn, words);
    if (SETTLED.includes(state)) settled.add(ubrn);
    else settled.delete(ubrn);
  }

  function markItem(item: OutboxItem): void {
    const words = itemMark(item);
    if (words !== null && item.ubrn !== null) mark(item.ubrn, words, item.state);
  }

  bridge.pushes['booking/changed'](
    onlyAtDesk((booking: BookingState) => mark(booking.ubrn, bookingMark(booking.state), booking.state)),
  );
  bridge.pushes['outbox/item-changed'](onlyAtDesk(markItem));

  /** Marks what was under way before this window was opened; what a push has told since is newer. */
  async function readOpenItems(): Promise<void> {
    const started = generation;
    const outcome = await bridge.requests['outbox/read-items']({});
    // The outbox itself says when it cannot be read.
    if (!outcome.ok || started !== generation) return;
    for (const item of outcome.value.items) {
      const isNews = item.ubrn !== null && !marks.value.has(item.ubrn);
      if (isNews && !SETTLED.includes(item.state)) markItem(item);
    }
  }

  /** A list was read from e-RS: what is settled stands in it now. */
  function dropSettledMarks(): void {
    marks.value = new Map([...marks.value].filter(([ubrn]) => !settled.has(ubrn)));
    settled.clear();
  }

  function forgetMarks(): void {
    generation += 1;
    marks.value = new Map();
    settled.clear();
  }

  return { marks, readOpenItems, dropSettledMarks, forgetMarks };
}
