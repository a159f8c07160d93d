import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { readFileName } from '../fhir/file-name.ts';
import { read } from '../fhir/shape.ts';
import type { LetterFile } from '../model.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A043Input {
  readonly ubrn: Ubrn;
}

/** A request for advice with its conversation as one PDF (contract.md section 7, A043). Changes nothing. */
export const a043GenerateAdviceOverview: Operation<A043Input, LetterFile> = {
  id: 'A043',
  name: 'Generate advice overview',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'pdf',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    INVALID_REQUEST_TYPE: 'tell',
    INVALID_REQUEST_STATE: 'tell',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: {
    'api-platform': {
      build: ({ ubrn }) => ({ method: 'POST', path: `/STU3/CommunicationRequest/${ubrn}/$ers.generateCRI` }),
      readRequest(request) {
        const rest = /^\/CommunicationRequest\/(\d{12})\/\$ers\.generateCRI$/;
        const ubrn = parseUbrn(matchPath(request, 'POST', '/STU3', rest)?.[0] ?? '');
        return ubrn === null ? null : { ubrn };
      },
      successStatus: [200],
    },
  },
  read: (reply) =>
    read({ pdf: reply.bytes, fileName: readFileName(reply.headers['content-disposition'] ?? '') }),
};
