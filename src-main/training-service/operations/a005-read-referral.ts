import { CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { referralBody } from '../wire/referral-body.ts';
import { checkRead, findReferral } from './referral-checks.ts';

/** 2021: a provider sees a referral only when it is booked and has clinical information. */
function checkProviderState(call: Call, referral: Referral): Answer | null {
  if (!isSpine(call) || !call.caller.businessFunction.startsWith('SERVICE_PROVIDER')) return null;
  const isReady = referral.appointment !== null && referral.clinicalInfoMs !== null;
  return isReady ? null : refuse(422, 'INVALID_REQUEST_STATE', 'Not booked, or without clinical information');
}

/** Only the current version can be read (contract.md section 4.5). */
function checkHistory(call: Call, referral: Referral): Answer | null {
  const { version } = call.params;
  if (version === undefined || version === String(referral.version)) return null;
  return refuse(404, 'HISTORY_NOT_SUPPORTED', 'Not the current version');
}

function answer(call: Call): Answer {
  const unknown = isSpine(call) ? refuse(422, 'NO_SUCH_REQUEST', 'No such UBRN') : refuse(404, '');
  const referral = findReferral(call, call.params.ubrn ?? '', unknown);
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkRead(call, referral) ?? checkProviderState(call, referral) ?? checkHistory(call, referral);
  if (refusal) return refusal;
  return { status: 200, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

/** A005: a referral. */
export const readReferral: Operation = {
  id: 'A005',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/ReferralRequest/:ubrn', permission: CLINICAL },
    {
      surface: 'api-platform',
      method: 'GET',
      path: '/STU3/ReferralRequest/:ubrn/_history/:version',
      permission: CLINICAL,
    },
    { surface: 'spine-session', method: 'GET', path: '/STU3/v1/ReferralRequest/:ubrn', permission: CLINICAL },
  ],
  answer,
};
