import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import type { AdviceRequest } from '../advice-model.ts';
import { readAdviceRequest } from '../fhir/advice.ts';
import { readAs } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, parseCount, READ_TIMEOUT_MS } from './framing.ts';

export interface A024Input {
  readonly ubrn: Ubrn;
  /** Asks for this version only; an older one than the current is refused. */
  readonly version?: number;
}

/**
 * The summary of a request for advice, without its conversation (contract.md section 7, A024). A referral that was made
 * of it keeps its UBRN, and both can be read.
 */
export const a024RetrieveAdviceRequest: Operation<A024Input, AdviceRequest> = {
  id: 'A024',
  name: 'Retrieve advice request',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {
    HISTORY_NOT_SUPPORTED: 'reread',
    INVALID_REQUEST_TYPE: 'tell',
    NO_SUCH_REQUEST: 'tell',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: inBothDialects((stu3) => ({
    build: ({ ubrn, version }) => ({
      method: 'GET',
      path: `${stu3}/CommunicationRequest/${ubrn}${version === undefined ? '' : `/_history/${version}`}`,
    }),
    readRequest(request) {
      const rest = /^\/CommunicationRequest\/(\d{12})(?:\/_history\/(\d{1,9}))?$/;
      const groups = matchPath(request, 'GET', stu3, rest);
      const ubrn = parseUbrn(groups?.[0] ?? '');
      const version = parseCount(groups?.[1]);
      if (ubrn === null) return null;
      return version === null ? { ubrn } : { ubrn, version };
    },
    successStatus: [200],
  })),
  read: (reply) => readOne(reply.json),
  echoes: (request, input) =>
    request.ubrn === input.ubrn && (input.version === undefined || request.version === input.version),
};

const readOne = readAs('communicationRequest', readAdviceRequest);
