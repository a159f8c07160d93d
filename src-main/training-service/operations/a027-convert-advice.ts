import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { AdviceRequest } from '../world/advice-model.ts';
import { at, textAt } from '../wire/read-body.ts';
import { referralBody } from '../wire/referral-body.ts';
import { checkAdviceWrite, checkInProgress, findAdvice, partiesOf, readText } from './advice-checks.ts';
import { bad } from './appointment-request.ts';
import {
  linkUploads,
  readComment,
  readFiles,
  readNamedParameters,
  readPriority,
  type NamedParameters,
} from './decision-parameters.ts';

const GUIDANCE_FILES = 'guidanceAttachmentFile';
const REVIEW_FILES = 'reviewAttachmentFile';

const readParameters = (call: Call): NamedParameters | Refusal =>
  readNamedParameters(call, {
    profile: 'eRS-CreateFromCommunicationRequestActionLater-Request-Parameters-1',
    names: [
      ...['createFrom', 'guidance', 'newReferralPriority', 'reviewComments'],
      ...[GUIDANCE_FILES, REVIEW_FILES],
    ],
    repeating: [GUIDANCE_FILES, REVIEW_FILES],
  });

function readReference(parameters: NamedParameters): { ubrn: string; version: number } | Refusal {
  const text = textAt(at(parameters.get('createFrom')?.[0], 'valueReference'), 'reference');
  if (text === undefined) return bad('MISSING_VALUE', 'createFrom');
  const [, ubrn, version] = /^CommunicationRequest\/(\d{12})\/_history\/(\d{1,9})$/.exec(text) ?? [];
  return ubrn === undefined ? bad('INVALID_VALUE', 'createFrom') : { ubrn, version: Number(version) };
}

function convert(call: Call, request: AdviceRequest, parameters: NamedParameters): Answer {
  const text = readText(call, parameters, 'guidance');
  if ('isRefusal' in text) return text;
  const comment = readComment(parameters, 'reviewComments');
  if ('isRefusal' in comment) return comment;
  if (comment.comment.trim() === '') return bad('MISSING_VALUE', 'reviewComments');
  const priority = readPriority(parameters, 'newReferralPriority');
  if ('isRefusal' in priority) return priority;
  if (priority.priority === null) return bad('MISSING_VALUE', 'newReferralPriority');
  const present = [request, ...request.messages].flatMap(({ attachments }) => attachments);
  const owner = { ubrn: request.ubrn, attachments: present };
  const guidance = readFiles(call, parameters, GUIDANCE_FILES, owner, 'GUIDANCE_RESPONSE');
  if ('isRefusal' in guidance) return guidance;
  const review = readFiles(call, parameters, REVIEW_FILES, owner);
  if ('isRefusal' in review) return review;
  linkUploads(call, [...guidance.files, ...review.files]);
  const referral = call.desk.world.convertAdvice(request, {
    ...partiesOf(call),
    ...text,
    priority: priority.priority,
    comments: comment.comment,
    attachments: guidance.files.map((file) => file.attachment),
    reviewFiles: review.files.map((file) => file.attachment),
  });
  return { status: isSpine(call) ? 200 : 201, json: referralBody(call, referral) };
}

function answer(call: Call): Answer {
  const parameters = readParameters(call);
  if ('isRefusal' in parameters) return parameters;
  const reference = readReference(parameters);
  if ('isRefusal' in reference) return reference;
  const request = findAdvice(call, reference.ubrn);
  if ('isRefusal' in request) return request;
  const refusal = checkAdviceWrite(call, request, reference.version) ?? checkInProgress(request);
  if (refusal) return refusal;
  if (!request.isConversionAuthorised)
    return refuse(422, 'INVALID_REQUEST_STATE', 'The referrer has not allowed a conversion');
  return convert(call, request, parameters);
}

const PATH = '/ReferralRequest/$ers.createFromCommunicationRequestActionLater';

/** A027: a referral of a request for advice. */
export const convertAdvice: Operation = {
  id: 'A027',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    { surface: 'api-platform', method: 'POST', path: `/STU3${PATH}`, permission: PROVIDER_CLINICAL },
    { surface: 'spine-session', method: 'POST', path: `/STU3/v1${PATH}`, permission: PROVIDER_CLINICAL },
  ],
  answer,
};
