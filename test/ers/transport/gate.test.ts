import { describe, expect, test } from 'vitest';
import {
  createGate,
  LONGEST_PAUSE_MS,
  type Gate,
  type Urgency,
} from '../../../src-main/ers/transport/gate.ts';
import { createPace } from '../../../src-main/ers/transport/pace.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';

interface Entered {
  readonly name: string;
  readonly atMs: number;
  readonly answer: string;
}

function start(rateShare = 1): {
  gate: Gate;
  clock: ManualClock;
  entered: Entered[];
  enter: (name: string, urgency?: Urgency, maxWaitMs?: number) => void;
} {
  const clock = createManualClock();
  const gate = createGate({ clock, rateShare });
  const entered: Entered[] = [];
  const startMs = clock.monotonicMs();
  const enter = (name: string, urgency: Urgency = 'clerk', maxWaitMs?: number) =>
    void gate
      .enter(urgency, maxWaitMs)
      .then((answer) => entered.push({ name, answer, atMs: clock.monotonicMs() - startMs }));
  return { gate, clock, entered, enter };
}

const names = (entered: readonly Entered[]) => entered.map((one) => one.name);

describe('spacing', () => {
  test('lets the first call go at once', async () => {
    const { clock, entered, enter } = start();
    enter('first');
    await clock.advance(0);
    expect(entered).toEqual([{ name: 'first', answer: 'go', atMs: 0 }]);
  });

  test('never lets two calls of a full share come closer than 100 ms, nor falls behind 105 ms', async () => {
    const { clock, entered, enter } = start();
    for (let call = 0; call < 50; call++) enter(`call-${call}`);
    await clock.advance(49 * 105 + 10);
    const gaps = entered.slice(1).map((one, at) => one.atMs - (entered[at]?.atMs ?? 0));
    expect(entered).toHaveLength(50);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  });

  test('takes no more than its share of the application', async () => {
    const { clock, entered, enter } = start(0.2);
    for (let call = 0; call < 40; call++) enter(`call-${call}`);
    await clock.advance(10_000);
    expect(entered.length).toBeLessThanOrEqual(20);
    expect(entered.length).toBeGreaterThanOrEqual(19);
  });

  test.each([-1, 0, 7, Number.POSITIVE_INFINITY, Number.NaN])(
    'keeps within the limit with a share of %s',
    (share) => {
      expect(createPace(share).spacingMs()).toBeGreaterThan(104.9);
    },
  );
});

describe('order', () => {
  test('serves the clerk, then read-backs, then the drain, then refreshes', async () => {
    const { clock, entered, enter } = start();
    enter('running');
    (['refresh', 'drain', 'read-back', 'clerk', 'refresh', 'clerk'] as const).forEach((urgency, at) =>
      enter(`${urgency}-${at}`, urgency),
    );
    await clock.advance(1_000);
    expect(names(entered)).toEqual([
      'running',
      'clerk-3',
      'clerk-5',
      'read-back-2',
      'drain-1',
      'refresh-0',
      'refresh-4',
    ]);
  });
});

