/**
 * Proof of effect: is what e-RS holds now what the intent asked for? Pure comparisons (safety.md, "Proof and pin of
 * every write").
 */
import { isSameInstant } from '../../../contract/london-time.ts';
import type { AdviceMessage, AdviceSent } from '../../../ers/advice-model.ts';
import { idOfReference } from '../../../ers/fhir/references.ts';
import type { AppointmentRecord, AttachmentRecord, Referral } from '../../../ers/model.ts';
import { isRejected } from '../../../ers/operations/a014-reject-referral.ts';
import { saysSame } from '../../../ers/operations/a026-send-advice-response.ts';
import { isMadeOfAdvice } from '../../../ers/operations/a027-convert-advice-to-referral.ts';
import { hasOutcome } from '../../../ers/operations/a028-record-review-outcome.ts';
import type {
  AcceptReferralIntent,
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  ConvertAdviceIntent,
  DeferIntent,
  Intent,
  MaintainLetterIntent,
  RecordReviewIntent,
  RejectReferralIntent,
  RequestAdviceIntent,
  SendAdviceIntent,
  SendForTriageIntent,
  WantedSlot,
} from '../record-schemas.ts';

/** What a referral says of an intent, before any appointment is read. */
export type ReferralNews = 'unchanged' | 'moved' | 'other-patient' | 'old-copy';

/** Compares the version with the pin. A lower version than the pin is an old copy: it does not say what is now. */
export function comparePinned(
  found: Pick<Referral, 'ubrn' | 'nhsNumber' | 'version'>,
  intent: Intent,
): ReferralNews {
  if (found.nhsNumber !== intent.nhsNumber || found.ubrn !== intent.ubrn) return 'other-patient';
  if (found.version < intent.pinnedVersion) return 'old-copy';
  return found.version === intent.pinnedVersion ? 'unchanged' : 'moved';
}

export const compareReferral = (referral: Referral, intent: Intent): ReferralNews =>
  comparePinned(referral, intent);

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
    default:
      return false;
  }
}

/** What the referral itself proves, whatever its appointment is; the others are proven by the appointment. */
export type ProvenInReferral =
  CancelReferralIntent | ChangeShortlistIntent | RejectReferralIntent | RecordReviewIntent;

const PROVEN_IN_REFERRAL: readonly Intent['action'][] = [
  'cancel-referral',
  'change-shortlist',
  'reject-referral',
  'record-review',
];

export const isProvenInReferral = (intent: Intent): intent is ProvenInReferral =>
  PROVEN_IN_REFERRAL.includes(intent.action);

/** True when a referral that has moved on from the pin is as the intent asked for. */
export function isProofInReferral(referral: Referral, intent: ProvenInReferral): boolean {
  if (compareReferral(referral, intent) !== 'moved') return false;
  switch (intent.action) {
    case 'cancel-referral':
      return isCancelledReferral(referral, intent);
    case 'change-shortlist':
      return isShortlist(referral, intent);
    case 'reject-referral':
      return isRejectedByUs(referral, intent);
    case 'record-review':
      return isReviewedByUs(referral, intent);
  }
}

/** Moved on, and still booked as it was: what A005 says of a referral that was accepted. It says that of others, too. */
export function isAcceptable(referral: Referral, intent: AcceptReferralIntent): boolean {
  const { appointment, appointmentId, state } = referral;
  const start = appointment?.start ?? null;
  const isSameStart = start === null || intent.start === null || isSameInstant(start, intent.start);
  return (
    compareReferral(referral, intent) === 'moved' &&
    appointment?.status === 'booked' &&
    (state === null || state.code === 'BOOKED') &&
    !isKnownOther(appointmentId, intent.appointmentId ?? appointmentId ?? '') &&
    isSameStart
  );
}

/** A letter that is to be there: by its document's id, or by its name and words where e-RS gave it another id. */
export interface WantedLetter {
  readonly documentId: string;
  readonly name: string;
  readonly description: string;
}

/** True when a referral that has moved on has these letters of its referrer, and no others. */
export function hasLetters(
  referral: Referral,
  intent: MaintainLetterIntent,
  wanted: readonly WantedLetter[],
): boolean {
  if (compareReferral(referral, intent) !== 'moved') return false;
  const left = referral.attachments.filter(({ type }) => type.code === 'REFERRER');
  if (left.length !== wanted.length) return false;
  const takeOne = (isIt: (letter: AttachmentRecord) => boolean): boolean => {
    const place = left.findIndex(isIt);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  };
  const renamed = wanted.filter(
    ({ documentId }) => !takeOne(({ url }) => idOfReference(url, 'Binary') === documentId),
  );
  return renamed.every(({ name, description }) =>
    takeOne((letter) => letter.title === name && letter.description === description),
  );
}

/** A message of the provider's that says what was asked for, and that the clerk had not seen before asking. */
export function isOurMessage(
  { id, sentBy, text, request }: AdviceMessage,
  intent: SendAdviceIntent,
): boolean {
  return (
    request.ubrn === intent.ubrn &&
    sentBy.code === 'RESPONDER' &&
    !intent.knownMessages.includes(id) &&
    saysSame(text, intent.guidance)
  );
}

/** Others make referrals of requests, too: the words for the admin team must be ours. */
export function isMadeByUs(referral: Referral, intent: ConvertAdviceIntent): boolean {
  const { nhsNumber, ubrn, state, appointment } = referral;
  const comment = state?.comments || appointment?.comment || '';
  return (
    nhsNumber === intent.nhsNumber &&
    ubrn === intent.ubrn &&
    isMadeOfAdvice(referral) &&
    comment === intent.comment
  );
}

/** The answer to A044 echoes what was asked: patient, service, words. */
export function isAnswerToRequest({ request, message }: AdviceSent, intent: RequestAdviceIntent): boolean {
  return (
    request.nhsNumber === intent.nhsNumber &&
    request.service?.id === intent.serviceId &&
    message.request.ubrn === request.ubrn &&
    saysSame(message.text, intent.request)
  );
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

/** The reason and the comment must be ours. The spine dialect says neither: there a cancelled appointment must do. */
function isRejectedByUs(referral: Referral, { reason, comment }: RejectReferralIntent): boolean {
  const { state, appointment } = referral;
  if (!isRejected(referral, reason.code)) return false;
  if (state !== null) return state.comments === comment;
  return appointment?.reason == null || appointment.comment === comment;
}

/** That outcome, with our words. */
function isReviewedByUs(referral: Referral, { outcome, comment }: RecordReviewIntent): boolean {
  const { state, appointment } = referral;
  const said = state?.comments || appointment?.comment || '';
  return hasOutcome(referral, outcome) && said === comment;
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
