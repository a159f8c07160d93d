import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, type Action } from './depth.ts';
import { readKeptSeeds } from './kept-seeds.ts';
import { loadDepth } from './load-depth.ts';
import { applyEdits } from './mutants/load-mutant.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { runMutant } from './mutants/run-mutant.ts';
import { Random } from './random.ts';
import { violationsOf, type Range, type RangeResult } from './run-range.ts';

/** Another stretch of seeds in every run; a failing one is printed and can be run again with `npm run simulate`. */
const from = Number(process.env['SIMULATE_FROM'] ?? Math.floor(performance.timeOrigin));
const SEEDS = 2_500;

/** Plain Node, not the test runner's module loader: that is what the simulation is fast in. One thread for all. */
function runInWorker(ranges: readonly Range[]): Promise<RangeResult[]> {
  return new Promise((resolve, reject) => {
    const results: RangeResult[] = [];
    const worker = new Worker(new URL('./range-worker.ts', import.meta.url), { workerData: ranges });
    worker.on('message', (result: RangeResult) => results.push(result));
    worker.on('error', reject);
    worker.on('exit', () => resolve(results));
  });
}

const rangeOf = (action: Action): Range => ({ depth: 'protocol', action, from, step: 1, count: SEEDS });

async function storyOf(seed: number, action: Action): Promise<string[]> {
  const story: string[] = [];
  await violationsOf(await loadDepth('protocol'), seed, action, story);
  return story;
}

describe('the outbox protocol', () => {
  let results: readonly RangeResult[] = [];
  beforeAll(async () => {
    results = await runInWorker(ACTIONS.map(rangeOf));
  }, 120_000);

  it.each(ACTIONS)(`keeps its promises: %s, ${SEEDS} schedules from seed ${from}`, (action) => {
    const result = results[ACTIONS.indexOf(action)];
    if (result === undefined) throw new Error('its schedules were not run');
    const { failed, failures, counts } = result;
    expect(failures.map(({ seed, violations }) => `${action} ${seed}: ${violations[0]}`)).toEqual([]);
    expect([failed, counts.schedules]).toEqual([0, SEEDS]);
    // Most of what a clerk asks for ends without a question (safety.md, small simulation).
    expect(counts.toClerk / counts.schedules).toBeLessThan(0.4);
  });

  it('keeps them for the seeds that failed once', async () => {
    const depth = await loadDepth('protocol');
    const kept = readKeptSeeds('protocol');
    expect(kept.length).toBeGreaterThan(0);
    for (const { seed, action, why } of kept)
      expect([why, await violationsOf(depth, seed, action)]).toEqual([why, []]);
  });

  it('is broken by no mutant that the checker does not see', async () => {
    const planted = MUTANTS.filter(({ name }) => name === 'conflict-trusted' || name === 'send-not-recorded');
    const found = await Promise.all(
      planted.map((mutant) => runMutant(mutant, { depth: 'protocol', from: 1, seeds: 2_000 })),
    );
    expect(found.map((caught) => caught?.violation.replace(/^\S+ s /, ''))).toEqual([
      expect.stringContaining('I1: told refused, and it is done'),
      expect.stringContaining('I6: a send without its record'),
    ]);
  });

  it('has no mutant that no longer fits the sources', () => {
    for (const { edits } of MUTANTS)
      for (const file of new Set(edits.map((edit) => edit.file)))
        expect(
          applyEdits(
            file,
            edits.filter((edit) => edit.file === file),
          ).length,
        ).toBeGreaterThan(0);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });
});

describe('a schedule', () => {
  it('is the same for the same seed, told or not, however large the seed', async () => {
    const seed = 10 ** 12 + 7;
    expect(await storyOf(seed, 'book')).toEqual(await storyOf(seed, 'book'));
    expect(await storyOf(seed, 'book')).not.toEqual(await storyOf(seed + 2 ** 32, 'book'));
  });

  it('draws evenly', () => {
    const random = new Random(1, 2);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 40_000; draw += 1) {
      const drawn = random.below(4);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    counts.forEach((count) => expect(Math.abs(count - 10_000)).toBeLessThan(500));
  });
});
