import { PROVIDER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import type { Answer, Call, Operation } from '../service-types.ts';
import { referralBody } from '../wire/referral-body.ts';
import { refuseUnknown } from './decision-parameters.ts';
import { checkPatientForCancelling, checkPinnedWrite, findReferral } from './referral-checks.ts';
import { checkForReview } from './review-rules.ts';

function answer(call: Call): Answer {
  const referral = findReferral(call, call.params.ubrn ?? '', refuseUnknown(call));
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, pinnedVersion(call), checkPatientForCancelling) ??
    checkForReview(call, referral);
  if (refusal) return refusal;
  call.desk.world.accept(referral);
  return { status: 200, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

/** A013: a booked referral is accepted; the review is closed, the appointment stays. */
export const acceptReferral: Operation = {
  id: 'A013',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.acceptReferral',
      permission: PROVIDER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.acceptReferral',
      permission: PROVIDER_CLINICAL,
    },
  ],
  answer,
};
