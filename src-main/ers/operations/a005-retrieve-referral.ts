import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import type { Referral } from '../model.ts';
import type { Framing, Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, parseCount, READ_TIMEOUT_MS } from './framing.ts';

export interface A005Input {
  readonly ubrn: Ubrn;
  /** Asks for this version only (platform); an older one than the current is a 404. */
  readonly version?: number;
}

const platform = (stu3: string): Framing<A005Input> => ({
  build: ({ ubrn, version }) => ({
    method: 'GET',
    path: `${stu3}/ReferralRequest/${ubrn}${version === undefined ? '' : `/_history/${version}`}`,
  }),
  readRequest(request) {
    const groups = matchPath(request, 'GET', stu3, /^\/ReferralRequest\/(\d{12})(?:\/_history\/(\d{1,9}))?$/);
    const ubrn = parseUbrn(groups?.[0] ?? '');
    const version = parseCount(groups?.[1]);
    if (ubrn === null) return null;
    return version === null ? { ubrn } : { ubrn, version };
  },
  successStatus: [200],
});

/** A referral with its shortlist, attachments and contained appointment (contract.md A005). */
export const a005RetrieveReferral: Operation<A005Input, Referral> = {
  id: 'A005',
  name: 'Retrieve referral',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { HISTORY_NOT_SUPPORTED: 'reread', INVALID_REQUEST_TYPE: 'tell', NO_SUCH_REQUEST: 'tell' },
  dialects: inBothDialects((stu3, dialect) =>
    dialect === 'api-platform'
      ? platform(stu3)
      : { ...platform(stu3), supports: ({ version }) => version === undefined },
  ),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn && (input.version === undefined || referral.version === input.version),
};

const readOne = readAs('referral', readReferral);
