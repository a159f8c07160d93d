/** The machine under random events: what holds of every run, whatever comes (safety.md, invariants). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HORIZON_MS, MOST_SENDS } from '../../../../src-main/features/outbox/protocol/action-rules.ts';
import type { Answer } from '../../../../src-main/features/outbox/protocol/answer.ts';
import type { Finding, Truth, Unreached } from '../../../../src-main/features/outbox/protocol/findings.ts';
import { assertStep } from '../../../../src-main/features/outbox/protocol/invariants.ts';
import { isTerminal } from '../../../../src-main/features/outbox/protocol/intent-states.ts';
import {
  advance,
  newStanding,
  type Context,
  type IntentEvent,
  type Standing,
  type Step,
} from '../../../../src-main/features/outbox/protocol/machine.ts';
import { ALL_ACTIONS } from '../../../support/standings.ts';

const RUNS = { numRuns: 1_500 };

const code = fc.constantFrom('PATIENT_ERROR', 'SLOT_NOT_AVAILABLE', 'PAS_NOT_RESPONDING', 'http-409');
const retryMs = fc.integer({ min: 0, max: 60_000 });
const unreached: fc.Arbitrary<Unreached> = fc.oneof(
  fc.record({ kind: fc.constant('not-reached' as const) }),
  fc.record({ kind: fc.constant('limited' as const), retryMs }),
  fc.record({ kind: fc.constant('locked' as const) }),
  fc.record({ kind: fc.constant('held' as const), code }),
  fc.record({ kind: fc.constant('not-readable' as const), code }),
);
const finding: fc.Arbitrary<Finding> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Finding>({ kind: 'clear' }) },
  fc.record({ kind: fc.constant('own-effect' as const), result: fc.constantFrom('7', null) }),
  fc.record({ kind: fc.constantFrom('changed' as const, 'refused' as const), code }),
  unreached,
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom<Answer>(
    { kind: 'accepted' },
    { kind: 'not-sent' },
    { kind: 'locked' },
    { kind: 'not-in-dialect' },
    { kind: 'unknown', code: 'reply-lost' },
  ),
  fc.record({
    kind: fc.constant('answered' as const),
    code,
    status: fc.constantFrom(409, 422, 504),
  }),
  fc.record({ kind: fc.constant('limited' as const), retryMs }),
  fc.record({ kind: fc.constant('held' as const), code }),
);
/** What a read that answers can find. */
const readTruth: fc.Arbitrary<Truth> = fc.constantFrom<Truth>(
  { kind: 'unchanged' },
  { kind: 'unchanged' },
  { kind: 'ours', result: '7' },
  { kind: 'changed-otherwise' },
  { kind: 'not-readable', code: 'unreadable-bad-json' },
);
const event: fc.Arbitrary<IntentEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<IntentEvent>({ kind: 'turn' }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('checked' as const), finding }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answered' as const), answer }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('read-back' as const), truth: fc.oneof(readTruth, unreached) }),
  },
  fc.constantFrom<IntentEvent>(
    { kind: 'no-connection' },
    { kind: 'confirm' },
    { kind: 'withdraw', code: 'other' },
    { kind: 'read-now' },
    { kind: 'carried-out' },
    { kind: 'slept' },
    { kind: 'restart' },
  ),
);
const action = fc.constantFrom(...ALL_ACTIONS);
const happening = fc.record({
  event,
  afterMs: fc.constantFrom(0, 100, 10_000, 60_000, 205_000, 900_001),
  mayAct: fc.boolean(),
  isNewSitting: fc.boolean(),
});

interface Moment {
  readonly before: Standing;
  readonly event: IntentEvent;
  readonly context: Context;
  readonly step: Step;
}

const assertAlone = (before: Standing, { next, command }: Step, mayAct: boolean) =>
  assertStep({ before, next, command, isHeadOfLine: true, otherBusy: 0, mayAct });

/** Every step of a run of random happenings; each was asserted as the engine asserts it. */
function play(
  start: Standing,
  happenings: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[],
) {
  const moments: Moment[] = [];
  let [standing, nowMs, sitting] = [start, 0, 1];
  for (const { event: next, afterMs, mayAct, isNewSitting } of happenings) {
    nowMs += afterMs;
    if (isNewSitting) sitting += 1;
    const context = { nowMs, mayAct, sitting };
    const step = advance(standing, next, context);
    if (step === null) continue;
    // Sleep and a new start are no steps of the engine's: they end a word, and nothing is recorded of them.
    if (!['slept', 'restart'].includes(next.kind)) assertAlone(standing, step, mayAct);
    moments.push({ before: standing, event: next, context, step });
    standing = step.next;
  }
  return moments;
}

const checkRuns = (judge: (moment: Moment) => void) =>
  fc.assert(
    fc.property(
      action,
      fc.integer({ min: 1, max: 3 }),
      fc.array(happening, { maxLength: 60 }),
      (what, choices, all) => play(newStanding(what, choices, 0), all).forEach(judge),
    ),
    RUNS,
  );

