import { readFileName } from '../fhir/file-name.ts';
import { idOfReference } from '../fhir/references.ts';
import { read } from '../fhir/shape.ts';
import type { AttachmentRecord, FileReply } from '../model.ts';
import type { Operation } from '../operation.ts';
import type { RefusalAction } from '../refusals.ts';
import { CLINICAL } from '../roles.ts';
import { mediaTypeOf } from '../transport/parse-body.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export interface A006Input {
  /** The id of the attachment's `Binary/{id}`. */
  readonly id: string;
}

/** Refusals of both ways to an attachment (contract.md section 7, A006 and A042). */
export const ATTACHMENT_REFUSALS: Readonly<Record<string, RefusalAction>> = {
  // Still being scanned: ask again after five minutes at the earliest.
  PENDING: 'wait',
  THREATS_FOUND: 'tell',
  VALIDATION_FAILED: 'tell',
  FILE_SIZE_ERROR: 'tell',
  NO_SUCH_ATTACHMENT: 'reread',
  NO_RELATIONSHIP: 'tell',
};

/** The id of a referral's attachment, whatever host its address names (attack S33); null when it has none. */
export function attachmentIdOf({ url }: Pick<AttachmentRecord, 'url'>): string | null {
  return idOfReference(url, 'Binary') || null;
}

/**
 * A file of a referral, at most 5 MB (contract.md section 7, A006). The only way in the spine dialect; on the platform
 * deprecated for A042.
 */
export const a006RetrieveAttachment: Operation<A006Input, FileReply> = {
  id: 'A006',
  name: 'Retrieve attachment',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'file',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: ATTACHMENT_REFUSALS,
  dialects: inBothDialects((stu3) => ({
    build: ({ id }) => ({ method: 'GET', path: `${stu3}/Binary/${id}` }),
    readRequest(request) {
      const [id] = matchPath(request, 'GET', stu3, /^\/Binary\/([A-Za-z0-9\-.]{1,64})$/) ?? [];
      return id === undefined ? null : { id };
    },
    successStatus: [200],
  })),
  read: (reply) =>
    read({
      bytes: reply.bytes,
      contentType: mediaTypeOf(reply.headers),
      fileName: readFileName(reply.headers['content-disposition'] ?? ''),
    }),
};
