import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { read } from '../fhir/shape.ts';
import { readFileName } from '../fhir/file-name.ts';
import type { LetterFile } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A019Input {
  readonly ubrn: Ubrn;
}

/**
 * The patient's letter as a PDF, always of the present state (contract.md A019). It holds the access code: never
 * kept, never logged. Changes nothing, so it may be asked for again.
 */
export const a019GeneratePatientLetter: Operation<A019Input, LetterFile> = {
  id: 'A019',
  name: 'Generate patient letter',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'pdf',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    INVALID_REQUEST_TYPE: 'tell',
    INVALID_REQUEST_STATE: 'tell',
    NO_ACCESS_CODE: 'tell',
    NO_RELATIONSHIP: 'tell',
  },
  dialects: inBothDialects((stu3) => ({
    build: ({ ubrn }) => ({
      method: 'POST',
      path: `${stu3}/ReferralRequest/${ubrn}/$ers.generatePatientLetter`,
    }),
    readRequest(request) {
      const rest = /^\/ReferralRequest\/(\d{12})\/\$ers\.generatePatientLetter$/;
      const ubrn = parseUbrn(matchPath(request, 'POST', stu3, rest)?.[0] ?? '');
      return ubrn === null ? null : { ubrn };
    },
    successStatus: [200],
  })),
  read: (reply) =>
    read({ pdf: reply.bytes, fileName: readFileName(reply.headers['content-disposition'] ?? '') }),
};
