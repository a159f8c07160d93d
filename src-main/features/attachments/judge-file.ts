/**
 * Judges a file of a referral by its own bytes. Its declared type and its name come from outside and decide nothing:
 * a page called `letter.pdf` is not shown as a PDF, nor saved as one (attacks S22, S23).
 */
import { readImageSize } from './image-size.ts';
import { isMarkup, readText } from './read-text.ts';

export type FileKind = 'pdf' | 'image' | 'text' | 'other';
type Extension =
  | 'pdf'
  | 'png'
  | 'jpg'
  | 'gif'
  | 'tif'
  | 'txt'
  | 'rtf'
  | 'doc'
  | 'docx'
  | 'au'
  | 'mp3'
  | 'mpg'
  | 'dcm'
  | 'bin';

export interface JudgedFile {
  /** How it may be shown; `other` may only be saved. */
  readonly kind: FileKind;
  /** What the bytes prove; empty when they prove nothing. */
  readonly mediaType: string;
  /** Of the name it is saved under; never the sender's. */
  readonly extension: Extension;
  /** What goes to the page: the bytes, text as UTF-8; empty for `other`. */
  readonly content: Uint8Array;
  /** A program, link or script for a machine: neither shown nor saved. */
  readonly isProgram: boolean;
}

/** Larger files are only saved: the page would have to hold them several times over. */
export const MOST_BYTES_SHOWN = 10 * 1024 * 1024;
const MOST_TEXT_BYTES = 1024 * 1024;
/** A page of A4 scanned at 600 dpi has 35 million. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 16_384;
/** A reader of PDF looks for the end mark in the last kilobyte. */
const PDF_TAIL_BYTES = 1024;

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** What a file is, and so how it may be shown and what it is called when it is saved. */
export function judgeFile(bytes: Uint8Array): JudgedFile {
  const isSmall = bytes.length <= MOST_BYTES_SHOWN;
  return (
    judgeProgram(bytes) ??
    judgePdf(bytes, isSmall) ??
    judgeImage(bytes, isSmall) ??
    judgeByStart(bytes) ??
    judgeText(bytes) ??
    other('', 'bin')
  );
}

const other = (mediaType: string, extension: Extension, isProgram = false): JudgedFile => ({
  kind: 'other',
  mediaType,
  extension,
  content: new Uint8Array(0),
  isProgram,
});

/** Windows, Linux and macOS programs, shell scripts, Windows links. */
const PROGRAM_STARTS = [
  'MZ',
  '\x7fELF',
  '\xfe\xed\xfa\xce',
  '\xfe\xed\xfa\xcf',
  '\xce\xfa\xed\xfe',
  '\xcf\xfa\xed\xfe',
  '\xca\xfe\xba\xbe',
  '#!',
  'L\x00\x00\x00\x01\x14\x02\x00',
];

function judgeProgram(bytes: Uint8Array): JudgedFile | null {
  const start = latin1(bytes.subarray(0, 8));
  return PROGRAM_STARTS.some((program) => start.startsWith(program))
    ? other('application/x-executable', 'bin', true)
    : null;
}

/** A PDF begins with its mark and ends with its end mark; one that was cut short is not shown as if it were whole. */
function judgePdf(bytes: Uint8Array, isSmall: boolean): JudgedFile | null {
  if (latin1(bytes.subarray(0, 5)) !== '%PDF-') return null;
  const isWhole = latin1(bytes.subarray(-PDF_TAIL_BYTES)).includes('%%EOF');
  if (!isWhole || !isSmall) return other('application/pdf', 'pdf');
  return { ...other('application/pdf', 'pdf'), kind: 'pdf', content: bytes };
}

const IMAGE_EXTENSIONS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif' } as const;

function judgeImage(bytes: Uint8Array, isSmall: boolean): JudgedFile | null {
  const size = readImageSize(bytes);
  if (size === null) return null;
  const { mediaType, width, height } = size;
  const judged = other(mediaType, IMAGE_EXTENSIONS[mediaType]);
  const isBomb = width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS;
  return isBomb || !isSmall ? judged : { ...judged, kind: 'image', content: bytes };
}

/** The other types that e-RS takes (contract.md, A020), by their first bytes. */
const STARTS: readonly (readonly [start: string, mediaType: string, extension: Extension])[] = [
  ['{\\rtf', 'application/rtf', 'rtf'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/msword', 'doc'],
  ['II*\x00', 'image/tiff', 'tif'],
  ['MM\x00*', 'image/tiff', 'tif'],
  ['ID3', 'audio/mpeg', 'mp3'],
  ['\xff\xfb', 'audio/mpeg', 'mp3'],
  ['\xff\xf3', 'audio/mpeg', 'mp3'],
  ['.snd', 'audio/basic', 'au'],
  ['\x00\x00\x01\xba', 'video/mpeg', 'mpg'],
  ['\x00\x00\x01\xb3', 'video/mpeg', 'mpg'],
];
const DICOM_AT = 128;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function judgeByStart(bytes: Uint8Array): JudgedFile | null {
  const start = latin1(bytes.subarray(0, 8));
  const known = STARTS.find(([mark]) => start.startsWith(mark));
  if (known !== undefined) return other(known[1], known[2]);
  if (latin1(bytes.subarray(DICOM_AT, DICOM_AT + 4)) === 'DICM') return other('application/dicom', 'dcm');
  if (!start.startsWith('PK\x03\x04')) return null;
  const isDocx = latin1(bytes).includes('word/document.xml');
  return isDocx ? other(DOCX, 'docx') : other('application/zip', 'bin');
}

function judgeText(bytes: Uint8Array): JudgedFile | null {
  const text = readText(bytes);
  if (text === null) return null;
  // Saved as text, so that no browser runs it as a page.
  if (isMarkup(text)) return other('text/html', 'txt');
  const judged = other('text/plain', 'txt');
  return bytes.length > MOST_TEXT_BYTES
    ? judged
    : { ...judged, kind: 'text', content: new TextEncoder().encode(text) };
}
