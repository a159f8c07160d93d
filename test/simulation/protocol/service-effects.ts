/** What writes do to a referral, whoever sends them. */
import { ACTION_LATER, releaseSlotOf, type ReferralTruth } from './truth.ts';

/** A022: the appointment ends, and the referral is left to be acted on. */
export function leaveForLater(referral: ReferralTruth, comment: string): void {
  const { appointment } = referral;
  if (appointment === null) return;
  releaseSlotOf(referral);
  appointment.status = 'proposed';
  appointment.reason = ACTION_LATER;
  appointment.comment = comment;
  appointment.version += 1;
}

/** A036: the referral ends, and a current appointment with it. */
export function cancelReferral(referral: ReferralTruth, reason: string, comment: string): void {
  if (referral.appointment?.status === 'booked') cancel(referral, reason);
  referral.cancelled = { reason, comment };
}

/** A034, or the same in the web application. */
export function cancel(referral: ReferralTruth, reason: string): void {
  const { appointment } = referral;
  if (appointment === null) return;
  releaseSlotOf(referral);
  appointment.status = 'cancelled';
  appointment.reason = reason;
  appointment.version += 1;
}
