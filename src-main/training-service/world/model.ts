/** What the training world is made of. One state serves both dialects; framing is the wire's business. */
export type Priority = 'ROUTINE' | 'URGENT' | 'TWO_WEEK_WAIT';

/** The states of contract.md section 9, in the spelling of A005. */
export const REFERRAL_STATES = [
  'NOT_BOOKED',
  'BOOKED',
  'DEFERRED_TO_PROVIDER',
  'AWAITING_TRIAGE',
  'TRIAGED_PROVIDER_TO_ACTION',
  'TRIAGE_RESPONSE',
  'REJECTED',
  'APPT_CANCELLED_BY_PATIENT',
  'APPT_CANCELLED_BY_PROVIDER',
  'DID_NOT_ATTEND',
  'ASSESSMENT_RESULT',
  'CANCELLED_REFERRAL',
] as const;

export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Names of the code systems that a reason may come from; those in capitals are server-relative (section 4.2). */
export type ReasonSet =
  | 'eRS-ReviewReason-1'
  | 'eRS-ReviewOutcome-1'
  | 'eRS-AssessmentOutcome-1'
  | 'APPOINTMENT-CANCELLATION-REASON'
  | 'APPOINTMENT-NON-ATTENDANCE-REASON'
  | 'REFERRAL-CANCELLATION-REASON';

export interface Reason {
  readonly set: ReasonSet;
  readonly code: string;
  readonly display?: string;
}

/**
 * How a patient's record may be used: a `sensitive` (S-flagged) or `deceased` patient can be read but not booked,
 * an `unusable` record refuses reading too, a `missing` one is unknown to PDS only.
 */
export type PatientRecordKind = 'normal' | 'sensitive' | 'deceased' | 'unusable' | 'missing';

export interface Patient {
  /** The name by which a scene finds a special patient; empty for the rest. */
  readonly key: string;
  readonly nhsNumber: string;
  readonly prefix: string;
  readonly given: readonly string[];
  readonly family: string;
  readonly gender: 'male' | 'female';
  readonly birthDate: string;
  /** Lines of the address, the postcode last. */
  readonly address: readonly string[];
  readonly phone: string;
  readonly gpPractice: string;
  readonly record: PatientRecordKind;
  readonly deathDate: string | null;
  readonly language: { readonly code: string; readonly display: string } | null;
  readonly needsInterpreter: boolean;
  readonly writtenFormat: { readonly code: string; readonly display: string } | null;
}

/** What services are searched by; null leaves a criterion out (contract.md A010). */
export interface SearchTerms {
  readonly priority: Priority;
  readonly specialty: string | null;
  readonly clinicType: string | null;
  readonly clinicalTerm: string | null;
  readonly namedClinician: string | null;
  /** Code of an organisation or of a site. */
  readonly organisation: string | null;
  readonly postcode: string | null;
  /** Miles. */
  readonly distanceLimit: number | null;
  /** Days. */
  readonly waitLimit: number | null;
  readonly isForAgeAndGender: boolean;
}

/** Slots of one schedule: a lane runs beside the others of its service. */
export interface Lane {
  readonly scheduleId: string;
  /** The clinician in the schedule's actors; the schedule's id may say otherwise (contract.md section 16). */
  readonly clinicianId: string | null;
}

export interface SlotPlan {
  readonly lanes: readonly Lane[];
  readonly weeks: number;
  /** Slots a day over all lanes, or, with `total`, as many as make the total. */
  readonly slotsPerDay: number;
  readonly total?: number;
  readonly minutes: number;
  /** Days of the next two clock changes, weekends included. */
  readonly hasClockChangeWeeks?: boolean;
  /** Slots in the two hours around the change itself. */
  readonly hasNightSlots?: boolean;
  /** A five-minute slot at 07:00 that nobody is to attend. */
  readonly hasDummySlots?: boolean;
  /** Every n-th slot is kept for urgent and two-week-wait referrals. */
  readonly urgentEvery?: number;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly kind: 'directly-bookable' | 'indirectly-bookable' | 'triage';
  readonly organisation: string;
  readonly site: string;
  readonly siteName: string;
  readonly address: readonly string[];
  readonly specialty: string;
  readonly clinicType: string;
  readonly slots: SlotPlan | null;
  readonly isWithdrawn: boolean;
  /** Referring organisations that may see and book it. */
  readonly commissionedFor: readonly string[];
  /** Users of the provider's workgroup see its referrals. */
  readonly workgroup: readonly string[];
  readonly instructions: string;
  readonly hours: string;
  readonly patientPhone: string;
  /** Takes requests for advice and guidance, too. */
  readonly takesAdvice: boolean;
  /** A referral to it must have a letter. */
  readonly isLetterRequired: boolean;
  /** A033 answers with the least that the contract allows. */
  readonly isMinimal: boolean;
}

