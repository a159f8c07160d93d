/** The app's own types for what e-RS says. Made by the operations' readers only; codes survive as they came. */
import type { Coded } from '../contract/schema.ts';
import type {
  AppointmentId,
  NhsNumber,
  OdsCode,
  SdsUserId,
  ServiceId,
  SlotId,
  Ubrn,
} from '../contract/identifiers.ts';

export interface ShortlistEntry {
  readonly serviceId: ServiceId;
  readonly name: string;
}

/** An appointment as A016, A038 or a referral's contained one states it. Instants are UTC ISO texts. */
export interface AppointmentRecord {
  /** Null inside a referral, where the id is the literal `appointment` (contract.md section 16). */
  readonly id: AppointmentId | null;
  readonly version: number | null;
  readonly status: string;
  /** System matters: ReviewReason, ReviewOutcome and cancellation codes share the field (contract.md A038). */
  readonly reason: { readonly system: string; readonly code: string; readonly display: string } | null;
  readonly comment: string;
  readonly serviceId: ServiceId | null;
  readonly serviceName: string;
  readonly nhsNumber: NhsNumber | null;
  readonly clinicianId: SdsUserId | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly slotId: SlotId | null;
  readonly created: string | null;
  readonly referral: { readonly ubrn: Ubrn; readonly version: number } | null;
}

export interface AttachmentRecord {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly contentType: string;
  readonly url: string;
  readonly bytes: number | null;
  readonly availability: Coded;
  readonly type: Coded;
}

/** A referral as A005 states it. */
export interface Referral {
  readonly ubrn: Ubrn;
  readonly version: number;
  readonly status: string;
  readonly nhsNumber: NhsNumber;
  /** Null in the spine dialect, which does not put the state on the wire. */
  readonly state: {
    readonly code: string;
    readonly display: string;
    readonly reason: Coded | null;
    readonly comments: string;
  } | null;
  readonly priority: Coded;
  readonly specialty: Coded | null;
  readonly shortlist: readonly ShortlistEntry[];
  readonly commissioningOrg: OdsCode | null;
  readonly appointment: AppointmentRecord | null;
  /** The real id, for A034 and A038; absent in the spine dialect. */
  readonly appointmentId: AppointmentId | null;
  readonly attachments: readonly AttachmentRecord[];
  readonly additionalRequirements: readonly Coded[];
  readonly relatedReferrals: readonly Ubrn[];
  readonly pathwayStart: string | null;
  /** What the services were searched by, to be sent back as it came (A031). Absent: not known, as in old records. */
  readonly searchCriteria?: SearchCriteria | null;
  /** When clinical information was first there; null when there is none yet. Absent: not known. */
  readonly clinicalInfoSince?: string | null;
}

/** The contained `serviceSearchCriteria` of a referral: its parameters, opaque (contract.md A005). */
export type SearchCriteria = readonly Readonly<Record<string, unknown>>[];

/** An A036 that succeeded: the referral, and the appointment when the call cancelled one. */
export interface CancelledReferral {
  readonly referral: Referral;
  readonly appointment: AppointmentRecord | null;
}

/** A file of a referral, or a document made of it. */
export interface FileReply {
  readonly bytes: Uint8Array;
  /** As the service said it, in lower case, without parameters; what the bytes are they alone prove. */
  readonly contentType: string;
  /** From Content-Disposition, sanitised; empty when there is none. */
  readonly fileName: string;
}

/** One entry of A008, whatever the list; fields that a list does not have are null or empty. */
export interface WorklistEntry {
  readonly ubrn: Ubrn;
  readonly nhsNumber: NhsNumber | null;
  readonly priority: Coded;
  readonly context: string;
  /** Cancelled states in A005's spelling (`APPT_…`). */
  readonly status: Coded | null;
  readonly reason: Coded | null;
  readonly created: string | null;
  readonly lastUpdated: string | null;
  readonly contactBy: string | null;
  readonly letterDue: string | null;
  readonly appointmentStart: string | null;
  readonly serviceId: ServiceId | null;
  readonly version: number | null;
  /** APPOINTMENT or TRIAGE_DEFERRAL; the review list only, and absent from it in some samples (contract.md A008). */
  readonly referralType: Coded | null;
  /** PRESENT, NOT_APPLICABLE, NOT_DUE or OVERDUE; APPOINTMENT_SLOT_ISSUES only. */
  readonly clinicalInformation: Coded | null;
  /** Provider lists only; null where the list does not say. */
  readonly pathwayStart: string | null;
}

