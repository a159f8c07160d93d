/** Turns a draft into a referral that is consistent with its state (contract.md section 9, and A038's shapes). */
import { addDays, fromLondon, londonDate } from '../../contract/london-time.ts';
import { DOCX_TYPE, makeFile } from '../files/make-file.ts';
import { createRandom, type Random } from '../random.ts';
import type { Draft } from './drafts.ts';
import type { Appointment, Attachment, Patient, Priority, Reason, Referral, Service } from './model.ts';
import type { SlotBook } from './slot-book.ts';
import { MAIN_USER_ID, REFERRING_CLINICIANS } from './staff.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface Builder {
  readonly random: Random;
  readonly anchorMs: number;
  readonly slots: SlotBook;
  readonly services: ReadonlyMap<string, Service>;
  nextAppointmentId(): string;
  nextAttachmentNumber(): string;
}

const review = (code: string): Reason => ({ set: 'eRS-ReviewReason-1', code });
const outcome = (code: string, display: string): Reason => ({ set: 'eRS-ReviewOutcome-1', code, display });
const cancellation = (code: string, display: string): Reason => ({
  set: 'APPOINTMENT-CANCELLATION-REASON',
  code,
  display,
});

/** The reason and comment of each state; null for the states that have none. */
function chooseReason(draft: Draft, random: Random): { reason: Reason; comment: string } | null {
  switch (draft.state) {
    case 'NOT_BOOKED':
    case 'BOOKED':
      return null;
    case 'DEFERRED_TO_PROVIDER':
      return { reason: review('NO_SLOTS_AT_SERVICE'), comment: 'No slots on offer when we looked' };
    case 'AWAITING_TRIAGE':
      return { reason: review('TRIAGE'), comment: '' };
    case 'TRIAGED_PROVIDER_TO_ACTION':
      return random.isHit(0.5)
        ? {
            reason: outcome('ACCEPT_REFER_BOOK_LATER', 'Accept/Refer and Book Later'),
            comment: 'Accepted, to be booked by the clinic',
          }
        : {
            reason: outcome('CANCEL_APPOINTMENT_ACTION_LATER', 'Cancel Appointment Action Later'),
            comment: 'Please rebook with the nurse-led clinic',
          };
    case 'TRIAGE_RESPONSE':
      return {
        reason: outcome('RETURN_TO_REFERRER_WITH_ADVICE', 'Return to Referrer With Advice'),
        comment: 'Please try the suggested treatment for six weeks first',
      };
    case 'REJECTED':
      return {
        reason: cancellation('FURTHER_INFORMATION_REQUIRED', 'Further information required'),
        comment: 'Recent blood results are needed',
      };
    case 'APPT_CANCELLED_BY_PATIENT':
      return { reason: cancellation('PATIENT_HOLIDAY', 'Patient on holiday'), comment: '' };
    case 'APPT_CANCELLED_BY_PROVIDER':
      return { reason: cancellation('CLINIC_CANCELLED', 'Clinic cancelled'), comment: '' };
    case 'DID_NOT_ATTEND':
      return {
        reason: {
          set: 'APPOINTMENT-NON-ATTENDANCE-REASON',
          code: 'PATIENT_FORGOT',
          display: 'Patient forgot about appointment',
        },
        comment: '',
      };
    case 'ASSESSMENT_RESULT':
      return {
        reason: { set: 'eRS-AssessmentOutcome-1', code: 'ADVISE_REFERRER', display: 'Advise referrer' },
        comment: 'Assessment complete, advice to follow',
      };
    case 'CANCELLED_REFERRAL':
      return {
        reason: {
          set: 'REFERRAL-CANCELLATION-REASON',
          code: draft.isCancelledElsewhere ? 'BOOKED_OUTSIDE_CAB' : 'TREATMENT_NO_LONGER_REQUIRED',
          display: draft.isCancelledElsewhere
            ? 'Patient booked outside NHS e-Referral Service'
            : 'Referral no longer needed',
        },
        comment: '',
      };
  }
}

