import { Worker } from 'node:worker_threads';
import type { Catch, Hunt } from './hunt.ts';
import type { Mutant } from './mutant.ts';

/** No hunt takes this long, but of a mutant that runs in circles: that is caught, too. */
const LONGEST_MS = 240_000;

/** Hunts a mutant in a thread of its own, whose modules are the mutant's. Throws for one that is out of date. */
export function runMutant(mutant: Mutant, hunt: Hunt): Promise<Catch | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./mutant-worker.ts', import.meta.url), {
      workerData: { mutant, hunt },
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    const timer = setTimeout(() => {
      void worker.terminate();
      resolve({ seed: hunt.from, action: 'mixed', violation: 'it never ends' });
    }, LONGEST_MS);
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => clearTimeout(timer));
  });
}
