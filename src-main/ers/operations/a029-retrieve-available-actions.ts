import type { Ubrn } from '../../contract/identifiers.ts';
import type { Coded } from '../../contract/schema.ts';
import { readConcept, withoutSystem } from '../fhir/codings.ts';
import { objectAt, objectsAt } from '../fhir/json.ts';
import { parseReferralReference, referralReference } from '../fhir/references.ts';
import { readAs } from '../fhir/shape.ts';
import type { DialectName, Operation } from '../operation.ts';
import { CLINICAL, PROVIDER_CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A029Input {
  readonly ubrn: Ubrn;
  /** The current version; an older one is refused. */
  readonly version: number;
}

/**
 * What the caller may do with a referral now (contract.md A029). Never keep it: ask right before the actions are
 * shown, and still expect a refusal. No code exists for A013, A014, A019 and A022.
 */
export const a029RetrieveAvailableActions: Operation<A029Input, readonly Coded[]> = {
  id: 'A029',
  name: 'Retrieve available actions',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {
    INVALID_VALUE: 'reread',
    MISSING_PARAMETER: 'fix',
    HISTORY_NOT_SUPPORTED: 'reread',
    REFERENCE_NOT_FOUND: 'reread',
  },
  dialects: inBothDialects((stu3) => ({
    build: ({ ubrn, version }) => ({
      method: 'GET',
      path: `${stu3}/Task`,
      query: [
        ['focus', referralReference(ubrn, version)],
        ['intent', 'proposal'],
        ['status', 'ready'],
      ],
    }),
    readRequest(request) {
      if (matchPath(request, 'GET', stu3, /^\/Task$/) === null) return null;
      const { focus = '', intent, status } = request.query;
      const referral = parseReferralReference(focus);
      if (referral?.version == null || intent !== 'proposal' || status !== 'ready') return null;
      return { ubrn: referral.ubrn, version: referral.version };
    },
    successStatus: [200],
  })),
  read: (reply) => readActions(reply.json),
};

/** True when the dialect tells this role what it may do: the 2021 one tells providers alone (contract.md section 3). */
export function tellsActions(dialect: DialectName, businessFunction: string): boolean {
  const roles: readonly string[] = dialect === 'spine-session' ? PROVIDER_CLINICAL : CLINICAL;
  return roles.includes(businessFunction);
}

/** True when the dialect tells of this action at all: the 2021 one knows a single code (contract.md section 1). */
export function tellsOfAction(dialect: DialectName, code: string): boolean {
  return dialect === 'api-platform' || code === 'RECORD_REVIEW_OUTCOME';
}

const readActions = readAs('bundle', (json): readonly Coded[] =>
  objectsAt(json, 'entry')
    .map((entry) => objectAt(entry, 'resource'))
    .filter((task) => task?.['resourceType'] === 'Task')
    .map((task) => withoutSystem(readConcept(objectAt(task, 'code'))))
    .filter((action) => action !== null),
);
