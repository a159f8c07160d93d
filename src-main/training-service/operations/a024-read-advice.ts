import { CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { adviceBody } from '../wire/advice-body.ts';
import { checkAdviceRead, findAdvice } from './advice-checks.ts';

function answer(call: Call): Answer {
  const request = findAdvice(call, call.params.ubrn ?? '');
  if ('isRefusal' in request) return request;
  const refusal = checkAdviceRead(call, request);
  if (refusal) return refusal;
  const { version } = call.params;
  // Only the current version can be read (contract.md section 4.5).
  if (version !== undefined && version !== String(request.version))
    return refuse(isSpine(call) ? 422 : 404, 'HISTORY_NOT_SUPPORTED', 'Not the current version');
  return { status: 200, headers: { ETag: `W/"${request.version}"` }, json: adviceBody(call, request) };
}

const routes = (surface: 'api-platform' | 'spine-session', stu3: string): Operation['routes'] =>
  ['', '/_history/:version'].map((rest) => ({
    surface,
    method: 'GET',
    path: `${stu3}/CommunicationRequest/:ubrn${rest}`,
    permission: CLINICAL,
  }));

/** A024: the summary of a request for advice. */
export const readAdvice: Operation = {
  id: 'A024',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [...routes('api-platform', '/STU3'), ...routes('spine-session', '/STU3/v1')],
  answer,
};
