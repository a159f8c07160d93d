import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { idOfReference } from '../fhir/references.ts';
import { read, WRONG_SHAPE } from '../fhir/shape.ts';
import type { DialectName, Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { isUploadSize, uploadTypeOf } from './upload-rules.ts';

export { MAX_UPLOAD_BYTES, isUploadName, uploadTypeOf } from './upload-rules.ts';

export interface A020Input {
  /** What the file is for: without it, it cannot be attached. Null for a request that e-RS does not know yet (A044). */
  readonly ubrn: Ubrn | null;
  /** With its extension, which must suit the type. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export interface UploadedFile {
  /** The id of `Binary/{id}`, for the `binaryId` of A022. */
  readonly documentId: string;
}

const HEADERS: Readonly<Record<DialectName, { readonly name: string; readonly ubrn: string }>> = {
  'api-platform': { name: 'NHSD-eRS-File-Name', ubrn: 'NHSD-eRS-Referral-ID' },
  'spine-session': { name: 'X-ERS-XAPI-META-FILE_NAME', ubrn: 'X-ERS-XAPI-META-INTENDED_UBRN' },
};

/**
 * Uploads a file for a later write on the same referral (contract.md section 7, A020). It has no pin and no effect on
 * the referral: a file that is never attached is deleted by e-RS after a time. Not sent (`not-in-dialect`) when name,
 * type or size are not allowed in this dialect.
 */
export const a020UploadFile: Operation<A020Input, UploadedFile> = {
  id: 'A020',
  name: 'Upload file',
  kind: 'write',
  roles: CLINICAL,
  replyType: 'none',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    FILE_SIZE_ERROR: 'tell',
    CONFLICTING_VALUES: 'tell',
    INAPPROPRIATE_VALUE: 'tell',
    INVALID_VALUE: 'tell',
    MISSING_VALUE: 'fix',
    REFERENCE_NOT_FOUND: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: inBothDialects((stu3, dialect) => ({
    // 2021 knows no request that a file could come before.
    supports: ({ ubrn, name, mediaType, content }) =>
      uploadTypeOf(name, dialect) === mediaType &&
      isUploadSize(content.length) &&
      (ubrn !== null || dialect === 'api-platform'),
    build: ({ ubrn, name, mediaType, content }) => ({
      method: 'POST',
      path: `${stu3}/Binary`,
      headers: {
        [HEADERS[dialect].name]: name,
        ...(ubrn === null ? {} : { [HEADERS[dialect].ubrn]: ubrn }),
      },
      file: { bytes: content, mediaType },
    }),
    readRequest(request) {
      const { name: nameHeader, ubrn: ubrnHeader } = HEADERS[dialect];
      const named = request.headers[ubrnHeader.toLowerCase()];
      const ubrn = parseUbrn(named ?? '');
      const name = request.headers[nameHeader.toLowerCase()] ?? '';
      const mediaType = request.headers['content-type'] ?? '';
      const { body: content } = request;
      if (matchPath(request, 'POST', stu3, /^\/Binary$/) === null) return null;
      if (ubrn === null && named !== undefined) return null;
      return content instanceof Uint8Array && name !== '' ? { ubrn, name, mediaType, content } : null;
    },
    successStatus: [201],
  })),
  read(reply) {
    // The last part only: wherever the address points to, it is asked for below our own base (attack S33).
    const documentId = idOfReference(reply.headers['location'] ?? '', 'Binary');
    return documentId === '' ? WRONG_SHAPE : read({ documentId });
  },
};
