import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { buildShortlistBody, readShortlistBody, type A031Input } from './a031-shortlist-body.ts';
import { framePinnedWrite, PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export {
  carriedOver,
  type A031Input,
  type CarriedOver,
  type LetterIntention,
} from './a031-shortlist-body.ts';

/**
 * Gives a referral another shortlist (contract.md section 7, A031). `If-Match` with the referral's version is the pin.
 * e-RS can silently drop the patient's additional requirements (hazard 14): compare those of the answer with those
 * that were there. The answer is the referral as it is afterwards, NOT_BOOKED.
 */
export const a031ChangeShortlist: Operation<A031Input, Referral> = {
  id: 'A031',
  name: 'Change shortlist',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    INVALID_REQUEST_STATE: 'reread',
    SHORTLISTED_SERVICE_NOT_IN_RESULTS: 'ask-again',
    SERVICE_UNAVAILABLE: 'ask-again',
    INVALID_STATE: 'ask-again',
    DUPLICATE_SERVICE: 'fix',
    TOO_MANY_ITEMS: 'fix',
    REFERENCE_NOT_FOUND: 'reread',
    INAPPROPRIATE_VALUE: 'reread',
    NO_CHANGES_DETECTED: 'tell',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: {
    'api-platform': framePinnedWrite(
      'api-platform',
      '$ers.changeShortlist',
      buildShortlistBody,
      readShortlistBody,
    ),
  },
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    hasShortlist(
      referral,
      input.services.map(({ serviceId }) => serviceId),
    ),
};

const readOne = readAs('referral', readReferral);

/** True when these services, and no others, are on the referral's shortlist, in whatever order. */
export function hasShortlist(referral: Pick<Referral, 'shortlist'>, serviceIds: readonly string[]): boolean {
  const listed = new Set<string>(referral.shortlist.map(({ serviceId }) => serviceId));
  return listed.size === new Set(serviceIds).size && serviceIds.every((id) => listed.has(id));
}
