/** What must hold of every step before it is recorded: each rule, broken (safety.md, invariants). */
import { describe, expect, it } from 'vitest';
import {
  assertInvariant,
  assertStep,
  InvariantBroken,
  type StepFacts,
} from '../../../../src-main/features/outbox/protocol/invariants.ts';
import { at } from '../../../support/standings.ts';

const sound: StepFacts = {
  before: at('PREFLIGHT'),
  next: at('SENDING', { attempt: 1 }),
  command: 'send',
  isHeadOfLine: true,
  otherBusy: 0,
  mayAct: true,
};

function brokenBy(changes: Partial<StepFacts>): string {
  try {
    assertStep({ ...sound, ...changes });
    return 'nothing';
  } catch (error) {
    if (!(error instanceof InvariantBroken)) throw error;
    return error.code;
  }
}

describe('a step', () => {
  it('that sends after a check, counted, by the person, in its turn, is sound', () => {
    expect(brokenBy({})).toBe('nothing');
  });

  it.each<[string, string, Partial<StepFacts>]>([
    ['I1', 'changes what is settled', { before: at('APPLIED'), next: at('QUEUED'), command: 'none' }],
    ['I6', 'sends without its record', { next: at('UNKNOWN', { attempt: 1 }) }],
    ['I6', 'records a sending that is none', { command: 'none' }],
    ['I3', 'sends without a check right before', { before: at('RECONCILING', { attempt: 0 }) }],
    ['I2', 'sends without counting', { next: at('SENDING', { attempt: 0 }) }],
    [
      'I2',
      'counts what was not sent',
      { command: 'none', next: at('WAITING', { attempt: 1 }), before: at('PREFLIGHT') },
    ],
    ['I7', 'sends for a person who is not there', { mayAct: false }],
    [
      'I8',
      'checks out of turn',
      { before: at('QUEUED'), next: at('PREFLIGHT'), command: 'check', isHeadOfLine: false },
    ],
    ['I8', 'has two of a referral under way', { otherBusy: 1 }],
  ])('breaks %s when it %s', (rule, _what, changes) => {
    expect(brokenBy(changes)).toBe(rule);
  });

  it('that reads back overtakes nobody', () => {
    const readBack = { before: at('UNKNOWN'), next: at('RECONCILING'), command: 'read-back' } as const;
    expect(brokenBy({ ...readBack, isHeadOfLine: false, mayAct: false })).toBe('nothing');
  });

  it('that puts an intent to rest may do so while another is under way', () => {
    const rest = { before: at('HELD'), next: at('ABANDONED'), command: 'none', otherBusy: 1 } as const;
    expect(brokenBy({ ...rest, isHeadOfLine: false, mayAct: false })).toBe('nothing');
  });
});

describe('an invariant', () => {
  it('names itself and what was about to happen', () => {
    expect(() => assertInvariant(false, 'I12', 'a deferral without fresh evidence')).toThrow(
      'I12: a deferral without fresh evidence',
    );
    expect(() => assertInvariant(true, 'I12', 'nothing')).not.toThrow();
  });
});
