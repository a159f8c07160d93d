import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { findReferenceSet, type Concept } from '../reference-sets.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { textAt } from '../wire/read-body.ts';
import { referralBody } from '../wire/referral-body.ts';
import type { Appointment, Referral } from '../world/model.ts';
import { hasProperty, isEffective } from './a034-rules.ts';
import { bad } from './appointment-request.ts';
import {
  readComment,
  readNamedParameters,
  readPasFlag,
  refuseUnknown,
  type NamedParameters,
} from './decision-parameters.ts';
import { askPasToCancel } from './pas-cancellation.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';
import { checkForReview } from './review-rules.ts';

const SET = 'APPOINTMENT-CANCELLATION-REASON';
/** The system is server-relative: its host is not compared (contract.md section 4.2). */
const REASON_SYSTEM = /\/STU3(?:\/v1)?\/CodeSystem\/APPOINTMENT-CANCELLATION-REASON$/;

const SHAPE = {
  profile: 'eRS-RejectReferral-Parameters-1',
  names: ['rejectionReason', 'rejectionComments', 'appointmentCancelledInPAS'],
  repeating: null,
};

/** The concept that this caller may reject with, here and now. */
function readReason(call: Call, parameters: NamedParameters): Concept | Refusal {
  const coding = parameters.get('rejectionReason')?.[0];
  const code = textAt(coding, 'valueCoding', 'code');
  if (code === undefined) return bad('MISSING_VALUE', 'rejectionReason');
  if (!REASON_SYSTEM.test(textAt(coding, 'valueCoding', 'system') ?? ''))
    return bad('INVALID_VALUE', 'rejectionReason');
  const concept = findReferenceSet(SET)?.concepts.find((one) => one.code === code);
  if (!concept) return bad('INVALID_CODE', 'rejectionReason');
  const isUsable =
    hasProperty(concept, 'usage', 'REJECT') &&
    hasProperty(concept, 'businessFunction', call.caller.businessFunction) &&
    isEffective(concept, call.desk.clock.nowMs());
  return isUsable ? concept : bad('INAPPROPRIATE_VALUE', 'rejectionReason');
}

interface Rejection {
  readonly concept: Concept;
  readonly comment: string;
  readonly isCancelledInPas: boolean | null;
}

/** What is asked for, or what is wrong with it. */
function readRejection(call: Call, parameters: NamedParameters, referral: Referral): Rejection | Refusal {
  const concept = readReason(call, parameters);
  if ('isRefusal' in concept) return concept;
  const comment = readComment(parameters, 'rejectionComments');
  if ('isRefusal' in comment) return comment;
  if (hasProperty(concept, 'commentIsMandatory', true) && comment.comment.trim() === '')
    return bad('MISSING_VALUE', 'rejectionComments');
  const service = call.desk.world.findService(referral.appointment?.serviceId ?? '');
  if (!service) return refuse(422, 'INVALID_REQUEST_STATE', 'No service has the referral');
  const flag = readPasFlag(parameters, service);
  return 'isRefusal' in flag ? flag : { concept, ...comment, ...flag };
}

/**
 * A directly booked appointment is cancelled in the provider's system by e-RS; an indirectly booked one by the provider,
 * who says whether that has been done: with `false` it stands there until somebody takes it out.
 */
async function reject(
  call: Call,
  referral: Referral,
  appointment: Appointment,
  rejection: Rejection,
): Promise<Answer> {
  const { world } = call.desk;
  const { code, display } = rejection.concept;
  const why = { reason: { set: SET, code, display } as const, comment: rejection.comment };
  const cancelInErs = (): void => world.reject(referral, why);
  const cancelInPas = (): void => world.removeFromPas(appointment.serviceId, referral.ubrn);
  const succeed = (): Answer => ({
    status: 200,
    headers: { ETag: `W/"${referral.version}"` },
    json: referralBody(call, referral),
  });
  if (rejection.isCancelledInPas === null)
    return askPasToCancel({ call, referral, appointment, cancelInErs, cancelInPas, succeed });
  if (rejection.isCancelledInPas) cancelInPas();
  cancelInErs();
  return succeed();
}

/** Rejects while the referral is locked for everybody else, as long as the PAS takes. */
async function answer(call: Call): Promise<Answer> {
  const parameters = readNamedParameters(call, SHAPE);
  if ('isRefusal' in parameters) return parameters;
  const referral = findReferral(call, call.params.ubrn ?? '', refuseUnknown(call));
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, pinnedVersion(call), checkPatientForCancelling) ??
    checkForReview(call, referral);
  const { appointment } = referral;
  if (refusal || !appointment) return refusal ?? refuse(422, 'INVALID_REQUEST_STATE');
  const rejection = readRejection(call, parameters, referral);
  if ('isRefusal' in rejection) return rejection;
  const { world } = call.desk;
  if (!world.beginWrite(referral.ubrn)) return refuse(423, '');
  try {
    return await reject(call, referral, appointment, rejection);
  } finally {
    world.endWrite(referral.ubrn);
  }
}

/** A014: a booked referral is rejected and goes back to the referrer; its appointment is cancelled. */
export const rejectReferral: Operation = {
  id: 'A014',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.rejectReferral',
      permission: PROVIDER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.rejectReferral',
      permission: PROVIDER_CLINICAL,
    },
  ],
  answer,
};
