/** The NHS numbers and UBRNs on a page. A value behind its label says what it is; another only looks like one. */
import { hasValidCheckDigit, stripSeparators } from '../../../contract/identifiers.ts';

export interface PageNumbers {
  readonly labelled: readonly string[];
  readonly unlabelled: readonly string[];
}

const NHS_LABEL = /NHS\s*(?:number|no\b\.?|num\b\.?|#)?[\s:.\-–(]*(?<!\d)(\d[\d \u00a0\-–]{8,14}\d)/gi;
const UBRN_LABEL =
  /(?:UBRN|(?:unique\s+)?booking\s+reference(?:\s+(?:number|no\.?))?)[\s:.\-–()]*(?:UBRN[\s:.\-–()]*)?(\d[\d \u00a0\-–]{6,16}\d)/gi;
/** Not a part of a longer number, nor of a telephone number with its country. */
const START = String.raw`(?<![\d+\-]|\+\d{1,3}[ \u00a0])`;
const END = String.raw`(?![\d]|[ \u00a0\-]\d{5})`;
const NHS_SHAPE = new RegExp(String.raw`${START}\d{3}([ \u00a0\-]?)\d{3}\1\d{4}${END}`, 'g');
const UBRN_SHAPE = new RegExp(String.raw`${START}\d{4}([ \u00a0\-]?)\d{4}\1\d{4}${END}`, 'g');

const NHS_DIGITS = 10;
const UBRN_DIGITS = 12;

const labelledIn = (text: string, label: RegExp) =>
  [...text.matchAll(label)].map((match) => stripSeparators(match[1] ?? ''));
const shapedIn = (text: string, shape: RegExp) =>
  [...text.matchAll(shape)].map(([found]) => stripSeparators(found));

/** Unlabelled ones count only with a right check digit: telephone numbers look like them. */
export function findNhsNumbers(lines: readonly string[]): PageNumbers {
  const text = lines.join('\n');
  return {
    labelled: labelledIn(text, NHS_LABEL).map((digits) => digits.slice(0, NHS_DIGITS)),
    unlabelled: shapedIn(text, NHS_SHAPE).filter(hasValidCheckDigit),
  };
}

/** Some letters leave out the zeros in front (contract.md A019). */
export function findUbrns(lines: readonly string[]): PageNumbers {
  const text = lines.join('\n');
  return {
    labelled: labelledIn(text, UBRN_LABEL).map((digits) =>
      digits.slice(0, UBRN_DIGITS).padStart(UBRN_DIGITS, '0'),
    ),
    unlabelled: shapedIn(text, UBRN_SHAPE),
  };
}

/** True when the page carries the number, labelled or not. */
export const carries = ({ labelled, unlabelled }: PageNumbers, wanted: string): boolean =>
  labelled.includes(wanted) || unlabelled.includes(wanted);
