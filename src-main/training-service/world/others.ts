/** What other people and other systems do to the world while a clerk is at work. For tests and training drills. */
import {
  bookInto,
  cancelForReason,
  cancelFromOutside,
  cancelWhole,
  changeShortlist,
  leaveForActionLater,
  proposeTo,
  raiseVersion,
  type ChangeContext,
} from './changes.ts';
import type { Reason, Referral, Service } from './model.ts';
import type { ProviderSystems } from './provider-systems.ts';
import { createReviewers, type Reviewers } from './reviewers.ts';

export interface Others extends Reviewers {
  /** Another user books the slot. */
  takeSlot(slotId: string): void;
  /** A version bump by internal processing (contract.md section 4.5). */
  touch(ubrn: string): void;
  /** The appointment's own version moves, and the referral's with it. Throws RangeError without an appointment. */
  touchAppointment(ubrn: string): void;
  /** Another clerk books the referral: into `slotId`, or the first free slot of its shortlist. */
  bookByAnother(ubrn: string, slotId?: string): void;
  /** The provider cancels the booked appointment outside the API. */
  cancelByProvider(ubrn: string): void;
  /** Another clerk cancels the booked appointment for the patient (A034). */
  cancelByAnother(ubrn: string, reasonCode?: string): void;
  /** Another clinician cancels it and leaves the referral for later (A022). */
  leaveForLaterByAnother(ubrn: string, comment: string): void;
  /** Another clerk gives the referral other services (A031). */
  changeShortlistByAnother(ubrn: string, serviceIds: readonly string[]): void;
  /** Another clerk sends it for triage (A016): to `serviceId`, or to the first triage service of its shortlist. */
  sendForTriageByAnother(ubrn: string, serviceId?: string): void;
  /** Another clerk of the referrer cancels the whole referral (A036). */
  cancelReferralByAnother(ubrn: string, reasonCode?: string): void;
}

export interface OthersOptions {
  readonly context: ChangeContext;
  readonly services: ReadonlyMap<string, Service>;
  readonly systems: ProviderSystems;
  /** The referral itself. Throws RangeError for an unknown UBRN. */
  need(ubrn: string): Referral;
}

/** Gives what others can do; each throws RangeError where it does not fit the referral. */
export function createOthers({ context, services, systems, need }: OthersOptions): Others {
  const { slots, clock } = context;
  return {
    ...createReviewers({ context, systems, need }),
    takeSlot(slotId) {
      if (!slots.find(slotId)) throw new RangeError('no such slot in the training world');
      slots.take(slotId);
    },
    touch: (ubrn) => raiseVersion(need(ubrn), 1, clock),
    touchAppointment(ubrn) {
      const { appointment } = need(ubrn);
      if (!appointment) throw new RangeError('no appointment to touch');
      appointment.version += 1;
      raiseVersion(need(ubrn), 1, clock);
    },
    bookByAnother(ubrn, slotId) {
      const referral = need(ubrn);
      const suitable = referral.shortlist.flatMap((id) =>
        slots.listFree(id, { priority: referral.priority }),
      );
      const slot = slotId === undefined ? suitable[0] : slots.find(slotId);
      if (!slot) throw new RangeError('no slot to book');
      systems.recordInPas(slot, ubrn);
      bookInto(referral, slot, context);
    },
    cancelByProvider: (ubrn) => cancelFromOutside(need(ubrn), context),
    cancelByAnother(ubrn, code = 'PATIENT_HOLIDAY') {
      const referral = need(ubrn);
      const reason: Reason = { set: 'APPOINTMENT-CANCELLATION-REASON', code };
      cancelForReason(referral, { reason, comment: '' }, 'PATIENT', context);
      systems.removeFromPas(referral.appointment?.serviceId ?? '', ubrn);
    },
    leaveForLaterByAnother(ubrn, comment) {
      const referral = need(ubrn);
      leaveForActionLater(referral, { comment, priority: null, attachments: [] }, context);
      systems.removeFromPas(referral.appointment?.serviceId ?? '', ubrn);
    },
    changeShortlistByAnother(ubrn, serviceIds) {
      const { priority, letterDue } = need(ubrn);
      changeShortlist(need(ubrn), { serviceIds, priority, letterDue }, context);
    },
    sendForTriageByAnother(ubrn, serviceId) {
      const referral = need(ubrn);
      const chosen = serviceId ?? referral.shortlist.find((id) => services.get(id)?.kind === 'triage');
      if (chosen === undefined) throw new RangeError('no triage service on the shortlist');
      proposeTo(
        referral,
        chosen,
        { reason: { set: 'eRS-ReviewReason-1', code: 'TRIAGE' }, comment: '' },
        context,
      );
    },
    cancelReferralByAnother(ubrn, code = 'TREATMENT_NO_LONGER_REQUIRED') {
      const referral = need(ubrn);
      const reason: Reason = { set: 'REFERRAL-CANCELLATION-REASON', code };
      const hadAppointment = cancelWhole(referral, { reason, comment: '' }, false, context);
      if (hadAppointment) systems.removeFromPas(referral.appointment?.serviceId ?? '', ubrn);
    },
  };
}
