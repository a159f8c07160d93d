/** The entries of A008, one shape per list (contract.md A008). */
import { addDays, londonDate } from '../../contract/london-time.ts';
import { isSpine, type Call, type Json, type JsonObject } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { stateInLists } from './displays.ts';
import {
  ERS_SERVICE,
  NHS_NUMBER,
  SDS_USER,
  codeSystem,
  concept,
  extensionUrl,
  identified,
  reasonSystem,
  serverSystem,
} from './systems.ts';
import { instantText } from './instants.ts';

export const REFERRER_LISTS = [
  'AWAITING_BOOKING',
  'LETTERS_OUTSTANDING',
  'REJECTED_TRIAGE_RESPONSE',
  'ASSESSMENT_RETURNED_CANCELLED_DNA',
] as const;
export const PROVIDER_LISTS = ['REFERRALS_FOR_REVIEW', 'APPOINTMENT_SLOT_ISSUES'] as const;

export type ListName = (typeof REFERRER_LISTS)[number] | (typeof PROVIDER_LISTS)[number];

const KINDS: Readonly<Record<ListName, string>> = {
  AWAITING_BOOKING: 'AwaitingBooking',
  LETTERS_OUTSTANDING: 'LettersOutstanding',
  REJECTED_TRIAGE_RESPONSE: 'RejectedTriageResponse',
  ASSESSMENT_RETURNED_CANCELLED_DNA: 'AssessmentReturnedCancelledDna',
  REFERRALS_FOR_REVIEW: 'ReferralsforReview',
  APPOINTMENT_SLOT_ISSUES: 'AppointmentSlotIssues',
};

const field = (url: string, valueName: string, value: Json): JsonObject => ({ url, [valueName]: value });
const codedField = (url: string, system: string, code: string, display?: string): JsonObject =>
  field(url, 'valueCodeableConcept', concept(system, code, display));

/** 2021 wrote microseconds and an offset (contract.md section 4.3). */
const instant = (call: Call, ms: number): string =>
  isSpine(call) ? instantText(ms).replace('Z', '000+00:00') : instantText(ms);

const priorityField = (referral: Referral): JsonObject =>
  codedField('priority', codeSystem('eRS-Priority-1'), referral.priority);
const patientField = (referral: Referral): JsonObject =>
  field('patient', 'valueReference', identified(NHS_NUMBER, referral.nhsNumber));

function reasonFields(call: Call, referral: Referral, list: ListName): Json[] {
  const { state, stateReason: reason } = referral;
  const isTold =
    (list === 'AWAITING_BOOKING' && state.startsWith('APPT_CANCELLED')) ||
    (list === 'REJECTED_TRIAGE_RESPONSE' && state === 'REJECTED') ||
    (list === 'ASSESSMENT_RETURNED_CANCELLED_DNA' && state === 'CANCELLED_REFERRAL');
  if (!isTold || !reason) return [];
  return [codedField('reason', reasonSystem(call, reason.set), reason.code, reason.display)];
}

function referrerFields(call: Call, referral: Referral, list: ListName): Json[] {
  const fields: Json[] = [
    patientField(referral),
    priorityField(referral),
    field('referralCreated', 'valueDateTime', instant(call, referral.createdMs)),
    field('clinicalContext', 'valueString', `${referral.specialty}/${referral.clinicType}`),
    field('referrer', 'valueReference', identified(SDS_USER, referral.referrerId)),
  ];
  if (list === 'LETTERS_OUTSTANDING') {
    return referral.letterDue === null
      ? fields
      : [...fields, field('letterDue', 'valueDate', referral.letterDue)];
  }
  const state = stateInLists(referral.state);
  return [
    ...fields,
    field('referralLastUpdated', 'valueDateTime', instant(call, referral.updatedMs)),
    codedField('status', codeSystem('eRS-ReferralState-1'), state.code, state.display),
    ...reasonFields(call, referral, list),
  ];
}

