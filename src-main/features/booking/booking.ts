import { randomUUID } from 'node:crypto';
import type { BookingReview, BookingState, CommitAnswer } from '../../contract/channels/booking.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { BookIntent, WantedSlot } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { SeenSlot } from '../slots/slots.ts';
import { commitReview } from './commit-review.ts';
import { atWritingDesk, type WritingDesk } from './writing-desk.ts';
import { createReviews, type Review } from './reviews.ts';
import { viewReview } from './review-view.ts';

export interface BookingFeature {
  readonly reviewSlot: (input: { searchId: string; slotId: string }) => Outcome<BookingReview>;
  readonly commit: (input: {
    reviewId: string;
    digits: string;
    alsoSlotIds: readonly string[];
  }) => Outcome<CommitAnswer>;
  readonly closeReview: (input: { reviewId: string }) => Outcome<Record<string, never>>;
  readonly readState: (input: { ubrn: string }) => Outcome<{ booking: BookingState | null }>;
  readonly readBack: (input: { intentId: string }) => Outcome<{ booking: BookingState }>;
  readonly forget: () => void;
}

interface Dependencies extends WritingDesk {
  readonly allOpened: () => readonly OpenReferral[];
  readonly seen: (searchId: string, slotId: string) => SeenSlot | null;
  readonly silentSince: (serviceId: string) => number | null;
  /** The newest booking of a referral by this person, where this start knows what became of it. */
  readonly bookingOf: (ubrn: string) => BookingState | null;
  readonly readBookingBack: (intentId: string) => Outcome<BookingState>;
}

interface Wish extends SeenSlot {
  readonly searchId: string;
}

/** Books a slot that the clerk reviewed, after the patient's own digits (screens.md section 4). */
export function createBooking(deps: Dependencies): BookingFeature {
  const reviews = createReviews<Wish>();

  function reviewSlot({ searchId, slotId }: { searchId: string; slotId: string }): Outcome<BookingReview> {
    return atWritingDesk(deps, ({ outbox }) => {
      const seen = deps.seen(searchId, slotId);
      if (seen === null) return fail('expired', 'slot-search-expired');
      const open = deps.opened(seen.terms.ubrn);
      if (open === null) return fail('invalid-input', 'referral-not-open');
      if (outbox.isUnsettled(open.referral.ubrn)) return fail('rejected', 'booking-not-settled');
      if (open.view.canBook !== null) return fail('rejected', open.view.canBook);
      const review = reviews.add(open, { ...seen, searchId });
      const isOffline = deps.isOffline() || seen.isRemembered || open.isRemembered;
      const silentSinceMs = deps.silentSince(seen.terms.serviceId);
      return ok(viewReview(review, { allOpened: deps.allOpened(), isOffline, silentSinceMs }));
    });
  }

  function commit(input: Parameters<BookingFeature['commit']>[0]): Outcome<CommitAnswer> {
    const committed = commitReview(deps, reviews, input, {
      gate: 'canBook',
      intentOf: (review) => intentOf(review, input.alsoSlotIds),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });
    if (!committed.ok) return committed;
    if (committed.value.kind === 'wrong-digits') return ok(committed.value);
    const booking = deps.bookingOf(committed.value.item.ubrn ?? '');
    return booking === null ? fail('internal', 'booking-not-found') : ok({ kind: 'started', booking });
  }

  /** The intent is pinned to the version that the panel showed; nothing refreshes it later (safety.md, I3). */
  function intentOf(review: Review<Wish>, alsoSlotIds: readonly string[]): Outcome<BookIntent> {
    const { open, subject } = review;
    const { terms, searchId } = subject;
    const others = [...new Set(alsoSlotIds)].filter((slotId) => slotId !== subject.slot.id);
    const also = others.map((slotId) => deps.seen(searchId, slotId));
    // Only what main itself read, in the same search: a slot that the patient named (hazard 4).
    const known = also.filter((seen) => seen !== null);
    if (known.length < also.length) return fail('expired', 'slot-search-expired');
    return ok({
      action: 'book',
      ...deps.targetOf(open, terms.serviceId),
      intentId: randomUUID(),
      commissioningOrg: terms.commissioningOrg,
      priority: terms.priority,
      searchedClinicianId: terms.clinicianId,
      slots: [subject, ...known].slice(0, 3).map(wantedOf),
    });
  }

  return {
    reviewSlot,
    commit,
    closeReview({ reviewId }) {
      reviews.drop(reviewId);
      return ok({});
    },
    readState({ ubrn }) {
      if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
      return ok({ booking: deps.bookingOf(ubrn) });
    },
    readBack: ({ intentId }) =>
      atWritingDesk(deps, () => {
        const booking = deps.readBookingBack(intentId);
        return booking.ok ? ok({ booking: booking.value }) : booking;
      }),
    forget: () => reviews.clear(),
  };
}

function wantedOf({ slot, page }: SeenSlot): WantedSlot {
  return { slotId: slot.id, start: slot.start, end: slot.end, clinicianId: slot.clinicianId, page };
}
