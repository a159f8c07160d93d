import { readWorklist } from '../fhir/worklist.ts';
import { readAs } from '../fhir/shape.ts';
import type { WorklistReply } from '../model.ts';
import type { Operation } from '../operation.ts';
import { PROVIDER_ALL, REFERRER_ALL } from '../roles.ts';
import { buildWorklistBody, readWorklistBody, type A008Input } from './a008-worklist-body.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export type { A008Input, Assignment, WorklistFilters } from './a008-worklist-body.ts';

const PROVIDER_LISTS: readonly A008Input['kind'][] = ['REFERRALS_FOR_REVIEW', 'APPOINTMENT_SLOT_ISSUES'];

/**
 * One of the six referral lists (contract.md A008). Not paged; a list over 10 MB is not delivered by the service and
 * needs a filter. Entries without a readable UBRN are counted, not shown.
 */
export const a008FetchWorklist: Operation<A008Input, WorklistReply> = {
  id: 'A008',
  name: 'Retrieve worklist',
  kind: 'read',
  roles: [...REFERRER_ALL, ...PROVIDER_ALL],
  replyType: 'fhir+json',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    REFERENCE_NOT_FOUND: 'ask-again',
    NO_SUCH_SERVICE: 'ask-again',
    NO_SUCH_LOCATION: 'ask-again',
    NO_SUCH_SPECIALTY: 'ask-again',
    NO_SUCH_CLINICIAN: 'ask-again',
    MISSING_VALUE: 'fix',
    UNEXPECTED_FIELD: 'fix',
    NO_RELATIONSHIP: 'tell',
  },
  dialects: inBothDialects((stu3, dialect) => ({
    // The 2021 form has the two provider lists only (contract.md section 1).
    supports: ({ kind }) => dialect === 'api-platform' || PROVIDER_LISTS.includes(kind),
    build: (input) => ({
      method: 'POST',
      path: `${stu3}/ReferralRequest/$ers.fetchworklist`,
      body: buildWorklistBody(input),
    }),
    readRequest(request) {
      const isOurs = matchPath(request, 'POST', stu3, /^\/ReferralRequest\/\$ers\.fetchworklist$/) !== null;
      return isOurs ? readWorklistBody(request.body) : null;
    },
    successStatus: [200],
  })),
  read: (reply) => readList(reply.json),
};

const readList = readAs('worklist', readWorklist);
