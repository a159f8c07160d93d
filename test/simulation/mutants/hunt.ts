/** Looks for a seed that catches what is loaded. */
import { ACTIONS_OF, type Action, type DepthName } from '../depth.ts';
import { readKeptSeeds } from '../kept-seeds.ts';
import { loadDepth } from '../load-depth.ts';
import { violationsOf } from '../run-range.ts';

export interface Hunt {
  readonly depth: DepthName;
  readonly from: number;
  /** Seeds of each action, at most. */
  readonly seeds: number;
}

export interface Catch {
  readonly seed: number;
  readonly action: Action;
  readonly violation: string;
}

/** So many of each action in turn: most mutants fall early, and not in every action. */
const IN_TURN = 250;

/** The first seed that breaks a promise, the kept ones first; null when none does. */
export async function hunt({ depth: name, from, seeds }: Hunt): Promise<Catch | null> {
  const depth = await loadDepth(name);
  for (const { seed, action } of readKeptSeeds(name)) {
    const [violation] = await violationsOf(depth, seed, action);
    if (violation !== undefined) return { seed, action, violation };
  }
  for (let begun = 0; begun < seeds; begun += IN_TURN)
    for (const action of ACTIONS_OF[name])
      for (let seed = from + begun; seed < from + Math.min(seeds, begun + IN_TURN); seed += 1) {
        const [violation] = await violationsOf(depth, seed, action);
        if (violation !== undefined) return { seed, action, violation };
      }
  return null;
}
