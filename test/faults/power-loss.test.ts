import { describe, expect, it } from 'vitest';
import { isMissing } from '../support/missing-parts.ts';
import { runPowerLoss } from './power-loss.ts';

describe.skipIf(process.platform !== 'linux' || isMissing('gcc') || isMissing('libc6-dev'))(
  'a power failure while intents are written down',
  () => {
    it('loses nothing that the clerk was told is saved, and damages nothing', async () => {
      const result = await runPowerLoss({ states: 250, seed: 20261122, synchronous: 'FULL' });
      expect(result).toMatchObject({ states: 250, lost: 0, corrupt: 0, inClear: 0, examples: [] });
      expect(result.kept).toBeGreaterThan(1000);
    });

    it.each(['NORMAL', 'OFF'] as const)('would be caught with synchronous=%s', async (synchronous) => {
      const result = await runPowerLoss({ states: 60, seed: 20261122, synchronous });
      expect(result.lost).toBeGreaterThan(5);
    });
  },
);
