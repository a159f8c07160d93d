import { describe, expect, it } from 'vitest';
import { toHttpDate } from '../../../src-main/contract/london-time.ts';
import { createClockDrift } from '../../../src-main/features/audit/clock-drift.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const START = 1_795_000_000_000;

/** A service whose clock is `offMs` behind this machine's, asked again and again over some seconds. */
function openDrift(offMs: number) {
  const clock = createManualClock(START);
  const [audited, pushed, lines]: [string[], string[], string[]] = [[], [], []];
  let off = offMs;
  const feature = createClockDrift({
    clock,
    log: { write: (_level, event) => void lines.push(event) },
    audit: (outcome) => void audited.push(outcome),
    onChanged: ({ status }) => void pushed.push(status),
  });
  async function ask(times: number, roundTripMs = 80): Promise<void> {
    for (let nth = 0; nth < times; nth += 1) {
      const sentAtMs = clock.nowMs();
      await clock.advance(roundTripMs / 2);
      const date = toHttpDate(clock.nowMs() - off);
      await clock.advance(roundTripMs / 2);
      feature.notice({ date, sentAtMs, receivedAtMs: clock.nowMs() });
      await clock.advance(337);
    }
  }
  return { ...feature, clock, ask, audited, pushed, lines, setOff: (ms: number) => void (off = ms) };
}

describe('the drift of the clock', () => {
  it.each([
    [0, 'no-sign'],
    [200, 'no-sign'],
    [-200, 'no-sign'],
    [600, 'off'],
    [-600, 'off'],
    [3_600_000, 'off'],
    [-40_000, 'off'],
  ] as const)('of %i ms is %s, and lies between its bounds', async (offMs, status) => {
    const drift = openDrift(offMs);
    await drift.ask(30);
    const { status: found, lowestMs, highestMs } = drift.drift();
    expect(found).toBe(status);
    expect(lowestMs).toBeLessThanOrEqual(offMs);
    expect(highestMs).toBeGreaterThanOrEqual(offMs);
    expect((highestMs ?? 0) - (lowestMs ?? 0)).toBeLessThanOrEqual(200);
    expect(drift.audited).toEqual(status === 'off' ? ['clock-drift'] : []);
    expect(drift.lines).toEqual(status === 'off' ? ['clock-drift'] : []);
  });

  it('is not known from a reply or two: the second is too coarse to say more', async () => {
    const drift = openDrift(900);
    await drift.ask(2);
    expect(drift.drift()).toMatchObject({ status: 'unknown', lowestMs: null });
    expect(drift.isWithin(3_600_000)).toBe(false);
    await drift.ask(28);
    expect(drift.isWithin(3_600_000)).toBe(true);
    expect(drift.isWithin(500)).toBe(false);
  });

  it('does not believe one reply of another time, nor replies that took long or say no time', async () => {
    const drift = openDrift(0);
    await drift.ask(5);
    drift.setOff(86_400_000);
    await drift.ask(1);
    expect(drift.drift()).toMatchObject({ status: 'no-sign', readings: 5 });
    drift.setOff(0);
    await drift.ask(3, 6_000);
    drift.notice({ date: 'yesterday', sentAtMs: START, receivedAtMs: START });
    expect(drift.drift()).toMatchObject({ status: 'no-sign', readings: 5 });
  });

  it('says when the clock is right again, and begins anew when it was set', async () => {
    const drift = openDrift(5_000);
    await drift.ask(10);
    drift.clock.setWallClock(drift.clock.nowMs() - 5_000);
    drift.setOff(0);
    await drift.ask(1);
    expect(drift.drift().status).toBe('unknown');
    await drift.ask(9);
    expect(drift.pushed).toEqual(['off', 'unknown', 'no-sign']);
    expect(drift.audited).toEqual(['clock-drift', 'clock-right-again']);
  });
});
