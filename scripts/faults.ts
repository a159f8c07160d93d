/**
 * `npm run faults [-- --kill9 300 --powerloss 1000 --syscalls --seed 1]`: the suites about a disk and a machine that
 * fail, against real processes (safety.md, "Suites"). Without a suite named, all run at their length for a release.
 * Ends with 0 when nothing was lost, damaged or falsely told, else 1; 2 on wrong use.
 */
import { parseArgs } from 'node:util';
import { runKillNine } from '../test/faults/kill-nine.ts';
import { runPowerLoss } from '../test/faults/power-loss.ts';
import { runSyscallSweep } from '../test/faults/syscall-sweep.ts';
import { ensureSystemParts, explainInstall } from './ensure-system-parts.ts';

const USAGE =
  'usage: npm run faults -- [--kill9 <cycles>] [--powerloss <states>] [--syscalls] [--seed <number>]';
/** So many states are enough to see that the unsafe settings lose. */
const STATES_OF_UNSAFE = 200;

interface Wish {
  readonly kill9: number;
  readonly powerloss: number;
  readonly isSweeping: boolean;
  readonly seed: number;
}

function readCount(text: string | undefined, otherwise: number): number {
  const count = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(count) || count < 0) throw new RangeError('not a count');
  return count;
}

function readArguments(): Wish | null {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: { kill9: text, powerloss: text, syscalls: { type: 'boolean' }, seed: text },
    });
    const isAll = [values.kill9, values.powerloss, values.syscalls].every((value) => value === undefined);
    return {
      kill9: readCount(values.kill9, isAll ? 300 : 0),
      powerloss: readCount(values.powerloss, isAll ? 1000 : 0),
      isSweeping: values.syscalls ?? isAll,
      seed: readCount(values.seed, 1),
    };
  } catch {
    return null;
  }
}

const show = (examples: readonly string[]) => examples.forEach((example) => console.error(`  ${example}`));

async function killNine(cycles: number, seed: number): Promise<boolean> {
  const result = await runKillNine({ cycles, seed });
  const { acknowledged, lost, corrupt, wentBack, posts, sentWrongly, untrue, ends } = result;
  const counted = Object.entries(ends).map(([end, count]) => `${count} ${end}`);
  console.log(
    `kill9: ${cycles} cycles, ${acknowledged} acknowledged, ${lost} lost, ${corrupt} corrupt, ${wentBack} went back; ` +
      `${posts} bookings sent, ${sentWrongly} wrongly, ${untrue} untrue ends (${counted.join(', ')})`,
  );
  show(result.examples);
  return lost + corrupt + wentBack + sentWrongly + untrue === 0;
}

async function powerLoss(states: number, seed: number): Promise<boolean> {
  const full = await runPowerLoss({ states, seed, synchronous: 'FULL' });
  const unsafe = { states: Math.min(states, STATES_OF_UNSAFE), seed };
  const normal = await runPowerLoss({ ...unsafe, synchronous: 'NORMAL' });
  const off = await runPowerLoss({ ...unsafe, synchronous: 'OFF' });
  console.log(
    `powerloss: ${full.states} states, ${full.lost} lost, ${full.corrupt} corrupt, ${full.inClear} writes in clear ` +
      `(the same work with synchronous=NORMAL: ${normal.lost} of ${normal.states} states lost, ` +
      `OFF: ${off.lost} of ${off.states} lost, ${off.corrupt} corrupt)`,
  );
  show(full.examples);
  // A suite that does not see the unsafe settings lose would not see ours lose either.
  return full.lost + full.corrupt + full.inClear === 0 && normal.lost > 0 && off.lost > 0;
}

async function syscalls(): Promise<boolean> {
  const { injected, falseQueued, falseRefused, inDoubt, broken, examples } = await runSyscallSweep();
  console.log(
    `syscalls: ${injected} failures injected, ${falseQueued} false "queued", ${falseRefused} false "not saved", ` +
      `${broken} broken (${inDoubt} "not saved" on a disk that stayed dead are found queued after a restart)`,
  );
  show(examples);
  return falseQueued + falseRefused + broken === 0;
}

async function main(): Promise<number> {
  const wish = readArguments();
  if (wish === null) {
    console.error(USAGE);
    return 2;
  }
  const { kill9, powerloss, isSweeping, seed } = wish;
  const needsShim = powerloss > 0 || isSweeping;
  const missing = needsShim ? ensureSystemParts(['gcc', 'libc6-dev'], { mayInstall: true }) : [];
  if (missing.length > 0) {
    console.error(`Missing: ${missing.join(', ')}. Try: ${explainInstall(missing)}`);
    return 1;
  }
  const passed = [
    kill9 === 0 || (await killNine(kill9, seed)),
    powerloss === 0 || (await powerLoss(powerloss, seed)),
    !isSweeping || (await syscalls()),
  ];
  return passed.every(Boolean) ? 0 : 1;
}

process.exitCode = await main();
