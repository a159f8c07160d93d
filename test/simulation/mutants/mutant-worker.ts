import { parentPort, workerData } from 'node:worker_threads';
import type { Hunt } from './hunt.ts';
import { loadMutant } from './load-mutant.ts';
import type { Mutant } from './mutant.ts';

const { mutant, hunt: input } = workerData as { readonly mutant: Mutant; readonly hunt: Hunt };
Error.stackTraceLimit = 0;
loadMutant(mutant);
// Only now: what it imports is the mutant.
const { hunt } = await import('./hunt.ts');
parentPort?.postMessage(await hunt(input));
