/** A disk that fails under the engine: a step that is not kept has not happened (safety.md, fault model, I6). */
import { describe, expect, it } from 'vitest';
import { StorageFault } from '../../../src-main/app/ports.ts';
import { CLEAR, createEngineBench, LOST, type EngineBench } from '../../support/engine-bench.ts';

const RETRY_MS = 30_000;
const FULL = new StorageFault('disk-full', 'test');

/** The disk refuses the step to a state, and takes every other. */
const failTo = (bench: EngineBench, state: string) => {
  bench.world.failing = (_id, { step }) => (step.next.state === state ? FULL : null);
};

describe('a step that cannot be kept', () => {
  it('does not happen: nothing is checked', () => {
    const bench = createEngineBench();
    bench.add('item');
    failTo(bench, 'PREFLIGHT');
    bench.engine.pump();
    expect(bench.calls).toEqual([]);
    expect(bench.engine.entry('item')).toMatchObject({ isStalled: true, standing: { state: 'QUEUED' } });
    expect(bench.faults).toEqual([{ intentId: 'item', error: FULL }]);
    expect(bench.moved).toEqual(['item QUEUED stalled']);
  });

  it('is never a sending: the row comes before the first byte (I6)', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    failTo(bench, 'SENDING');
    bench.check('item', CLEAR);
    expect(bench.calls).toEqual(['check item']);
  });

  it('is taken up again by itself, and the sending happens once', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    failTo(bench, 'SENDING');
    bench.check('item', CLEAR);
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    expect(bench.engine.entry('item')).toMatchObject({ isStalled: false, standing: { state: 'PREFLIGHT' } });
    bench.check('item', CLEAR);
    expect(bench.calls).toEqual(['check item', 'check item', 'send item']);
  });

  it('after a sending leaves the outcome unknown, and it is read back first', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', CLEAR);
    failTo(bench, 'RECONCILING');
    bench.answer('item', { kind: 'accepted' });
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    expect(bench.calls).toEqual(['check item', 'send item', 'read-back item']);
    expect(bench.engine.entry('item')?.standing).toMatchObject({ code: 'interrupted', attempt: 1 });
  });
});

