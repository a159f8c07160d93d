import { londonDate } from '../../contract/london-time.ts';
import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { referralBody } from '../wire/referral-body.ts';
import {
  readComment,
  readFiles,
  readParameters,
  readPasFlag,
  readPriority,
  refuseUnknown,
  type ActionLaterParameters,
} from './a022-request.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';

/**
 * Booked, on the review list, for today or later, with its clinical information there and none to come
 * (contract.md A022 and section 9).
 */
function checkState(call: Call, referral: Referral): Refusal | null {
  const { state, appointment, isReviewPending, clinicalInfoMs, letterDue } = referral;
  const isForReview = state === 'BOOKED' && appointment?.status === 'booked' && isReviewPending;
  const isInformed = clinicalInfoMs !== null && letterDue === null;
  const isPast = londonDate(appointment?.startMs ?? 0) < londonDate(call.desk.clock.nowMs());
  return isForReview && isInformed && !isPast
    ? null
    : refuse(422, 'INVALID_REQUEST_STATE', 'Not a booked referral for review');
}

/** Cancels, links the files, and tells the provider's system what it needs to know. */
function cancel(call: Call, referral: Referral, parameters: ActionLaterParameters): Answer {
  const { world } = call.desk;
  const service = world.findService(referral.appointment?.serviceId ?? '');
  if (!service) return refuse(422, 'INVALID_REQUEST_STATE', 'No service has the referral');
  const comment = readComment(parameters);
  if ('isRefusal' in comment) return comment;
  const priority = readPriority(parameters);
  if ('isRefusal' in priority) return priority;
  const flag = readPasFlag(parameters, service);
  if ('isRefusal' in flag) return flag;
  const linked = readFiles(call, parameters, referral);
  if ('isRefusal' in linked) return linked;
  const attachments = linked.files.map((file) => file.attachment);
  for (const { binaryId } of linked.files) {
    const upload = world.findUpload(binaryId);
    if (upload) upload.isLinked = true;
  }
  world.leaveForLater(referral, { ...comment, ...priority, attachments });
  // With `false` the appointment stands in the PAS until somebody takes it out there.
  if (flag.isCancelledInPas !== false) world.removeFromPas(service.id, referral.ubrn);
  return { status: 200, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

function answer(call: Call): Answer {
  const parameters = readParameters(call);
  if ('isRefusal' in parameters) return parameters;
  const referral = findReferral(call, call.params.ubrn ?? '', refuseUnknown(call));
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, pinnedVersion(call), checkPatientForCancelling) ??
    checkState(call, referral);
  return refusal ?? cancel(call, referral, parameters);
}

/** A022: cancel a booked appointment and act on the referral later. The dialects spell its path differently. */
export const cancelForActionLater: Operation = {
  id: 'A022',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.cancelAppointmentActionLater',
      permission: PROVIDER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.CancelAppointmentActionLater',
      permission: PROVIDER_CLINICAL,
    },
  ],
  answer,
};
