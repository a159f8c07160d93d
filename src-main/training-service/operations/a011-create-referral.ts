import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { type Answer, type Call, type Operation } from '../service-types.ts';
import { referralBody } from '../wire/referral-body.ts';
import type { Referral } from '../world/model.ts';
import { readNewReferral } from './create-request.ts';

/** 201 with the referral as it is now. */
export function createdReferral(call: Call, referral: Referral): Answer {
  return { status: 201, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

function answer(call: Call): Answer {
  const made = readNewReferral(call, 'eRS-CreateReferral-Parameters-1', () => null);
  return 'isRefusal' in made ? made : createdReferral(call, call.desk.world.create(made));
}

/** A011: a new referral with its shortlist. Nothing keeps a second one like it from being made. */
export const createReferral: Operation = {
  id: 'A011',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/$ers.createReferral',
      permission: REFERRER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/$ers.createReferral',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
