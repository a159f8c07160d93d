/** The state that both dialects share: referrals, patients, services, slots, locks, and what each PAS holds. */
import type { Clock } from '../../app/ports.ts';
import { createAdvice, type AdviceWorld } from './advice.ts';
import {
  acceptAfterReview,
  bookInto,
  cancelForReason,
  cancelWhole,
  changeShortlist,
  leaveForActionLater,
  proposeTo,
  recordOutcome,
  rejectAfterReview,
  replaceLetters,
  type ActionLater,
  type ChangeContext,
  type ReviewRecord,
  type ShortlistChange,
} from './changes.ts';
import { createReferral, type NewReferral } from './create-referral.ts';
import type { SceneName } from './drafts.ts';
import { findServices, isClinicalTerm, type Found, type ServiceSearch } from './find-services.ts';
import { createLocks, type Locks } from './locks.ts';
import type { Appointment, Attachment, Patient, Reason, Referral, Service, Slot } from './model.ts';
import { createOthers, type Others } from './others.ts';
import { populate } from './populate.ts';
import { createProviderSystems, type ProviderSystems } from './provider-systems.ts';
import { createSlotBook, type SlotBook, type SlotFilter } from './slot-book.ts';
import { SERVICES } from './services.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly clock: Clock;
  /** Number of referrals. */
  readonly size: number;
  /** By how much A016 raises a referral's version: not by 1, so that no client counts on it (section 4.5). */
  readonly bookingVersionStep: number;
}

export interface World extends Locks, ProviderSystems, Uploads, Others, AdviceWorld {
  readonly patients: readonly Patient[];
  readonly services: readonly Service[];
  readonly slots: SlotBook;

  /** A copy of the referral as it is now. Throws RangeError for an unknown UBRN. */
  referral(ubrn: string): Referral;
  /** A copy of the referral's current appointment. */
  appointmentOf(ubrn: string): Appointment | null;
  /** Free slots of a service, the earliest first. */
  freeSlots(serviceId: string, filter?: SlotFilter): readonly Slot[];
  /** The UBRNs of a named situation, in their order. Throws RangeError when there are none. */
  findScene(name: SceneName): readonly string[];
  /** The referrals themselves, for the service's own use. */
  listReferrals(): readonly Referral[];
  findReferral(ubrn: string): Referral | undefined;
  findReferralByAppointment(appointmentId: string): Referral | undefined;
  findService(serviceId: string): Service | undefined;
  findPatient(nhsNumber: string): Patient | undefined;
  book(referral: Referral, slot: Slot): Appointment;
  propose(referral: Referral, serviceId: string, why: { reason: Reason; comment: string }): Appointment;
  /** Cancels the booked appointment in e-RS; the provider's system is the caller's business. */
  cancel(referral: Referral, why: { reason: Reason; comment: string }, by: 'PATIENT' | 'PROVIDER'): void;
  leaveForLater(referral: Referral, later: ActionLater): void;
  /** Closes the review of a booked referral (A013). */
  accept(referral: Referral): void;
  /** Rejects a booked referral in e-RS (A014); the provider's system is the caller's business. */
  reject(referral: Referral, why: { reason: Reason; comment: string }): void;
  /** Records the outcome of an open review (A028). */
  recordReview(referral: Referral, record: ReviewRecord): void;
  changeShortlist(referral: Referral, change: ShortlistChange): void;
  /** Services for a patient (A010). */
  searchServices(search: ServiceSearch): readonly Found[];
  /** True for a SNOMED CT concept that this world knows. */
  isClinicalTerm(code: string): boolean;
  /** A new referral, NOT_BOOKED, in version 3 (A011). */
  create(made: NewReferral): Referral;
  /** The referrer's letters, all of them (A012). */
  replaceLetters(referral: Referral, letters: readonly Attachment[]): void;
  /** Cancels the referral, and its booked appointment: true when it had one. The PAS is the caller's business. */
  cancelReferral(referral: Referral, why: { reason: Reason; comment: string }, isElsewhere: boolean): boolean;
}

/** Builds a world that follows from the seed and the clock's present instant. */
export function createWorld(options: WorldOptions): World {
  const { clock, bookingVersionStep } = options;
  const anchorMs = clock.nowMs();
  const slots = createSlotBook(SERVICES, anchorMs, () => clock.nowMs());
  const { patients, referrals, scenes, ...counters } = populate(options.seed, options.size, anchorMs, slots);
  const { nextAppointmentId } = counters;
  const context: ChangeContext = { clock, slots, bookingVersionStep, nextAppointmentId };
  const services = new Map(SERVICES.map((service) => [service.id, service]));
  const byNhsNumber = new Map(patients.map((patient) => [patient.nhsNumber, patient]));
  const systems = createProviderSystems(referrals.values());
  const need = (ubrn: string): Referral => {
    const referral = referrals.get(ubrn);
    if (!referral) throw new RangeError('no such UBRN in the training world');
    return referral;
  };
  const advice = createAdvice({
    ...{ seed: options.seed, clock, patients, services, nextAppointmentId },
    nextAttachmentNumber: counters.nextAttachmentNumber,
    addReferral: (referral) => void referrals.set(referral.ubrn, referral),
  });
  const others = createOthers({ context, services, systems, need });
  return {
    ...createLocks(clock),
    ...systems,
    ...advice,
    ...createUploads(counters.nextAttachmentNumber),
    patients,
    services: SERVICES,
    slots,
    referral: (ubrn) => structuredClone(need(ubrn)),
    appointmentOf: (ubrn) => structuredClone(need(ubrn).appointment),
    freeSlots: (serviceId, filter) => slots.listFree(serviceId, filter),
    findScene(name) {
      const found = scenes.get(name);
      if (!found) throw new RangeError(`no referral shows ${name}`);
      return found;
    },
    ...others,
    touch: (ubrn) => (referrals.has(ubrn) ? others.touch(ubrn) : advice.touchAdvice(ubrn)),
    listReferrals: () => [...referrals.values()],
    findReferral: (ubrn) => referrals.get(ubrn),
    findReferralByAppointment: (id) => [...referrals.values()].find((one) => one.appointment?.id === id),
    findService: (serviceId) => services.get(serviceId),
    findPatient: (nhsNumber) => byNhsNumber.get(nhsNumber),
    book: (referral, slot) => bookInto(referral, slot, context),
    propose: (referral, serviceId, why) => proposeTo(referral, serviceId, why, context),
    cancel: (referral, why, by) => cancelForReason(referral, why, by, context),
    leaveForLater: (referral, later) => leaveForActionLater(referral, later, context),
    accept: (referral) => acceptAfterReview(referral, context),
    reject: (referral, why) => rejectAfterReview(referral, why, context),
    recordReview: (referral, record) => recordOutcome(referral, record, context),
    changeShortlist: (referral, change) => changeShortlist(referral, change, context),
    searchServices: (search) => findServices(search, { services: SERVICES, slots, nowMs: clock.nowMs() }),
    isClinicalTerm,
    create(made) {
      const referral = createReferral(made, counters.nextUbrn(), clock.nowMs());
      referrals.set(referral.ubrn, referral);
      return referral;
    },
    replaceLetters: (referral, letters) => replaceLetters(referral, letters, context),
    cancelReferral: (referral, why, isElsewhere) => cancelWhole(referral, why, isElsewhere, context),
  };
}