function serviceFields(call: Call, referral: Referral): Json[] {
  const serviceId = referral.appointment?.serviceId ?? referral.shortlist[0] ?? '';
  const name = call.desk.world.findService(serviceId)?.name;
  return [
    codedField('specialty', serverSystem(call, 'SPECIALTY'), referral.specialty),
    field('eReferralPathwayStart', 'valueDateTime', instant(call, referral.createdMs)),
    field('clinicalInfoPrinted', 'valueBoolean', false),
    field('service', 'valueReference', identified(ERS_SERVICE, serviceId, name)),
  ];
}

function reviewFields(call: Call, referral: Referral): Json[] {
  const { appointment, clinicalInfoMs } = referral;
  const isTriage = referral.state === 'AWAITING_TRIAGE';
  return [
    priorityField(referral),
    field('patient', 'valueReference', { reference: `#Patient-${referral.nhsNumber}` }),
    ...serviceFields(call, referral),
    ...(appointment?.clinicianId
      ? [
          field('allocatedClinician', 'valueReference', {
            reference: `#Practitioner-${appointment.clinicianId}`,
          }),
        ]
      : []),
    codedField(
      'requestContextStatus',
      codeSystem('eRS-RequestContextStatus-1'),
      'NEVER_REVIEWED',
      'Never Reviewed',
    ),
    ...(clinicalInfoMs === null
      ? []
      : [field('clinicalInfoFirstSubmitted', 'valueDateTime', instant(call, clinicalInfoMs))]),
    ...(appointment?.startMs == null
      ? []
      : [field('appointmentStart', 'valueDateTime', instant(call, appointment.startMs))]),
    codedField(
      'referralType',
      codeSystem('eRS-ReferralType-1'),
      isTriage ? 'TRIAGE_DEFERRAL' : 'APPOINTMENT',
    ),
    ...(isSpine(call) ? [] : [field('referralRequestVersion', 'valueInteger', referral.version)]),
  ];
}

/** PRESENT, NOT_DUE or OVERDUE by the day that the letter is due, else NOT_APPLICABLE. */
function clinicalInformationStatus(call: Call, referral: Referral): string {
  if (referral.clinicalInfoMs !== null) return 'PRESENT';
  if (referral.letterDue === null) return 'NOT_APPLICABLE';
  return referral.letterDue > londonDate(call.desk.clock.nowMs()) ? 'NOT_DUE' : 'OVERDUE';
}

/** The receiving side's own day, not a function of priority alone (contract.md section 11). */
function contactExpected(referral: Referral, createdMs: number): string {
  const days = { ROUTINE: 14, URGENT: 7, TWO_WEEK_WAIT: 2 }[referral.priority];
  return addDays(londonDate(createdMs), days + (Number(referral.ubrn) % 3));
}

function slotIssueFields(call: Call, referral: Referral): Json[] {
  const { appointment } = referral;
  return [
    priorityField(referral),
    patientField(referral),
    ...serviceFields(call, referral),
    ...(appointment
      ? [
          field('ubrnReceived', 'valueDateTime', instant(call, appointment.createdMs)),
          field('patientContactExpected', 'valueDate', contactExpected(referral, appointment.createdMs)),
        ]
      : []),
    codedField(
      'clinicalInformationStatus',
      codeSystem('eRS-ClinicalInformationStatus-1'),
      clinicalInformationStatus(call, referral),
    ),
    ...(appointment?.reason
      ? [codedField('reason', reasonSystem(call, appointment.reason.set), appointment.reason.code)]
      : []),
  ];
}

function fieldsOf(call: Call, referral: Referral, list: ListName): Json[] {
  if (list === 'REFERRALS_FOR_REVIEW') return reviewFields(call, referral);
  if (list === 'APPOINTMENT_SLOT_ISSUES') return slotIssueFields(call, referral);
  return referrerFields(call, referral, list);
}

/** One entry of the list. */
export function worklistEntry(call: Call, referral: Referral, list: ListName): JsonObject {
  return {
    extension: [
      { extension: fieldsOf(call, referral, list), url: extensionUrl(`${KINDS[list]}-WorkListItem-1`) },
    ],
    item: { reference: `ReferralRequest/${referral.ubrn}` },
  };
}
