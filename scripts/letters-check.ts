/**
 * `npm run letters:check [-- --letters N] [--seed S]`: fetches letters of the training service, each once good and once
 * with a fault, and counts false blocks and faults that were missed; first measures the memory that reading takes.
 * Ends with 0 when there was none of either, 1 otherwise, 2 on wrong use.
 */
import { parseArgs } from 'node:util';
import { measureReading } from '../test/features/letters/measure-reading.ts';
import { runLetters } from '../test/features/letters/run-letters.ts';

const USAGE = 'usage: npm run letters:check -- [--letters N] [--seed S]';
const USUAL_LETTERS = 500;

function readArguments(): { letters: number; seed: number } | null {
  try {
    const { values } = parseArgs({ options: { letters: { type: 'string' }, seed: { type: 'string' } } });
    const [letters, seed] = [Number(values.letters ?? USUAL_LETTERS), Number(values.seed ?? 1)];
    return [letters, seed].every((value) => Number.isSafeInteger(value) && value > 0)
      ? { letters, seed }
      : null;
  } catch {
    return null;
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const toMb = (bytes: number) => Math.round(bytes / 1024 / 1024);

async function check({ letters, seed }: { letters: number; seed: number }): Promise<number> {
  const memory = await measureReading(100);
  const run = await runLetters(letters, seed);
  [...run.falseBlocks, ...run.missed].forEach(say);
  say(
    Object.entries(run.byFault)
      .map(([fault, { of, caught }]) => `${fault} ${caught}/${of}`)
      .join(', '),
  );
  say(
    `letters: ${run.good} good, ${run.falseBlocks.length} false blocks; ${run.faulty} faulty, ${run.missed.length} missed; ` +
      `${run.atClockChanges} at clock changes; seed ${seed}; peak memory reading 100 letters ${toMb(memory.peakOfMany)} MB, one ${toMb(memory.peakOfOne)} MB`,
  );
  return run.falseBlocks.length + run.missed.length === 0 ? 0 : 1;
}

const wish = readArguments();
if (wish === null) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else process.exitCode = await check(wish);
