/** The gate under random load: what holds whatever comes (safety.md, I9 and fact 2). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGate, LONGEST_PAUSE_MS, type Urgency } from '../../../src-main/ers/transport/gate.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const URGENCIES: readonly Urgency[] = ['clerk', 'read-back', 'drain', 'refresh'];
const RUNS = { numRuns: 60 };

interface Call {
  readonly urgency: Urgency;
  readonly joinedMs: number;
  readonly maxWaitMs: number | undefined;
  answer: 'go' | 'too-long' | null;
  atMs: number;
}

const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      urgency: fc.constantFrom(...URGENCIES),
      maxWaitMs: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 3_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('limited' as const),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 200_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reply' as const) }) },
);

/** Plays happenings, then lets everybody through; gives the calls and the pauses. */
async function play(
  happenings: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[],
  share: number,
) {
  const clock = createManualClock();
  const gate = createGate({ clock, rateShare: share });
  const calls: Call[] = [];
  const pauses: { readonly fromMs: number; readonly leftMs: number }[] = [];
  for (const one of happenings) {
    if (one.kind === 'enter') {
      const { urgency, maxWaitMs } = one;
      const call: Call = { urgency, joinedMs: clock.monotonicMs(), maxWaitMs, answer: null, atMs: 0 };
      calls.push(call);
      void gate
        .enter(urgency, maxWaitMs)
        .then((answer) => Object.assign(call, { answer, atMs: clock.monotonicMs() }));
      await clock.advance(0);
    }
    if (one.kind === 'pass') await clock.advance(one.ms);
    if (one.kind === 'limited') {
      pauses.push({ fromMs: clock.monotonicMs(), leftMs: gate.reportLimited(one.retryAfterMs) });
      await clock.advance(0);
    }
    if (one.kind === 'reply') gate.reportReply();
  }
  for (let turn = 0; turn < 40; turn += 1) await clock.advance(60_000);
  const went = calls.filter(({ answer }) => answer === 'go').sort((a, b) => a.atMs - b.atMs);
  return { calls, went, pauses };
}

const plays = fc.array(happening, { minLength: 1, maxLength: 60 });
const shares = fc.constantFrom(1, 0.2, 0.05);

describe('whatever comes', () => {
  test('no more than the share of ten goes out in any second (I9)', async () => {
    await fc.assert(
      fc.asyncProperty(plays, shares, async (happenings, share) => {
        const { went } = await play(happenings, share);
        const most = Math.ceil(10 * share);
        for (const { atMs } of went) {
          const within = went.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1_000);
          expect(within.length).toBeLessThanOrEqual(most);
        }
      }),
      RUNS,
    );
  });

  test('nothing goes out within a pause', async () => {
    await fc.assert(
      fc.asyncProperty(plays, shares, async (happenings, share) => {
        const { went, pauses } = await play(happenings, share);
        for (const { fromMs, leftMs } of pauses) {
          expect(leftMs).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
          expect(went.filter(({ atMs }) => atMs > fromMs && atMs < fromMs + leftMs)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('everybody is answered, and nobody goes later than they can wait', async () => {
    await fc.assert(
      fc.asyncProperty(plays, shares, async (happenings, share) => {
        const { calls } = await play(happenings, share);
        for (const { answer, atMs, joinedMs, maxWaitMs } of calls) {
          expect(answer).not.toBeNull();
          if (answer === 'go' && maxWaitMs !== undefined)
            expect(atMs - joinedMs).toBeLessThanOrEqual(maxWaitMs + 1);
          if (maxWaitMs === undefined) expect(answer).toBe('go');
        }
      }),
      RUNS,
    );
  });

  test('a more urgent call that was there already goes first, and equals go in the order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(plays, async (happenings) => {
        const { went } = await play(happenings, 1);
        for (const [index, call] of went.entries())
          for (const later of went.slice(index + 1)) {
            const isThereAlready = later.joinedMs < call.atMs;
            const isMoreUrgent = URGENCIES.indexOf(later.urgency) < URGENCIES.indexOf(call.urgency);
            expect(isThereAlready && isMoreUrgent).toBe(false);
            if (later.urgency === call.urgency) expect(later.joinedMs).toBeGreaterThanOrEqual(call.joinedMs);
          }
      }),
      RUNS,
    );
  });
});
