/** What the engine does with time, absence and sleep (safety.md steps 4 and 5, screens.md section 14). */
import { describe, expect, it } from 'vitest';
import { CLEAR, createEngineBench, LOST } from '../../support/engine-bench.ts';

const HOUR_MS = 3_600_000;

describe('a planned step', () => {
  it('comes at its time: an unknown outcome is read back 10, 30, 60, 120 and 205 seconds after the sending', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    const times: number[] = [];
    for (let second = 1; second <= 205; second += 1) {
      await bench.clock.advance(1_000);
      if (bench.pending.length === 0) continue;
      times.push(second);
      bench.readBack('item', { kind: 'unchanged' });
    }
    expect(times).toEqual([10, 30, 60, 120, 205]);
    expect(bench.state('item')).toBe('NEEDS_CLERK');
  });

  it('of one intent does not delay an earlier one of another', async () => {
    const bench = createEngineBench();
    for (const id of ['slow', 'fast']) bench.add(id);
    bench.engine.pump();
    bench.check('slow', { kind: 'limited', retryMs: 50_000 });
    bench.check('fast', { kind: 'limited', retryMs: 2_000 });
    await bench.clock.advance(2_000);
    expect(bench.calls.slice(2)).toEqual(['check fast']);
    await bench.clock.advance(48_000);
    expect(bench.calls.slice(3)).toEqual(['check slow']);
  });

  it('does not come any more after a stop', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    bench.engine.stop();
    await bench.clock.advance(HOUR_MS);
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item', 'send item']);
    expect(bench.engine.tell('item', { kind: 'read-now' })).toBe(false);
  });

  it('is not taken by a call that comes back after the stop', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.engine.stop();
    bench.check('item', CLEAR);
    expect(bench.calls).toEqual(['check item']);
  });
});

describe('a call that comes back late', () => {
  it('is not heard when the clerk took the intent back meanwhile', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.engine.tell('item', { kind: 'withdraw', code: 'other' });
    bench.check('item', CLEAR);
    expect(bench.calls).toEqual(['check item']);
    expect(bench.state('item')).toBeNull();
  });

  it('is not heard twice', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    const [check] = bench.pending;
    bench.check('item', CLEAR);
    check?.done(CLEAR as never);
    expect(bench.calls).toEqual(['check item', 'send item']);
  });

  it('is heard when only a wish of the clerk was noted meanwhile', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', { kind: 'limited', retryMs: 0 });
    expect(bench.calls.at(-1)).toBe('check item');
    expect(bench.engine.tell('item', { kind: 'withdraw', code: 'patient-declined' })).toBe(true);
    expect(bench.state('item')).toBe('PREFLIGHT');
    bench.check('item', CLEAR);
    expect(bench.recorded.at(-1)).toMatchObject({
      record: { step: { next: { state: 'ABANDONED', code: 'patient-declined' } } },
    });
  });
});

describe('a person who is not there', () => {
  it('has nothing checked or sent for them, and everything when they are back', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.world.acting = [];
    bench.engine.pump();
    expect(bench.calls).toEqual([]);
    bench.world.acting = ['me'];
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item']);
  });

  it('still has an unknown outcome read back while they hold the desk locked', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    bench.world.acting = [];
    await bench.clock.advance(10_000);
    expect(bench.calls.at(-1)).toBe('read-back item');
  });

  it('has nothing read back for them while another has the desk', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    bench.world.acting = bench.world.reading = ['another'];
    await bench.clock.advance(HOUR_MS);
    expect(bench.calls.at(-1)).toBe('send item');
    bench.world.acting = bench.world.reading = ['me'];
    bench.engine.pump();
    expect(bench.calls.at(-1)).toBe('read-back item');
  });

  it('is asked again in another sitting after e-RS refused them in this one', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', { kind: 'held', code: 'session-ended' });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item']);
    bench.world.sitting = 2;
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item', 'check item']);
  });

  it('goes back into the line when they left during the check, and is checked anew', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.world.acting = [];
    bench.check('item', CLEAR);
    expect(bench.state('item')).toBe('QUEUED');
    bench.world.acting = ['me'];
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item', 'check item']);
  });
});

