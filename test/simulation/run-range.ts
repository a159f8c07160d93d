/** Runs a range of seeds of one action at one depth, in this thread. */
import type { Action, Depth, DepthName } from './depth.ts';
import { loadDepth } from './load-depth.ts';
import type { Counts } from './tally.ts';

export interface Range {
  readonly depth: DepthName;
  readonly action: Action;
  /** The first seed, how far to the next, and how many. */
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

export interface Failure {
  readonly seed: number;
  readonly action: Action;
  readonly violations: readonly string[];
}

export interface RangeResult {
  readonly counts: Counts;
  readonly failed: number;
  /** The first of those that failed. */
  readonly failures: readonly Failure[];
  /** What it took of a core. */
  readonly cpuSeconds: number;
}

const MOST_FAILURES = 25;

/** Runs the range; no schedule that fails stops it. */
export async function runRange({ depth: name, action, from, step, count }: Range): Promise<RangeResult> {
  const depth = await loadDepth(name);
  const startedSeconds = cpuSeconds();
  const failures: Failure[] = [];
  let failed = 0;
  for (let index = 0; index < count; index += 1) {
    const seed = from + index * step;
    const violations = await violationsOf(depth, seed, action);
    if (violations.length === 0) continue;
    failed += 1;
    if (failures.length < MOST_FAILURES) failures.push({ seed, action, violations });
  }
  return { counts: depth.counts, failed, failures, cpuSeconds: cpuSeconds() - startedSeconds };
}

/** What a schedule breaks; a program that throws breaks everything. */
export function violationsOf(
  depth: Depth,
  seed: number,
  action: Action,
  story: string[] | null = null,
): readonly string[] | Promise<readonly string[]> {
  try {
    const verdict = depth.run(seed, action, story);
    if (!(verdict instanceof Promise)) return verdict.violations;
    return verdict.then(({ violations }) => violations, thrown);
  } catch (error) {
    return thrown(error);
  }
}

const thrown = (error: unknown) => [`threw: ${error instanceof Error ? error.message : String(error)}`];

function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
