/** What the answer to a write means before anything is read back: every outcome and status (safety.md step 4). */
import { describe, expect, it } from 'vitest';
import type { ErsOutcome, ReplyFacts, UnreadableReason } from '../../../../src-main/ers/outcome.ts';
import { classifyAnswer, type Answer } from '../../../../src-main/features/outbox/protocol/answer.ts';

const facts = (status: number): ReplyFacts => ({
  status,
  correlationId: 'c',
  transactionId: '',
  etagVersion: null,
  durationMs: 1,
  receivedAtMs: 1,
});

const refused = (status: number, code = ''): ErsOutcome<string> => ({
  kind: 'refused',
  code,
  codes: code === '' ? [] : [code],
  retryAfterMs: null,
  facts: facts(status),
});

const classify = (outcome: ErsOutcome<string>) => classifyAnswer(outcome, (value) => value === 'ours');

describe('an outcome of a write', () => {
  it.each<[string, ErsOutcome<string>, Answer]>([
    [
      'with our echo is accepted',
      { kind: 'success', value: 'ours', facts: facts(201) },
      { kind: 'accepted' },
    ],
    [
      'with another echo is unknown',
      { kind: 'success', value: 'other', facts: facts(201) },
      { kind: 'unknown', code: 'echo-differs' },
    ],
    ['that did not go out', { kind: 'not-sent', reason: 'refused', correlationId: '' }, { kind: 'not-sent' }],
    [
      'that this dialect does not have',
      { kind: 'not-in-dialect', operation: 'A034' },
      { kind: 'not-in-dialect' },
    ],
    [
      'that met the rate limit',
      { kind: 'rate-limited', retryAfterMs: 4_000, facts: facts(429) },
      { kind: 'limited', retryMs: 4_000 },
    ],
    [
      'of a session that is named ended',
      { kind: 'unauthorised', code: 'NO_ACCESS', facts: facts(401) },
      { kind: 'held', code: 'NO_ACCESS' },
    ],
    [
      'of a session that ended without a word',
      { kind: 'unauthorised', code: '', facts: facts(401) },
      { kind: 'held', code: 'session-ended' },
    ],
    [
      'that was lost',
      { kind: 'lost', reason: 'reset', correlationId: '' },
      { kind: 'unknown', code: 'reply-lost' },
    ],
  ])('%s', (_name, outcome, expected) => {
    expect(classify(outcome)).toEqual(expected);
  });

  it.each<UnreadableReason>([
    'html',
    'wrong-content-type',
    'bad-json',
    'wrong-shape',
    'too-large',
    'too-deep',
    'not-a-pdf',
    'redirect',
  ])('that cannot be read (%s) is unknown', (reason) => {
    expect(classify({ kind: 'unreadable', reason, status: 200, correlationId: '' })).toEqual({
      kind: 'unknown',
      code: `unreadable-${reason}`,
    });
  });
});

describe('a refusal', () => {
  it.each([400, 404, 406, 409, 412, 415, 422])('by %i says no to this request', (status) => {
    expect(classify(refused(status, 'SOME_CODE'))).toEqual({ kind: 'answered', code: 'SOME_CODE', status });
    expect(classify(refused(status))).toEqual({ kind: 'answered', code: `http-${status}`, status });
  });

  it.each([405, 408, 410, 418, 500, 501, 502, 503, 504])(
    'by %i alone says nothing about what it did',
    (status) => {
      expect(classify(refused(status))).toEqual({ kind: 'unknown', code: `http-${status}` });
    },
  );

  it.each([
    [504, 'PAS_NOT_RESPONDING'],
    [502, 'PAS_RESPONDED_WITH_ERROR'],
  ])('by %i %s has settled what e-RS holds', (status, code) => {
    expect(classify(refused(status, code))).toEqual({ kind: 'answered', code, status });
  });

  it.each(['UNABLE_TO_CONFIRM_APPOINTMENT', 'UNABLE_TO_CANCEL_APPOINTMENT'])(
    'with %s does not say whether the provider acted',
    (code) => {
      expect(classify(refused(422, code))).toEqual({ kind: 'unknown', code });
    },
  );

  it('by 423 is a lock, with or without a code', () => {
    expect(classify(refused(423))).toEqual({ kind: 'locked' });
    expect(classify(refused(423, 'REFERRAL_LOCKED'))).toEqual({ kind: 'locked' });
  });

  it('by 403 holds it for the person', () => {
    expect(classify(refused(403))).toEqual({ kind: 'held', code: 'http-403' });
    expect(classify(refused(403, 'FORBIDDEN'))).toEqual({ kind: 'held', code: 'FORBIDDEN' });
  });
});
