/**
 * Finds the patient's access code on a letter, so that it can be covered (hazard 7). When it cannot be told where the
 * code is, the whole last page is covered: it is better to cover too much.
 */
import { readLines, type PdfPage, type TextLine, type TextRun } from '../../app/pdf/page-text.ts';

export interface AccessCodePlace {
  /** Runs of text that hold the code, or its label together with it. */
  readonly runs: ReadonlySet<TextRun>;
  /** Pages (from 0) that are covered whole. */
  readonly wholePages: ReadonlySet<number>;
  readonly isFound: boolean;
}

const LABEL = /(?:access\s*code|pass\s*code|password)\b/i;
/** What follows a label when it is the code itself and not the rest of a sentence. */
const CODE_AFTER_LABEL = /^\s*(?:is\b)?\s*[:-]?\s*([A-Z0-9]{3,}(?:[\s-]+[A-Z0-9]{2,})*)\s*\.?\s*$/;

/** Where the access code is on these pages. */
export function findAccessCode(pages: readonly PdfPage[]): AccessCodePlace {
  const lines = pages.map(readLines);
  const found = new Set<TextRun>();
  for (const page of lines)
    page.forEach((line, at) => codeRunsOf(line, page[at + 1]).forEach((run) => found.add(run)));
  if (found.size === 0)
    return { runs: found, wholePages: new Set(pages.length === 0 ? [] : [pages.length - 1]), isFound: false };
  const codes = [...found]
    .map((run) => squeeze(run.text.replace(/^.*?(?:code|word)\b\s*(?:is\b)?\s*[:-]?/i, '')))
    .filter((code) => code.length >= 4);
  for (const line of lines.flat()) {
    const isRepeated = codes.some((code) => squeeze(line.map((run) => run.text).join('')).includes(code));
    if (isRepeated) line.filter((run) => holdsPart(run, codes)).forEach((run) => found.add(run));
  }
  return { runs: found, wholePages: new Set(), isFound: true };
}

const squeeze = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();

/** True when a run holds a code, or is one of the pieces that a code is made of. */
function holdsPart(run: TextRun, codes: readonly string[]): boolean {
  const text = squeeze(run.text);
  return text.length >= 2 && codes.some((code) => text.includes(code) || code.includes(text));
}

function codeRunsOf(line: TextLine, next: TextLine | undefined): readonly TextRun[] {
  const at = line.findIndex((run) => LABEL.test(run.text));
  const label = line[at];
  if (label === undefined) return [];
  const rest = label.text.slice(
    (LABEL.exec(label.text)?.index ?? 0) + (LABEL.exec(label.text)?.[0].length ?? 0),
  );
  const right = line.slice(at + 1);
  if (CODE_AFTER_LABEL.test(rest)) return [label, ...right];
  const isBareLabel = /^\s*(?:is\b)?\s*[:-]?\s*$/.test(rest);
  if (!isBareLabel) return [];
  if (right.length > 0) return isSentence(right) ? [] : right;
  // A label at the end of its line may be a heading or a form field (code below) or a sentence that wraps.
  return next !== undefined && !isSentence(next) ? next : [];
}

/** True for running text: a code is short and has no small words. */
function isSentence(line: TextLine): boolean {
  const words = line
    .map((run) => run.text)
    .join(' ')
    .trim()
    .split(/\s+/);
  return words.length > 3 || words.some((word) => /^[a-z]{1,3}$/.test(word));
}

export const MASK = '••••••••';

/** A run's text with the code masked; a label before the code stays readable. */
export function maskRun(run: TextRun): string {
  const label = LABEL.exec(run.text);
  return label === null ? MASK : `${run.text.slice(0, label.index + label[0].length)}: ${MASK}`;
}
