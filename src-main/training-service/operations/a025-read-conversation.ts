import { randomUUID } from 'node:crypto';
import { CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { conversationBody } from '../wire/advice-body.ts';
import { checkAdviceRead, findAdvice } from './advice-checks.ts';

function answer(call: Call): Answer {
  const status = isSpine(call) ? 422 : 400;
  const basedOn = call.query.get('based-on');
  if (basedOn === null) return refuse(status, 'MISSING_PARAMETER', 'based-on');
  const [, ubrn, version] = /^CommunicationRequest\/(\d{12})\/_history\/(\d{1,9})$/.exec(basedOn) ?? [];
  if (ubrn === undefined) return refuse(status, 'INVALID_VALUE', 'based-on');
  const request = findAdvice(call, ubrn);
  if ('isRefusal' in request) return request;
  const refusal = checkAdviceRead(call, request);
  if (refusal) return refusal;
  if (version !== String(request.version))
    return refuse(isSpine(call) ? 422 : 404, 'HISTORY_NOT_SUPPORTED', 'Not the current version');
  return { status: 200, json: conversationBody(call, request, randomUUID()) };
}

/** A025: the conversation of a request for advice. */
export const readConversation: Operation = {
  id: 'A025',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/Communication', permission: CLINICAL },
    { surface: 'spine-session', method: 'GET', path: '/STU3/v1/Communication', permission: CLINICAL },
  ],
  answer,
};