describe('without a connection', () => {
  it('what has its turn waits, and goes on when the connection is back', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.world.isOffline = true;
    bench.engine.pump();
    expect(bench.engine.entry('item')?.standing).toMatchObject({ state: 'WAITING', code: 'no-connection' });
    expect(bench.calls).toEqual([]);
    bench.world.isOffline = false;
    bench.engine.connectionIsBack();
    expect(bench.calls).toEqual(['check item']);
  });

  it("another person's intent stays as it is", () => {
    const bench = createEngineBench();
    bench.add('theirs', { owner: 'another' });
    bench.world.isOffline = true;
    bench.engine.pump();
    expect(bench.state('theirs')).toBe('QUEUED');
  });

  it('nothing is read back, and all of it when the connection is back', async () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.send('item', LOST);
    bench.world.isOffline = true;
    await bench.clock.advance(60_000);
    expect(bench.calls.at(-1)).toBe('send item');
    bench.world.isOffline = false;
    bench.engine.connectionIsBack();
    expect(bench.calls.at(-1)).toBe('read-back item');
  });

  it('what waits for something else is not hurried by the connection', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', { kind: 'locked' });
    bench.engine.connectionIsBack();
    expect(bench.calls).toEqual(['check item']);
  });
});

describe('a machine that slept', () => {
  const sleep = (bench: ReturnType<typeof createEngineBench>, ms: number) =>
    bench.clock.setWallClock(bench.clock.nowMs() + ms);

  it("ends the clerk's word: what was checked is not sent", () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    sleep(bench, 8 * HOUR_MS);
    bench.check('item', CLEAR);
    expect(bench.engine.entry('item')?.standing).toMatchObject({ state: 'NEEDS_CLERK', code: 'expired' });
    expect(bench.calls).toEqual(['check item']);
  });

  it('still hears the call that was under way', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    bench.check('item', CLEAR);
    sleep(bench, 8 * HOUR_MS);
    bench.engine.pump();
    bench.answer('item', { kind: 'accepted' });
    bench.readBack('item', { kind: 'ours', result: '7' });
    expect(bench.recorded.at(-1)).toMatchObject({ record: { step: { next: { state: 'APPLIED' } } } });
  });

  it('takes the Ctrl+Enter that is pressed after waking', () => {
    const bench = createEngineBench();
    bench.world.isOffline = true;
    bench.add('item');
    bench.engine.pump();
    sleep(bench, 8 * HOUR_MS);
    bench.world.isOffline = false;
    bench.engine.tell('item', { kind: 'confirm' });
    bench.check('item', CLEAR);
    expect(bench.calls.at(-1)).toBe('send item');
  });

  it('takes what the clerk asks for after waking, with nothing else open', () => {
    const bench = createEngineBench();
    sleep(bench, 8 * HOUR_MS);
    bench.add('item');
    bench.engine.pump();
    bench.check('item', CLEAR);
    expect(bench.calls.at(-1)).toBe('send item');
  });

  it.each([
    ['a clock that is set ahead by less than half a minute', 29_000, 'send item'],
    ['one that is set ahead by more', 30_000, 'check item'],
    ['one that is set back far, which would hide a sleep', -30_000, 'check item'],
  ])('is told from %s', (_what, ms, last) => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    sleep(bench, ms);
    bench.check('item', CLEAR);
    expect(bench.calls.at(-1)).toBe(last);
  });

  it('is told also after the clock was set back a little', () => {
    const bench = createEngineBench();
    bench.add('item');
    bench.engine.pump();
    sleep(bench, -20_000);
    bench.engine.tell('item', { kind: 'read-now' });
    sleep(bench, 30_000);
    bench.check('item', CLEAR);
    expect(bench.calls.at(-1)).toBe('check item');
  });
});
