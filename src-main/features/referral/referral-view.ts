/** Shapes what the clerk sees of a referral from what e-RS and PDS said. */
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { ReferralView, ShortlistedService } from '../../contract/channels/referral.ts';
import { codedOf, codedOrNull } from '../../contract/coded.ts';
import type { Coded } from '../../contract/schema.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { AppointmentRecord, Referral, ServiceRecord } from '../../ers/model.ts';
import type { Abilities } from '../session/abilities.ts';

/** States from which A016 may book (contract.md section 9); the cancelled ones only after a new shortlist. */
const BOOKABLE_STATES = ['NOT_BOOKED', 'APPT_CANCELLED_BY_PATIENT', 'APPT_CANCELLED_BY_PROVIDER'];

export interface ReferralParts {
  readonly referral: Referral;
  readonly patient: Outcome<PatientDetails>;
  readonly services: readonly ServiceRecord[];
  readonly actions: readonly Coded[] | null;
  readonly can: Abilities;
  readonly readAt: string;
  readonly isRemembered: boolean;
}

/** The view of an open referral. Null in `canBook` or `canReadLetter` means yes, else it is the code of the reason against it. */
export function viewReferral(parts: ReferralParts): ReferralView {
  const { referral, readAt, isRemembered } = parts;
  const { patient, patientProblem } = judgePatient(parts.patient, referral.nhsNumber);
  const shortlist = referral.shortlist.map((entry) => shortlisted(entry, parts.services));
  return {
    ubrn: referral.ubrn,
    version: referral.version,
    nhsNumber: referral.nhsNumber,
    state: referral.state && { ...referral.state, reason: codedOrNull(referral.state.reason) },
    status: referral.status,
    priority: codedOf(referral.priority),
    specialty: codedOrNull(referral.specialty),
    shortlist,
    commissioningOrg: referral.commissioningOrg,
    appointment: referral.appointment && viewAppointment(referral.appointment, referral.appointmentId),
    attachments: referral.attachments.map(({ title, contentType, bytes, availability, description }) => ({
      title,
      contentType,
      bytes,
      availability: codedOf(availability),
      description,
    })),
    additionalRequirements: referral.additionalRequirements.map(codedOf),
    related: [...referral.relatedReferrals],
    patient,
    patientProblem,
    actions: parts.actions && parts.actions.map(codedOf),
    canBook: reasonNotToBook(parts, patient, patientProblem, shortlist),
    canReadLetter: reasonNotToReadLetter(parts, patient, patientProblem),
    readAt,
    isRemembered,
    history: [],
  };
}

function judgePatient(
  answer: Outcome<PatientDetails>,
  nhsNumber: string,
): Pick<ReferralView, 'patient' | 'patientProblem'> {
  if (!answer.ok) {
    const { kind } = answer.problem;
    const patientProblem =
      kind === 'not-found' ? 'not-found' : kind === 'forbidden' ? 'restricted' : 'unavailable';
    return { patient: null, patientProblem };
  }
  const isSamePerson = answer.value.nhsNumber === nhsNumber;
  return { patient: answer.value, patientProblem: isSamePerson ? null : 'different-number' };
}

function shortlisted(
  entry: Referral['shortlist'][number],
  services: readonly ServiceRecord[],
): ShortlistedService {
  const service = services.find((candidate) => candidate.id === entry.serviceId);
  return {
    serviceId: entry.serviceId,
    name: entry.name || (service?.name ?? ''),
    bookable: service?.bookable ?? 'unknown',
  };
}

function viewAppointment(appointment: AppointmentRecord, realId: string | null): ReferralView['appointment'] {
  const { version, status, serviceId, serviceName, clinicianId, start, end, slotId } = appointment;
  const reason = codedOrNull(appointment.reason);
  const appointmentId = appointment.id ?? realId;
  return { appointmentId, version, status, reason, serviceId, serviceName, clinicianId, start, end, slotId };
}

/** Null when booking may be tried; else the code of the first reason against it. */
function reasonNotToBook(
  parts: ReferralParts,
  patient: PatientDetails | null,
  patientProblem: ReferralView['patientProblem'],
  shortlist: readonly ShortlistedService[],
): string | null {
  const { referral, actions } = parts;
  if (!parts.can.canBook) return 'role-cannot-book';
  if (patient?.isSensitive === true || patientProblem === 'restricted') return 'patient-sensitive';
  if (patientProblem === 'different-number') return 'patient-differs';
  if (patient?.deceased != null) return 'patient-deceased';
  if (referral.status !== 'active') return 'referral-not-active';
  if (referral.appointment?.status === 'booked') return 'already-booked';
  if (referral.state !== null && !BOOKABLE_STATES.includes(referral.state.code)) return 'state-not-bookable';
  if (referral.commissioningOrg === null) return 'no-commissioning-organisation';
  if (actions !== null && !actions.some((action) => action.code === 'CREATE_APPOINTMENT'))
    return 'action-not-offered';
  if (shortlist.length === 0) return 'no-shortlist';
  return shortlist.some((entry) => entry.bookable === 'directly' || entry.bookable === 'unknown')
    ? null
    : 'no-direct-service';
}

function reasonNotToReadLetter(
  parts: ReferralParts,
  patient: PatientDetails | null,
  patientProblem: ReferralView['patientProblem'],
): string | null {
  if (!parts.can.canReadLetters) return 'role-cannot-read-letters';
  if (patient?.isSensitive === true || patientProblem === 'restricted') return 'patient-sensitive';
  if (patient?.deceased != null) return 'patient-deceased';
  // The spine dialect writes letters only while there is no appointment (contract.md A019).
  if (parts.referral.state === null && parts.referral.appointment !== null) return 'letter-not-in-dialect';
  return null;
}
