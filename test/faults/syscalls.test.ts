import { describe, expect, it } from 'vitest';
import { isMissing } from '../support/missing-parts.ts';
import { runLocked } from './locked.ts';
import { PLANS } from './syscall-plans.ts';
import { runSyscallSweep } from './syscall-sweep.ts';

const cannotCompile = process.platform !== 'linux' || isMissing('gcc') || isMissing('libc6-dev');

describe('a disk that fails under an intent', () => {
  it.skipIf(cannotCompile)(
    'at whichever call: what was answered as saved is there after a restart, and nothing else is',
    async () => {
      const plans = PLANS.filter(({ scope }) => scope !== 'open');
      const result = await runSyscallSweep(plans);
      expect(result).toMatchObject({ falseQueued: 0, falseRefused: 0, broken: 0, examples: [] });
      // Exhaustive: an enqueue and its checkpoint have some twenty calls, each failing in some dozen ways.
      expect(result.injected).toBeGreaterThan(500);
      expect(result.inDoubt).toBeLessThan(8);
    },
    300_000,
  );

  it.skipIf(cannotCompile)('by being full or read-only is still read', async () => {
    const names = ['everything ENOSPC', 'read-only EROFS'];
    const plans = PLANS.filter(({ scope, name }) => scope === 'open-desk' && names.includes(name));
    const result = await runSyscallSweep(plans);
    expect(result).toMatchObject({ unread: 0, falseQueued: 0, falseRefused: 0, broken: 0 });
    expect(result.injected).toBeGreaterThan(50);
  });

  it('that another process has locked is answered as not saved, and the next intent is saved', async () => {
    expect(await runLocked()).toEqual({ during: 'locked', kept: 1, afterwards: 'saved' });
  });
});
