import { expect, it } from 'vitest';
import { runLetters } from './run-letters.ts';

/** The full run is `npm run letters:check`. */
const LETTERS = 16;

it('catches every fault in letters of the training service, and stops no good one', async () => {
  const run = await runLetters(LETTERS, 3);
  expect(run.falseBlocks).toEqual([]);
  expect(run.missed).toEqual([]);
  expect([run.good, run.faulty]).toEqual([LETTERS, LETTERS]);
  expect(run.atClockChanges).toBeGreaterThan(0);
  expect(Object.keys(run.byFault).length).toBeGreaterThan(9);
});
