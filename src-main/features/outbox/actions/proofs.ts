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
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
  Intent,
  SendForTriageIntent,
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
    case 'send-for-triage':
      return isSentForTriage(appointment, intent);
    case 'cancel-referral':
    case 'change-shortlist':
    case 'upload-file':
    case 'letter':
      return false;
  }
}

/** What the referral itself proves, whatever its appointment is; the others are proven by the appointment. */
export type ProvenInReferral = CancelReferralIntent | ChangeShortlistIntent;

export const isProvenInReferral = (intent: Intent): intent is ProvenInReferral =>
  intent.action === 'cancel-referral' || intent.action === 'change-shortlist';

/** True when a referral that has moved on from the pin is as the intent asked for. */
export function isProofInReferral(referral: Referral, intent: ProvenInReferral): boolean {
  if (compareReferral(referral, intent) !== 'moved') return false;
  return intent.action === 'cancel-referral'
    ? isCancelledReferral(referral, intent)
    : isShortlist(referral, intent);
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

function isSentForTriage(
  { status, reason, serviceId }: AppointmentRecord,
  intent: SendForTriageIntent,
): boolean {
  return status === 'proposed' && reason?.code === 'TRIAGE' && serviceId === intent.serviceId;
}

/** Others cancel referrals, too: the reason and the comment must be ours. Only the platform has A036, and says both. */
function isCancelledReferral({ status, state }: Referral, intent: CancelReferralIntent): boolean {
  return (
    status === 'cancelled' &&
    state?.code === 'CANCELLED_REFERRAL' &&
    state.reason?.code === intent.reason.code &&
    state.comments === intent.comment
  );
}

/** The same services in the same order: it is the order of preference. */
function isShortlist({ shortlist }: Referral, { services }: ChangeShortlistIntent): boolean {
  return (
    shortlist.length === services.length &&
    services.every(({ serviceId }, place) => shortlist[place]?.serviceId === serviceId)
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
