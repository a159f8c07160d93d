/** Are all pages there, in their order? */
import type { LetterCheck } from '../../../contract/channels/letters.ts';

/** `Page 1 of 2` anywhere in a line, or `1 of 2` as all of one. */
const MARK = /\bpage\s+(\d{1,2})\s*(?:of|\/)\s*(\d{1,2})\b/i;
const BARE_MARK = /^\W*(\d{1,2})\s+of\s+(\d{1,2})\W*$/i;

function findMark(lines: readonly string[]): string | null {
  for (const line of lines.toReversed()) {
    const found = MARK.exec(line) ?? BARE_MARK.exec(line);
    if (found) return `${Number(found[1])} of ${Number(found[2])}`;
  }
  return null;
}

export interface PageFacts {
  readonly lines: readonly string[];
  /** It carries the NHS number or the UBRN of this referral. */
  readonly isOurs: boolean;
}

/**
 * Every page must say which it is, or none; and each must carry a number of ours, as a page of another letter has a
 * number, too. A page that shows neither is for the clerk to read.
 */
export function checkPages(pages: readonly PageFacts[]): LetterCheck {
  const expected = pages.map((_, at) => `${at + 1} of ${pages.length}`).join(', ');
  const marks = pages.map(({ lines }) => findMark(lines));
  const hasMarks = marks.some((mark) => mark !== null);
  const inLetter = marks.map((mark) => mark ?? 'no number').join(', ');
  if (hasMarks && inLetter !== expected) return { what: 'pages', result: 'different', inLetter, expected };
  if (!pages.every(({ isOurs }) => isOurs))
    return { what: 'pages', result: 'missing', inLetter: '', expected };
  return { what: 'pages', result: 'same', inLetter: hasMarks ? inLetter : expected, expected };
}