interface Times {
  readonly slotId: string | null;
  readonly clinicianId: string | null;
  readonly startMs: number;
  readonly endMs: number;
}

function chooseTimes(draft: Draft, service: Service, builder: Builder): Times {
  const { random, anchorMs, slots } = builder;
  const isPast = draft.isPast === true || draft.state === 'DID_NOT_ATTEND';
  if (isPast || service.kind !== 'directly-bookable') {
    const days = isPast ? -7 - random.int(40) : 10 + random.int(60);
    const startMs = fromLondon(addDays(londonDate(anchorMs), days), 10, 10);
    // An indirectly booked appointment ends when it starts and has no slot (contract.md section 4.3).
    const isIndirect = service.kind !== 'directly-bookable';
    return {
      slotId: isIndirect ? null : `${service.id}9${String(random.int(10_000)).padStart(4, '0')}`,
      clinicianId: null,
      startMs,
      endMs: isIndirect ? startMs : startMs + 30 * MINUTE,
    };
  }
  const slot = random.pick(
    slots.listFree(service.id, { priority: draft.priority ?? 'ROUTINE' }).filter((one) => !one.isDummy),
  );
  slots.take(slot.id);
  return { slotId: slot.id, clinicianId: slot.clinicianId, startMs: slot.startMs, endMs: slot.endMs };
}

function buildAppointment(draft: Draft, builder: Builder, createdMs: number): Appointment | null {
  const service = builder.services.get(draft.shortlist[0] ?? '');
  const hasNone = draft.state === 'NOT_BOOKED' || draft.state === 'ASSESSMENT_RESULT';
  if (!service || hasNone || (draft.state === 'CANCELLED_REFERRAL' && builder.random.isHit(0.5))) return null;
  const why = chooseReason(draft, builder.random);
  const isTimed = draft.state === 'BOOKED' || draft.state === 'DID_NOT_ATTEND';
  const isProposed = why?.reason.set === 'eRS-ReviewReason-1' || why?.reason.set === 'eRS-ReviewOutcome-1';
  const times = isTimed ? chooseTimes(draft, service, builder) : null;
  return {
    id: builder.nextAppointmentId(),
    version: isProposed ? 1 : 0,
    status: draft.state === 'BOOKED' ? 'booked' : isProposed ? 'proposed' : isTimed ? 'noshow' : 'cancelled',
    reason: draft.state === 'CANCELLED_REFERRAL' ? null : (why?.reason ?? null),
    comment: why?.comment ?? '',
    serviceId: service.id,
    clinicianId: times?.clinicianId ?? null,
    slotId: times?.slotId ?? null,
    startMs: times?.startMs ?? null,
    endMs: times?.endMs ?? null,
    createdMs,
  };
}

/** Files of every kind, ready to be had; the last is larger than A006 gives. */
const EVERY_KIND: readonly (readonly [title: string, contentType: string, bytes: number])[] = [
  ['heart-trace.png', 'image/png', 0],
  ['notes.txt', 'text/plain', 1_400],
  ['history.docx', DOCX_TYPE, 0],
  ['scan.tif', 'image/tiff', 6_000_000],
];

/** Of a generator of their own: the rest of the world stays as it is without them. */
function buildEveryKind(ubrn: string, indexedMs: number, builder: Builder): Attachment[] {
  const random = createRandom(Number(ubrn));
  return EVERY_KIND.map(([title, contentType, bytes]) => ({
    number: builder.nextAttachmentNumber(),
    uuid: random.uuid(),
    type: 'REFERRER',
    title,
    description: 'For the clinic',
    contentType,
    bytes: bytes === 0 ? makeFile(contentType, title, 0).byteLength : bytes,
    indexedMs,
    availability: 'AVAILABLE',
  }));
}

