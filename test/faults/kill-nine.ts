/**
 * Kills a desk without warning, over and over, and starts it again on the same folder; then lets it finish in peace.
 * What it told the clerk must be on the disk after every kill, and at the end every intent must say what is true.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { createRandom, type Random } from '../../src-main/training-service/random.ts';
import { complain, inspect, judgeTruth, type Complaint, type Season } from './kill-judge.ts';
import { startKillService } from './kill-service.ts';
import type { KeptIntent } from './records.ts';
import { startChild } from './run-child.ts';

export interface KillOptions {
  readonly cycles: number;
  readonly seed: number;
}

export interface KillResult {
  readonly cycles: number;
  /** Intents that the clerk was told are saved. */
  readonly acknowledged: number;
  readonly lost: number;
  /** Records that do not open, databases and trails that do not verify. */
  readonly corrupt: number;
  /** Intents found in an earlier state than one that had been shown or found before. */
  readonly wentBack: number;
  readonly posts: number;
  /** Intents that took effect more than once, or whose sending was not on the disk first. */
  readonly sentWrongly: number;
  /** Intents that do not end with what the service says. */
  readonly untrue: number;
  /** How many intents ended in which state, with which code. */
  readonly ends: Readonly<Record<string, number>>;
  readonly examples: readonly string[];
}

/** After so many cycles the desk finishes what it has, and the next begins on a new folder. */
const CYCLES_PER_SEASON = 25;
const TRAIL_EVERY = 5;
interface Desk {
  readonly lines: Interface;
  readonly go: (from: number) => void;
  readonly kill: () => void;
  readonly gone: Promise<unknown>;
  readonly errors: () => string;
}

/** A desk that has loaded and waits; it touches nothing before it is told to. */
async function prepareDesk(args: readonly string[]): Promise<Desk> {
  const child = startChild('desk-child.ts', args);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('the child has no pipes');
  let errors = '';
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  // A desk that is dead does not read what it is told.
  stdin.on('error', () => undefined);
  const gone = once(child, 'exit');
  const lines = createInterface({ input: stdout });
  await Promise.race([once(lines, 'line'), gone]);
  return {
    lines,
    go: (from) => void stdin.write(`${from}\n`),
    kill: () => void child.kill('SIGKILL'),
    gone,
    errors: () => errors,
  };
}

function hear(season: Season, line: string): void {
  const [word, first = '', second = '', third = ''] = line.split(' ');
  if (word === 'begun') season.next = Number(first) + 1;
  if (word === 'saved') season.saved.add(first);
  if (word !== 'moved') return;
  const before = season.known.get(first);
  if (before === undefined || before.updatedAt < second)
    season.known.set(first, { updatedAt: second, state: third });
}

/** Lets a desk work until a line of its own choosing and a little longer, and kills it. */
async function runAndKill(season: Season, desk: Desk): Promise<void> {
  const { random } = season;
  let linesLeft = random.isHit(0.2) ? 0 : random.int(40);
  const isOver = new Promise<void>((resolve) => {
    if (linesLeft === 0) resolve();
    desk.lines.on('line', (line) => {
      hear(season, line);
      linesLeft -= 1;
      if (linesLeft === 0) resolve();
    });
  });
  desk.go(season.next);
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 30_000).unref());
  await Promise.race([isOver, patience, desk.gone]);
  await new Promise((resolve) => setTimeout(resolve, random.int(random.isHit(0.3) ? 250 : 12)));
  desk.kill();
  await desk.gone;
  if (desk.errors() !== '') complain(season, 'corrupt', `the desk said: ${desk.errors().slice(0, 300)}`);
  // What it had said before it died may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 5));
}

async function finish(season: Season, desk: Desk): Promise<readonly KeptIntent[]> {
  desk.lines.on('line', (line) => hear(season, line));
  desk.go(-1);
  const [code] = (await desk.gone) as [number | null];
  if (code !== 0) complain(season, 'corrupt', `the last start ended with ${code}: ${desk.errors()}`);
  const kept = await inspect(season, true);
  judgeTruth(season, kept);
  return kept;
}

/** Now and then the network, too, breaks at a booking. */
function addFault({ backend, random }: Season): void {
  if (!random.isHit(0.2)) return;
  const kind = random.pick(['drop-after', 'drop-before', 'slot-taken'] as const);
  backend.service.faults.add({ on: { id: 'A016' }, do: { kind } });
}

async function runSeason(folder: string, cycles: number, random: Random) {
  const startMs = createSystemClock().nowMs();
  const backend = await startKillService(random.int(1_000_000), startMs);
  const [data, cases] = [join(folder, 'data'), join(folder, 'cases.json')];
  mkdirSync(data);
  writeFileSync(cases, JSON.stringify(backend.cases));
  const season: Season = {
    ...{ folder: data, backend, random, known: new Map(), saved: new Set(), complaints: new Map(), next: 0 },
  };
  const prepare = () => prepareDesk([data, backend.origin, cases, String(startMs)]);
  let waiting = prepare();
  try {
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const desk = await waiting;
      // The next one loads while this one works, so that it is there at once.
      waiting = prepare();
      addFault(season);
      await runAndKill(season, desk);
      await inspect(season, cycle % TRAIL_EVERY === 0);
    }
    return { season, kept: await finish(season, await waiting) };
  } finally {
    (await waiting).kill();
    await backend.close();
  }
}

const countOf = (seasons: readonly Season[], kind: Complaint) =>
  seasons.reduce((sum, { complaints }) => sum + (complaints.get(kind)?.size ?? 0), 0);

function countEnds(ends: readonly KeptIntent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state, code } of ends) {
    const end = code === '' ? state : `${state} ${code}`;
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return counts;
}

/** Runs so many cycles of work, kill and start. */
export async function runKillNine({ cycles, seed }: KillOptions): Promise<KillResult> {
  const random = createRandom(seed);
  const seasons: Season[] = [];
  const ends: KeptIntent[] = [];
  for (let done = 0; done < cycles; done += CYCLES_PER_SEASON) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booking-desk-kill-')));
    try {
      const { season, kept } = await runSeason(folder, Math.min(CYCLES_PER_SEASON, cycles - done), random);
      seasons.push(season);
      ends.push(...kept);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    cycles,
    acknowledged: seasons.reduce((sum, { saved }) => sum + saved.size, 0),
    lost: countOf(seasons, 'lost'),
    corrupt: countOf(seasons, 'corrupt'),
    wentBack: countOf(seasons, 'wentBack'),
    posts: seasons.reduce((sum, { backend }) => sum + backend.posts.length, 0),
    sentWrongly: countOf(seasons, 'sentWrongly'),
    untrue: countOf(seasons, 'untrue'),
    ends: countEnds(ends),
    examples: seasons
      .flatMap(({ complaints }) =>
        [...complaints].flatMap(([kind, all]) => [...all].map((one) => `${kind}: ${one}`)),
      )
      .slice(0, 12),
  };
}
