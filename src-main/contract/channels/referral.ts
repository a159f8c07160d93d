import { Type, type Static } from 'typebox';
import {
  coded,
  count,
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
import { patientDetails } from './patient.ts';

const shortlistedService = strict({
  serviceId,
  name: text(200),
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
});

const appointment = strict({
  appointmentId: orNull(text(64)),
  version: orNull(count),
  status: text(20),
  /** Set where the appointment is a deferral, a triage or a cancellation. */
  reason: orNull(coded),
  serviceId: orNull(serviceId),
  serviceName: text(200),
  clinicianId: orNull(sdsUserId),
  start: orNull(instant),
  end: orNull(instant),
  slotId: orNull(text(64)),
});

const attachment = strict({
  /** REFERRER, PROVIDER, …: who added it. */
  type: coded,
  title: text(255),
  contentType: text(100),
  bytes: orNull(count),
  availability: coded,
  description: text(400),
});

const referralView = strict({
  ubrn,
  version: count,
  nhsNumber,
  state: orNull(strict({ code: text(80), display: text(200), reason: orNull(coded), comments: text(2000) })),
  /** `active`, `cancelled` or `completed`. */
  status: text(20),
  priority: coded,
  specialty: orNull(coded),
  shortlist: Type.Array(shortlistedService, { maxItems: 20 }),
  commissioningOrg: orNull(text(10)),
  appointment: orNull(appointment),
  attachments: Type.Array(attachment, { maxItems: 200 }),
  /** ADVOCACY, INTERPRETER, TRANSPORT (hazard 14). */
  additionalRequirements: Type.Array(coded, { maxItems: 3 }),
  related: Type.Array(ubrn, { maxItems: 50 }),
  patient: orNull(patientDetails),
  /** Why there are no patient details, when there are none. */
  patientProblem: orNull(oneOf(['not-found', 'unavailable', 'restricted', 'different-number'])),
  /** Actions that A029 lists; null when it could not be asked. */
  actions: orNull(Type.Array(coded, { maxItems: 20 })),
  /**
   * What each action of the desk may do now, decided by main, with the reason when not. Of them all: `role-…` (the
   * role may never), `patient-sensitive`, `patient-differs`, `referral-not-active`, `action-not-offered` (A029), and
   * `patient-deceased` of those that arrange something new. Not in this dialect: `not-in-dialect`. A034 and A036 of a
   * remembered referral: `ring-back-instead`; A031 and triage: `needs-connection`. A022: `not-booked`,
   * `not-on-review-list`, `triage-item`, `appointment-past`, `no-clinical-information`. A034: `not-booked`,
   * `indirectly-bookable`. A031, triage: `actions-not-known`, `state-not-bookable`, `already-booked`,
   * `no-triage-service`, `no-commissioning-organisation`. A013, A014: as A022. A028: `no-review-open`,
   * `no-clinical-information`, `needs-connection`.
   */
  canBook: orNull(text(60)),
  canReadLetter: orNull(text(60)),
  canCancelLater: orNull(text(60)),
  canCancelAppointment: orNull(text(60)),
  canCancelReferral: orNull(text(60)),
  canChangeShortlist: orNull(text(60)),
  canSendForTriage: orNull(text(60)),
  canAccept: orNull(text(60)),
  canReject: orNull(text(60)),
  canRecordReview: orNull(text(60)),
  canMaintainLetter: orNull(text(60)),
  readAt: instant,
  /** True when e-RS could not be reached and this is the referral as it was at `readAt`. */
  isRemembered: Type.Boolean(),
  history: Type.Array(strict({ at: instant, what: text(80), code: text(60) }), { maxItems: 100 }),
});

const findResult = Type.Union([
  strict({ kind: Type.Literal('ubrn'), ubrn }),
  strict({ kind: Type.Literal('in-lists'), nhsNumber, ubrns: Type.Array(ubrn, { maxItems: 50 }) }),
]);

export const requests = {
  /** Reads what was typed or scanned: a UBRN, or an NHS number of a row in a list read this session. */
  'referral/find': { input: strict({ text: text(60) }), output: findResult },
  /**
   * Opens a referral. From a list read in this session the UBRN is enough; typed or scanned it needs the
   * second identifier: last four of the NHS number, or date of birth ddmmyyyy (hazard 1).
   */
  'referral/open': {
    input: strict({ ubrn, secondIdentifier: orNull(text(20)) }),
    output: referralView,
  },
  /** Reads an open referral again from e-RS. */
  'referral/reread': { input: strict({ ubrn }), output: referralView },
  'referral/close': { input: strict({ ubrn }), output: strict({}) },
};

export const pushes = {};

export type ShortlistedService = Static<typeof shortlistedService>;
export type AppointmentView = Static<typeof appointment>;
export type AttachmentView = Static<typeof attachment>;
export type ReferralView = Static<typeof referralView>;
export type FindResult = Static<typeof findResult>;
