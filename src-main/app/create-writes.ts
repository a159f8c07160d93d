/** The features that ask for writes: each makes a review panel, and asks the outbox once the clerk commits it. */
import { createBooking, type BookingFeature } from '../features/booking/booking.ts';
import { createDeferral, type DeferralFeature } from '../features/booking/deferral.ts';
import { createReviewDesk } from '../features/booking/review-desk.ts';
import type { WritingDesk } from '../features/booking/writing-desk.ts';
import { createCancellation, type CancellationFeature } from '../features/cancellation/cancellation.ts';
import type { ReferenceData } from '../features/read-cache/reference-data.ts';
import type { ReferralFeature } from '../features/referral/referral.ts';
import type { SessionFeature } from '../features/session/session.ts';
import {
  createShortlist,
  type ShortlistDesk,
  type ShortlistFeature,
} from '../features/shortlist/shortlist.ts';
import type { SlotsFeature } from '../features/slots/slots.ts';
import { fail } from '../contract/outcome.ts';
import type { ErsClient } from '../ers/client.ts';
import type { OpenRecords } from './open-records.ts';
import type { AppSettings, Clock } from './ports.ts';

export interface Writes {
  readonly booking: BookingFeature;
  readonly deferral: DeferralFeature;
  readonly cancellation: CancellationFeature;
  readonly shortlist: ShortlistFeature;
}

interface Parts {
  readonly writing: WritingDesk & { readonly clock: Clock; readonly client: () => ErsClient };
  readonly settings: AppSettings;
  readonly session: Pick<SessionFeature, 'state'>;
  readonly referral: ReferralFeature;
  readonly slots: SlotsFeature;
  readonly reference: Pick<ReferenceData, 'read'>;
  /** What must not be forgotten of a referral goes onto the person's tasks. */
  readonly addTask: ShortlistDesk['addTask'];
  readonly records: () => OpenRecords | null;
}

/** Builds them over one writing desk. `records` is null until the records are open, and where they cannot be. */
export function createWrites(parts: Parts): Writes {
  const { writing, settings, session, referral, slots, reference, addTask, records } = parts;
  const booking = createBooking({
    ...writing,
    allOpened: referral.allOpened,
    seen: slots.seen,
    silentSince: (serviceId) => records()?.outbox.silentSince(serviceId) ?? null,
    bookingOf: (ubrn) => records()?.bookings.bookingOf(ubrn) ?? null,
    readBookingBack: (intentId) =>
      records()?.bookings.readBack(intentId) ?? fail('writes-off', writing.writesOffReason()),
  });
  const deferral = createDeferral({
    ...writing,
    refusalOf: (ubrn, serviceId) => records()?.outbox.evidence.freshest(ubrn, serviceId) ?? null,
    emptySearchOf: slots.evidenceOf,
    foundAt: slots.foundAt,
  });
  const reviewing = createReviewDesk(writing);
  const cancellation = createCancellation({
    ...reviewing,
    referenceData: reference,
    needsSecondPerson: settings.policies?.secondPersonForCancelReferral === true,
    userName: () => session.state().user?.name ?? '',
    onBehalfOf: () => session.state().onBehalfOf,
  });
  const shortlist = createShortlist({ ...reviewing, allOpened: referral.allOpened, addTask });
  return { booking, deferral, cancellation, shortlist };
}
