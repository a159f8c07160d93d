/** The features that ask for writes: each makes a review panel, and asks the outbox once the clerk commits it. */
import type { AdviceFeature } from '../features/advice/advice.ts';
import { createBooking, type BookingFeature } from '../features/booking/booking.ts';
import { createDeferral, type DeferralFeature } from '../features/booking/deferral.ts';
import { createReviewDesk } from '../features/booking/review-desk.ts';
import type { WritingDesk } from '../features/booking/writing-desk.ts';
import { createCancellation, type CancellationFeature } from '../features/cancellation/cancellation.ts';
import { panelTools } from '../features/cancellation/panel-tools.ts';
import { expectedDigits, questionFor } from '../features/booking/identity-question.ts';
import type { KeptRecords } from '../features/kept-records/kept-records.ts';
import { lineOfPatient } from '../features/outbox/line-of.ts';
import { createRefer, type ReferFeature } from '../features/refer/refer.ts';
import { createReview, type ReviewFeature } from '../features/review/review.ts';
import type { SessionFeature } from '../features/session/session.ts';
import {
  createShortlist,
  type ShortlistDesk,
  type ShortlistFeature,
} from '../features/shortlist/shortlist.ts';
import { fail } from '../contract/outcome.ts';
import type { ErsClient } from '../ers/client.ts';
import type { Reads } from './create-reads.ts';
import { createAdviceDesk } from './create-advice.ts';
import type { OpenRecords } from './open-records.ts';
import type { AppSettings, Clock } from './ports.ts';

export interface Writes {
  readonly advice: AdviceFeature;
  readonly booking: BookingFeature;
  readonly deferral: DeferralFeature;
  readonly cancellation: CancellationFeature;
  readonly shortlist: ShortlistFeature;
  readonly review: ReviewFeature;
  readonly refer: ReferFeature;
}

interface Parts {
  readonly writing: WritingDesk & { readonly clock: Clock; readonly client: () => ErsClient };
  readonly settings: AppSettings;
  readonly session: Pick<SessionFeature, 'state'>;
  readonly reads: Pick<
    Reads,
    'referral' | 'slots' | 'reference' | 'readPatientNow' | 'worklist' | 'patient' | 'fetchFile'
  >;
  /** What must not be forgotten of a referral goes onto the person's tasks. */
  readonly addTask: ShortlistDesk['addTask'];
  readonly records: () => OpenRecords | null;
  readonly kept: () => KeptRecords;
}

/** Builds them over one writing desk. `records` is null until the records are open, and where they cannot be. */
export function createWrites(parts: Parts): Writes {
  const { writing, settings, session, addTask, records } = parts;
  const { referral, slots, reference, readPatientNow } = parts.reads;
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
  const review = createReview({
    ...reviewing,
    tools: panelTools,
    referenceData: reference,
    readPatient: readPatientNow,
    onBehalfOf: () => session.state().onBehalfOf,
  });
  const shortlist = createShortlist({ ...reviewing, allOpened: referral.allOpened, addTask });
  const refer = createRefer({
    ...reviewing,
    tools: panelTools,
    referenceData: reference,
    readPatient: readPatientNow,
    kept: parts.kept,
    ubrnsOf: parts.reads.worklist.ubrnsOf,
    rowOf: parts.reads.worklist.rowOf,
    identity: { questionFor, expectedDigits },
    lineOfPatient,
    clinicians: settings.clinicianNames ?? {},
  });
  const advice = createAdviceDesk({
    ...{ ...writing, kept: parts.kept, referenceData: reference, fetchFile: parts.reads.fetchFile },
    readPatient: parts.reads.patient.readDetails,
    onBehalfOf: () => session.state().onBehalfOf,
    lineOfPatient,
    leftToClerk: (line) => records()?.outbox.leftToClerk(line) ?? [],
  });
  return { advice, booking, deferral, cancellation, shortlist, review, refer };
}
