/** May the clerk act on the open referral? True, or the reason in words: no key is refused without one. */
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferralView, ShortlistedService } from '../../../src-main/contract/channels/referral.ts';
import { isUnsettled } from '../booking/booking-words.ts';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { gateWords } from './gate-words.ts';

type Gate = true | string;

/** What stops every write and print for a patient, whatever the referral's state (hazard 15). */
function patientGate(view: ReferralView): Gate {
  if (view.patientProblem === 'different-number') return gateWords('patient-differs');
  if (view.patient !== null && view.patient.nhsNumber !== view.nhsNumber) return gateWords('patient-differs');
  if (view.patient?.isSensitive === true || view.patientProblem === 'restricted')
    return gateWords('patient-sensitive');
  return (view.patient?.deceased ?? null) === null ? true : gateWords('patient-deceased');
}

/** What this desk has under way for the referral on show. */
export interface UnderWay {
  readonly booking: BookingState | null;
  readonly deferral: OutboxItem | null;
  /** A cancellation, a new shortlist or a triage that is not settled. */
  readonly isOtherUnsettled?: boolean;
}

/** May slots be searched and booked, or the referral deferred: not while anything of it is under way. */
export function bookGate(
  view: ReferralView | null,
  { booking, deferral, isOtherUnsettled = false }: UnderWay,
): Gate {
  if (view === null) return 'the referral has not been read';
  if (isUnsettled(booking)) return gateWords('booking-not-settled');
  if (isDeferralUnsettled(deferral)) return gateWords('deferral-not-settled');
  if (isOtherUnsettled) return gateWords('action-not-settled');
  if (view.canBook !== null) return gateWords(view.canBook);
  return patientGate(view);
}

/**
 * May the letter be fetched: not while a booking or a deferral is unsettled (invariant I11). With the line cut it may
 * be asked for behind them: the outbox fetches it when they are proven (screens.md section 14).
 */
export function letterGate(
  view: ReferralView | null,
  { booking, deferral, isOtherUnsettled = false }: UnderWay,
  isCutOff: boolean,
): Gate {
  if (view === null) return 'the referral has not been read';
  if (!isCutOff && isUnsettled(booking)) return 'the booking is NOT CONFIRMED yet: no letter until it is';
  if (!isCutOff && isDeferralUnsettled(deferral))
    return 'the deferral is NOT CONFIRMED yet: no letter until it is';
  if (!isCutOff && isOtherUnsettled) return gateWords('action-not-settled');
  const record = patientGate(view);
  if (record !== true) return record;
  // Main judged before this booking; e-RS answers for the new state.
  if (booking?.state === 'booked' && booking.updatedAt > view.readAt) return true;
  return view.canReadLetter === null ? true : gateWords(view.canReadLetter);
}

/** May the referrer's letters be changed (A012): main has judged. */
export function letterSetGate(view: ReferralView | null): Gate {
  if (view === null) return 'the referral has not been read';
  return view.canMaintainLetter === null ? true : gateWords(view.canMaintainLetter);
}

/** The one service to open at once, or null when the clerk has to choose. */
export function onlyBookableService(shortlist: readonly ShortlistedService[]): ShortlistedService | null {
  // Where e-RS cannot say how a service is booked (2021), asking it for slots tells.
  const bookable = shortlist.filter(({ bookable: kind }) => kind === 'directly' || kind === 'unknown');
  return bookable.length === 1 ? (bookable[0] ?? null) : null;
}

/** May slots of this service be searched. */
export function serviceGate(service: ShortlistedService): Gate {
  if (service.bookable === 'indirectly') return 'it is booked indirectly: the patient rings the service';
  if (service.bookable === 'triage') return 'it is a triage service and has no slots';
  return true;
}
