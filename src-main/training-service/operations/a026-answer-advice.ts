import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { isSpine, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { AdviceMessage, AdviceRequest } from '../world/advice-model.ts';
import { adviceBody, createdMessage } from '../wire/advice-body.ts';
import { profile } from '../wire/systems.ts';
import {
  checkAdviceWrite,
  checkInProgress,
  findAdvice,
  partiesOf,
  readCode,
  readText,
} from './advice-checks.ts';
import { bad } from './appointment-request.ts';
import {
  linkUploads,
  readFiles,
  readNamedParameters,
  readPriority,
  type NamedParameters,
} from './decision-parameters.ts';

const FILES = 'guidanceAttachmentFile';
const OUTCOMES = ['RETURN_TO_REFERRER_WITH_ADVICE', 'REQUIRE_FURTHER_INFORMATION'] as const;
const RECOMMENDATIONS = [
  'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED',
  'ADVICE_FOLLOWED_BY_REFERRAL_IF_REQUIRED',
  'REFERRAL_RECOMMENDED',
  'OTHER',
] as const;

/** Misspelt in 2021, where the priority has two names: that of the table and that of the sample. */
const recommendationName = (call: Call): string =>
  isSpine(call) ? 'guidanceIntendedRecommentation' : 'guidanceIntendedRecommendation';
const priorityName = (call: Call, parameters: NamedParameters): string =>
  isSpine(call) && parameters.has('priority') ? 'priority' : 'updatedPriority';

const readParameters = (call: Call): NamedParameters | Refusal =>
  readNamedParameters(call, {
    profile: 'eRS-SendCommunicationToRequester-Request-Parameters-1',
    names: [
      ...['guidanceOutcome', recommendationName(call), 'guidance', 'updatedPriority', FILES],
      ...(isSpine(call) ? ['priority'] : []),
    ],
    repeating: FILES,
  });

/** Advice comes with a recommendation, a question without. */
function readOutcome(call: Call, parameters: NamedParameters): { readonly isQuestion: boolean } | Refusal {
  const outcome = readCode(parameters, {
    name: 'guidanceOutcome',
    system: 'eRS-GuidanceResponseOutcome-1',
    codes: OUTCOMES,
  });
  if ('isRefusal' in outcome) return outcome;
  if (outcome.code === undefined) return bad('MISSING_VALUE', 'guidanceOutcome');
  const name = recommendationName(call);
  const recommendation = readCode(parameters, {
    name,
    system: 'eRS-GuidanceIntendedRecommendation-1',
    codes: RECOMMENDATIONS,
  });
  if ('isRefusal' in recommendation) return recommendation;
  const isQuestion = outcome.code === 'REQUIRE_FURTHER_INFORMATION';
  if (isQuestion && recommendation.code !== undefined) return bad('INAPPROPRIATE_VALUE', name);
  return !isQuestion && recommendation.code === undefined ? bad('VALUE_IS_REQUIRED', name) : { isQuestion };
}

/** What A026 and A044 answer. */
export function sentAnswer(
  call: Call,
  names: { readonly profile: string; readonly request: string },
  { request, message }: { readonly request: AdviceRequest; readonly message: AdviceMessage },
): Answer {
  return {
    status: 200,
    json: {
      meta: { profile: [profile(names.profile)] },
      resourceType: 'Parameters',
      parameter: [
        { name: names.request, resource: adviceBody(call, request) },
        { name: 'createdCommunication', resource: createdMessage(call, request, message) },
      ],
    },
  };
}

function send(call: Call, request: AdviceRequest, parameters: NamedParameters): Answer {
  const outcome = readOutcome(call, parameters);
  if ('isRefusal' in outcome) return outcome;
  const text = readText(call, parameters, 'guidance');
  if ('isRefusal' in text) return text;
  const priority = readPriority(parameters, priorityName(call, parameters));
  if ('isRefusal' in priority) return priority;
  if (priority.priority === null) return bad('MISSING_VALUE', 'updatedPriority');
  const present = [request, ...request.messages].flatMap(({ attachments }) => attachments);
  const owner = { ubrn: request.ubrn, attachments: present };
  const linked = readFiles(call, parameters, FILES, owner, 'GUIDANCE_RESPONSE');
  if ('isRefusal' in linked) return linked;
  linkUploads(call, linked.files);
  const message = call.desk.world.answerAdvice(request, {
    ...partiesOf(call),
    ...outcome,
    ...text,
    priority: priority.priority,
    attachments: linked.files.map((file) => file.attachment),
  });
  const names = {
    profile: 'eRS-SendCommunicationToRequester-Response-Parameters-1',
    request: 'updatedCommunicationRequest',
  };
  return sentAnswer(call, names, { request, message });
}

function answer(call: Call): Answer {
  const parameters = readParameters(call);
  if ('isRefusal' in parameters) return parameters;
  const request = findAdvice(call, call.params.ubrn ?? '');
  if ('isRefusal' in request) return request;
  const refusal = checkAdviceWrite(call, request, pinnedVersion(call)) ?? checkInProgress(request);
  return refusal ?? send(call, request, parameters);
}

const PATH = '/CommunicationRequest/:ubrn/$ers.sendCommunicationToRequester';

/** A026: a provider's answer, or its question. */
export const answerAdvice: Operation = {
  id: 'A026',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    { surface: 'api-platform', method: 'POST', path: `/STU3${PATH}`, permission: PROVIDER_CLINICAL },
    { surface: 'spine-session', method: 'POST', path: `/STU3/v1${PATH}`, permission: PROVIDER_CLINICAL },
  ],
  answer,
};
