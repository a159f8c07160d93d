/**
 * Proof of effect: is what e-RS holds now what the intent asked for? Pure comparisons (safety.md, "Proof and pin of
 * every write").
 */
import { isSameInstant } from '../../../contract/london-time.ts';
import type { AppointmentRecord, Referral } from '../../../ers/model.ts';
import type {
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  DeferIntent,
  Intent,
  WantedSlot,
} from '../record-schemas.ts';

/** What a referral says of an intent, before any appointment is read. */
export type ReferralNews = 'unchanged' | 'moved' | 'other-patient' | 'old-copy';

/** Compares the version with the pin. A lower version than the pin is an old copy: it does not say what is now. */
export function compareReferral(referral: Referral, intent: Intent): ReferralNews {
  if (referral.nhsNumber !== intent.nhsNumber || referral.ubrn !== intent.ubrn) return 'other-patient';
  if (referral.version < intent.pinnedVersion) return 'old-copy';
  return referral.version === intent.pinnedVersion ? 'unchanged' : 'moved';
}

/**
 * True when the appointment is what the intent asked for. `choice` is the slot that is being tried: an earlier one may
 * have taken effect, a later one was never sent. `isWhole` is false for the appointment inside a referral, which may
 * leave out what A038 always gives.
 */
export function isProof(
  appointment: AppointmentRecord,
  intent: Intent,
  choice: number,
  isWhole: boolean,
): boolean {
  if (isKnownOther(appointment.nhsNumber, intent.nhsNumber)) return false;
  if (appointment.referral !== null && appointment.referral.ubrn !== intent.ubrn) return false;
  switch (intent.action) {
    case 'book':
      return intent.slots.slice(0, choice + 1).some((slot) => isBooked(appointment, intent, slot, isWhole));
    case 'defer':
      return isDeferred(appointment, intent);
    case 'cancel-later':
      return isCancelledForLater(appointment, intent, isWhole);
    case 'cancel-appointment':
      return compareAppointment(appointment, intent) === 'ours';
    case 'letter':
      return false;
  }
}

/** The 201 echoes what was sent: slot, service, patient, referral, times (safety.md step 4). */
export function isBookingEcho(appointment: AppointmentRecord, intent: BookIntent, choice: number): boolean {
  const slot = intent.slots[choice];
  const isSameReferral = appointment.referral === null || appointment.referral.ubrn === intent.ubrn;
  return slot !== undefined && isSameReferral && isBooked(appointment, intent, slot, true);
}

const isKnownOther = (found: string | null, wanted: string) => found !== null && found !== wanted;

/** Booked, same service, same patient, same times to the instant, same slot; a named clinician must be the slot's. */
function isBooked(
  appointment: AppointmentRecord,
  intent: BookIntent,
  wanted: WantedSlot,
  isWhole: boolean,
): boolean {
  const { start, end, clinicianId, nhsNumber, slotId } = appointment;
  const hasSameTimes =
    start !== null && end !== null && isSameInstant(start, wanted.start) && isSameInstant(end, wanted.end);
  const isSameSlot = slotId === null ? !isWhole : slotId === wanted.slotId;
  return (
    appointment.status === 'booked' &&
    appointment.serviceId === intent.serviceId &&
    !isKnownOther(nhsNumber, intent.nhsNumber) &&
    !isKnownOther(clinicianId, wanted.clinicianId ?? '') &&
    hasSameTimes &&
    isSameSlot
  );
}

function isDeferred(appointment: AppointmentRecord, intent: DeferIntent): boolean {
  return (
    appointment.status === 'proposed' &&
    appointment.reason?.code === intent.reason &&
    appointment.serviceId === intent.serviceId
  );
}

/** Platform: proposed, with the reason and our comment; the spine dialect shows a cancelled appointment. */
function isCancelledForLater(
  appointment: AppointmentRecord,
  intent: CancelLaterIntent,
  isWhole: boolean,
): boolean {
  const { status, reason, comment } = appointment;
  const hasReason = reason?.code === 'CANCEL_APPOINTMENT_ACTION_LATER';
  if (status === 'proposed') return hasReason && comment === intent.comment;
  // What it does say of the reason and the comment must be ours: others cancel appointments, too.
  const isSilent = reason === null && comment === '';
  return !isWhole && status === 'cancelled' && (isSilent || (hasReason && comment === intent.comment));
}

/** What an appointment says of its cancellation, against the appointment's own pin (A034). */
export function compareAppointment(
  appointment: AppointmentRecord,
  intent: CancelAppointmentIntent,
): 'ours' | 'unchanged' | 'other' | 'old-copy' {
  if (isKnownOther(appointment.nhsNumber, intent.nhsNumber)) return 'other';
  if (appointment.referral !== null && appointment.referral.ubrn !== intent.ubrn) return 'other';
  const version = appointment.version ?? 0;
  if (version < intent.appointmentVersion) return 'old-copy';
  if (version === intent.appointmentVersion) return appointment.status === 'booked' ? 'unchanged' : 'other';
  const isOurs = appointment.status === 'cancelled' && appointment.reason?.code === intent.reason.code;
  return isOurs ? 'ours' : 'other';
}
