/** Shapes what the clerk sees of a referral from what e-RS and PDS said. */
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { ReferralView, ShortlistedService } from '../../contract/channels/referral.ts';
import { codedOf, codedOrNull } from '../../contract/coded.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { AppointmentRecord, Referral, ServiceRecord } from '../../ers/model.ts';
import { judge, type GateParts } from './gates.ts';

export interface ReferralParts extends Omit<GateParts, 'patient' | 'patientProblem' | 'shortlist'> {
  readonly patient: Outcome<PatientDetails>;
  readonly readAt: string;
}

/** The view of an open referral, with what may be done with it (`gates.ts`). */
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
    attachments: referral.attachments.map(
      ({ type, title, contentType, bytes, availability, description }) => ({
        type: codedOf(type),
        title,
        contentType,
        bytes,
        availability: codedOf(availability),
        description,
      }),
    ),
    additionalRequirements: referral.additionalRequirements.map(codedOf),
    related: [...referral.relatedReferrals],
    patient,
    patientProblem,
    actions: parts.actions && parts.actions.map(codedOf),
    ...judge({ ...parts, patient, patientProblem, shortlist }),
    readAt,
    isRemembered,
    history: [],
  };
}

/** What is known of the patient, and what stands against it. */
export function judgePatient(
  answer: Outcome<PatientDetails>,
  nhsNumber: string,
): Pick<ReferralView, 'patient' | 'patientProblem'> {
  if (!answer.ok) {
    const { kind } = answer.problem;
    // Nothing is wrong where the connection has no patient details at all.
    if (kind === 'not-in-dialect') return { patient: null, patientProblem: null };
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
