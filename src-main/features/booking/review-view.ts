import type { BookingReview } from '../../contract/channels/booking.ts';
import { codedOf } from '../../contract/coded.ts';
import { isSameInstant, londonParts, toIso } from '../../contract/london-time.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { SeenSlot } from '../slots/slots.ts';
import type { Review } from './reviews.ts';

export interface ReviewSurroundings {
  readonly allOpened: readonly OpenReferral[];
  readonly isOffline: boolean;
  /** Since when the provider's system has been silent, wall clock milliseconds. */
  readonly silentSinceMs: number | null;
}

/** The review of a booking as the panel shows it. */
export function viewReview(
  { reviewId, open, subject: seen, question, attemptsLeft }: Review<SeenSlot>,
  { allOpened, isOffline, silentSinceMs }: ReviewSurroundings,
): BookingReview {
  const { slot, terms } = seen;
  const service = open.services.find((candidate) => candidate.id === terms.serviceId);
  const entry = open.referral.shortlist.find((candidate) => candidate.serviceId === terms.serviceId);
  return {
    reviewId,
    ubrn: open.referral.ubrn,
    version: open.referral.version,
    serviceId: terms.serviceId,
    serviceName: entry?.name ?? service?.name ?? '',
    serviceSite: service?.site ?? null,
    servicePhone: service?.patientPhone ?? null,
    instructions: service?.instructions ?? '',
    clinicianId: slot.clinicianId,
    slotId: slot.id,
    start: slot.start,
    end: slot.end,
    isUnusual: seen.isUnusual,
    slotReadAt: seen.readAt,
    isOffline,
    providerSilentSince: silentSinceMs === null ? null : toIso(silentSinceMs),
    identityQuestion: question,
    attemptsLeft,
    clashes: clashesOf(open, slot.start, allOpened),
    requirements: open.referral.additionalRequirements.map(codedOf),
  };
}

/** Booked appointments of the same patient on the same London day, among the referrals this desk has open. */
function clashesOf(
  open: OpenReferral,
  start: string,
  others: readonly OpenReferral[],
): BookingReview['clashes'] {
  const { date } = londonParts(start);
  return others.flatMap(({ referral }) => {
    const other = referral.appointment;
    const isTheirs = referral.ubrn !== open.referral.ubrn && referral.nhsNumber === open.referral.nhsNumber;
    if (!isTheirs || other?.status !== 'booked' || other.start === null) return [];
    const isSameDay = londonParts(other.start).date === date || isSameInstant(other.start, start);
    return isSameDay ? [{ ubrn: referral.ubrn, start: other.start, serviceName: other.serviceName }] : [];
  });
}
