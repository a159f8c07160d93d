/** Invented letter pages: one line of text under another. */
import type { PdfPage, TextRun } from '../../../src-renderer/app/pdf/page-text.ts';

const LINE_HEIGHT = 20;

/** A page of lines; a line that is an array has several runs beside each other. */
export function makeLetterPage(...lines: (string | readonly string[])[]): PdfPage {
  const runs = lines.flatMap((line, at) => {
    const texts = typeof line === 'string' ? [line] : line;
    return texts.map((text, place): TextRun => ({
      text,
      left: 50 + place * 120,
      top: 40 + at * LINE_HEIGHT,
      width: text.length * 6,
      height: 12,
    }));
  });
  return { width: 595, height: 842, runs };
}
