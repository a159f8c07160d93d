import { londonParts, toIso } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Patient, Referral, ReferralState } from '../world/model.ts';
import { KIND_OF_FAULT, spoilLetter } from '../letters/letter-faults.ts';
import type { LetterKind, LetterRequest } from '../letters/letter-text.ts';
import { checkRead, findReferral } from './referral-checks.ts';

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

function describe(
  { desk: { world, clock } }: Call,
  referral: Referral,
  of: Pick<LetterRequest, 'kind' | 'patient' | 'accessCode'>,
): LetterRequest {
  const { appointment, ubrn, shortlist, state } = referral;
  return {
    ...of,
    ubrn,
    nowMs: clock.nowMs(),
    service: world.findService(appointment?.serviceId ?? shortlist[0] ?? '') ?? null,
    startMs: state === 'BOOKED' ? (appointment?.startMs ?? null) : null,
  };
}

/** The letter, or a wrong one when a fault asks for it: then somebody else's is at hand, too. */
function make(call: Call, letter: LetterRequest): Promise<Uint8Array> {
  const { world, letters } = call.desk;
  if (call.letterFault === null) return letters.make(letter);
  const stranger = world
    .listReferrals()
    .find(
      ({ ubrn, nhsNumber }) =>
        ubrn !== letter.ubrn && isAnother(world.findPatient(nhsNumber), letter.patient),
    );
  const patient = stranger && world.findPatient(stranger.nhsNumber);
  const other = patient ? { ...letter, patient, ubrn: stranger.ubrn } : letter;
  return letters.makeDocument(spoilLetter(letter, call.letterFault, other), letter.nowMs);
}

/** Somebody who shares neither name nor address with the patient. */
const isAnother = (one: Patient | undefined, patient: Patient) =>
  one !== undefined &&
  one.family !== patient.family &&
  one.given[0] !== patient.given[0] &&
  one.address.at(-1) !== patient.address.at(-1);

async function write(call: Call, referral: Referral, patient: Patient, accessCode: string): Promise<Answer> {
  const kind = chooseKind(call, referral);
  if (typeof kind !== 'string') return kind;
  const named = (call.letterFault && KIND_OF_FAULT[call.letterFault]) ?? kind;
  const bytes = await make(call, describe(call, referral, { kind, patient, accessCode }));
  return {
    status: 200,
    headers: {
      'Content-Disposition': `attachment; filename="${fileName(call, referral, named)}"`,
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
  const refusal = checkRead(call, referral);
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
