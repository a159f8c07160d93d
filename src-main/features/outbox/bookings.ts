import type { BookingState } from '../../contract/channels/booking.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Desk } from '../session/session.ts';
import { viewBooking } from './booking-view.ts';
import type { IntentStore, StoredIntent } from './intent-store.ts';
import type { Outbox } from './outbox.ts';
import { isDesk, ownerKey, ownerOf } from './owner.ts';

/** Bookings as the pane beside their referral shows them. */
export interface Bookings {
  /** The newest booking of a referral by this person; null when e-RS alone can say what is booked. */
  readonly bookingOf: (ubrn: string) => BookingState | null;
  readonly readBack: (intentId: string) => Outcome<BookingState>;
  /** The booking of a stored intent, or null where it is something else. */
  readonly view: (stored: StoredIntent, item: OutboxItem) => BookingState | null;
}

export function createBookings({
  store,
  outbox,
  desk,
}: {
  readonly store: IntentStore;
  readonly outbox: Outbox;
  readonly desk: () => Desk | null;
}): Bookings {
  const view = (stored: StoredIntent, item: OutboxItem): BookingState | null => {
    const { intent } = stored;
    return intent.action === 'book' ? viewBooking({ ...stored, intent }, item, stored.choice) : null;
  };
  return {
    view,
    bookingOf(ubrn) {
      const seated = desk();
      const stored = seated === null ? null : store.newestFor(ownerOf(seated), ubrn, 'book');
      if (stored === null) return null;
      // What was booked before this start may be cancelled since: there e-RS alone says what is booked (hazard 2).
      const isOldNews = stored.state === 'APPLIED' && !outbox.isAppliedSinceStart(stored.intent.intentId);
      return isOldNews ? null : view(stored, outbox.view(stored));
    },
    readBack(intentId) {
      const row = store.read(intentId);
      if (row?.kind !== 'stored' || !isDesk(desk(), ownerKey(row.stored.owner)))
        return fail('not-found', 'no-such-intent');
      // A booking that is settled, or whose turn has not come, stays as it is: then there is nothing to read.
      outbox.engine.tell(intentId, { kind: 'read-now' });
      const now = store.read(intentId);
      const booking = now?.kind === 'stored' ? view(now.stored, outbox.view(now.stored)) : null;
      return booking === null ? fail('not-found', 'no-such-intent') : ok(booking);
    },
  };
}
