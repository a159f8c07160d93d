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
  /** The list of what is to be reviewed names it (while it is booked). */
  isReviewPending: boolean;
  /** The provider's last rejection, until it is booked again. */
  rejected: { readonly reason: string; readonly comment: string } | null;
  /** The letters of the referrer. */
  letters: readonly LetterTruth[];
  /** Of a request for advice: what was written so far. */
  messages: readonly MessageTruth[];
  /** Of a request for advice: the referral that was made of it, under the same UBRN. */
  converted: { readonly comment: string } | null;
}

export interface LetterTruth {
  readonly documentId: string;
  readonly name: string;
  readonly description: string;
}

export interface MessageTruth {
  readonly id: string;
  readonly isOfProvider: boolean;
  readonly text: string;
}

/** A referral, or a request for advice, that somebody made for a patient. */
export interface MadeTruth {
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly services: readonly string[];
  /** When its pathway starts, as it was sent; null where nobody said. */
  readonly pathwayStart: string | null;
  readonly text: string;
  /** The id of the intent that made it; null: another desk did. */
  readonly madeBy: string | null;
  /** The list of what awaits booking names it. */
  isListed: boolean;
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
export const REVIEW_OUTCOMES = ['ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'] as const;
export const CONVERTED = 'PROVIDER_CONVERTED_ADVICE_AND_GUIDANCE_ADMIN_TO_REFER';
const OUTCOMES: readonly string[] = [...REVIEW_OUTCOMES, ACTION_LATER, CONVERTED];

/** What the clerk saw is not looked at by any rule of the protocol. */
export const SEEN = {
  state: '',
  priority: '',
  shortlist: '',
  appointmentStatus: '',
  appointmentStart: null,
  appointmentService: '',
  readAt: '2027-01-01T09:00:00Z',
};

const NO_FILES: readonly FileTruth[] = [];
const NO_LETTERS: readonly LetterTruth[] = [];
const NO_MESSAGES: readonly MessageTruth[] = [];

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
    isReviewPending: false,
    rejected: null,
    letters: NO_LETTERS,
    messages: NO_MESSAGES,
    converted: null,
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
  referral.isReviewPending = status === 'booked';
  referral.rejected = null;
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

const UPLOADED = { code: 'PROVIDER', display: '' };
const LETTER = { code: 'REFERRER', display: '' };
const toAttachment = ({ documentId, name, description }: LetterTruth) => ({
  id: documentId,
  title: name,
  description,
  url: `Binary/${documentId}`,
  bytes: 1,
  type: LETTER,
});

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
    state: isSpine ? null : stateOf(truth),
    priority: NOTHING,
    specialty: null,
    shortlist: truth.shortlist.map((serviceId) => ({ serviceId, name: '' })),
    commissioningOrg: null,
    appointment: appointment === null ? null : readAppointment(truth, appointment, isSpine),
    appointmentId: appointment === null || isSpine ? null : appointment.id,
    attachments: [
      ...shown.map(({ id, name, bytes }) => ({
        id,
        title: name,
        bytes,
        url: `Binary/${id}`,
        type: UPLOADED,
      })),
      ...truth.letters.map(toAttachment),
    ],
    additionalRequirements: [],
    relatedReferrals: [],
    pathwayStart: null,
  } as unknown as Referral;
}

const BOOKED = { code: 'BOOKED', display: '', reason: null, comments: '' } as const;
const NOT_BOOKED = { code: 'NOT_BOOKED', display: '', reason: null, comments: '' } as const;

/** The state as the platform shows it. */
function stateOf({ cancelled, rejected, appointment }: ReferralTruth): Referral['state'] {
  if (cancelled !== null) return toState('CANCELLED_REFERRAL', cancelled.reason, cancelled.comment);
  if (rejected !== null) return toState('REJECTED', rejected.reason, rejected.comment);
  if (appointment?.status === 'booked') return BOOKED;
  if (appointment?.status !== 'proposed') return NOT_BOOKED;
  return toState('TRIAGED_PROVIDER_TO_ACTION', appointment.reason ?? '', appointment.comment);
}

const toState = (code: string, reason: string, comments: string): Referral['state'] => ({
  code,
  display: '',
  reason: { code: reason, display: '' },
  comments,
});

const OUTCOME_SYSTEM = 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1';
const systemOf = (reason: string) => (OUTCOMES.includes(reason) ? OUTCOME_SYSTEM : '');

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
    reason:
      truth.reason === null ? null : { system: systemOf(truth.reason), code: truth.reason, display: '' },
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
