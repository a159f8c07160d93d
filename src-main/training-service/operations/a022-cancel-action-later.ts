import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { referralBody } from '../wire/referral-body.ts';
import { bad } from './appointment-request.ts';
import {
  linkUploads,
  readComment,
  readFiles,
  readNamedParameters,
  readPasFlag,
  readPriority,
  refuseUnknown,
  type NamedParameters,
} from './decision-parameters.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';
import { checkForReview } from './review-rules.ts';

const FILES = 'providerAttachmentFile';

const readParameters = (call: Call): NamedParameters | Refusal =>
  readNamedParameters(call, {
    profile: `eRS-cancelAppointmentActionLater-${isSpine(call) ? 'Operation-1' : 'Parameters-1'}`,
    names: ['priority', 'comments', 'appointmentCancelledInPAS', FILES],
    repeating: FILES,
  });

/** Cancels, links the files, and tells the provider's system what it needs to know. */
function cancel(call: Call, referral: Referral, parameters: NamedParameters): Answer {
  const { world } = call.desk;
  const service = world.findService(referral.appointment?.serviceId ?? '');
  if (!service) return refuse(422, 'INVALID_REQUEST_STATE', 'No service has the referral');
  const comment = readComment(parameters, 'comments');
  if ('isRefusal' in comment) return comment;
  if (comment.comment.trim() === '') return bad('MISSING_VALUE', 'comments');
  const priority = readPriority(parameters, 'priority');
  if ('isRefusal' in priority) return priority;
  const flag = readPasFlag(parameters, service);
  if ('isRefusal' in flag) return flag;
  const linked = readFiles(call, parameters, FILES, referral);
  if ('isRefusal' in linked) return linked;
  const attachments = linked.files.map((file) => file.attachment);
  linkUploads(call, linked.files);
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
    checkForReview(call, referral);
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
