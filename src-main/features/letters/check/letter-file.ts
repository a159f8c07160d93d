/** Is this a whole PDF file? Asked before anything else reads it (attack S22). */

export type LetterFileFault =
  | 'letter-empty'
  | 'letter-too-large'
  | 'letter-is-html'
  | 'letter-not-a-pdf'
  | 'letter-cut-short'
  | 'letter-with-script';

export const MAX_LETTER_BYTES = 8 * 1024 * 1024;

/** What a letter has no use for: it starts programs, or brings them. Long enough not to come up in packed data. */
const ACTIVE = /\/(?:Launch|JavaScript|EmbeddedFiles?|RichMedia)\b/;

const HEAD_BYTES = 512;
const TAIL_BYTES = 64;

/** Null, or why these bytes are no letter that may be shown or printed. */
export function findFileFault(bytes: Uint8Array): LetterFileFault | null {
  if (bytes.length === 0) return 'letter-empty';
  if (bytes.length > MAX_LETTER_BYTES) return 'letter-too-large';
  const latin1 = new TextDecoder('latin1');
  const head = latin1.decode(bytes.subarray(0, HEAD_BYTES));
  if (!head.startsWith('%PDF-'))
    return /^\s*(?:\ufeff|ï»¿)?\s*</.test(head) ? 'letter-is-html' : 'letter-not-a-pdf';
  const tail = latin1.decode(bytes.subarray(-TAIL_BYTES)).replace(/[\s\0]+$/, '');
  if (!tail.endsWith('%%EOF')) return 'letter-cut-short';
  return ACTIVE.test(latin1.decode(bytes)) ? 'letter-with-script' : null;
}
