/** A figure of the table: what was measured against what, and the goal that performance.md sets. */

export interface Figure {
  /** The number of the measurement, 1 to 6. */
  readonly group: number;
  readonly name: string;
  /** What it is divided by, or `count` for a plain number. */
  readonly against: string;
  /** A ratio without unit, or a count. */
  readonly measured: number;
  /** At most this; null: shown for information, nothing to meet. */
  readonly goal: number | null;
  /** The section of performance.md that the goal comes from. */
  readonly source: string;
  /** Medians behind the ratio, for the JSON alone: microseconds or milliseconds as their names say. */
  readonly raw: Readonly<Record<string, number>>;
}

/** A measurement: gives its figures, throws when it could not be made. */
export type Measurement = (options: BenchOptions) => Promise<readonly Figure[]>;

export interface BenchOptions {
  /** Fewer rounds. */
  readonly isShort: boolean;
  /** A folder on the disk of the checkout, for what a measurement writes; it is removed afterwards. */
  readonly folder: string;
}

export type Verdict = 'met' | 'not met' | 'no goal';

/** Whether a figure is within its goal. */
export function judge({ measured, goal }: Pick<Figure, 'measured' | 'goal'>): Verdict {
  if (goal === null) return 'no goal';
  return measured <= goal ? 'met' : 'not met';
}

const HEADS = ['', 'figure', 'against', 'measured', 'goal', ''] as const;

function cellsOf(figure: Figure): readonly string[] {
  const isCount = figure.against === 'count';
  const show = (value: number) => (isCount ? String(value) : `${value.toFixed(value >= 10 ? 1 : 2)}x`);
  const goal = figure.goal === null ? '-' : `<= ${show(figure.goal)}`;
  return [String(figure.group), figure.name, figure.against, show(figure.measured), goal, judge(figure)];
}

/** The lines of the table, columns as wide as their widest cell. */
export function formatTable(figures: readonly Figure[]): readonly string[] {
  const rows = [HEADS, ...figures.map(cellsOf)];
  const widths = HEADS.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
