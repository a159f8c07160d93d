/**
 * `npm run bench [-- --short] [-- --only=<1..6>]`: measures the goals of performance.md. Every figure is a ratio of two
 * things measured in turns in this run; the table says what is met, the exit code does not. Ends with 0 whatever the
 * figures are, 1 when a measurement could not be made, 2 on wrong use. Leaves out/bench/results.json.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatTable, judge, type Figure, type Measurement } from './bench/figure.ts';
import { measureClient } from './bench/measure-client.ts';
import { measureDoor } from './bench/measure-door.ts';
import { measureEnqueue } from './bench/measure-enqueue.ts';
import { measureMainImport } from './bench/measure-main-import.ts';
import { measureRenderer } from './bench/measure-renderer.ts';
import { measureSlotPaging } from './bench/measure-slot-paging.ts';

const USAGE = 'usage: npm run bench -- [--short] [--only=<number of a measurement, 1 to 6>]';
/** What a reader of the table must know to take it for what it is. */
const NOTES = [
  'open gate: the spacing of 105 ms between calls is left out; the gate itself is measurement 2.',
  'Opening the list includes its way over the bridge of the Chromium host, not of Electron.',
  'Not measured here: Electron process start, real IPC, safeStorage, print, fuses, memory (they need a device run).',
];

const target = fileURLToPath(new URL('../out/bench/', import.meta.url));

const MEASUREMENTS: readonly (readonly [string, Measurement])[] = [
  ['API client over undici', measureClient],
  ['slot pages through the gate', measureSlotPaging],
  ['durable enqueue', measureEnqueue],
  ['the door', measureDoor],
  ['the interface', measureRenderer],
  ['import of main', measureMainImport],
];

interface Wish {
  readonly isShort: boolean;
  /** Null: all. */
  readonly only: number | null;
}

function readArguments(): Wish | null {
  try {
    const { values } = parseArgs({ options: { short: { type: 'boolean' }, only: { type: 'string' } } });
    const only = values.only === undefined ? null : Number(values.only);
    if (only !== null && MEASUREMENTS[only - 1] === undefined) return null;
    return { isShort: values.short ?? false, only };
  } catch {
    return null;
  }
}

interface Run {
  readonly figures: readonly Figure[];
  readonly failures: readonly string[];
}

/** Makes the wanted measurements one after the other; one that cannot be made does not stop the next. */
async function runAll({ isShort, only }: Wish, folder: string): Promise<Run> {
  const figures: Figure[] = [];
  const failures: string[] = [];
  for (const [at, [title, measure]] of MEASUREMENTS.entries()) {
    if (only !== null && only !== at + 1) continue;
    const startedMs = performance.now();
    try {
      figures.push(...(await measure({ isShort, folder })));
    } catch (error) {
      failures.push(`${at + 1} ${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
    console.log(`${at + 1} ${title}: measured in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
  }
  return { figures, failures };
}

function writeResults({ figures, failures }: Run, isShort: boolean): string {
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
  const judged = figures.map((figure) => ({ ...figure, verdict: judge(figure) }));
  const path = join(target, 'results.json');
  writeFileSync(path, `${JSON.stringify({ machine, isShort, figures: judged, failures }, null, 2)}\n`);
  return path;
}

async function main(): Promise<number> {
  const wish = readArguments();
  if (wish === null) {
    console.error(USAGE);
    return 2;
  }
  mkdirSync(target, { recursive: true });
  // On the disk of the checkout: the system's own folder for such files may be memory, where a commit costs nothing.
  const folder = mkdtempSync(join(target, 'data-'));
  try {
    const run = await runAll(wish, folder);
    console.log(`\n${formatTable(run.figures).join('\n')}\n`);
    console.log(`${NOTES.join('\n')}\n`);
    run.failures.forEach((failure) => console.error(`not measured: ${failure}`));
    console.log(`Written to ${writeResults(run, wish.isShort)}`);
    return run.failures.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
