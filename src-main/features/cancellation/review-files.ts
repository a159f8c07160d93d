/** The files of an open panel: judged when they are given, held in memory until the commit (contract.md A020). */
import { randomUUID } from 'node:crypto';
import type { ReviewFile } from '../../contract/channels/cancellation.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { DialectName } from '../../ers/operation.ts';
import { isUploadName, MAX_UPLOAD_BYTES, uploadTypeOf } from '../../ers/operations/a020-upload-file.ts';
import { isContentOf } from './file-content.ts';

export const MOST_FILES = 10;
const LONGEST_NAME = 255;

export interface GivenFile {
  readonly name: string;
  readonly description: string;
  /** Base64. */
  readonly content: string;
}

/** A file that was judged and taken. */
export interface HeldFile extends GivenFile {
  readonly fileId: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export interface FilesAround {
  readonly dialect: DialectName;
  /** The names that the referral's attachments have. */
  readonly attached: readonly string[];
  readonly held: readonly HeldFile[];
}

export const viewFile = ({ fileId, name, bytes }: HeldFile): ReviewFile => ({ fileId, name, bytes });

/** The file as it is held, or why it is not taken; e-RS's own codes where it has one for it. */
export function judgeFile(given: GivenFile, around: FilesAround): Outcome<HeldFile> {
  const objection = objectionToName(given, around);
  if (objection !== null) return fail('invalid-input', objection, { most: MOST_FILES });
  const mediaType = uploadTypeOf(given.name, around.dialect);
  if (mediaType === null) return fail('invalid-input', 'file-type-not-allowed');
  const bytes = Buffer.from(given.content, 'base64');
  // What does not come back as it was given is no base64, and would be another file.
  if (bytes.toString('base64') !== given.content) return fail('invalid-input', 'file-not-readable');
  if (bytes.length === 0 || bytes.length > MAX_UPLOAD_BYTES)
    return fail('invalid-input', 'FILE_SIZE_ERROR', { bytes: bytes.length, most: MAX_UPLOAD_BYTES });
  if (!isContentOf(extensionOf(given.name), bytes)) return fail('invalid-input', 'file-type-differs');
  return ok({ ...given, fileId: randomUUID(), mediaType, bytes: bytes.length });
}

const extensionOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** Control characters, and those that turn the direction of reading: a name must be what it looks like. */
const MISLEADING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function objectionToName({ name, description }: GivenFile, { attached, held }: FilesAround): string | null {
  if (held.length >= MOST_FILES) return 'too-many-files';
  if (name.length > LONGEST_NAME) return 'file-name-too-long';
  if (MISLEADING.test(name) || MISLEADING.test(description)) return 'file-name-characters';
  if (!isUploadName(name)) return 'file-name-characters';
  const taken = [...attached, ...held.map((file) => file.name)].map((title) => title.toLowerCase());
  return taken.includes(name.toLowerCase()) ? 'DUPLICATE_FILENAME' : null;
}
