/** Proof of effect of a booking: is what e-RS holds now our booking? (safety.md, table of pins and proofs) */
import { isSameInstant } from '../../contract/london-time.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { AppointmentRecord, Referral } from '../../ers/model.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a038RetrieveAppointment } from '../../ers/operations/a038-retrieve-appointment.ts';
import type { Ubrn, AppointmentId } from '../../contract/identifiers.ts';
import type { BookIntent } from './record-schemas.ts';
import type { Truth } from './book-protocol.ts';

export interface ReadBack {
  readonly truth: Truth;
  /** Set when the read-back found the session dead: nothing more can be read until a new sign-in. */
  readonly isSessionEnded: boolean;
}

/** Reads A005 and, where the dialect has it, A038, and compares with the intent. Changes nothing. */
export async function readBackBooking(client: ErsClient, intent: BookIntent): Promise<ReadBack> {
  const read = await client.call(
    a005RetrieveReferral,
    { ubrn: intent.ubrn as Ubrn },
    { urgency: 'read-back' },
  );
  if (read.kind !== 'success') return withoutAnswer(read);
  const referral = read.value;
  if (referral.version <= intent.pinnedVersion)
    return { truth: { kind: 'unchanged' }, isSessionEnded: false };
  if (referral.nhsNumber !== intent.nhsNumber)
    return { truth: { kind: 'changed-otherwise' }, isSessionEnded: false };
  if (referral.appointmentId === null)
    return { truth: judgeContained(referral, intent), isSessionEnded: false };
  return readAppointment(client, referral.appointmentId, intent);
}

/** No connection, a pause, a service that is down: nothing was answered. Anything else is an answer of no use. */
function withoutAnswer(read: Exclude<ErsOutcome<unknown>, { readonly kind: 'success' }>): ReadBack {
  const isDown = read.kind === 'refused' && read.facts.status > 500;
  const isPortal = read.kind === 'unreadable' && read.reason === 'html';
  const isUnanswered = ['not-sent', 'lost', 'rate-limited'].includes(read.kind) || isDown || isPortal;
  return {
    truth: { kind: isUnanswered ? 'not-reached' : 'not-readable' },
    isSessionEnded: read.kind === 'unauthorised',
  };
}

async function readAppointment(
  client: ErsClient,
  appointmentId: AppointmentId,
  intent: BookIntent,
): Promise<ReadBack> {
  const read: ErsOutcome<AppointmentRecord> = await client.call(
    a038RetrieveAppointment,
    { appointmentId },
    { urgency: 'read-back' },
  );
  if (read.kind !== 'success') return withoutAnswer(read);
  const isOurs = isOurAppointment(read.value, intent) && read.value.slotId === intent.slotId;
  const isOurReferral = read.value.referral === null || read.value.referral.ubrn === intent.ubrn;
  const truth: Truth =
    isOurs && isOurReferral ? { kind: 'our-booking', appointmentId } : { kind: 'changed-otherwise' };
  return { truth, isSessionEnded: false };
}

/** The spine dialect has no A038: the appointment inside the referral is the proof (safety.md step 4). */
function judgeContained(referral: Referral, intent: BookIntent): Truth {
  const contained = referral.appointment;
  if (contained === null || !isOurAppointment(contained, intent)) return { kind: 'changed-otherwise' };
  const isOtherSlot = contained.slotId !== null && contained.slotId !== intent.slotId;
  return isOtherSlot ? { kind: 'changed-otherwise' } : { kind: 'our-booking', appointmentId: null };
}

/** Booked, same service, same patient, same times to the instant; a clinician that is named must be the slot's. */
export function isOurAppointment(appointment: AppointmentRecord, intent: BookIntent): boolean {
  const { start, end, clinicianId, nhsNumber } = appointment;
  const hasSameTimes =
    start !== null && end !== null && isSameInstant(start, intent.start) && isSameInstant(end, intent.end);
  const isSamePatient = nhsNumber === null || nhsNumber === intent.nhsNumber;
  const isSameClinician = clinicianId === null || clinicianId === intent.clinicianId;
  const isSameService = appointment.serviceId === intent.serviceId;
  return appointment.status === 'booked' && isSameService && isSamePatient && isSameClinician && hasSameTimes;
}

/** The 201 echoes what was sent: slot, service, patient, referral, times (safety.md step 4). */
export function isEchoOf(appointment: AppointmentRecord, intent: BookIntent): boolean {
  const isSameReferral = appointment.referral === null || appointment.referral.ubrn === intent.ubrn;
  return isOurAppointment(appointment, intent) && appointment.slotId === intent.slotId && isSameReferral;
}