function buildAttachments(draft: Draft, ubrn: string, builder: Builder, createdMs: number): Attachment[] {
  const statuses: readonly Attachment['availability'][] = draft.hasEveryAttachment
    ? ['AVAILABLE', 'PENDING', 'THREATS_FOUND', 'VALIDATION_FAILED']
    : builder.random.isHit(0.4)
      ? ['AVAILABLE']
      : [];
  const indexedMs = createdMs + 5 * MINUTE;
  const letters = statuses.map((availability, i) => ({
    number: builder.nextAttachmentNumber(),
    uuid: builder.random.uuid(),
    type: 'REFERRER' as const,
    title: i === 0 ? 'referral-letter.pdf' : `supporting-information-${i}.pdf`,
    description: i === 0 ? 'Referral letter' : 'Supporting information',
    contentType: 'application/pdf',
    bytes: 20_000 + builder.random.int(400_000),
    indexedMs,
    availability,
  }));
  return draft.hasEveryAttachment ? [...letters, ...buildEveryKind(ubrn, indexedMs, builder)] : letters;
}

/** Eight characters that no one mistakes for one another, in two groups. */
export function makeAccessCode(random: Random): string {
  const group = (): string =>
    Array.from({ length: 4 }, () => random.pick([...'ABCDEFGHJKMNPQRSTUVWXYZ23456789'])).join('');
  return `${group()} ${group()}`;
}

const choosePriority = (random: Random): Priority =>
  random.isHit(0.75) ? 'ROUTINE' : random.isHit(0.72) ? 'URGENT' : 'TWO_WEEK_WAIT';

/** Builds the referral of a draft; `previous` is the referral made before it. */
export function buildReferral(
  draft: Draft,
  patient: Patient,
  ubrn: string,
  previous: Referral | undefined,
  builder: Builder,
): Referral {
  const { random, anchorMs } = builder;
  const service = builder.services.get(draft.shortlist[0] ?? '');
  const createdMs = anchorMs - (1 + random.int(60)) * DAY - random.int(DAY);
  const priority = draft.priority ?? choosePriority(random);
  const why = chooseReason(draft, random);
  const appointment = buildAppointment({ ...draft, priority }, builder, createdMs + 20 * MINUTE);
  return {
    ubrn,
    version: 3 + random.int(6),
    kind: draft.kind ?? 'referral',
    isInitial: draft.isInitial ?? true,
    state: draft.state,
    // The appointment's own reason, where there is one: the two never differ.
    stateReason: appointment?.reason ?? why?.reason ?? null,
    stateComments: appointment?.reason ? appointment.comment : (why?.comment ?? ''),
    nhsNumber: patient.nhsNumber,
    priority,
    specialty: service?.specialty ?? 'CARDIOLOGY',
    clinicType: service?.clinicType ?? 'HEART_FAILURE',
    shortlist: draft.shortlist,
    commissioningOrg: draft.referringOrg ?? 'R69',
    referringOrg: draft.referringOrg ?? 'R69',
    referrerId: random.isHit(0.3) ? MAIN_USER_ID : random.pick(REFERRING_CLINICIANS),
    createdMs,
    updatedMs: createdMs + random.int(DAY),
    requestId: `r.${random.uuid()}`,
    appointment,
    letterDue: draft.hasLetterDue ? addDays(londonDate(anchorMs), random.int(14) - 5) : null,
    clinicalInfoMs: draft.hasLetterDue ? null : createdMs + 5 * MINUTE,
    isReviewPending: draft.state === 'BOOKED' || draft.state === 'AWAITING_TRIAGE',
    requirements: draft.requirements ?? [],
    related: draft.isRelatedToPrevious && previous ? [previous.ubrn] : [],
    attachments: buildAttachments(draft, ubrn, builder, createdMs),
    accessCode: draft.hasNoAccessCode ? null : makeAccessCode(random),
    isCancelledElsewhere: draft.isCancelledElsewhere ?? false,
  };
}
