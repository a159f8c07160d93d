/** The changes of state of contract.md section 9 that this service makes. Each raises the referral's version. */
import type { Clock } from '../../app/ports.ts';
import type { Appointment, Attachment, Priority, Reason, Referral, Slot } from './model.ts';
import type { SlotBook } from './slot-book.ts';

export interface ChangeContext {
  readonly clock: Clock;
  readonly slots: SlotBook;
  readonly bookingVersionStep: number;
  nextAppointmentId(): string;
}

/** Raises the version, as every write and some internal processing does. */
export function raiseVersion(referral: Referral, step: number, clock: Clock): void {
  referral.version += step;
  referral.updatedMs = clock.nowMs();
}

/** NOT_BOOKED to BOOKED, into the slot. */
export function bookInto(referral: Referral, slot: Slot, context: ChangeContext): Appointment {
  context.slots.take(slot.id);
  const appointment: Appointment = {
    id: context.nextAppointmentId(),
    version: 0,
    status: 'booked',
    reason: null,
    comment: '',
    serviceId: slot.serviceId,
    clinicianId: slot.clinicianId,
    slotId: slot.id,
    startMs: slot.startMs,
    endMs: slot.endMs,
    createdMs: context.clock.nowMs(),
  };
  referral.appointment = appointment;
  referral.state = 'BOOKED';
  referral.stateReason = null;
  referral.stateComments = '';
  referral.isReviewPending = true;
  raiseVersion(referral, context.bookingVersionStep, context.clock);
  return appointment;
}

/** NOT_BOOKED to DEFERRED_TO_PROVIDER, or with reason TRIAGE to AWAITING_TRIAGE. */
export function proposeTo(
  referral: Referral,
  serviceId: string,
  why: { readonly reason: Reason; readonly comment: string },
  context: ChangeContext,
): Appointment {
  const isTriage = why.reason.code === 'TRIAGE';
  const appointment: Appointment = {
    id: context.nextAppointmentId(),
    version: 1,
    status: 'proposed',
    reason: why.reason,
    comment: why.comment,
    serviceId,
    clinicianId: null,
    slotId: null,
    startMs: null,
    endMs: null,
    createdMs: context.clock.nowMs(),
  };
  referral.appointment = appointment;
  referral.state = isTriage ? 'AWAITING_TRIAGE' : 'DEFERRED_TO_PROVIDER';
  referral.stateReason = why.reason;
  referral.stateComments = why.comment;
  referral.isReviewPending = isTriage;
  raiseVersion(referral, context.bookingVersionStep, context.clock);
  return appointment;
}

/** What A022 leaves with the admin team. */
export interface ActionLater {
  readonly comment: string;
  readonly priority: Priority | null;
  readonly attachments: readonly Attachment[];
}

/** BOOKED to TRIAGED_PROVIDER_TO_ACTION: the appointment is cancelled, and becomes a proposal to be worked on. */
export function leaveForActionLater(referral: Referral, later: ActionLater, context: ChangeContext): void {
  const reason: Reason = {
    set: 'eRS-ReviewOutcome-1',
    code: 'CANCEL_APPOINTMENT_ACTION_LATER',
    display: 'Cancel Appointment Action Later',
  };
  endAppointment(referral, 'proposed', { reason, comment: later.comment }, context);
  referral.state = 'TRIAGED_PROVIDER_TO_ACTION';
  referral.priority = later.priority ?? referral.priority;
  referral.attachments = [...referral.attachments, ...later.attachments];
}

/** BOOKED as before: the review is closed (A013). */
export function acceptAfterReview(referral: Referral, context: ChangeContext): void {
  referral.isReviewPending = false;
  raiseVersion(referral, 1, context.clock);
}

/** BOOKED to REJECTED, back to the referrer, by two versions (contract.md section 4.5, A014). */
export function rejectAfterReview(
  referral: Referral,
  why: { readonly reason: Reason; readonly comment: string },
  context: ChangeContext,
): void {
  endAppointment(referral, 'cancelled', why, context);
  referral.state = 'REJECTED';
  raiseVersion(referral, 1, context.clock);
}

/** The outcomes that A028 takes. */
export type ReviewOutcome = 'ACCEPT_REFER_BOOK_LATER' | 'RETURN_TO_REFERRER_WITH_ADVICE';

const OUTCOME_DISPLAY: Readonly<Record<ReviewOutcome, string>> = {
  ACCEPT_REFER_BOOK_LATER: 'Accept Refer Book Later',
  RETURN_TO_REFERRER_WITH_ADVICE: 'Return to Referrer With Advice',
};

export interface ReviewRecord {
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  /** Null leaves the referral's own. */
  readonly priority: Priority | null;
  readonly attachments: readonly Attachment[];
}

/**
 * AWAITING_TRIAGE or DEFERRED_TO_PROVIDER to TRIAGED_PROVIDER_TO_ACTION, or with a return to TRIAGE_RESPONSE (A028). The
 * proposal keeps its place and says the outcome. Throws RangeError when nothing is proposed.
 */
