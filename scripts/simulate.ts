/**
 * `npm run simulate -- [--seeds N] [--from K] [--action book|defer|…|mixed] [--depth protocol|full]
 * [--workers N] [--quiet]`: runs the outbox through schedules drawn from seeds and asks the
 * service what is true. Without an action: each in turn. The rate is that of one core, by the time it was at work.
 * Ends with 1 when a promise was broken, 2 on wrong use. A seed that fails is told whole and kept for ever.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ACTIONS, ACTIONS_OF, DEPTH_NAMES, type Action, type DepthName } from '../test/simulation/depth.ts';
import { keepSeed, readKeptSeeds } from '../test/simulation/kept-seeds.ts';
import { loadDepth } from '../test/simulation/load-depth.ts';
import { formatLastLine, formatTables } from '../test/simulation/report.ts';
import { violationsOf, type Failure, type Range, type RangeResult } from '../test/simulation/run-range.ts';
import { addCounts, noCounts, type Counts } from '../test/simulation/tally.ts';

const USAGE = `usage: npm run simulate -- [--seeds N] [--from K] [--action ${ACTIONS.join('|')}] [--depth ${DEPTH_NAMES.join('|')}] [--workers N] [--quiet]`;
const USUAL_SEEDS = 100_000;
/** Stories fill screens: only the first of a run are told. */
const MOST_STORIES = 3;

interface Wish {
  readonly seeds: number;
  readonly from: number;
  readonly actions: readonly Action[];
  readonly depth: DepthName;
  readonly workers: number;
  /** Only the last line, and what fails. */
  readonly isQuiet: boolean;
}

function readArguments(): Wish | null {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        seeds: text,
        from: text,
        action: text,
        depth: text,
        workers: text,
        quiet: { type: 'boolean' },
      },
    });
    const seeds = Number(values.seeds ?? USUAL_SEEDS);
    const from = Number(values.from ?? 1);
    const workers = Number(values.workers ?? 1);
    const depth = DEPTH_NAMES.find((name) => name === (values.depth ?? 'protocol'));
    const known = ACTIONS_OF[depth ?? 'protocol'];
    const actions = values.action === undefined ? known : known.filter((name) => name === values.action);
    const isCount = [seeds, from, workers].every((value) => Number.isSafeInteger(value) && value >= 0);
    if (!isCount || !Number.isSafeInteger(from + seeds) || workers < 1 || actions.length === 0) return null;
    return depth === undefined
      ? null
      : { seeds, from, actions, depth, workers, isQuiet: values.quiet ?? false };
  } catch {
    return null;
  }
}

/** The seeds that failed once, before all others. */
async function runKept(depth: DepthName): Promise<Failure[]> {
  const kept = readKeptSeeds(depth);
  const runner = await loadDepth(depth);
  const failures: Failure[] = [];
  for (const { seed, action } of kept) {
    const violations = await violationsOf(runner, seed, action);
    if (violations.length > 0) failures.push({ seed, action, violations });
  }
  console.log(`kept seeds ${kept.length}, violations ${failures.length}`);
  return failures;
}

/** One range for each worker, their seeds in turns. */
async function runAction({ seeds, from, depth, workers }: Wish, action: Action): Promise<RangeResult[]> {
  const rangeOf = (worker: number): Range => ({
    depth,
    action,
    from: from + worker,
    step: workers,
    count: Math.floor(seeds / workers) + (worker < seeds % workers ? 1 : 0),
  });
  return Promise.all(Array.from({ length: workers }, (_, worker) => runInWorker(rangeOf(worker))));
}

function runInWorker(range: Range): Promise<RangeResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../test/simulation/range-worker.ts', import.meta.url), {
      workerData: range,
      // Schedules are many small short-lived objects.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

/** Tells a failing schedule event by event, and keeps its seed. */
async function tellFailure(
  depth: DepthName,
  { seed, action, violations }: Failure,
  isTold: boolean,
): Promise<void> {
  const why = violations[0] ?? '';
  const file = keepSeed({ seed, action, depth, why });
  console.log(`\nVIOLATION: seed ${seed}, action ${action}, depth ${depth}, kept as ${file}`);
  violations.forEach((line) => console.log(`  ${line}`));
  if (!isTold) return;
  const story: string[] = [];
  await violationsOf(await loadDepth(depth), seed, action, story);
  console.log(story.join('\n'));
}

async function main(): Promise<number> {
  const wish = readArguments();
  if (wish === null) {
    console.error(USAGE);
    return 2;
  }
  const failures = await runKept(wish.depth);
  const sum = { schedules: 0, failed: failures.length, toClerk: 0, cpuSeconds: 0 };
  for (const action of wish.actions) {
    const counts: Counts = noCounts();
    for (const result of await runAction(wish, action)) {
      addCounts(counts, result.counts);
      sum.failed += result.failed;
      sum.cpuSeconds += result.cpuSeconds;
      failures.push(...result.failures);
    }
    sum.schedules += counts.schedules;
    sum.toClerk += counts.toClerk;
    if (!wish.isQuiet) console.log(formatTables(counts, action, wish.depth).join('\n'));
  }
  for (const [index, failure] of failures.entries())
    await tellFailure(wish.depth, failure, index < MOST_STORIES);
  console.log(formatLastLine(sum));
  return sum.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
