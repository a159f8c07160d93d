/** Measurement 6: what loading the built main costs over a bare Node (performance.md section 4). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../build.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { median } from './statistics.ts';

/** "Goal main <= +150 ms", in starts of the bare Node that took 35 ms on the machine of that section. */
const GOAL = 150 / 35;
const SOURCE = 'performance.md section 4';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stub = fileURLToPath(new URL('./electron-stub/register.ts', import.meta.url));
const BARE = ['--input-type=module', '--eval', ''];
/** What the stub itself costs is not main's. */
const STUBBED = ['--import', stub, ...BARE];

/** Milliseconds from the start of a Node process to its end; throws when it ends with a fault. */
async function timeNode(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Node ended with ${code} on ${args.join(' ')}`);
  return performance.now() - startedMs;
}

/** Loads dist/main/main.js over a stub of Electron that never gets ready: imports alone, in turns with a bare Node. */
export async function measureMainImport({ isShort, folder }: BenchOptions): Promise<readonly Figure[]> {
  await buildIfStale(['main']);
  const load = ['--import', stub, 'dist/main/main.js', '--data-dir', join(folder, 'main')];
  const times = { bare: [] as number[], stubbed: [] as number[], main: [] as number[] };
  await timeNode(load);
  for (let round = 0; round < (isShort ? 3 : 11); round += 1) {
    times.bare.push(await timeNode(BARE));
    times.stubbed.push(await timeNode(STUBBED));
    times.main.push(await timeNode(load));
  }
  const addedMs = median(times.main) - median(times.stubbed);
  return [
    {
      group: 6,
      name: 'added by loading the built main',
      against: 'start of a bare Node',
      measured: addedMs / median(times.bare),
      goal: GOAL,
      source: SOURCE,
      raw: { measuredMs: addedMs, againstMs: median(times.bare) },
    },
  ];
}
