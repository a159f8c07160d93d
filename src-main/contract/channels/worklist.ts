import { Type, type Static } from 'typebox';
import {
  coded,
  day,
  instant,
  nhsNumber,
  oneOf,
  orNull,
  sdsUserId,
  serviceId,
  strict,
  text,
  ubrn,
} from '../schema.ts';

/** The six lists of A008 (contract.md section 6, A008). */
export const WORKLIST_KINDS = [
  'AWAITING_BOOKING',
  'LETTERS_OUTSTANDING',
  'REJECTED_TRIAGE_RESPONSE',
  'ASSESSMENT_RETURNED_CANCELLED_DNA',
  'APPOINTMENT_SLOT_ISSUES',
  'REFERRALS_FOR_REVIEW',
] as const;

const worklistRow = strict({
  ubrn,
  nhsNumber: orNull(nhsNumber),
  priority: coded,
  /** `SPECIALTY/CLINIC_TYPE` of referrer lists, or the service's name of provider lists. */
  context: text(200),
  /** Absent in LETTERS_OUTSTANDING; both spellings of cancelled states are one (contract.md A008). */
  status: orNull(coded),
  reason: orNull(coded),
  created: orNull(instant),
  lastUpdated: orNull(instant),
  /** The server's own contact-by date, where given. */
  contactBy: orNull(day),
  letterDue: orNull(day),
  appointmentStart: orNull(instant),
  serviceId: orNull(serviceId),
  /** APPOINTMENT or TRIAGE_DEFERRAL; the review list only. */
  referralType: orNull(coded),
  /** PRESENT, NOT_APPLICABLE, NOT_DUE, OVERDUE; APPOINTMENT_SLOT_ISSUES only. */
  clinicalInformation: orNull(coded),
  /** When the pathway started: the breach clock counts from it; null where the list does not say. */
  pathwayStart: orNull(instant),
});

/** Filters of A008; provider lists only (contract.md A008). */
const worklistFilter = strict({
  serviceId: orNull(serviceId),
  specialty: orNull(text(80)),
  /** `not-assigned`: without a named clinician. */
  clinician: Type.Union([sdsUserId, Type.Literal('not-assigned'), Type.Null()]),
});

const worklist = strict({
  kind: oneOf(WORKLIST_KINDS),
  filter: orNull(worklistFilter),
  rows: Type.Array(worklistRow, { maxItems: 20000 }),
  /** Entries of the reply that could not be read and are therefore not shown. */
  unreadable: Type.Integer({ minimum: 0 }),
  readAt: instant,
  /** True when e-RS could not be reached and these are the rows that were read at `readAt`. */
  isRemembered: Type.Boolean(),
  organisation: text(10),
  businessFunction: text(60),
});

export const requests = {
  'worklist/fetch': {
    input: strict({
      kind: oneOf(WORKLIST_KINDS),
      filter: Type.Optional(orNull(worklistFilter)),
      /** F5: asks e-RS also while the desk knows itself offline. */
      isReread: Type.Optional(Type.Boolean()),
    }),
    output: worklist,
  },
  /** The names of the specialties that a provider's list can be narrowed to (A004). */
  'worklist/read-specialties': {
    input: strict({}),
    output: strict({
      specialties: Type.Array(strict({ code: text(80), display: text(200) }), { maxItems: 1000 }),
    }),
  },
};

export const pushes = {};

export type WorklistKind = (typeof WORKLIST_KINDS)[number];
export type WorklistFilter = Static<typeof worklistFilter>;
export type WorklistRow = Static<typeof worklistRow>;
export type Worklist = Static<typeof worklist>;
