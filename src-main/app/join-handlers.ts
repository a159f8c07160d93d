/** Which feature answers which channel: one line each. */
import type { OutboxSummary } from '../contract/channels/outbox.ts';
import { ok } from '../contract/outcome.ts';
import type { AdviceFeature } from '../features/advice/advice.ts';
import type { AttachmentsFeature } from '../features/attachments/attachments.ts';
import type { BookingFeature } from '../features/booking/booking.ts';
import type { DeferralFeature } from '../features/booking/deferral.ts';
import type { CancellationFeature } from '../features/cancellation/cancellation.ts';
import type { DiagnosticsFeature } from '../features/diagnostics/diagnostics.ts';
import type { LettersFeature } from '../features/letters/letters.ts';
import type { PrintingFeature } from '../features/letters/printing/printing.ts';
import type { OutboxKeys } from '../features/outbox/outbox-keys.ts';
import type { PatientFeature } from '../features/patient/patient.ts';
import type { ReferFeature } from '../features/refer/refer.ts';
import type { ReferralFeature } from '../features/referral/referral.ts';
import type { ConnectionFeature } from '../features/session/connection.ts';
import type { Links } from '../features/session/open-link.ts';
import type { ReviewFeature } from '../features/review/review.ts';
import type { SessionFeature } from '../features/session/session.ts';
import type { SessionLife } from '../features/session/session-life.ts';
import type { ShortlistFeature } from '../features/shortlist/shortlist.ts';
import type { SlotsFeature } from '../features/slots/slots.ts';
import type { WorklistFeature } from '../features/worklist/worklist.ts';
import type { TrailDesk } from './create-audit.ts';
import type { Keeping } from './create-keeping.ts';
import type { Handlers } from './door.ts';

export interface Features {
  readonly advice: AdviceFeature;
  readonly session: SessionFeature;
  readonly life: SessionLife;
  readonly connection: ConnectionFeature;
  readonly patient: PatientFeature;
  readonly worklist: WorklistFeature;
  readonly referral: ReferralFeature;
  readonly slots: SlotsFeature;
  readonly booking: BookingFeature;
  readonly deferral: DeferralFeature;
  readonly cancellation: CancellationFeature;
  readonly shortlist: ShortlistFeature;
  readonly review: ReviewFeature;
  readonly refer: ReferFeature;
  readonly letters: LettersFeature;
  readonly printing: Pick<PrintingFeature, 'handlers'>;
  readonly attachments: AttachmentsFeature;
  readonly outbox: OutboxKeys;
  readonly keeping: Keeping;
  readonly summary: () => OutboxSummary;
  readonly diagnostics: DiagnosticsFeature;
  readonly links: Links;
  readonly trailDesk: TrailDesk;
}

/** The handlers of all channels; a channel without one fails at start (design.md, Contract). */
export function joinHandlers(features: Features): Handlers {
  const { session, connection, patient, worklist, referral, slots, booking, deferral, letters, outbox } =
    features;
  return {
    'session/read-state': () => ok(session.state()),
    'session/sign-in': session.signIn,
    'session/choose-role': session.chooseRole,
    'session/read-clinicians': session.readClinicians,
    'session/choose-clinician': session.chooseClinician,
    'session/sign-out': session.signOut,
    'session/lock': session.lock,
    'session/unlock': session.unlock,
    ...features.life.handlers,
    'session/read-environment': session.readEnvironment,
    'session/read-connection': () => ok(connection.state()),
    ...features.links.handlers,
    'patient/read-names': patient.readNames,
    'worklist/fetch': worklist.fetch,
    'worklist/read-specialties': worklist.readSpecialties,
    'referral/find': referral.find,
    'referral/open': referral.openReferral,
    'referral/reread': referral.reread,
    'referral/close': referral.close,
    'slots/search': slots.search,
    'slots/read-page': slots.readPage,
    'booking/review-slot': booking.reviewSlot,
    'booking/commit': booking.commit,
    'booking/review-deferral': deferral.review,
    'booking/commit-deferral': deferral.commit,
    'booking/close-review': booking.closeReview,
    'booking/read-state': booking.readState,
    'booking/read-back': booking.readBack,
    'letters/fetch': letters.fetch,
    'letters/record-unmask': letters.recordUnmask,
    ...features.printing.handlers,
    ...features.attachments.handlers,
    'outbox/read-summary': () => ok(features.summary()),
    'outbox/read-items': outbox.readItems,
    'outbox/read-item': outbox.readItem,
    'outbox/confirm': outbox.confirm,
    'outbox/withdraw': outbox.withdraw,
    'outbox/edit': outbox.edit,
    'outbox/read-back': outbox.readBack,
    'outbox/request-letter': outbox.requestLetter,
    'outbox/read-handover': outbox.readHandover,
    'outbox/read-back-for-colleague': outbox.readBackForColleague,
    ...features.keeping.handlers,
    ...features.trailDesk.handlers,
    ...features.advice.handlers,
    ...features.cancellation.handlers,
    ...features.shortlist.handlers,
    ...features.review.handlers,
    ...features.refer.handlers,
    ...features.diagnostics.handlers,
  };
}