describe('a limit', () => {
  test('pauses every call for the Retry-After, and tells when it ends', async () => {
    const { gate, clock, entered, enter } = start();
    const told: (number | null)[] = [];
    gate.onPause((until) => told.push(until));
    expect(gate.reportLimited(3_000)).toBe(3_000);
    enter('clerk');
    enter('refresh', 'refresh');
    await clock.advance(2_999);
    expect(entered).toEqual([]);
    expect(gate.pausedUntilMs()).toBe(Math.ceil(clock.nowMs() + 1));
    await clock.advance(300);
    expect(names(entered)).toEqual(['clerk', 'refresh']);
    expect(gate.pausedUntilMs()).toBeNull();
    expect(told).toEqual([Math.ceil(clock.nowMs() - 3_299 + 3_000), null]);
  });

  test('backs off 1, 2, 4 seconds without one, and starts again after a good reply', async () => {
    const { gate, clock } = start();
    const pauses: number[] = [];
    for (let limit = 0; limit < 3; limit++) {
      pauses.push(gate.reportLimited(null));
      await clock.advance(pauses.at(-1) ?? 0);
    }
    gate.reportReply();
    pauses.push(gate.reportLimited(null));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 1_000]);
  });

  test('does not grow by the limits of calls that were under way already', async () => {
    const { gate, clock } = start();
    gate.reportLimited(null);
    gate.reportLimited(null);
    expect(gate.reportLimited(null)).toBe(1_000);
    await clock.advance(1_000);
    expect(gate.reportLimited(null)).toBe(2_000);
  });

  test('lets calls go on at half the pace, and faster with every good reply', async () => {
    const { gate, clock, entered, enter } = start();
    const gapOfTwo = async () => {
      const before = entered.length;
      enter('one');
      enter('two');
      await clock.advance(1_000);
      const [one, two] = entered.slice(before);
      return (two?.atMs ?? 0) - (one?.atMs ?? 0);
    };
    gate.reportLimited(1_000);
    await clock.advance(1_000);
    expect(await gapOfTwo()).toBeGreaterThan(200);
    for (let reply = 0; reply < 20; reply++) gate.reportReply();
    expect(await gapOfTwo()).toBeLessThan(110);
  });

  test('is made longer by a later Retry-After, and by none beyond the cap', () => {
    const { gate } = start();
    gate.reportLimited(2_000);
    expect(gate.reportLimited(5_000)).toBe(5_000);
    expect(gate.reportLimited(86_400_000)).toBe(LONGEST_PAUSE_MS);
  });

  test('is not ended by replies that come in while it lasts', async () => {
    const { gate, clock, entered, enter } = start();
    gate.reportLimited(2_000);
    gate.reportReply();
    enter('clerk');
    await clock.advance(1_999);
    expect(entered).toEqual([]);
  });

  test('halves the pace, which comes back step by step', () => {
    const pace = createPace(1);
    pace.slowDown();
    expect(pace.spacingMs()).toBeCloseTo(210);
    for (let reply = 0; reply < 5; reply++) pace.speedUp();
    expect(pace.spacingMs()).toBeCloseTo(140);
    for (let reply = 0; reply < 50; reply++) pace.speedUp();
    expect(pace.spacingMs()).toBeCloseTo(105);
  });

  test('no longer tells a listener that has left', () => {
    const { gate } = start();
    const told: unknown[] = [];
    gate.onPause((until) => told.push(until))();
    gate.reportLimited(null);
    expect(told).toEqual([]);
  });
});

describe('a call that must not start late', () => {
  test('is turned away at once when the pause is longer than its patience', async () => {
    const { gate, clock, entered, enter } = start();
    gate.reportLimited(20_000);
    enter('write', 'clerk', 10_000);
    await clock.advance(0);
    expect(entered).toEqual([{ name: 'write', answer: 'too-long', atMs: 0 }]);
  });

  test('is turned away when a pause begins while it waits', async () => {
    const { gate, clock, entered, enter } = start();
    enter('running');
    enter('write', 'clerk', 10_000);
    gate.reportLimited(20_000);
    await clock.advance(0);
    expect(entered).toContainEqual({ name: 'write', answer: 'too-long', atMs: 0 });
  });

  test('waits for a pause that ends in time', async () => {
    const { gate, clock, entered, enter } = start();
    gate.reportLimited(2_000);
    enter('write', 'clerk', 10_000);
    await clock.advance(2_000);
    expect(entered).toEqual([{ name: 'write', answer: 'go', atMs: 2_000 }]);
  });

  test('is turned away behind more urgent calls that take too long', async () => {
    const { clock, entered, enter } = start(0.1);
    for (let call = 0; call < 12; call++) enter(`clerk-${call}`);
    enter('write', 'drain', 5_000);
    await clock.advance(15_000);
    expect(entered.find((one) => one.name === 'write')?.answer).toBe('too-long');
    expect(entered).toHaveLength(13);
  });
});
