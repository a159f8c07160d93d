/** Words for the files that go with a cancellation (contract.md section 4.6). */
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { problemWords } from '../../app/words/problem-words.ts';

export const MOST_FILE_BYTES = 5 * 1024 * 1024;
const LONGEST_NAME = 255;

/** `12 bytes`, `340 kB`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What speaks against a file before main is asked; empty when nothing does. */
export function objectionToFile(
  file: { readonly name: string; readonly size: number },
  taken: { readonly names: readonly string[]; readonly maxFiles: number },
): string {
  const isTwice = taken.names.some((name) => name.toLowerCase() === file.name.toLowerCase());
  if (taken.names.length >= taken.maxFiles) {
    return `No more than ${taken.maxFiles} files go with one action. Remove one first.`;
  }
  if (isTwice) return `“${file.name}” is there already. Rename the file, then choose it again.`;
  if (file.size === 0) return `“${file.name}” is empty. Choose the right file.`;
  if (file.size > MOST_FILE_BYTES) {
    return `“${file.name}” has ${sizeWords(file.size)}: e-RS takes up to 5 MB. Make it smaller, then choose it again.`;
  }
  return file.name.length > LONGEST_NAME
    ? 'The name of the file is longer than 255 characters. Rename it, then choose it again.'
    : '';
}

const REFUSALS: Readonly<Record<string, string>> = {
  FILE_SIZE_ERROR: 'it is empty or larger than 5 MB.',
  DUPLICATE_FILENAME: 'the referral has a file of this name already. Rename it, then choose it again.',
  'file-name-characters': 'its name has characters that e-RS does not take. Rename it, then choose it again.',
  'file-name-too-long': 'its name is longer than 255 characters. Rename it, then choose it again.',
  'file-not-readable': 'it did not arrive whole. Close it in other programs, then choose it again.',
  'file-too-large': 'it is empty or larger than 5 MB.',
  'file-type-differs': 'it is not what the end of its name says. Open it and see what it is.',
  'file-type-not-allowed':
    'e-RS does not take files of this type. It takes txt, pdf, xml, rtf, au, mp3, png, gif, jpg, tif, mpg, doc and docx.',
  'too-many-files': 'no more files go with one action. Take one out first.',
  'not-read': 'it could not be read from this computer. Is it open elsewhere?',
};

/** Why main did not take a file. */
export function fileRefusalWords(name: string, { code, ...rest }: Problem): string {
  const known = REFUSALS[code];
  if (known !== undefined) return `“${name}” was not taken: ${known}`;
  const { title, next } = problemWords({ code, ...rest });
  return `“${name}” was not taken: ${title}. ${next}`;
}