describe('an intent that rests after a fault of the disk', () => {
  const stalled = () => {
    const bench = createEngineBench();
    bench.add('item');
    failTo(bench, 'PREFLIGHT');
    bench.engine.pump();
    return bench;
  };

  it('hears no key and gets no turn', () => {
    const bench = stalled();
    bench.world.failing = null;
    expect(bench.engine.tell('item', { kind: 'withdraw', code: 'other' })).toBe(false);
    bench.engine.pump();
    expect(bench.calls).toEqual([]);
  });

  it('does not hear what an earlier call brings', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    const [call] = bench.pending;
    failTo(bench, 'SENDING');
    call?.done(CLEAR as never);
    bench.world.failing = null;
    call?.done(CLEAR as never);
    expect(bench.calls).toEqual(['check item']);
  });

  it('rests on while the disk does not answer, and goes on when it does', async () => {
    const bench = stalled();
    bench.world.failing = null;
    bench.world.isReloadFailing = true;
    await bench.clock.advance(RETRY_MS);
    expect(bench.world.reloaded).toBe(1);
    expect(bench.engine.entry('item')?.isStalled).toBe(true);
    bench.world.isReloadFailing = false;
    await bench.clock.advance(RETRY_MS);
    expect(bench.world.reloaded).toBe(2);
    expect(bench.calls).toEqual(['check item']);
  });

  it('lets others go on', () => {
    const bench = createEngineBench();
    bench.world.failing = (id) => (id === 'bad' ? FULL : null);
    for (const id of ['bad', 'good']) bench.add(id);
    bench.engine.pump();
    expect(bench.calls).toEqual(['check good']);
  });

  it('leaves when there is no row to go on with', async () => {
    const bench = stalled();
    bench.disk.delete('item');
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    expect(bench.engine.entry('item')).toBeNull();
    expect(bench.calls).toEqual([]);
  });

  it('leaves when the disk took the last step all the same', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', CLEAR);
    bench.answer('item', { kind: 'accepted' });
    bench.world.failing = (intentId, { step }) => {
      bench.disk.set(intentId, step.next);
      return FULL;
    };
    bench.readBack('item', { kind: 'ours', result: null });
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    expect(bench.engine.entry('item')).toBeNull();
    expect(bench.calls.at(-1)).toBe('read-back item');
  });

  it('holds up what was asked for after it: nobody knows what the disk took (I8)', async () => {
    const bench = createEngineBench();
    bench.add('earlier', { line: 'referral' });
    bench.engine.pump();
    bench.check('earlier', { kind: 'changed', code: 'check-failed' });
    bench.world.failing = (intentId, { step }) => {
      if (intentId === 'earlier') bench.disk.set(intentId, step.next);
      return intentId === 'earlier' ? FULL : null;
    };
    bench.engine.tell('earlier', { kind: 'confirm' });
    bench.add('later', { line: 'referral' });
    bench.engine.pump();
    expect(bench.engine.behind('later')).toBe('earlier');
    expect(bench.calls).toEqual(['check earlier']);
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    expect(bench.calls).toEqual(['check earlier', 'check earlier']);
  });

  it("keeps the clerk's word where the disk has it as it was", async () => {
    const bench = stalled();
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    bench.check('item', CLEAR);
    expect(bench.calls.at(-1)).toBe('send item');
  });

  it("loses the clerk's word where the disk took a step", async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.world.failing = (intentId, { step }) => {
      bench.disk.set(intentId, step.next);
      return FULL;
    };
    bench.engine.pump();
    bench.world.failing = null;
    await bench.clock.advance(RETRY_MS);
    bench.check('item', CLEAR);
    expect(bench.engine.entry('item')?.standing).toMatchObject({ state: 'NEEDS_CLERK', code: 'expired' });
  });

  it("loses the clerk's word when the machine sleeps meanwhile", async () => {
    const bench = stalled();
    bench.add('other');
    bench.world.failing = null;
    bench.clock.setWallClock(bench.clock.nowMs() + 8 * 3_600_000);
    bench.engine.pump();
    await bench.clock.advance(RETRY_MS);
    bench.check('item', CLEAR);
    expect(bench.state('item')).toBe('NEEDS_CLERK');
  });

  it('stays where it is after a stop', async () => {
    const bench = stalled();
    bench.engine.stop();
    await bench.clock.advance(RETRY_MS);
    expect(bench.world.reloaded).toBe(0);
  });
});

describe('what is written down', () => {
  it('is every change of state, and the correlation id of every sending before it goes out', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', CLEAR);
    expect(
      bench.recorded.map(({ record }) => [record.step.next.state, record.correlationId ?? null]),
    ).toEqual([
      ['PREFLIGHT', null],
      ['SENDING', 'correlation-1'],
    ]);
    expect(bench.pending[0]?.correlationId).toBe('correlation-1');
    bench.answer('item', { kind: 'limited', retryMs: 0 });
    bench.check('item', CLEAR);
    expect(bench.pending[0]?.correlationId).toBe('correlation-2');
  });

  it('is not what only this process knows', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    const before = bench.recorded.length;
    await bench.clock.advance(10_000);
    bench.readBack('item', { kind: 'not-reached' });
    expect(bench.recorded.slice(before).map(({ record }) => record.step.next.state)).toEqual([
      'RECONCILING',
      'UNKNOWN',
    ]);
    bench.engine.tell('item', { kind: 'slept' });
    expect(bench.recorded).toHaveLength(before + 2);
  });

  it('is what a proof of effect found', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', { kind: 'accepted' });
    bench.readBack('item', { kind: 'ours', result: '70001' });
    expect(bench.recorded.at(-1)).toMatchObject({ record: { step: { result: '70001' } } });
  });
});