export function recordOutcome(referral: Referral, record: ReviewRecord, context: ChangeContext): void {
  const { appointment } = referral;
  if (appointment?.status !== 'proposed') throw new RangeError('no proposal to judge');
  const { outcome, comment } = record;
  const reason: Reason = { set: 'eRS-ReviewOutcome-1', code: outcome, display: OUTCOME_DISPLAY[outcome] };
  appointment.version += 1;
  appointment.reason = reason;
  appointment.comment = comment;
  referral.state = outcome === 'ACCEPT_REFER_BOOK_LATER' ? 'TRIAGED_PROVIDER_TO_ACTION' : 'TRIAGE_RESPONSE';
  referral.stateReason = reason;
  referral.stateComments = comment;
  referral.priority = record.priority ?? referral.priority;
  referral.attachments = [...referral.attachments, ...record.attachments];
  referral.isReviewPending = false;
  raiseVersion(referral, 1, context.clock);
}

/** BOOKED to APPT_CANCELLED_BY_PATIENT, or by the provider, for a reason of A004. */
export function cancelForReason(
  referral: Referral,
  why: { readonly reason: Reason; readonly comment: string },
  by: 'PATIENT' | 'PROVIDER',
  context: ChangeContext,
): void {
  endAppointment(referral, 'cancelled', why, context);
  referral.state = `APPT_CANCELLED_BY_${by}`;
}

/** What A031 changes besides the services. */
export interface ShortlistChange {
  readonly serviceIds: readonly string[];
  readonly priority: Priority;
  /** The day on which the letter is due; null when none is to come. */
  readonly letterDue: string | null;
}

/**
 * To NOT_BOOKED with other services: nothing is arranged any more. Requirements fall away, and nobody is told, unless
 * every service of before is still there (contract.md section 7, A031; hazard 14).
 */
export function changeShortlist(referral: Referral, change: ShortlistChange, context: ChangeContext): void {
  const isKept = referral.shortlist.every((id) => change.serviceIds.includes(id));
  referral.shortlist = change.serviceIds;
  referral.priority = change.priority;
  if (referral.clinicalInfoMs === null) referral.letterDue = change.letterDue;
  if (!isKept) referral.requirements = [];
  referral.state = 'NOT_BOOKED';
  referral.stateReason = null;
  referral.stateComments = '';
  referral.appointment = null;
  referral.isReviewPending = false;
  raiseVersion(referral, 1, context.clock);
}

/**
 * Other letters of the referrer in place of all of them (A012): those not named are gone, the provider's files stay.
 * The version goes up by three (contract.md section 4.5).
 */
export function replaceLetters(
  referral: Referral,
  letters: readonly Attachment[],
  context: ChangeContext,
): void {
  referral.attachments = [...referral.attachments.filter(({ type }) => type !== 'REFERRER'), ...letters];
  referral.clinicalInfoMs ??= context.clock.nowMs();
  referral.letterDue = null;
  raiseVersion(referral, 3, context.clock);
}

/** To CANCELLED_REFERRAL, the end, with the booked appointment when there is one; true when it was cancelled, too. */
export function cancelWhole(
  referral: Referral,
  why: { readonly reason: Reason; readonly comment: string },
  isElsewhere: boolean,
  context: ChangeContext,
): boolean {
  const { appointment } = referral;
  const hadAppointment = appointment?.status === 'booked';
  if (hadAppointment) {
    endAppointment(referral, 'cancelled', why, context);
    // Inside a cancelled referral it has no reason of its own (contract.md A038).
    appointment.reason = null;
    appointment.comment = '';
  } else raiseVersion(referral, 1, context.clock);
  referral.state = 'CANCELLED_REFERRAL';
  referral.stateReason = why.reason;
  referral.stateComments = why.comment;
  referral.isCancelledElsewhere = isElsewhere;
  referral.isReviewPending = false;
  return hadAppointment;
}

/** Takes time and slot from a booked appointment and raises both versions. Throws RangeError when none is booked. */
function endAppointment(
  referral: Referral,
  status: Appointment['status'],
  why: { readonly reason: Reason; readonly comment: string },
  context: ChangeContext,
): void {
  const { appointment } = referral;
  if (appointment?.status !== 'booked') throw new RangeError('no booked appointment to cancel');
  if (appointment.slotId !== null) context.slots.release(appointment.slotId);
  appointment.version += 1;
  appointment.status = status;
  appointment.reason = why.reason;
  appointment.comment = why.comment;
  appointment.slotId = null;
  appointment.startMs = null;
  appointment.endMs = null;
  referral.stateReason = why.reason;
  referral.stateComments = why.comment;
  referral.isReviewPending = false;
  raiseVersion(referral, 1, context.clock);
}

/**
 * BOOKED to APPT_CANCELLED_BY_PROVIDER, outside the API: the clinic is off, so its slot does not come back.
 * Throws RangeError when nothing is booked.
 */
export function cancelFromOutside(referral: Referral, context: ChangeContext): void {
  const slotId = referral.appointment?.slotId ?? null;
  const reason: Reason = {
    set: 'APPOINTMENT-CANCELLATION-REASON',
    code: 'CLINIC_CANCELLED',
    display: 'Clinic cancelled',
  };
  cancelForReason(referral, { reason, comment: '' }, 'PROVIDER', context);
  if (slotId !== null) context.slots.take(slotId);
}
