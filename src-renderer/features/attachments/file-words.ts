/** Words for files of a referral: what they are, whose, how large, and why one is not shown. */
import type { AttachmentView } from '../../../src-main/contract/channels/referral.ts';
import { visibleText } from '../../../src-main/contract/visible-text.ts';
import { codedWords } from '../../app/words/code-words.ts';
import type { FileFacts } from './attachments.store.ts';

const KILO = 1024;

/** `1 KB`, `2.4 MB`. */
export function sizeWords(bytes: number): string {
  return bytes < KILO * KILO
    ? `${Math.max(1, Math.round(bytes / KILO))} KB`
    : `${(bytes / KILO / KILO).toFixed(1)} MB`;
}

const ADDED_BY: Readonly<Record<string, string>> = {
  REFERRER: 'from the referrer',
  PROVIDER: 'from the provider',
  ADVICE_REQUEST: 'from an advice request',
  GUIDANCE_RESPONSE: 'from an answer with guidance',
};

/** The name of a file as the list shows it. */
export function titleWords(file: Pick<AttachmentView, 'title'>): string {
  return visibleText(file.title) || 'Without a title';
}

/** Who added it, what it is, how large: `Referral letter, from the referrer, 20 KB`. */
export function aboutWords(file: AttachmentView): string {
  const by = ADDED_BY[file.type.code] ?? codedWords(file.type);
  const size = file.bytes === null ? '' : sizeWords(file.bytes);
  return [visibleText(file.description), by, size].filter(Boolean).join(', ');
}

const TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'a PDF',
  'image/png': 'a picture (PNG)',
  'image/jpeg': 'a picture (JPEG)',
  'image/gif': 'a picture (GIF)',
  'image/tiff': 'a picture (TIFF)',
  'text/plain': 'plain text',
  'text/html': 'a web page or XML',
  'application/rtf': 'formatted text (RTF)',
  'application/msword': 'an Office document of the old kind',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'a Word document',
  'application/zip': 'an archive',
  'application/dicom': 'a DICOM picture',
  'application/x-executable': 'a program',
  'audio/mpeg': 'a sound recording',
  'audio/basic': 'a sound recording',
  'video/mpeg': 'a film',
};
const SHOWN_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'text/plain'];
const PROGRAM = 'application/x-executable';

/** What the bytes of a file prove that it is. */
export function typeWords(mediaType: string): string {
  return TYPES[mediaType] ?? 'of a type that the desk does not know';
}

/** True for a file that may not even be saved. */
export const isProgram = ({ mediaType }: Pick<FileFacts, 'mediaType'>): boolean => mediaType === PROGRAM;

/** Why a file is not shown here. */
export function notShownWords({ mediaType }: Pick<FileFacts, 'mediaType'>): string {
  if (mediaType === PROGRAM)
    return 'It is a program. A referral has no use for one, so it is not saved either.';
  if (SHOWN_TYPES.includes(mediaType))
    return `It is ${typeWords(mediaType)}, too large for this window or not whole.`;
  return `It is ${typeWords(mediaType)}. The desk shows PDFs, pictures and plain text only.`;
}
