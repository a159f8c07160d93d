/** Puts the runs of text of a page in reading order, line by line, as they stand on the page. */

/** One run of text: points from the bottom left corner of the page. */
export interface PlacedRun {
  readonly text: string;
  readonly left: number;
  readonly baseline: number;
  readonly width: number;
  readonly height: number;
  /** Text that does not run from left to right along the page: a line of its own. */
  readonly isTurned: boolean;
}

/** Parts of the letters' height: from here on there is a blank between two runs, or another column. */
const BLANK = 0.15;
const COLUMN = 2.5;

/** The lines from the top, each from the left. A wide gap within a line, as between columns, is a tab. */
export function toLines(runs: readonly PlacedRun[]): readonly string[] {
  const lines: PlacedRun[][] = [];
  const written = runs.filter(({ text }) => text.trim() !== '');
  for (const run of [...written].sort((a, b) => b.baseline - a.baseline || a.left - b.left)) {
    const line = lines.findLast(([first]) => first !== undefined && areLevel(first, run));
    if (line === undefined) lines.push([run]);
    else line.push(run);
  }
  return lines.map(join);
}

function areLevel(a: PlacedRun, b: PlacedRun): boolean {
  if (a.isTurned || b.isTurned) return false;
  const distance = Math.abs(a.baseline + a.height / 2 - (b.baseline + b.height / 2));
  return distance < Math.min(a.height, b.height) / 2;
}

function join(line: readonly PlacedRun[]): string {
  let text = '';
  let end = 0;
  for (const run of [...line].sort((a, b) => a.left - b.left)) {
    const gap = text === '' ? 0 : (run.left - end) / Math.max(run.height, 1);
    text += (gap > COLUMN ? '\t' : gap > BLANK ? ' ' : '') + run.text;
    end = run.left + run.width;
  }
  return text
    .replace(/[^\S\t]+/g, ' ')
    .replace(/ ?\t ?/g, '\t')
    .trim();
}
