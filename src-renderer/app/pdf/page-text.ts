/** The text of a PDF's pages, line by line, as placed on the page. */

/** One run of text with its rectangle: points from the top left corner of the page. */
export interface TextRun {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
}

export type TextLine = readonly TextRun[];

/** The runs of a page as lines from the top, each from the left; runs whose middles are level share a line. */
export function readLines(page: PdfPage): readonly TextLine[] {
  const runs = page.runs.filter((run) => run.text.trim() !== '');
  const lines: TextRun[][] = [];
  for (const run of [...runs].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const line = lines.find(([first]) => first !== undefined && areLevel(first, run));
    if (line === undefined) lines.push([run]);
    else line.push(run);
  }
  return lines.map((line) => [...line].sort((a, b) => a.left - b.left));
}

function areLevel(a: TextRun, b: TextRun): boolean {
  return Math.abs(a.top + a.height / 2 - (b.top + b.height / 2)) < Math.min(a.height, b.height) / 2;
}
