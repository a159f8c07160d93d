import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import type { Reason, Service } from '../world/model.ts';
import { createdReferral } from './a011-create-referral.ts';
import type { ShortlistRequest } from './a031-request.ts';
import { bad } from './appointment-request.ts';
import { readNewReferral } from './create-request.ts';

export const FOR_TRIAGE: Reason = { set: 'eRS-ReviewReason-1', code: 'TRIAGE' };

/** The one triage service of a list; shared with A032. */
export function checkTriageService(services: readonly Service[]): Refusal | null {
  if (services.length > 1) return bad('TOO_MANY_ITEMS', 'shortlist.entry');
  return services[0]?.kind === 'triage' ? null : bad('INVALID_STATE', 'shortlist.entry[0]');
}

function check({ intention, reminderDays }: ShortlistRequest, services: readonly Service[]): Refusal | null {
  if (intention !== 'NEED_TO_ADD_LATER') return bad('INVALID_VALUE', 'intentionToAddReferralLetter');
  if (reminderDays !== 0) return bad('INVALID_VALUE', 'firstReminderLetterFollowUpDays');
  return checkTriageService(services);
}

function answer(call: Call): Answer {
  const { world } = call.desk;
  const made = readNewReferral(call, 'eRS-CreateReferralAndSendForTriage-Parameters-1', check);
  if ('isRefusal' in made) return made;
  const referral = world.create(made);
  const { version } = referral;
  world.propose(referral, referral.shortlist[0] ?? '', { reason: FOR_TRIAGE, comment: '' });
  // One step for e-RS: the published answers have the version of a new referral.
  referral.version = version;
  return createdReferral(call, referral);
}

/** A021: a new referral, with its triage service at once. */
export const createAndSendForTriage: Operation = {
  id: 'A021',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/$ers.createReferralAndSendForTriage',
      permission: REFERRER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/$ers.createReferralAndSendForTriage',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
