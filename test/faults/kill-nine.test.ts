import { expect, it } from 'vitest';
import { runKillNine } from './kill-nine.ts';

it('a desk that is killed at any moment loses nothing, sends nothing twice, and ends with the truth', async () => {
  const result = await runKillNine({ cycles: 15, seed: 20261122 });
  const none = { lost: 0, corrupt: 0, wentBack: 0, sentWrongly: 0, untrue: 0, examples: [] };
  expect(result).toMatchObject({ cycles: 15, ...none });
  expect(result.acknowledged).toBeGreaterThan(10);
  expect(result.ends['APPLIED']).toBeGreaterThan(5);
}, 300_000);
