import { addDays, londonDate } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { referralBody } from '../wire/referral-body.ts';
import type { Referral } from '../world/model.ts';
import { OPEN_TO_CHANGE } from './a029-list-actions.ts';
import { readShortlistRequest } from './a031-request.ts';
import { bad } from './appointment-request.ts';
import { checkPinnedWrite, findReferral } from './referral-checks.ts';

/** Initial, and nothing arranged for it. */
export function checkShortlistState(referral: Referral): Refusal | null {
  return OPEN_TO_CHANGE.includes(referral.state) && referral.isInitial
    ? null
    : refuse(422, 'INVALID_REQUEST_STATE', 'The shortlist cannot be changed now');
}

/** Every service must exist, be open, and be one that a search of this referrer finds. */
export function checkShortlistServices(
  call: Call,
  referral: Referral,
  serviceIds: readonly string[],
): Refusal | null {
  for (const [i, id] of serviceIds.entries()) {
    const where = `shortlist.entry[${i}]`;
    const service = call.desk.world.findService(id);
    if (!service) return bad('REFERENCE_NOT_FOUND', where);
    if (service.isWithdrawn) return bad('SERVICE_UNAVAILABLE', where);
    if (!service.commissionedFor.includes(referral.commissioningOrg))
      return bad('SHORTLISTED_SERVICE_NOT_IN_RESULTS', where);
  }
  return null;
}

function answer(call: Call): Answer {
  const request = readShortlistRequest(call);
  if ('isRefusal' in request) return request;
  const referral = findReferral(call, call.params.ubrn ?? '', refuse(404, ''));
  if ('isRefusal' in referral) return referral;
  const refusal =
    checkPinnedWrite(call, referral, pinnedVersion(call)) ??
    checkShortlistState(referral) ??
    checkShortlistServices(call, referral, request.serviceIds);
  if (refusal) return refusal;
  const { serviceIds, priority, intention, reminderDays } = request;
  const { world, clock } = call.desk;
  const isToCome = intention === 'NEED_TO_ADD_LATER';
  const letterDue = isToCome ? addDays(londonDate(clock.nowMs()), reminderDays) : null;
  world.changeShortlist(referral, { serviceIds, priority, letterDue });
  return { status: 200, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

/** A031: other services for a referral. Platform only; a mixed list of bookable and triage services is allowed. */
export const changeShortlist: Operation = {
  id: 'A031',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.changeShortlist',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
