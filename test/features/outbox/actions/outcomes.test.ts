/** What a read that brought nothing tells the protocol: every outcome (safety.md step 5, fault model). */
import { describe, expect, it } from 'vitest';
import type { ErsOutcome, ReplyFacts, UnreadableReason } from '../../../../src-main/ers/outcome.ts';
import { unreachedOf, unreadTruth } from '../../../../src-main/features/outbox/actions/outcomes.ts';
import { codeOf } from '../../../../src-main/features/outbox/actions/read-referral.ts';
import type { Unreached } from '../../../../src-main/features/outbox/protocol/findings.ts';

type Failure = Exclude<ErsOutcome<never>, { kind: 'success' }>;

const facts = (status: number): ReplyFacts => ({
  status,
  correlationId: 'c',
  transactionId: '',
  etagVersion: null,
  durationMs: 1,
  receivedAtMs: 1,
});
const refused = (status: number, code = '', retryAfterMs: number | null = null): Failure => ({
  kind: 'refused',
  code,
  codes: code === '' ? [] : [code],
  retryAfterMs,
  facts: facts(status),
});
const unreadable = (reason: UnreadableReason): Failure => ({
  kind: 'unreadable',
  reason,
  status: 200,
  correlationId: 'c',
});

describe('a read that brought nothing', () => {
  it.each<[string, Failure, Unreached]>([
    ['did not go out', { kind: 'not-sent', reason: 'dns', correlationId: '' }, { kind: 'not-reached' }],
    ['was lost', { kind: 'lost', reason: 'reset', correlationId: '' }, { kind: 'not-reached' }],
    [
      'met the rate limit',
      { kind: 'rate-limited', retryAfterMs: 2_000, facts: facts(429) },
      { kind: 'limited', retryMs: 2_000 },
    ],
    [
      'found the session ended',
      { kind: 'unauthorised', code: 'NO_ACCESS', facts: facts(401) },
      { kind: 'held', code: 'NO_ACCESS' },
    ],
    [
      'found it ended without a word',
      { kind: 'unauthorised', code: '', facts: facts(401) },
      { kind: 'held', code: 'session-ended' },
    ],
    [
      'is not in this dialect',
      { kind: 'not-in-dialect', operation: 'A038' },
      { kind: 'not-readable', code: 'not-in-dialect' },
    ],
    ["met a network's own page", unreadable('html'), { kind: 'not-reached' }],
    ['was led elsewhere', unreadable('redirect'), { kind: 'not-reached' }],
    ['brought broken JSON', unreadable('bad-json'), { kind: 'not-readable', code: 'unreadable-bad-json' }],
    [
      'brought another shape',
      unreadable('wrong-shape'),
      { kind: 'not-readable', code: 'unreadable-wrong-shape' },
    ],
    ['met a lock', refused(423, 'REFERRAL_LOCKED'), { kind: 'locked' }],
    ['was not permitted', refused(403, 'FORBIDDEN'), { kind: 'held', code: 'FORBIDDEN' }],
    ['was not permitted, without a word', refused(403), { kind: 'held', code: 'http-403' }],
    ['met a service that is down', refused(503), { kind: 'not-reached' }],
    ['was told when to come again', refused(503, '', 9_000), { kind: 'limited', retryMs: 9_000 }],
    ['met a gateway that gave up', refused(504), { kind: 'not-reached' }],
    [
      'met a fault of the service',
      refused(500, 'TECHNICAL_ERROR'),
      { kind: 'not-readable', code: 'TECHNICAL_ERROR' },
    ],
    ['met a fault without a code', refused(500), { kind: 'not-readable', code: 'http-500' }],
  ])('because it %s', (_why, outcome, expected) => {
    expect(unreachedOf(outcome)).toEqual(expected);
    expect(unreadTruth(outcome)).toEqual(expected);
  });

  it.each([400, 404, 409, 422])('is a refusal of the referral itself by %i', (status) => {
    expect(unreachedOf(refused(status, 'NO_RELATIONSHIP'))).toBeNull();
    expect(unreadTruth(refused(status))).toEqual({ kind: 'not-readable', code: 'read-back-refused' });
  });
});

describe('the code of a refusal', () => {
  it('is that of e-RS, or the status, or what became of the call', () => {
    expect(codeOf(refused(422, 'PATIENT_ERROR'))).toBe('PATIENT_ERROR');
    expect(codeOf(refused(404))).toBe('http-404');
    expect(codeOf({ kind: 'lost', reason: 'reset', correlationId: '' })).toBe('lost');
  });
});
