/** What the panels of the three cancellations share. */
import type { LaterReview } from '../../contract/channels/cancellation.ts';
import type { Review } from '../booking/reviews.ts';
import type { OpenReferral } from '../referral/referral.ts';

/** Comments of A022, A034 and A036 (contract.md section 4.6). */
export const MAX_COMMENT = 2000;

type Reviewed = Pick<
  LaterReview,
  | 'reviewId'
  | 'ubrn'
  | 'version'
  | 'serviceName'
  | 'start'
  | 'clinicianId'
  | 'maxComment'
  | 'identityQuestion'
  | 'attemptsLeft'
>;

/** The appointment that stands: booked, not merely asked for. */
export function bookedAppointment({ referral }: OpenReferral) {
  return referral.appointment?.status === 'booked' ? referral.appointment : null;
}

/** The service that an action concerns: the appointment's, else the first of the shortlist; '' where there is none. */
export function serviceOf(open: OpenReferral): string {
  return open.referral.appointment?.serviceId ?? open.referral.shortlist[0]?.serviceId ?? '';
}

export function viewReviewed({ reviewId, open, question, attemptsLeft }: Review<unknown>): Reviewed {
  const { referral, services } = open;
  const booked = bookedAppointment(open);
  const serviceId = serviceOf(open);
  const listed = referral.shortlist.find((entry) => entry.serviceId === serviceId)?.name;
  const known = services.find((service) => service.id === serviceId)?.name;
  return {
    reviewId,
    ubrn: referral.ubrn,
    version: referral.version,
    serviceName: (booked?.serviceName || listed || known || '').slice(0, 200),
    start: booked?.start ?? null,
    clinicianId: booked?.clinicianId ?? null,
    maxComment: MAX_COMMENT,
    identityQuestion: question,
    attemptsLeft,
  };
}
