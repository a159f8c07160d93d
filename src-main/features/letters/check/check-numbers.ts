/** Is every page of the letter this patient's and this referral's? (hazard 6) */
import type { LetterCheck } from '../../../contract/channels/letters.ts';
import { carries, type PageNumbers } from './page-numbers.ts';

/**
 * Looks for the number on the pages where it belongs. One that is labelled and another's is a difference wherever it
 * stands; an unlabelled one only where ours should be and is not.
 */
function checkNumber(
  what: 'nhs-number' | 'ubrn',
  pages: readonly PageNumbers[],
  belongsOn: readonly PageNumbers[],
  expected: string,
): LetterCheck {
  const other = pages.flatMap(({ labelled }) => labelled).find((number) => number !== expected);
  if (other !== undefined) return { what, result: 'different', inLetter: other, expected };
  if (belongsOn.some((page) => carries(page, expected)))
    return { what, result: 'same', inLetter: expected, expected };
  const lookalike = belongsOn.flatMap(({ unlabelled }) => unlabelled)[0];
  if (lookalike !== undefined) return { what, result: 'different', inLetter: lookalike, expected };
  return { what, result: 'missing', inLetter: '', expected };
}

/** The NHS number stands on page 1 (screens.md section 6). */
export const checkNhsNumber = (pages: readonly PageNumbers[], expected: string): LetterCheck =>
  checkNumber('nhs-number', pages, pages.slice(0, 1), expected);

/** The UBRN stands on page 2, which has nothing else to tell it by; on page 1 of a letter of one page. */
export const checkUbrn = (pages: readonly PageNumbers[], expected: string): LetterCheck =>
  checkNumber('ubrn', pages, pages.length > 1 ? pages.slice(1) : pages, expected);
