/** Schemas of the sealed records on disk: strict, checked on every read. */
import { Type, type Static } from 'typebox';
import {
  count,
  fhirId,
  instant,
  oneOf,
  orNull,
  PRIORITIES,
  sdsUserId,
  strict,
  text,
  ubrn,
} from '../../contract/schema.ts';
import { DEFERRAL_REASONS } from '../../contract/channels/booking.ts';
import { convertAdviceIntent, requestAdviceIntent, sendAdviceIntent } from './advice-records.ts';
import { chosenReason, criteria, listedService, target, uploads } from './record-parts.ts';
import { createAndTriageIntent, createReferralIntent, maintainLetterIntent } from './refer-records.ts';
import { acceptReferralIntent, recordReviewIntent, rejectReferralIntent } from './review-records.ts';

/** Whose intent it is: it is sent only under the same four (safety.md, fact 10). */
const intentOwner = strict({
  userId: text(20),
  organisation: text(10),
  businessFunction: text(60),
  onBehalfOf: text(20),
});

const wantedSlot = strict({
  slotId: fhirId,
  start: instant,
  end: instant,
  clinicianId: orNull(sdsUserId),
  page: count,
});

const search = { commissioningOrg: text(10), priority: oneOf(PRIORITIES) };

/** A booking; the first slot is the one chosen, the others those that the patient named next. */
const bookIntent = strict({
  action: Type.Literal('book'),
  ...target,
  ...search,
  /** The clinician filter of the search that showed the slots. */
  searchedClinicianId: orNull(sdsUserId),
  slots: Type.Array(wantedSlot, { minItems: 1, maxItems: 3 }),
});

const deferIntent = strict({
  action: Type.Literal('defer'),
  ...target,
  ...search,
  reason: oneOf(DEFERRAL_REASONS),
  /** With SLOT_NOT_AVAILABLE: the slot that was refused. */
  slotId: orNull(fhirId),
  slotStart: orNull(instant),
  comment: text(1000),
});

const cancelLaterIntent = strict({
  action: Type.Literal('cancel-later'),
  ...target,
  comment: text(2000),
  /** Null: unchanged. */
  priority: orNull(oneOf(PRIORITIES)),
  /** Whether the appointment was cancelled in the provider's system; null for directly bookable services. */
  isCancelledInPas: orNull(Type.Boolean()),
  start: orNull(instant),
  uploads,
});

const cancelAppointmentIntent = strict({
  action: Type.Literal('cancel-appointment'),
  ...target,
  appointmentId: fhirId,
  /** The version of the appointment: the pin of A034. */
  appointmentVersion: count,
  reason: chosenReason,
  comment: text(2000),
  clinicianId: orNull(sdsUserId),
  start: orNull(instant),
  /** Part of a move: until another appointment is booked the referral carries a red task (screens.md section 8). */
  isMove: Type.Optional(Type.Boolean()),
});

/** An end state (A036): asked for only while there is a connection. */
const cancelReferralIntent = strict({
  action: Type.Literal('cancel-referral'),
  ...target,
  reason: chosenReason,
  comment: text(2000),
  /** The current appointment, which the call cancels too; null when there is none. */
  appointmentId: orNull(fhirId),
  start: orNull(instant),
});

/** A new shortlist (A031), in the order of preference. */
const changeShortlistIntent = strict({
  action: Type.Literal('change-shortlist'),
  ...target,
  services: Type.Array(listedService, { minItems: 1, maxItems: 20 }),
  /** What A031 carries over from the version that was seen, by `carriedOver` of that operation. */
  criteria,
  letterIntention: oneOf(['NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'] as const),
  reminderDays: count,
});

/** Sent for triage (A016 with reason TRIAGE). */
const sendForTriageIntent = strict({
  action: Type.Literal('send-for-triage'),
  ...target,
  commissioningOrg: text(10),
  priority: oneOf(PRIORITIES),
  comment: text(1000),
});

/** A file for a later write (A020); no pin, so it is never sent again by itself. */
const uploadFileIntent = strict({
  action: Type.Literal('upload-file'),
  ...target,
  /** Empty for a file of a request that e-RS does not know yet: that file is lined up by its patient. */
  ubrn: Type.Union([ubrn, Type.Literal('')]),
  saw: orNull(target.saw),
  /** What `ubrn` is the number of; absent: a referral. */
  of: Type.Optional(oneOf(['referral', 'advice', 'new-request'] as const)),
  name: text(255),
  mediaType: text(100),
  /** Base64 of at most 5 MB. */
  content: text(6_990_508),
});

/** A letter to fetch and print when there is a connection and the booking before it is proven. */
const letterIntent = strict({ action: Type.Literal('letter'), ...target });

const intent = Type.Union([
  bookIntent,
  deferIntent,
  cancelLaterIntent,
  cancelAppointmentIntent,
  cancelReferralIntent,
  changeShortlistIntent,
  sendForTriageIntent,
  uploadFileIntent,
  letterIntent,
  createReferralIntent,
  createAndTriageIntent,
  maintainLetterIntent,
  acceptReferralIntent,
  rejectReferralIntent,
  recordReviewIntent,
  sendAdviceIntent,
  convertAdviceIntent,
  requestAdviceIntent,
]);

export type * from './record-parts.ts';
export type * from './refer-records.ts';
export type * from './review-records.ts';
export type * from './advice-records.ts';

export const recordSchemas = { intent, intentOwner };

export type IntentOwner = Static<typeof intentOwner>;
export type WantedSlot = Static<typeof wantedSlot>;
export type BookIntent = Static<typeof bookIntent>;
export type DeferIntent = Static<typeof deferIntent>;
export type CancelLaterIntent = Static<typeof cancelLaterIntent>;
export type CancelAppointmentIntent = Static<typeof cancelAppointmentIntent>;
export type CancelReferralIntent = Static<typeof cancelReferralIntent>;
export type ChangeShortlistIntent = Static<typeof changeShortlistIntent>;
export type SendForTriageIntent = Static<typeof sendForTriageIntent>;
export type UploadFileIntent = Static<typeof uploadFileIntent>;
export type LetterIntent = Static<typeof letterIntent>;
export type Intent = Static<typeof intent>;

/** Those that uploads may go with. */
export type IntentWithUploads = Extract<
  Intent,
  {
    action:
      | 'cancel-later'
      | 'maintain-letter'
      | 'record-review'
      | 'send-advice'
      | 'convert-advice'
      | 'request-advice';
  }
>;
/** Those that have no UBRN before e-RS answers. */
export type CreatingIntent = Extract<Intent, { ubrn: '' }>;
