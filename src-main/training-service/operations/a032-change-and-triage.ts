import { addDays, londonDate } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { referralBody } from '../wire/referral-body.ts';
import { profile } from '../wire/systems.ts';
import type { Referral } from '../world/model.ts';
import { checkTriageService, FOR_TRIAGE } from './a021-create-and-triage.ts';
import { checkShortlistServices, checkShortlistState } from './a031-change-shortlist.ts';
import { readShortlistRequest, type ShortlistRequest } from './a031-request.ts';
import { checkPinnedWrite, findReferral } from './referral-checks.ts';

const SHAPE = { profile: 'eRS-ChangeShortlistAndSendForTriage-Request-Parameters-1', more: [] };

function check(call: Call, referral: Referral, { serviceIds }: ShortlistRequest): Refusal | null {
  const { world } = call.desk;
  return (
    checkPinnedWrite(call, referral, pinnedVersion(call)) ??
    checkShortlistState(referral) ??
    checkShortlistServices(call, referral, serviceIds) ??
    checkTriageService(serviceIds.flatMap((id) => world.findService(id) ?? []))
  );
}

function answer(call: Call): Answer {
  const request = readShortlistRequest(call, SHAPE);
  if ('isRefusal' in request) return request;
  const referral = findReferral(call, call.params.ubrn ?? '', refuse(404, ''));
  if ('isRefusal' in referral) return referral;
  const refusal = check(call, referral, request);
  if (refusal) return refusal;
  const { world, clock } = call.desk;
  const { serviceIds, priority, intention, reminderDays } = request;
  const isToCome = intention === 'NEED_TO_ADD_LATER';
  const letterDue = isToCome ? addDays(londonDate(clock.nowMs()), reminderDays) : null;
  world.changeShortlist(referral, { serviceIds, priority, letterDue });
  const appointment = world.propose(referral, serviceIds[0] ?? '', { reason: FOR_TRIAGE, comment: '' });
  const created = appointmentBody(call, referral, appointment, { id: appointment.id, isReplyToA016: true });
  // Published without an ETag: the version is in the referral.
  return {
    status: 200,
    json: {
      meta: { profile: [profile('eRS-ChangeShortlistAndSendForTriage-Response-Parameters-1')] },
      resourceType: 'Parameters',
      parameter: [
        { name: 'updatedReferralRequest', resource: referralBody(call, referral) },
        { name: 'createdAppointment', resource: created },
      ],
    },
  };
}

/** A032: one triage service in place of the shortlist, and the referral sent to it. Platform only, deprecated. */
export const changeShortlistAndSendForTriage: Operation = {
  id: 'A032',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.changeShortlistAndSendForTriage',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
