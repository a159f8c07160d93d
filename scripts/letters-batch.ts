/**
 * `npm run letters:batch [-- --letters N]`: prints a batch of letters of the training service and states the memory
 * that it takes, against one letter. Ends with 0 when every letter was printed and the sheets add up, 1 otherwise, 2 on
 * wrong use.
 */
import { parseArgs } from 'node:util';
import { measureBatch, type BatchFigures } from '../test/features/letters/printing/measure-batch.ts';

const USUAL_LETTERS = 100;

function readLetters(): number | null {
  try {
    const { values } = parseArgs({ options: { letters: { type: 'string' } } });
    const letters = Number(values.letters ?? USUAL_LETTERS);
    return Number.isSafeInteger(letters) && letters > 0 && letters <= 200 ? letters : null;
  } catch {
    return null;
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const toMb = (bytes: number) => Math.round(bytes / 1024 / 1024);

async function print(letters: number): Promise<number> {
  const { one, many } = await measureBatch(letters);
  const countOf = ({ batch }: BatchFigures) => batch.items.filter(({ state }) => state === 'printed').length;
  const isWhole = [one, many].every(
    (run) => countOf(run) === run.batch.items.length && run.sheets === run.batch.sheetsExpected,
  );
  many.batch.items
    .filter(({ state }) => state !== 'printed')
    .forEach(({ state, code }) => say(`not printed: ${state} ${code}`));
  say(
    `batch of ${many.batch.items.length}: ${countOf(many)} printed, ${many.sheets} of ${many.batch.sheetsExpected} sheets; ` +
      `peak memory ${toMb(many.peakRss)} MB (heap and buffers ${toMb(many.peakHeap)} MB, ${toMb(many.kept)} MB kept), ` +
      `one letter ${toMb(one.peakRss)} MB (${toMb(one.peakHeap)} MB, ${toMb(one.kept)} MB kept); ` +
      `event loop p95 ${many.loopDelayP95Ms.toFixed(1)} ms`,
  );
  return isWhole ? 0 : 1;
}

const letters = readLetters();
if (letters === null) {
  process.stderr.write('usage: npm run letters:batch -- [--letters N], at most 200\n');
  process.exitCode = 2;
} else process.exitCode = await print(letters);
