/**
 * Cuts the power: what a process wrote is recorded, and for random points in that record the folder is made as a disk
 * could have it after a cut there. Whatever the process had been promised before the cut must be in it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../../src-main/training-service/random.ts';
import { databaseIn, openRecords, PATIENT_TEXTS, STEPS, type Synchronous } from './records.ts';
import { runChild } from './run-child.ts';
import { readTrace, type TraceEvent } from './trace.ts';
import { createUnsyncedDisk } from './unsynced-disk.ts';

export interface PowerLossOptions {
  readonly states: number;
  readonly seed: number;
  readonly synchronous: Synchronous;
}

export interface PowerLossResult {
  readonly states: number;
  /** Promises that held in all states taken together. */
  readonly kept: number;
  /** States in which a promise was broken, and the worst of them. */
  readonly lost: number;
  readonly mostLost: number;
  /** States that do not open, have a record that does not, or an audit trail that does not verify. */
  readonly corrupt: number;
  /** Writes that held a patient's number or a service's name in clear. */
  readonly inClear: number;
  readonly examples: readonly string[];
}

const STATES_PER_TRACE = 125;
const INTENTS_PER_TRACE = 60;

interface Verdict {
  readonly kept: number;
  readonly lost: number;
  readonly fault: string | null;
}

type Promises = ReadonlyMap<string, string>;

const rank = (state: string) => STEPS.findIndex((step) => step === state);

/** Opens a state as the app would at its next start and looks for everything that had been promised. */
async function judge(folder: string, promised: Promises): Promise<Verdict> {
  try {
    const records = await openRecords(folder, 'OFF');
    try {
      const states = [...promised].map(([intentId, step]) => ({ step, found: records.stateOf(intentId) }));
      const kept = states.filter(({ step, found }) => rank(found) >= rank(step)).length;
      const isReadable = states.every(({ found }) => found !== 'unreadable');
      const fault = !isReadable ? 'unreadable record' : records.isTrailWhole() ? null : 'broken trail';
      return { kept, lost: promised.size - kept, fault };
    } finally {
      records.close();
    }
  } catch (error) {
    return { kept: 0, lost: promised.size, fault: String(error) };
  }
}

/** How lucky the disk was: often all or nothing of what was not synced, else a share of it. */
function drawLuck(random: Random): number {
  return random.pick([0, 0, 1, random.next(), random.next()]);
}

function drawCuts(random: Random, events: readonly TraceEvent[], count: number): number[] {
  return Array.from({ length: count }, () => random.int(events.length + 1)).sort((a, b) => a - b);
}

/** The index of the log lives in memory; what a disk has of it after a cut is anything. */
function spoilLogIndex(folder: string): void {
  const index = `${databaseIn(folder)}-shm`;
  if (existsSync(index)) writeFileSync(index, randomBytes(32_768));
}

async function record(folder: string, options: PowerLossOptions, random: Random): Promise<TraceEvent[]> {
  const data = join(folder, 'data');
  mkdirSync(data);
  const trace = join(folder, 'trace');
  const [pages, restart] = [random.pick([25, 60, 1000]), random.pick([0, 17, 40])];
  const args = [join(data, 'training'), INTENTS_PER_TRACE, options.synchronous, pages, restart].map(String);
  await runChild('enqueue-child.ts', args, { folder: data, trace });
  return readTrace(trace);
}

function countInClear(events: readonly TraceEvent[]): number {
  return events.filter(
    (event) => event.kind === 'write' && PATIENT_TEXTS.some((text) => event.data.includes(text)),
  ).length;
}

/** A stop before the first folder was synced may leave nothing at all; `training` is made by the app itself. */
async function runTrace(folder: string, options: PowerLossOptions, random: Random, states: number) {
  const events = await record(folder, options, random);
  const disk = createUnsyncedDisk(join(folder, 'data'));
  const promised = new Map<string, string>();
  const verdicts: Verdict[] = [];
  let at = 0;
  for (const [index, cut] of drawCuts(random, events, states).entries()) {
    for (; at < cut; at += 1) {
      const event = events[at];
      if (event === undefined) break;
      if (event.kind === 'mark') {
        const [intentId = '', state = ''] = event.text.trim().split(' ');
        promised.set(intentId, state);
      } else disk.apply(event);
    }
    const target = join(folder, `state-${index}`);
    disk.losePower(target, { random, kept: drawLuck(random) });
    if (random.isHit(0.5)) spoilLogIndex(join(target, 'training'));
    verdicts.push(await judge(join(target, 'training'), promised));
    rmSync(target, { recursive: true, force: true });
  }
  return { verdicts, inClear: countInClear(events) };
}

/** Makes so many states after a loss of power, from as many recorded runs as that takes, and judges each. */
export async function runPowerLoss(options: PowerLossOptions): Promise<PowerLossResult> {
  const random = createRandom(options.seed);
  const verdicts: Verdict[] = [];
  let inClear = 0;
  while (verdicts.length < options.states) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booking-desk-power-')));
    try {
      const count = Math.min(STATES_PER_TRACE, options.states - verdicts.length);
      const one = await runTrace(folder, options, random, count);
      verdicts.push(...one.verdicts);
      inClear += one.inClear;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const faults = verdicts.flatMap(({ fault }) => fault ?? []);
  return {
    states: verdicts.length,
    kept: verdicts.reduce((sum, { kept }) => sum + kept, 0),
    lost: verdicts.filter(({ lost }) => lost > 0).length,
    mostLost: Math.max(0, ...verdicts.map(({ lost }) => lost)),
    corrupt: faults.length,
    inClear,
    examples: [...new Set(faults)].slice(0, 3),
  };
}
