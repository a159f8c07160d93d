import { parentPort, workerData } from 'node:worker_threads';
import { runRange, type Range } from './run-range.ts';

Error.stackTraceLimit = 0;
parentPort?.postMessage(await runRange(workerData as Range));
