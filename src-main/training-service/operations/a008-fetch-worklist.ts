import { PROVIDER_ALL, REFERRER_ALL } from '../../ers/roles.ts';
import { isSpine, type Answer, type Call, type JsonObject, type Operation } from '../service-types.ts';
import type { Referral } from '../world/model.ts';
import { NHS_NUMBER, SDS_USER, profile } from '../wire/systems.ts';
import { worklistEntry, type ListName } from '../wire/worklist-body.ts';
import { readCriteria, type Criteria } from './a008-criteria.ts';

/** Which states each list holds (contract.md section 9). */
const IS_ON: Readonly<Record<ListName, (referral: Referral) => boolean>> = {
  AWAITING_BOOKING: ({ state }) =>
    state === 'NOT_BOOKED' ||
    state === 'AWAITING_TRIAGE' ||
    state === 'DEFERRED_TO_PROVIDER' ||
    state === 'APPT_CANCELLED_BY_PATIENT' ||
    state === 'APPT_CANCELLED_BY_PROVIDER',
  LETTERS_OUTSTANDING: ({ state, letterDue }) => letterDue !== null && state !== 'CANCELLED_REFERRAL',
  REJECTED_TRIAGE_RESPONSE: ({ state }) => state === 'REJECTED' || state === 'TRIAGE_RESPONSE',
  ASSESSMENT_RETURNED_CANCELLED_DNA: ({ state, isCancelledElsewhere }) =>
    state === 'ASSESSMENT_RESULT' ||
    state === 'DID_NOT_ATTEND' ||
    (state === 'CANCELLED_REFERRAL' && isCancelledElsewhere),
  REFERRALS_FOR_REVIEW: ({ state, isReviewPending }) =>
    isReviewPending && (state === 'BOOKED' || state === 'AWAITING_TRIAGE'),
  APPOINTMENT_SLOT_ISSUES: ({ state }) => state === 'DEFERRED_TO_PROVIDER',
};

/** A provider sees what its workgroups have; the filters narrow that. */
function isSeenByProvider(call: Call, referral: Referral, criteria: Criteria): boolean {
  const { appointment } = referral;
  const service = call.desk.world.findService(appointment?.serviceId ?? '');
  if (!appointment || !service) return false;
  const { serviceId, specialty, location, clinician } = criteria;
  return (
    service.workgroup.includes(call.caller.onBehalfOf ?? call.caller.userId) &&
    (serviceId === null || service.id === serviceId) &&
    (specialty === null || referral.specialty === specialty) &&
    (location === null || service.site === location) &&
    (clinician === null ||
      (clinician === 'none' ? appointment.clinicianId === null : appointment.clinicianId === clinician))
  );
}

function select(call: Call, criteria: Criteria): Referral[] {
  const isProvider = call.caller.businessFunction.startsWith('SERVICE_PROVIDER');
  return call.desk.world
    .listReferrals()
    .filter(
      (referral) =>
        referral.kind === 'referral' &&
        IS_ON[criteria.list](referral) &&
        (isProvider
          ? isSeenByProvider(call, referral, criteria)
          : referral.referringOrg === call.caller.organisation),
    );
}

const person = (type: 'Practitioner' | 'Patient', system: string, value: string): JsonObject => ({
  id: `${type}-${value}`,
  meta: { profile: [profile(`eRS-${type}-1`)] },
  resourceType: type,
  identifier: [{ system, value }],
});

/** Only the review list refers to contained people. */
function contained(referrals: readonly Referral[]): JsonObject[] {
  const clinicians = new Set(referrals.flatMap(({ appointment }) => appointment?.clinicianId ?? []));
  const patients = new Set(referrals.map((referral) => referral.nhsNumber));
  return [
    ...[...clinicians].map((id) => person('Practitioner', SDS_USER, id)),
    ...[...patients].map((id) => person('Patient', NHS_NUMBER, id)),
  ];
}

function answer(call: Call): Answer {
  const criteria = readCriteria(call);
  if ('isRefusal' in criteria) return criteria;
  const referrals = select(call, criteria);
  const people = criteria.list === 'REFERRALS_FOR_REVIEW' ? contained(referrals) : [];
  return {
    status: 200,
    headers: isSpine(call) ? { 'Content-Disposition': 'inline;filename=f.txt' } : {},
    json: {
      meta: { profile: [profile('eRS-FetchWorklist-List-1')] },
      resourceType: 'List',
      ...(people.length > 0 ? { contained: people } : {}),
      status: 'current',
      mode: 'snapshot',
      // An empty list has no entry element at all.
      ...(referrals.length > 0
        ? { entry: referrals.map((referral) => worklistEntry(call, referral, criteria.list)) }
        : {}),
    },
  };
}

/** A008: one of the six worklists. */
export const fetchWorklist: Operation = {
  id: 'A008',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/$ers.fetchworklist',
      permission: [...REFERRER_ALL, ...PROVIDER_ALL],
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/$ers.fetchworklist',
      permission: PROVIDER_ALL,
    },
  ],
  answer,
};
