/**
 * Prints a batch through the whole of main: letters of the training service, the real reader, the training printer.
 * Measures the whole process, the thread of the reader and the training service included.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPdfReader } from '../../../../src-main/adapters/node/pdf-reader.ts';
import { createTrainingPrinter } from '../../../../src-main/adapters/training/training-printer.ts';
import type { Clock } from '../../../../src-main/app/ports.ts';
import type { PrintBatch } from '../../../../src-main/contract/channels/letters.ts';
import { createTrainingService } from '../../../../src-main/training-service/create-training-service.ts';
import type { World } from '../../../../src-main/training-service/world/create-world.ts';
import { openDesk, type TestDesk } from '../../../support/desk.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { lastBatch } from '../../../support/letter-steps.ts';

/** The gate of calls, the printer, and all else that waits, so many times as fast. */
const HASTE = 20;
const WATCH_MS = 5;

export interface BatchFigures {
  readonly peakRss: number;
  readonly peakHeap: number;
  /** What is still held after the batch, once the garbage is collected: heap and buffers. */
  readonly kept: number;
  /** How long the event loop of main was kept from its next turn, 95th percentile. */
  readonly loopDelayP95Ms: number;
  readonly batch: PrintBatch;
  /** Sheets that came out of the printer, the cover sheet included. */
  readonly sheets: number;
}

export interface BatchMeasurement {
  readonly one: BatchFigures;
  readonly many: BatchFigures;
}

export async function measureBatch(letters: number): Promise<BatchMeasurement> {
  const clock = createManualClock();
  const service = createTrainingService({ seed: 3, clock, pasDelayMs: 0, size: 3 * letters + 250 });
  const realClock = createFastClock(clock.nowMs());
  const printer = createTrainingPrinter({ clock: realClock });
  const pdfReader = createPdfReader({ log: { write: () => undefined } });
  const desk = await openDesk({ service, clock, realClock, pdfReader, printer });
  try {
    await desk.signIn();
    const [first = '', ...others] = chooseLetters(service.world, letters + 1);
    for (const ubrn of [first, ...others]) {
      const secondIdentifier = service.world.referral(ubrn).nhsNumber.slice(-4);
      await desk.must('referral/open', { ubrn, secondIdentifier });
    }
    const sheetsNow = () => printer.printouts().reduce((sum, { sheetsDone }) => sum + sheetsDone, 0);
    const one = await printBatch(desk, [first], sheetsNow);
    return { one, many: await printBatch(desk, others, sheetsNow) };
  } finally {
    await desk.app.stop();
  }
}

function chooseLetters(world: World, count: number): string[] {
  const isPlain = (nhsNumber: string) => world.findPatient(nhsNumber)?.record === 'normal';
  const found = world
    .listReferrals()
    .filter(
      ({ kind, state, accessCode }) => kind === 'referral' && state === 'NOT_BOOKED' && accessCode !== null,
    )
    .filter(
      ({ nhsNumber, ubrn }) => isPlain(nhsNumber) && !world.findScene('no-relationship').includes(ubrn),
    );
  if (found.length < count) throw new Error(`The world has only ${found.length} such letters`);
  return found.slice(0, count).map(({ ubrn }) => ubrn);
}

async function printBatch(desk: TestDesk, ubrns: string[], sheetsNow: () => number): Promise<BatchFigures> {
  const [peak, before] = [{ rss: 0, heap: 0 }, sheetsNow()];
  const watch = setInterval(() => {
    const { rss, heapUsed, external } = process.memoryUsage();
    peak.rss = Math.max(peak.rss, rss);
    peak.heap = Math.max(peak.heap, heapUsed + external);
  }, WATCH_MS);
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const { batchId } = await desk.must('letters/plan-batch', { ubrns });
  await desk.must('letters/start-batch', { batchId, printer: 'Training-printer', isLarge: false });
  const batch = await waitForEnd(desk, batchId);
  loop.disable();
  clearInterval(watch);
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return {
    kept: heapUsed + external,
    ...{ peakRss: peak.rss, peakHeap: peak.heap, loopDelayP95Ms: loop.percentile(95) / 1e6 },
    ...{ batch, sheets: sheetsNow() - before },
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function waitForEnd(desk: TestDesk, batchId: string): Promise<PrintBatch> {
  for (;;) {
    const batch = lastBatch(desk);
    if (batch?.batchId === batchId && batch.state !== 'running') return batch;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function createFastClock(startMs: number): Clock {
  const start = performance.now();
  const monotonicMs = () => (performance.now() - start) * HASTE;
  return {
    nowMs: () => startMs + monotonicMs(),
    monotonicMs,
    schedule(delayMs, task) {
      const timer = setTimeout(task, delayMs / HASTE);
      return () => clearTimeout(timer);
    },
  };
}
