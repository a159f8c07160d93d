import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { textAt } from '../wire/read-body.ts';
import { referralBody } from '../wire/referral-body.ts';
import { codeSystem } from '../wire/systems.ts';
import type { ReviewOutcome } from '../world/changes.ts';
import type { Priority, Referral } from '../world/model.ts';
import { bad } from './appointment-request.ts';
import {
  linkUploads,
  readComment,
  readFiles,
  readNamedParameters,
  readPriority,
  refuseUnknown,
  type NamedParameters,
} from './decision-parameters.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';
import { isReviewOpen } from './review-rules.ts';

const FILES = 'reviewAttachmentFile';
const SHAPE = {
  profile: 'eRS-RecordReviewOutcome-Parameters-1',
  names: ['reviewOutcome', 'reviewComments', 'reviewPriority', FILES],
  repeating: FILES,
};

const OUTCOMES: readonly ReviewOutcome[] = ['ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'];

function readOutcome(parameters: NamedParameters): { readonly outcome: ReviewOutcome } | Refusal {
  const coding = parameters.get('reviewOutcome')?.[0];
  const code = textAt(coding, 'valueCoding', 'code');
  if (code === undefined) return bad('MISSING_VALUE', 'reviewOutcome');
  const isSystem = textAt(coding, 'valueCoding', 'system') === codeSystem('eRS-ReviewOutcome-1');
  const outcome = OUTCOMES.find((known) => known === code);
  return isSystem && outcome !== undefined ? { outcome } : bad('INVALID_CODE', 'reviewOutcome');
}

/** Needed to accept; a return leaves the referral's own as it is, and must not name another. */
function checkPriority(
  outcome: ReviewOutcome,
  priority: Priority | null,
  referral: Referral,
): Refusal | null {
  if (outcome === 'ACCEPT_REFER_BOOK_LATER')
    return priority === null ? bad('MISSING_VALUE', 'reviewPriority') : null;
  return priority === null || priority === referral.priority
    ? null
    : bad('PRIORITY_NOT_CURRENT', 'reviewPriority');
}

/**
 * The reply shows a return as the published examples do, as triaged; what A005 says afterwards is the state table's
 * TRIAGE_RESPONSE (contract.md section 15, row 7).
 */
const shownInReply = (referral: Referral): Referral =>
  referral.state === 'TRIAGE_RESPONSE' ? { ...referral, state: 'TRIAGED_PROVIDER_TO_ACTION' } : referral;

function record(call: Call, parameters: NamedParameters, referral: Referral): Answer {
  const outcome = readOutcome(parameters);
  if ('isRefusal' in outcome) return outcome;
  const comment = readComment(parameters, 'reviewComments');
  if ('isRefusal' in comment) return comment;
  const priority = readPriority(parameters, 'reviewPriority');
  if ('isRefusal' in priority) return priority;
  const refusal = checkPriority(outcome.outcome, priority.priority, referral);
  if (refusal) return refusal;
  const linked = readFiles(call, parameters, FILES, referral);
  if ('isRefusal' in linked) return linked;
  linkUploads(call, linked.files);
  const attachments = linked.files.map((file) => file.attachment);
  call.desk.world.recordReview(referral, { ...outcome, ...comment, ...priority, attachments });
  return {
    status: 200,
    headers: { ETag: `W/"${referral.version}"` },
    json: referralBody(call, shownInReply(referral)),
  };
}

/** Whether the patient lives is the client's to look up, in PDS: nothing here judges it (contract.md A028). */
function answer(call: Call): Answer {
  const parameters = readNamedParameters(call, SHAPE);
  if ('isRefusal' in parameters) return parameters;
  const referral = findReferral(call, call.params.ubrn ?? '', refuseUnknown(call));
  if ('isRefusal' in referral) return referral;
  const refusal = checkPinnedWrite(call, referral, pinnedVersion(call), checkPatientForCancelling);
  if (refusal) return refusal;
  return isReviewOpen(referral)
    ? record(call, parameters, referral)
    : refuse(422, 'INVALID_REQUEST_STATE', 'No review is open');
}

/** A028: the outcome of a triage, or of the review of a deferred request. */
export const recordReview: Operation = {
  id: 'A028',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.recordReviewOutcome',
      permission: PROVIDER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.recordReviewOutcome',
      permission: PROVIDER_CLINICAL,
    },
  ],
  answer,
};
