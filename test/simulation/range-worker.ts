import { parentPort, workerData } from 'node:worker_threads';
import { runRange, type Range } from './run-range.ts';

Error.stackTraceLimit = 0;
/** One range, or several one after the other: a thread takes longer to begin than a short range to run. */
const ranges = workerData as Range | readonly Range[];
for (const range of 'depth' in ranges ? [ranges] : ranges) parentPort?.postMessage(await runRange(range));
