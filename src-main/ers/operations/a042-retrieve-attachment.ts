import { read, WRONG_SHAPE } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { ATTACHMENT_REFUSALS, type A006Input } from './a006-retrieve-attachment.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export type A042Input = A006Input;

/** Where a file lies for a short while. Followed at once, by `createAttachmentReader` only, and never kept. */
export interface FileLocation {
  readonly location: string;
}

const LONGEST_LOCATION = 4096;

/**
 * Where to fetch a file of a referral (contract.md section 7, A042): the answer is a 307 to a store of files. This
 * operation does not follow it, since its caller's credentials must not go there. The location is an address of its
 * own, without credentials in it; whether it may be called is checked by `createAttachmentReader`.
 */
export const a042RetrieveAttachment: Operation<A042Input, FileLocation> = {
  id: 'A042',
  name: 'Retrieve attachment',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'none',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {
    ...ATTACHMENT_REFUSALS,
    REC_BAD_REQUEST: 'fix',
    REC_NOT_FOUND: 'reread',
    REC_FORBIDDEN: 'tell',
  },
  dialects: {
    'api-platform': {
      build: ({ id }) => ({ method: 'GET', path: `/R4/Binary/${id}` }),
      readRequest(request) {
        const [id] = matchPath(request, 'GET', '/R4', /^\/Binary\/([A-Za-z0-9\-.]{1,64})$/) ?? [];
        return id === undefined ? null : { id };
      },
      successStatus: [307],
    },
  },
  read(reply) {
    // A portal redirects, too, but it knows nothing of e-RS's transactions.
    if (reply.headers['x-request-id'] === undefined) return { ok: false, reason: 'redirect' };
    const location = reply.headers['location'] ?? '';
    return location !== '' && location.length <= LONGEST_LOCATION ? read({ location }) : WRONG_SHAPE;
  },
};
