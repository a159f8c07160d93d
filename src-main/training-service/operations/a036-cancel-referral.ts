import { CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { referralBody } from '../wire/referral-body.ts';
import { profile } from '../wire/systems.ts';
import type { Appointment, Referral } from '../world/model.ts';
import { checkOpen, checkReferralReason, readCancelRequest } from './a036-rules.ts';
import { askPasToCancel } from './pas-cancellation.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';

/** 200 without an ETag: the new version is in the referral. The appointment only when this call cancelled it. */
function cancelled(call: Call, referral: Referral, appointment: Appointment | null): Answer {
  const shape = { id: appointment?.id ?? '', isReplyToA016: false };
  return {
    status: 200,
    json: {
      meta: { profile: [profile('eRS-CancelReferral-Response-Parameters-1')] },
      resourceType: 'Parameters',
      parameter: [
        { name: 'updatedReferralRequest', resource: referralBody(call, referral) },
        ...(appointment === null
          ? []
          : [{ name: 'updatedAppointment', resource: appointmentBody(call, referral, appointment, shape) }]),
      ],
    },
  };
}

/** A directly booked appointment is the provider's system's business, too; any other is e-RS's alone. */
async function cancel(
  call: Call,
  referral: Referral,
  why: Parameters<typeof call.desk.world.cancelReferral>[1],
): Promise<Answer> {
  const { world } = call.desk;
  const { appointment } = referral;
  const isElsewhere = call.caller.businessFunction.startsWith('SERVICE_PROVIDER');
  const cancelInErs = (): boolean => world.cancelReferral(referral, why, isElsewhere);
  const service = world.findService(appointment?.serviceId ?? '');
  if (appointment?.status !== 'booked' || service?.kind !== 'directly-bookable') {
    const hadAppointment = cancelInErs();
    if (hadAppointment) world.removeFromPas(service?.id ?? '', referral.ubrn);
    return cancelled(call, referral, hadAppointment ? appointment : null);
  }
  return askPasToCancel({
    call,
    referral,
    appointment,
    cancelInErs: () => void cancelInErs(),
    cancelInPas: () => world.removeFromPas(appointment.serviceId, referral.ubrn),
    succeed: () => cancelled(call, referral, appointment),
  });
}

/** Cancels while the referral is locked for everybody else, as long as the PAS takes. */
async function answer(call: Call): Promise<Answer> {
  const request = readCancelRequest(call);
  if ('isRefusal' in request) return request;
  const referral = findReferral(call, call.params.ubrn ?? '', refuse(404, ''));
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, pinnedVersion(call), checkPatientForCancelling) ?? checkOpen(referral);
  if (refusal) return refusal;
  const concept = checkReferralReason(call, referral, request);
  if ('isRefusal' in concept) return concept;
  const { world } = call.desk;
  const { code, display } = concept;
  const reason = { set: 'REFERRAL-CANCELLATION-REASON', code, display } as const;
  if (!world.beginWrite(referral.ubrn)) return refuse(423, '');
  try {
    return await cancel(call, referral, { reason, comment: request.comment });
  } finally {
    world.endWrite(referral.ubrn);
  }
}

/** A036: the end of a referral, and of its appointment. Platform only. */
export const cancelReferral: Operation = {
  id: 'A036',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.cancelReferral',
      permission: CLINICAL,
    },
  ],
  answer,
};
