import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import { CLINICAL, PROVIDER_CLINICAL } from '../../ers/roles.ts';
import {
  isSpine,
  refuse,
  type Answer,
  type Call,
  type JsonObject,
  type Operation,
  type Refusal,
} from '../service-types.ts';
import type { Referral, ReferralState } from '../world/model.ts';
import { STU3_BUNDLE_PROFILE, codeSystem, coding, linkRoot } from '../wire/systems.ts';
import { isCancellable } from './a034-rules.ts';
import { checkRelationship } from './referral-checks.ts';
import { isReviewOpen } from './review-rules.ts';

const DISPLAYS: Readonly<Record<string, string>> = {
  CREATE_APPOINTMENT: 'Create Appointment',
  CHANGE_SHORTLIST: 'Change Shortlist',
  CHANGE_SHORTLIST_AND_SEND_FOR_TRIAGE: 'Change Shortlist And Send For Triage',
  CANCEL_DIRECTLY_BOOKED_APPOINTMENT: 'Cancel Directly Booked Appointment',
  CANCEL_REFERRAL: 'Cancel Referral',
  RECORD_REVIEW_OUTCOME: 'Record Review Outcome',
};

/** States in which the referrer may choose other services. */
export const OPEN_TO_CHANGE: readonly ReferralState[] = [
  'NOT_BOOKED',
  'APPT_CANCELLED_BY_PATIENT',
  'APPT_CANCELLED_BY_PROVIDER',
  'REJECTED',
  'TRIAGE_RESPONSE',
];

function referrerActions(call: Call, referral: Referral): string[] {
  const { world } = call.desk;
  const { state, shortlist } = referral;
  const isChangeable = OPEN_TO_CHANGE.includes(state) && referral.isInitial;
  const canBook = shortlist.some((id) => {
    const kind = world.findService(id)?.kind;
    return kind === 'directly-bookable' || kind === 'triage';
  });
  return [
    ...(state === 'NOT_BOOKED' && referral.isInitial && canBook ? ['CREATE_APPOINTMENT'] : []),
    ...(isChangeable ? ['CHANGE_SHORTLIST', 'CHANGE_SHORTLIST_AND_SEND_FOR_TRIAGE'] : []),
    ...(isCancellable(call, referral) ? ['CANCEL_DIRECTLY_BOOKED_APPOINTMENT'] : []),
    ...(state === 'CANCELLED_REFERRAL' ? [] : ['CANCEL_REFERRAL']),
  ];
}

function providerActions(call: Call, referral: Referral): string[] {
  return [
    ...(isReviewOpen(referral) ? ['RECORD_REVIEW_OUTCOME'] : []),
    ...(isSpine(call) || referral.state === 'CANCELLED_REFERRAL' ? [] : ['CANCEL_REFERRAL']),
  ];
}

function readFocus(call: Call): { ubrn: string; version: string } | Refusal {
  for (const name of ['focus', 'intent', 'status']) {
    if (!call.query.has(name)) return refuse(400, 'MISSING_PARAMETER', name);
  }
  if (call.query.get('intent') !== 'proposal') return refuse(400, 'INVALID_VALUE', 'intent');
  if (call.query.get('status') !== 'ready') return refuse(400, 'INVALID_VALUE', 'status');
  const match = /^ReferralRequest\/(\d{12})\/_history\/(\d{1,9})$/.exec(call.query.get('focus') ?? '');
  if (!match?.[1] || !match[2]) return refuse(400, 'INVALID_VALUE', 'focus');
  return { ubrn: match[1], version: match[2] };
}

function task(root: string, focus: string, code: string): JsonObject {
  const id = randomUUID();
  return {
    fullUrl: `${root}/Task/${id}`,
    resource: {
      id,
      meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Task-1'] },
      resourceType: 'Task',
      status: 'ready',
      intent: 'proposal',
      focus: { reference: focus },
      code: { coding: [coding(codeSystem('eRS-AvailableActionsForUser-1'), code, DISPLAYS[code])] },
    },
    search: { mode: 'match' },
  };
}

function answer(call: Call): Answer {
  const focus = readFocus(call);
  if ('isRefusal' in focus) return focus;
  const referral = call.desk.world.findReferral(focus.ubrn);
  if (referral?.kind !== 'referral') return refuse(400, 'REFERENCE_NOT_FOUND', 'focus');
  const refusal = checkRelationship(call, referral);
  if (refusal) return refusal;
  if (focus.version !== String(referral.version)) return refuse(400, 'HISTORY_NOT_SUPPORTED', 'focus');
  const isProvider = call.caller.businessFunction.startsWith('SERVICE_PROVIDER');
  const codes = isProvider ? providerActions(call, referral) : referrerActions(call, referral);
  const root = linkRoot(call);
  const reference = `ReferralRequest/${focus.ubrn}/_history/${focus.version}`;
  return {
    status: 200,
    json: {
      id: randomUUID(),
      meta: { lastUpdated: toIso(call.desk.clock.nowMs()), profile: [STU3_BUNDLE_PROFILE] },
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: `${root}/Task?focus=${reference}&intent=proposal&status=ready` }],
      entry: codes.map((code) => task(root, reference, code)),
    },
  };
}

/** A029: what the caller may do now with a referral. 2021 told providers of one action only. */
export const listActions: Operation = {
  id: 'A029',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/Task', permission: CLINICAL },
    { surface: 'spine-session', method: 'GET', path: '/STU3/v1/Task', permission: PROVIDER_CLINICAL },
  ],
  answer,
};
