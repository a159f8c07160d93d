/** Measurement 4: what the door adds to a request across a process line (performance.md section 5). */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import { answer, HUNDRED_SLOTS, SMALL, type Ask, type Way } from './bench-door.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { interleave, type RoundTimes } from './interleave.ts';
import { median, medianRatio } from './statistics.ts';

/** "Goal typed <= 1.15x bare", both over worker_threads. */
const GOAL = 1.15;
const SOURCE = 'performance.md section 5';

function figure(
  name: string,
  against: string,
  [times, base]: readonly [RoundTimes, RoundTimes],
  goal: number | null,
): Figure {
  return {
    group: 4,
    name,
    against,
    measured: medianRatio(times.wall, base.wall),
    goal,
    source: SOURCE,
    raw: { measuredUs: median(times.wall), againstUs: median(base.wall) },
  };
}

function assertOk(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`the door answered ${outcome.problem.code}`);
}

const variants = (run: (way: Way, ask: Ask) => Promise<unknown>) => [
  { name: 'bareSmall' as const, run: () => run('bare', SMALL) },
  { name: 'doorSmall' as const, run: () => run('door', SMALL) },
  { name: 'bareSlots' as const, run: () => run('bare', HUNDRED_SLOTS) },
  { name: 'doorSlots' as const, run: () => run('door', HUNDRED_SLOTS) },
];

async function measureOverWorker(isShort: boolean) {
  const worker = new Worker(new URL('./door-worker.ts', import.meta.url));
  const waiting: ((outcome: Outcome<unknown>) => void)[] = [];
  worker.on('message', (outcome: Outcome<unknown>) => waiting.shift()?.(outcome));
  const ask = (way: Way, asked: Ask) =>
    new Promise<void>((resolve) => {
      waiting.push((outcome) => {
        assertOk(outcome);
        resolve();
      });
      worker.postMessage({ way, ask: asked });
    });
  try {
    await once(worker, 'online');
    const callsPerRound = isShort ? 150 : 600;
    return await interleave(variants(ask), {
      rounds: isShort ? 5 : 11,
      callsPerRound,
      warmUpCalls: callsPerRound,
    });
  } finally {
    await worker.terminate();
  }
}

/** A request over worker_threads with and without the door; and in this process, where nothing else costs. */
export async function measureDoor({ isShort }: BenchOptions): Promise<readonly Figure[]> {
  const far = await measureOverWorker(isShort);
  const near = await interleave(
    variants(async (way, ask) => assertOk(await answer(way, ask))),
    { rounds: isShort ? 5 : 11, callsPerRound: isShort ? 300 : 1000, warmUpCalls: 2000 },
  );
  const bareFar = 'bare handler over worker_threads';
  return [
    figure('door, small request', bareFar, [far.doorSmall, far.bareSmall], GOAL),
    figure('door, 100 slots', bareFar, [far.doorSlots, far.bareSlots], GOAL),
    figure('door, 100 slots', 'door, small request', [far.doorSlots, far.doorSmall], null),
    figure('handle() alone, small request', 'bare handler call', [near.doorSmall, near.bareSmall], null),
    figure('handle() alone, 100 slots', 'bare handler call', [near.doorSlots, near.bareSlots], null),
  ];
}
