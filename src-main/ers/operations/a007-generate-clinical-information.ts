import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { readFileName } from '../fhir/file-name.ts';
import { read } from '../fhir/shape.ts';
import type { LetterFile } from '../model.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A007Input {
  readonly ubrn: Ubrn;
}

/** The clinical information of a referral as one PDF (contract.md section 7, A007). Changes nothing. */
export const a007GenerateClinicalInformation: Operation<A007Input, LetterFile> = {
  id: 'A007',
  name: 'Generate clinical information',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'pdf',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    INVALID_REQUEST_TYPE: 'tell',
    INVALID_REQUEST_STATE: 'tell',
    NO_CLINICAL_INFO: 'tell',
    NO_SUCH_REQUEST: 'tell',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: inBothDialects((stu3) => ({
    build: ({ ubrn }) => ({ method: 'POST', path: `${stu3}/ReferralRequest/${ubrn}/$ers.generateCRI` }),
    readRequest(request) {
      const rest = /^\/ReferralRequest\/(\d{12})\/\$ers\.generateCRI$/;
      const ubrn = parseUbrn(matchPath(request, 'POST', stu3, rest)?.[0] ?? '');
      return ubrn === null ? null : { ubrn };
    },
    successStatus: [200],
  })),
  read: (reply) =>
    read({ pdf: reply.bytes, fileName: readFileName(reply.headers['content-disposition'] ?? '') }),
};
