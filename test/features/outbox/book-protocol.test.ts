import { describe, expect, it } from 'vitest';
import type { ErsOutcome, ReplyFacts } from '../../../src-main/ers/outcome.ts';
import {
  allowsDeferral,
  classifyAnswer,
  judgeReadBack,
  readBackDelay,
  type Answer,
} from '../../../src-main/features/outbox/book-protocol.ts';

const facts = (status: number): ReplyFacts => ({
  status,
  correlationId: 'c',
  transactionId: '',
  etagVersion: null,
  durationMs: 1,
  receivedAtMs: 0,
});
const refused = (status: number, code = ''): ErsOutcome<string> => ({
  kind: 'refused',
  code,
  codes: code === '' ? [] : [code],
  retryAfterMs: null,
  facts: facts(status),
});
const classify = (outcome: ErsOutcome<string>) => classifyAnswer(outcome, (value) => value === 'ours').kind;

describe('classifying the answer to a booking', () => {
  it.each<[string, ErsOutcome<string>, Answer['kind']]>([
    ['201 with our echo', { kind: 'success', value: 'ours', facts: facts(201) }, 'accepted'],
    ['201 that echoes something else', { kind: 'success', value: 'other', facts: facts(201) }, 'unknown'],
    ['slot gone', refused(422, 'SLOT_NOT_AVAILABLE'), 'answered'],
    ['unknown business code', refused(422, 'NEVER_SEEN'), 'answered'],
    ['stale version', refused(409), 'answered'],
    ['PAS error', refused(502, 'PAS_RESPONDED_WITH_ERROR'), 'answered'],
    ['PAS silent', refused(504, 'PAS_NOT_RESPONDING'), 'answered'],
    ['gateway time-out without a code', refused(504), 'unknown'],
    ['cannot confirm', refused(422, 'UNABLE_TO_CONFIRM_APPOINTMENT'), 'unknown'],
    ['server fault', refused(500), 'unknown'],
    ['unavailable', refused(503, 'SYSTEM_UNAVAILABLE'), 'unknown'],
    ['our defect', refused(412), 'no-effect'],
    ['locked', refused(423), 'no-effect'],
    ['forbidden', refused(403, 'FORBIDDEN'), 'no-effect'],
    ['rate limited', { kind: 'rate-limited', retryAfterMs: 1000, facts: facts(429) }, 'no-effect'],
    ['session dead', { kind: 'unauthorised', code: '', facts: facts(401) }, 'no-effect'],
    ['never reached', { kind: 'not-sent', reason: 'refused', correlationId: 'c' }, 'no-effect'],
    ['reply lost', { kind: 'lost', reason: 'reset', correlationId: 'c' }, 'unknown'],
    ['captive portal', { kind: 'unreadable', reason: 'html', status: 200, correlationId: 'c' }, 'unknown'],
  ])('%s', (_name, outcome, kind) => {
    expect(classify(outcome)).toBe(kind);
  });
});

describe('judging a read-back', () => {
  const accepted: Answer = { kind: 'accepted' };
  const lost: Answer = { kind: 'unknown', code: 'reply-lost' };
  const gone: Answer = { kind: 'answered', code: 'SLOT_NOT_AVAILABLE', status: 422 };
  const silent: Answer = { kind: 'answered', code: 'PAS_NOT_RESPONDING', status: 504 };
  const ours = { kind: 'our-booking', appointmentId: '1' } as const;

  it('is booked only when e-RS holds our booking, whatever was answered', () => {
    for (const answer of [accepted, lost, gone, silent])
      expect(judgeReadBack(answer, ours, false)).toEqual({ state: 'APPLIED', code: '' });
  });

  it('never settles an unknown before the horizon, and then asks the clerk', () => {
    expect(judgeReadBack(lost, { kind: 'unchanged' }, false).state).toBe('RECONCILING');
    expect(judgeReadBack(accepted, { kind: 'unchanged' }, false).state).toBe('RECONCILING');
    expect(judgeReadBack(lost, { kind: 'unchanged' }, true).state).toBe('NEEDS_CLERK');
    expect(judgeReadBack(gone, { kind: 'not-readable' }, false).state).toBe('RECONCILING');
    expect(judgeReadBack(gone, { kind: 'not-readable' }, true).state).toBe('NEEDS_CLERK');
  });

  it('takes a refusal for one only when the referral is unchanged', () => {
    expect(judgeReadBack(gone, { kind: 'unchanged' }, false)).toEqual({
      state: 'REJECTED',
      code: 'SLOT_NOT_AVAILABLE',
    });
    expect(judgeReadBack(gone, { kind: 'changed-otherwise' }, false).state).toBe('NEEDS_CLERK');
    expect(judgeReadBack(silent, { kind: 'unchanged' }, false).state).toBe('NEEDS_CLERK');
  });

  it('reads back at once after an answer, else at 10, 30, 60, 120 and 205 seconds', () => {
    expect(readBackDelay(gone, 0, 0)).toBe(0);
    expect([0, 1, 2, 3, 4, 5].map((index) => readBackDelay(lost, index, 0))).toEqual([
      10_000,
      30_000,
      60_000,
      120_000,
      205_000,
      null,
    ]);
    expect(readBackDelay(lost, 1, 29_000)).toBe(1000);
  });

  it('permits deferral only on the evidence of the contract', () => {
    expect(allowsDeferral('REJECTED', 'SLOT_NOT_AVAILABLE')).toBe(true);
    expect(allowsDeferral('REJECTED', 'PAS_RESPONDED_WITH_ERROR')).toBe(true);
    expect(allowsDeferral('NEEDS_CLERK', 'PAS_NOT_RESPONDING')).toBe(true);
    expect(allowsDeferral('RECONCILING', 'PAS_NOT_RESPONDING')).toBe(false);
    expect(allowsDeferral('REJECTED', 'INVALID_REQUEST_STATE')).toBe(false);
  });
});