export interface Slot {
  readonly id: string;
  readonly serviceId: string;
  readonly scheduleId: string;
  readonly clinicianId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly isForUrgent: boolean;
  readonly isDummy: boolean;
}

export interface Appointment {
  readonly id: string;
  version: number;
  status: 'booked' | 'proposed' | 'cancelled' | 'noshow';
  reason: Reason | null;
  comment: string;
  readonly serviceId: string;
  readonly clinicianId: string | null;
  slotId: string | null;
  startMs: number | null;
  endMs: number | null;
  readonly createdMs: number;
}

export interface Attachment {
  /** The number in `DocumentReference-n`. */
  readonly number: string;
  readonly uuid: string;
  readonly type: 'REFERRER' | 'PROVIDER' | 'ADVICE_REQUEST' | 'GUIDANCE_RESPONSE';
  readonly title: string;
  readonly description: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly indexedMs: number;
  readonly availability: 'AVAILABLE' | 'PENDING' | 'THREATS_FOUND' | 'VALIDATION_FAILED';
  /** Who attached it, where that is not the referrer. */
  readonly attachedBy?: { readonly userId: string; readonly organisation: string };
}

export interface Referral {
  readonly ubrn: string;
  version: number;
  /** A UBRN may also name an advice and guidance request or a draft: A005 refuses those. */
  readonly kind: 'referral' | 'advice' | 'draft';
  /** False for an onward referral, which A016 refuses. */
  readonly isInitial: boolean;
  state: ReferralState;
  stateReason: Reason | null;
  stateComments: string;
  readonly nhsNumber: string;
  priority: Priority;
  readonly specialty: string;
  readonly clinicType: string;
  shortlist: readonly string[];
  readonly commissioningOrg: string;
  readonly referringOrg: string;
  readonly referrerId: string;
  readonly createdMs: number;
  updatedMs: number;
  readonly requestId: string;
  /** When the pathway began, where the referrer said so; else it began when the referral was made. */
  readonly pathwayStartMs?: number;
  /** What its services were searched by, where it was made here; the rest have criteria made up. */
  readonly searchTerms?: SearchTerms;
  appointment: Appointment | null;
  /** Day by which the referral letter is due; null when none is to come. */
  letterDue: string | null;
  clinicalInfoMs: number | null;
  isReviewPending: boolean;
  requirements: readonly ('INTERPRETER' | 'TRANSPORT' | 'ADVOCACY')[];
  readonly related: readonly string[];
  attachments: readonly Attachment[];
  /** The portal code on the patient's letter; null when the patient has none. */
  readonly accessCode: string | null;
  /** Cancelled by somebody outside the referring organisation. */
  isCancelledElsewhere: boolean;
}

/** What a provider's system holds, which may differ from e-RS after a silence. */
export interface PasAppointment {
  readonly serviceId: string;
  readonly slotId: string | null;
  readonly ubrn: string;
  readonly startMs: number;
}

/** How a provider's system answers a booking or a cancellation (contract.md section 14.3). */
export type PasBehaviour =
  | { readonly kind: 'ok' }
  /**
   * The slot is gone in the PAS: 502 on the platform, UNABLE_TO_CONFIRM_APPOINTMENT in the spine dialect. To a
   * cancellation: the PAS holds no such appointment any more, 422 UNABLE_TO_CANCEL_APPOINTMENT.
   */
  | { readonly kind: 'gone' }
  /** 502; the slot of a booking is taken afterwards unless `slotAfter` says it stays free. */
  | { readonly kind: 'error'; readonly slotAfter?: 'taken' | 'free' }
  /** 422 UNABLE_TO_CONFIRM_APPOINTMENT, or UNABLE_TO_CANCEL_APPOINTMENT with the appointment standing in the PAS. */
  | { readonly kind: 'unconfirmed'; readonly slotAfter?: 'taken' | 'free' }
  /**
   * 504 after the delay, with either truth on either side: whether the appointment stands there afterwards. A booking
   * took effect where it stands, a cancellation where it does not.
   */
  | { readonly kind: 'silence'; readonly bookedInErs: boolean; readonly bookedInPas: boolean };
