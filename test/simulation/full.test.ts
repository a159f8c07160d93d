import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../src-main/app/ports.ts';
import { createFullDepth } from './full/full-depth.ts';
import { refusal } from './full/replies.ts';
import { readKeptSeeds } from './kept-seeds.ts';
import { violationsOf, type Range, type RangeResult } from './run-range.ts';

/** Another stretch of seeds in every run; a failing one is printed and can be run again with `npm run simulate`. */
const from = Number(process.env['SIMULATE_FROM'] ?? Math.floor(performance.timeOrigin));
const SEEDS = 40;
/** Seeds in which a reply is lost and the request takes effect much later. */
const PLANTED_SEEDS = 120;

/** Plain Node, not the test runner's module loader: that is what the simulation is fast in. */
function runInWorker(range: Range): Promise<RangeResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./range-worker.ts', import.meta.url), { workerData: range });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

/** A client that takes a lost reply to a write for a refusal. */
const trustingSilence = (network: Network): Network => ({
  ...network,
  close: () => network.close(),
  async send(request) {
    const reply = await network.send(request);
    const isLostWrite = reply.kind === 'lost' && request.kind === 'write';
    return isLostWrite ? refusal('api-platform', 'A016', 422, 'INVALID_REQUEST_STATE') : reply;
  },
});

describe('the whole client', () => {
  it(`keeps its promises: mixed, ${SEEDS} stories from seed ${from}`, async () => {
    const range = { depth: 'full', action: 'mixed', from, step: 1, count: SEEDS } as const;
    const { failed, failures, counts } = await runInWorker(range);
    expect(failures.map(({ seed, violations }) => `mixed ${seed}: ${violations[0]}`)).toEqual([]);
    expect([failed, counts.schedules]).toEqual([0, SEEDS]);
  });

  it('keeps them for the seeds that failed once', async () => {
    const depth = createFullDepth();
    const kept = readKeptSeeds('full');
    expect(kept.length).toBeGreaterThan(0);
    for (const { seed, action, why } of kept)
      expect([why, await violationsOf(depth, seed, action)]).toEqual([why, []]);
  });

  it('is caught when it takes a lost reply for a refusal', async () => {
    const depth = createFullDepth({ spoilNetwork: trustingSilence });
    let caught: readonly string[] = [];
    for (let seed = 1; seed <= PLANTED_SEEDS && caught.length === 0; seed += 1)
      caught = (await depth.run(seed, 'book', null)).violations;
    expect(caught.join()).toContain('I1: told refused');
  });
});

describe('a story', () => {
  /** The story of the last seed, told after those before it. */
  async function storyOf(seeds: readonly number[]): Promise<string[]> {
    const depth = createFullDepth();
    let story: string[] = [];
    for (const seed of seeds) {
      story = [];
      await depth.run(seed, 'mixed', story);
    }
    return story;
  }

  it('is the same for the same seed, whatever was played before it', async () => {
    const story = await storyOf([7]);
    expect(story.length).toBeGreaterThan(5);
    expect(await storyOf([3, 4, 5, 6, 7])).toEqual(story);
  });
});
