/** What is true at the service and at the provider's system, whatever anybody believes. */
import type { AppointmentRecord, Referral } from '../../../src-main/ers/model.ts';

export interface SlotTruth {
  readonly id: string;
  readonly serviceId: string;
  start: string;
  end: string;
  readonly clinicianId: string | null;
  /** The referral that holds it, or `other` for a patient of another story; null while it is free. */
  holder: ReferralTruth | 'other' | null;
}

export interface AppointmentTruth {
  readonly id: string;
  version: number;
  status: 'booked' | 'proposed' | 'cancelled';
  reason: string | null;
  comment: string;
  readonly serviceId: string;
  /** Its times are kept as they were: a slot may move. */
  readonly slot: SlotTruth | null;
  readonly start: string | null;
  readonly end: string | null;
}

/** A file that e-RS holds for a referral; nobody sees it there before it is linked, or before e-RS shows what is not. */
export interface FileTruth {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly isLinked: boolean;
}

export interface ReferralTruth {
  readonly ubrn: string;
  nhsNumber: string;
  version: number;
  appointment: AppointmentTruth | null;
  /** The appointment before this one: A038 still answers for it. */
  previous: AppointmentTruth | null;
  appointmentsMade: number;
  /** Somebody has it open for editing in the web application. */
  lockedUntilMs: number;
  /** The provider's system holds an appointment, whatever e-RS says. */
  isInPas: boolean;
  /** An end state, and what was said with it. */
  cancelled: { readonly reason: string; readonly comment: string } | null;
  /** The services, in the order of preference. */
  shortlist: readonly string[];
  files: readonly FileTruth[];
}

export const SERVICE = '5100001';
export const OTHER_PATIENT = '9999999999';
export const OTHER_SERVICE = '5100002';
/** What a list may be; the first is where every referral begins. */
export const SHORTLISTS: readonly (readonly string[])[] = [
  [SERVICE, OTHER_SERVICE],
  [OTHER_SERVICE, SERVICE],
  [SERVICE],
  [SERVICE, OTHER_SERVICE, '5100003'],
];
export const FILE_NAME = 'letter.txt';
export const FILE_BYTES = 24_000;
export const TRIAGE = 'TRIAGE';

export const COMMENT = 'Please ring the patient';
export const OTHER_COMMENT = 'Letter sent instead';
export const CANCEL_REASON = 'PATIENT_ILL';
export const OTHER_CANCEL_REASON = 'PATIENT_HOLIDAY';
export const ACTION_LATER = 'CANCEL_APPOINTMENT_ACTION_LATER';

const NO_FILES: readonly FileTruth[] = [];

export function newReferral(ubrn: string, nhsNumber: string, version: number): ReferralTruth {
  return {
    ubrn,
    nhsNumber,
    version,
    appointment: null,
    previous: null,
    appointmentsMade: 0,
    lockedUntilMs: -1,
    isInPas: false,
    cancelled: null,
    shortlist: SHORTLISTS[0] ?? [],
    files: NO_FILES,
  };
}

/** Puts a new appointment in the place of the last one; its slot, if any, is taken. */
export function giveAppointment(
  referral: ReferralTruth,
  status: 'booked' | 'proposed',
  serviceId: string,
  slot: SlotTruth | null,
  reason: string | null,
): void {
  releaseSlotOf(referral);
  referral.previous = referral.appointment;
  referral.appointmentsMade += 1;
  referral.appointment = {
    id: `${referral.ubrn}-${referral.appointmentsMade}`,
    version: referral.appointmentsMade - 1,
    status,
    reason,
    comment: '',
    serviceId,
    slot,
    start: slot?.start ?? null,
    end: slot?.end ?? null,
  };
  if (slot !== null) slot.holder = referral;
}

export function releaseSlotOf(referral: ReferralTruth): void {
  const slot = referral.appointment?.slot ?? null;
  if (slot !== null && slot.holder === referral) slot.holder = null;
}

const NOTHING = { code: 'ROUTINE', display: 'Routine', system: '' };

/**
 * The referral as A005 gives it; the spine dialect hides the state, the appointment's id and some of its parts. Of the
 * files those are shown that are linked, or all where this e-RS does so.
 */
export function readReferral(truth: ReferralTruth, isSpine: boolean, showsAllFiles = false): Referral {
  const { appointment, cancelled, files } = truth;
  const shown = files.length === 0 || showsAllFiles ? files : files.filter(({ isLinked }) => isLinked);
  return {
    ubrn: truth.ubrn,
    version: truth.version,
    status: cancelled === null ? 'active' : 'cancelled',
    nhsNumber: truth.nhsNumber,
    state: isSpine || cancelled === null ? null : stateOf(cancelled),
    priority: NOTHING,
    specialty: null,
    shortlist: truth.shortlist.map((serviceId) => ({ serviceId, name: '' })),
    commissioningOrg: null,
    appointment: appointment === null ? null : readAppointment(truth, appointment, isSpine),
    appointmentId: appointment === null || isSpine ? null : appointment.id,
    attachments: shown.map(({ id, name, bytes }) => ({ id, title: name, bytes, url: `Binary/${id}` })),
    additionalRequirements: [],
    relatedReferrals: [],
    pathwayStart: null,
  } as unknown as Referral;
}

const stateOf = ({ reason, comment }: { readonly reason: string; readonly comment: string }) => ({
  code: 'CANCELLED_REFERRAL',
  display: '',
  reason: { system: '', code: reason, display: '' },
  comments: comment,
});

/** The appointment as A038 gives it, or as the spine dialect contains it in the referral. */
export function readAppointment(
  referral: ReferralTruth,
  truth: AppointmentTruth,
  isContained: boolean,
): AppointmentRecord {
  const isShownCancelled = isContained && truth.reason === ACTION_LATER;
  return {
    id: isContained ? null : truth.id,
    version: isContained ? null : truth.version,
    status: isShownCancelled ? 'cancelled' : truth.status,
    reason: truth.reason === null ? null : { system: '', code: truth.reason, display: '' },
    comment: truth.comment,
    serviceId: truth.serviceId,
    serviceName: '',
    nhsNumber: referral.nhsNumber,
    clinicianId: truth.slot?.clinicianId ?? null,
    start: truth.start,
    end: truth.end,
    slotId: truth.slot?.id ?? null,
    created: null,
    referral: { ubrn: referral.ubrn, version: referral.version },
  } as unknown as AppointmentRecord;
}