export interface WorklistReply {
  readonly entries: readonly WorklistEntry[];
  /** Entries that could not be read. */
  readonly unreadable: number;
}

export interface FreeSlot {
  readonly id: SlotId;
  readonly start: string;
  readonly end: string;
  /** From the schedule's actor, never from its id (contract.md section 16). */
  readonly clinicianId: SdsUserId | null;
  readonly serviceId: ServiceId | null;
}

export interface SlotsReply {
  readonly slots: readonly FreeSlot[];
  /** Slots without readable times, or with an end before the start. */
  readonly unreadable: number;
  readonly total: number;
  readonly hasNext: boolean;
}

/** A service as A033 or A035 states it. */
export interface ServiceRecord {
  readonly id: ServiceId;
  readonly name: string;
  readonly bookable: 'directly' | 'indirectly' | 'triage' | 'unknown';
  readonly site: string | null;
  readonly instructions: string;
  readonly hours: string;
  readonly patientPhone: string | null;
  /** False for a service that was withdrawn; absent in what was remembered before this was read. */
  readonly isActive?: boolean;
  /** Absent in what was remembered before these were read. */
  readonly version?: number | null;
  /** Every way to reach the service, and for whom it is: PATINF for patients, HEALTHCARE_PROFESSIONALS for staff. */
  readonly contacts?: readonly ServiceContact[];
  /** Kinds of appointment, e.g. DAY_CASE. */
  readonly types?: readonly Coded[];
  /** Flow and bookable types, with the service's own words. */
  readonly characteristics?: readonly Coded[];
}

/** A service that A010 found: its summary, and what the search says of it. */
export interface FoundService {
  readonly id: ServiceId;
  readonly name: string;
  readonly bookable: 'directly' | 'indirectly' | 'triage' | 'unknown';
  /** APPOINTMENT_REQUEST, TRIAGE_REQUEST, ADVICE_AND_GUIDANCE_REQUEST: one or two. */
  readonly flows: readonly string[];
  readonly specialty: Coded | null;
  readonly gender: Coded | null;
  readonly appointmentTypes: readonly Coded[];
  readonly isLetterRequired: boolean;
  readonly location: { readonly code: string; readonly name: string };
  /** In miles from the postcode searched by; null when the search does not say. */
  readonly distance: number | null;
  /** The indicative wait: days, or a code such as LIMITED_AVAILABILITY; null when the search does not say. */
  readonly wait: { readonly days: number | null; readonly code: string } | null;
  readonly isProminent: boolean;
  readonly isRestricted: boolean;
  readonly isUnaccredited: boolean;
  /** What the service tells referrers; empty when it says nothing. */
  readonly alert: string;
  readonly exclusions: string;
  readonly conditionsTreated: string;
  readonly suggestedInvestigations: string;
}

export interface ServicesFound {
  readonly services: readonly FoundService[];
  /** Entries that could not be read. */
  readonly unreadable: number;
}

export interface ServiceContact {
  readonly purpose: Coded | null;
  /** `phone`, `email`, … */
  readonly system: string;
  readonly value: string;
}

/** A role that the user holds (A030, or a permission of A001). */
export interface RoleGrant {
  readonly businessFunction: string;
  readonly organisation: OdsCode;
  readonly organisationName: string | null;
}

/** A professional session of the spine dialect (A001, A002). */
export interface ProfessionalSession {
  readonly sessionKey: string;
  readonly token: string;
  readonly userId: string;
  readonly userName: string;
  readonly permissions: readonly RoleGrant[];
  readonly selected: RoleGrant | null;
  /**
   * The clinicians among whom a clinician's admin must choose by a further A002; empty when there is nothing to
   * choose. Absent: not known.
   */
  readonly clinicians?: readonly SdsUserId[];
}

export interface ReferenceConcept {
  readonly code: string;
  readonly display: string;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  /** Every other property, by code; repeating ones have several values. */
  readonly properties: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

/** A reference set of A004. `url` is the system to send back. */
export interface ReferenceSet {
  readonly id: string;
  readonly url: string;
  readonly concepts: readonly ReferenceConcept[];
}

export interface LetterFile {
  readonly pdf: Uint8Array;
  /** From Content-Disposition, sanitised; empty when there is none. */
  readonly fileName: string;
}
