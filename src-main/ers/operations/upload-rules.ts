/** Which files e-RS takes: names, types and sizes (contract.md sections 4.6 and 7, A020). */
import type { DialectName } from '../operation.ts';

/** 5 MB. */
export const MAX_UPLOAD_BYTES = 5_242_880;
const MAX_NAME_LENGTH = 255;

/** The media type of each extension, as the platform's specification names them. */
const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  pdf: 'application/pdf',
  xml: 'text/xml',
  rtf: 'text/rtf',
  au: 'audio/basic',
  mp3: 'audio/mpeg',
  png: 'image/png',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  tif: 'image/tiff',
  mpg: 'video/mpeg',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** What one dialect takes and the other does not. */
const OWN_TYPES: Readonly<Record<DialectName, Readonly<Record<string, string>>>> = {
  'api-platform': { dcm: 'application/dicom' },
  'spine-session': { htm: 'text/html' },
};

/** Printable ASCII without separators of paths: the name travels in a header, and no rule for other letters is known. */
const NAME = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const SEPARATOR = /[/\\:*?"<>|]/;

/** True for a name that can be sent: 1 to 255 characters, plain, with an extension. */
export function isUploadName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && NAME.test(name) && !SEPARATOR.test(name) && /.\.[^.]+$/.test(name);
}

/** The media type to send a file of this name with; null when the name or its type is not allowed in the dialect. */
export function uploadTypeOf(name: string, dialect: DialectName): string | null {
  if (!isUploadName(name)) return null;
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const types = { ...TYPES, ...OWN_TYPES[dialect] };
  return Object.hasOwn(types, extension) ? (types[extension] ?? null) : null;
}

/** True for a file that is neither empty nor too large. */
export const isUploadSize = (bytes: number): boolean => bytes > 0 && bytes <= MAX_UPLOAD_BYTES;