describe('whatever happens', () => {
  it('no step breaks an invariant, and a settled intent hears nothing more (I1)', () => {
    checkRuns(({ step, context }) => {
      if (!isTerminal(step.next.state)) return;
      for (const kind of [
        'turn',
        'no-connection',
        'confirm',
        'read-now',
        'carried-out',
        'slept',
        'restart',
      ] as const)
        expect(advance(step.next, { kind }, context)).toBeNull();
    });
  });

  it('attempts grow by a sending alone, one at a time (I2)', () => {
    checkRuns(({ before, step }) =>
      expect(step.next.attempt - before.attempt).toBe(step.command === 'send' ? 1 : 0),
    );
  });

  it('nothing is sent but after a check that found nothing against it, within 15 minutes of the Ctrl+Enter', () => {
    checkRuns(({ before, event: { kind, ...rest }, context, step }) => {
      if (step.command !== 'send') return;
      expect([kind, 'finding' in rest ? rest.finding.kind : null]).toEqual(['checked', 'clear']);
      expect(context.mayAct).toBe(true);
      expect(context.nowMs - (before.confirmedAtMs ?? -Infinity)).toBeLessThanOrEqual(900_000);
    });
  });

  it('no letter is ever sent (I11)', () => {
    checkRuns(({ before, step }) => expect([before.action, step.command]).not.toEqual(['letter', 'send']));
  });

  it("nothing but the clerk's own key gives a word that has ended its force back", () => {
    checkRuns(({ before, event: { kind }, step }) => {
      const wasGiven = before.confirmedAtMs !== step.next.confirmedAtMs && step.next.confirmedAtMs !== null;
      expect(wasGiven && kind !== 'confirm').toBe(false);
    });
  });

  it('only the slots that the patient named are tried, in their order', () => {
    checkRuns(({ before, step }) => {
      expect(step.next.choice).toBeLessThan(step.next.choices);
      expect([0, 1]).toContain(step.next.choice - before.choice);
    });
  });

  it('what the clerk took back after it went out is not sent again, unless they say so', () => {
    checkRuns(({ before, step }) => {
      if (before.wantsOut !== null) expect(step.command).not.toBe('send');
    });
  });

  it('what is taken back cannot take effect any more (safety.md step 7)', () => {
    checkRuns(({ before, event: { kind }, context, step }) => {
      if (kind !== 'withdraw' || step.next.state !== 'ABANDONED') return;
      const isPast = before.sentAtMs !== null && context.nowMs - before.sentAtMs >= HORIZON_MS;
      const isDead = ['changed-meanwhile', 'changed-before-sending', 'PAS_NOT_RESPONDING'].includes(
        before.code,
      );
      expect(before.attempt === 0 || isPast || isDead).toBe(true);
    });
  });
});

/** The moment of the next planned step of a standing that waits. */
const dueOf = ({ dueAtMs }: Standing, nowMs: number) => Math.max(nowMs, dueAtMs ?? nowMs);

describe('while reads answer', () => {
  it('every sending is settled, given to the clerk or put back into the line by its horizon (I5)', () => {
    fc.assert(
      fc.property(
        action,
        answer,
        fc.infiniteStream(readTruth),
        fc.boolean(),
        (what, first, truths, mayAct) => {
          if (what === 'letter' || first.kind === 'limited' || first.kind === 'held') return;
          let nowMs = 0;
          const context = () => ({ nowMs, mayAct, sitting: 1 });
          const sent = { ...newStanding(what, 1, 0), state: 'SENDING', attempt: 1, sentAtMs: 0 } as const;
          let standing = advance(sent, { kind: 'answered', answer: first }, context())?.next ?? sent;
          while (standing.state === 'UNKNOWN' || standing.state === 'RECONCILING') {
            nowMs = dueOf(standing, nowMs);
            expect(nowMs).toBeLessThanOrEqual(HORIZON_MS);
            const event: IntentEvent =
              standing.state === 'UNKNOWN'
                ? { kind: 'turn' }
                : { kind: 'read-back', truth: truths.next().value ?? { kind: 'unchanged' } };
            standing = advance(standing, event, context())?.next ?? standing;
          }
          expect(['APPLIED', 'REJECTED', 'NEEDS_CLERK', 'QUEUED', 'WAITING']).toContain(standing.state);
        },
      ),
      RUNS,
    );
  });

  it('every intent comes to its end or to the clerk, after four sendings at most by itself', () => {
    const answers = fc.infiniteStream(answer);
    fc.assert(
      fc.property(
        action,
        answers,
        fc.infiniteStream(readTruth),
        fc.infiniteStream(finding),
        (what, replies, truths, finds) => {
          let [standing, nowMs, steps] = [newStanding(what, 3, 0), 0, 0];
          const atRest = () => isTerminal(standing.state) || ['NEEDS_CLERK', 'HELD'].includes(standing.state);
          while (!atRest()) {
            steps += 1;
            nowMs = dueOf(standing, nowMs);
            const reached = (found: Finding): Finding =>
              found.kind === 'not-reached' ? { kind: 'clear' } : found;
            const events: Partial<Record<Standing['state'], () => IntentEvent>> = {
              PREFLIGHT: () => ({
                kind: 'checked',
                finding: reached(finds.next().value ?? { kind: 'clear' }),
              }),
              SENDING: () => ({ kind: 'answered', answer: replies.next().value ?? { kind: 'accepted' } }),
              RECONCILING: () => ({ kind: 'read-back', truth: truths.next().value ?? { kind: 'unchanged' } }),
            };
            const next = events[standing.state]?.() ?? ({ kind: 'turn' } as const);
            standing = advance(standing, next, { nowMs, mayAct: true, sitting: 1 })?.next ?? standing;
            expect(steps).toBeLessThan(400);
          }
          expect(nowMs).toBeLessThan(900_000 + 10 * HORIZON_MS);
          const unknownSends = standing.code === 'too-many-sends' ? standing.attempt : 0;
          expect(unknownSends === 0 || unknownSends >= MOST_SENDS).toBe(true);
        },
      ),
      RUNS,
    );
  });
});
