import { londonParts, toIso } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Patient, Referral, ReferralState } from '../world/model.ts';
import type { LetterKind } from '../letters/letter-text.ts';
import { checkPatientForReading, checkRelationship, checkType, findReferral } from './referral-checks.ts';

/** The letter of each state; a state that is not here has none. */
const KINDS: Partial<Readonly<Record<ReferralState, LetterKind>>> = {
  NOT_BOOKED: 'Appointment_Request_Summary',
  DEFERRED_TO_PROVIDER: 'Appointment_Request_Summary',
  APPT_CANCELLED_BY_PATIENT: 'Appointment_Request_Summary',
  APPT_CANCELLED_BY_PROVIDER: 'Appointment_Request_Summary',
  BOOKED: 'Appointment_Confirmation_Summary',
  AWAITING_TRIAGE: 'Triage_Summary',
  TRIAGED_PROVIDER_TO_ACTION: 'Triage_Summary',
};

/** 2021 refused letters for booked, deferred and cancelled ones (contract.md section 15.6). */
const SPINE_STATES: readonly ReferralState[] = ['NOT_BOOKED', 'AWAITING_TRIAGE'];

function chooseKind(call: Call, referral: Referral): LetterKind | Refusal {
  const kind = KINDS[referral.state];
  const isRefused = kind === undefined || (isSpine(call) && !SPINE_STATES.includes(referral.state));
  return isRefused ? refuse(422, 'INVALID_REQUEST_STATE', 'No letter for this state') : kind;
}

function fileName(call: Call, referral: Referral, kind: LetterKind): string {
  const now = toIso(call.desk.clock.nowMs());
  const { date, hour } = londonParts(now);
  const stamp = `${date.replaceAll('-', '')}${String(hour).padStart(2, '0')}${now.slice(14, 16)}${now.slice(17, 19)}`;
  return `${isSpine(call) ? String(Number(referral.ubrn)) : referral.ubrn}_${kind}_${stamp}.pdf`;
}

async function write(call: Call, referral: Referral, patient: Patient, accessCode: string): Promise<Answer> {
  const kind = chooseKind(call, referral);
  if (typeof kind !== 'string') return kind;
  const { world, clock, letters } = call.desk;
  const { appointment } = referral;
  const bytes = await letters.make({
    kind,
    patient,
    ubrn: referral.ubrn,
    accessCode,
    nowMs: clock.nowMs(),
    service: world.findService(appointment?.serviceId ?? referral.shortlist[0] ?? '') ?? null,
    startMs: referral.state === 'BOOKED' ? (appointment?.startMs ?? null) : null,
  });
  return {
    status: 200,
    headers: {
      'Content-Disposition': `attachment; filename="${fileName(call, referral, kind)}"`,
      'Content-Length': String(bytes.byteLength),
    },
    bytes,
  };
}

async function answer(call: Call): Promise<Answer> {
  const referral = findReferral(
    call,
    call.params.ubrn ?? '',
    refuse(404, isSpine(call) ? 'NO_SUCH_REQUEST' : ''),
  );
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkType(referral) ?? checkRelationship(call, referral) ?? checkPatientForReading(call, referral);
  if (refusal) return refusal;
  const patient = call.desk.world.findPatient(referral.nhsNumber);
  if (!patient) return refuse(422, 'PATIENT_ERROR', 'The patient record cannot be used');
  if (referral.accessCode === null) return refuse(422, 'NO_ACCESS_CODE', 'The patient has no access code');
  return write(call, referral, patient, referral.accessCode);
}

/** A019: the patient's letter, always of the present state. */
export const generateLetter: Operation = {
  id: 'A019',
  fhir: 'stu3',
  produces: 'pdf',
  consumes: null,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.generatePatientLetter',
      permission: REFERRER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.generatePatientLetter',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
