import type { Json } from '../fhir/json.ts';
import { objectAt } from '../fhir/json.ts';
import { readAppointment } from '../fhir/appointment.ts';
import { parameterNamed } from '../fhir/parameters.ts';
import { readReferral } from '../fhir/referral.ts';
import { fitsSchema, readAs } from '../fhir/shape.ts';
import type { AppointmentRecord, Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { a031ChangeShortlist, hasShortlist } from './a031-change-shortlist.ts';
import { buildShortlistBody, readShortlistBody, type A031Input } from './a031-shortlist-body.ts';
import { framePinnedWrite, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

/** As A031, with exactly one triage service. */
export type A032Input = A031Input;

/** An A032 that succeeded: the referral, and the request for triage that it created. */
export interface SentForTriage {
  readonly referral: Referral;
  readonly appointment: AppointmentRecord;
}

/**
 * Gives a referral one triage service and sends it there (contract.md section 7, A032). Deprecated: the desk uses A031
 * and A016 TRIAGE; kept for the command line and for sites whose agreement still names it.
 */
export const a032ChangeShortlistAndSendForTriage: Operation<A032Input, SentForTriage> = {
  id: 'A032',
  name: 'Change shortlist and send for triage',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: a031ChangeShortlist.refusals ?? {},
  dialects: {
    'api-platform': framePinnedWrite(
      'api-platform',
      '$ers.changeShortlistAndSendForTriage',
      (input: A032Input) =>
        buildShortlistBody(input, 'eRS-ChangeShortlistAndSendForTriage-Request-Parameters-1'),
      readShortlistBody,
    ),
  },
  read: (reply) => readSent(reply.json),
  echoes: ({ referral, appointment }, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    appointment.reason?.code === 'TRIAGE' &&
    hasShortlist(
      referral,
      input.services.map(({ serviceId }) => serviceId),
    ),
};

const readSent = readAs('parameters', (json): SentForTriage | null => {
  const resourceOf = (name: string): Json | null => objectAt(parameterNamed(json, name), 'resource');
  const [updated, created] = [resourceOf('updatedReferralRequest'), resourceOf('createdAppointment')];
  const referral = fitsSchema('referral', updated) ? readReferral(updated) : null;
  if (referral === null || !fitsSchema('appointment', created)) return null;
  return { referral, appointment: readAppointment(created) };
});
