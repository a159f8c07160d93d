/** Is this letter the open referral's? Compares what the pages say with what the desk holds (hazard 6). */
import { formatNhsNumber, formatUbrn } from '../../../src-main/contract/identifiers.ts';
import type { PdfPage } from '../../app/pdf/page-text.ts';

export interface LetterCheck {
  readonly what: string;
  readonly isMet: boolean;
}

const digitsOf = (page: PdfPage | undefined) =>
  (page?.runs ?? [])
    .map((run) => run.text)
    .join('')
    .replace(/[\s\u00a0-]/g, '');

/** The NHS number on page 1, the UBRN on page 2, and as many pages as main counted (0: it could not). */
export function checkLetter(
  pages: readonly PdfPage[],
  expected: { readonly ubrn: string; readonly nhsNumber: string; readonly pages: number },
): readonly LetterCheck[] {
  const last = pages.length > 1 ? pages[1] : pages[0];
  return [
    {
      what: `NHS number ${formatNhsNumber(expected.nhsNumber)} on page 1`,
      isMet: digitsOf(pages[0]).includes(expected.nhsNumber),
    },
    {
      what: `UBRN ${formatUbrn(expected.ubrn)} on page ${pages.length > 1 ? 2 : 1}`,
      isMet: digitsOf(last).includes(expected.ubrn),
    },
    {
      what: `${expected.pages} ${expected.pages === 1 ? 'page' : 'pages'}`,
      isMet: expected.pages === 0 || pages.length === expected.pages,
    },
  ];
}
