/** What follows from the answer to a write, and from reading back (safety.md steps 4 to 6). */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src-main/features/outbox/protocol/answer.ts';
import type { Truth } from '../../../../src-main/features/outbox/protocol/findings.ts';
import {
  ALL_ACTIONS,
  at,
  away,
  HORIZON_END_MS,
  late,
  NOW_MS,
  present,
  step,
  told,
} from '../../../support/standings.ts';

const answered = (answer: Answer) => ({ kind: 'answered', answer }) as const;
const read = (truth: Truth) => ({ kind: 'read-back', truth }) as const;
const UNCHANGED = read({ kind: 'unchanged' });
const said = (code: string, status: number): Answer => ({ kind: 'answered', code, status });

describe('the answer to a write', () => {
  it.each<[string, Answer, string]>([
    ['a success is not done before it is read back', { kind: 'accepted' }, 'RECONCILING accepted read-back'],
    [
      'a refusal may be the echo of our own success',
      said('INVALID_REQUEST_STATE', 422),
      'RECONCILING INVALID_REQUEST_STATE read-back',
    ],
    ['a lost reply is unknown', { kind: 'unknown', code: 'reply-lost' }, 'UNKNOWN reply-lost none'],
    ['a write that was never framed is refused', { kind: 'not-in-dialect' }, 'REJECTED not-in-dialect none'],
    ['a write that did not go out waits', { kind: 'not-sent' }, 'WAITING no-connection none'],
    ['a paused write waits', { kind: 'limited', retryMs: 2_000 }, 'WAITING rate-limited none'],
    ['a locked referral waits', { kind: 'locked' }, 'WAITING locked none'],
    ['an ended session holds it', { kind: 'held', code: 'session-ended' }, 'HELD session-ended none'],
  ])('%s', (_rule, answer, expected) => {
    expect(told(at('SENDING'), answered(answer))).toBe(expected);
    expect(step(at('SENDING'), answered(answer)).next.answer).toEqual(answer);
  });

  it('is waited for with a read-back 10, 30, 60, 120 and 205 seconds after the sending', () => {
    const unknown = step(
      at('SENDING', { sentAtMs: 0 }),
      answered({ kind: 'unknown', code: 'reply-lost' }),
    ).next;
    expect(unknown.dueAtMs).toBe(10_000);
    const times = [10_000, 29_999, 30_000, 60_000, 120_000].map(
      (nowMs) => step(at('RECONCILING', { sentAtMs: 0 }), UNCHANGED, { ...present, nowMs }).next.dueAtMs,
    );
    expect(times).toEqual([30_000, 30_000, 60_000, 120_000, HORIZON_END_MS]);
  });
});

describe('a read-back that finds the effect', () => {
  it.each(ALL_ACTIONS)('proves %s, and keeps what it found', (action) => {
    const ours = read({ kind: 'ours', result: '70001' });
    expect(step(at('RECONCILING', { action }), ours)).toEqual(
      expect.objectContaining({ result: '70001', command: 'none' }),
    );
    expect(told(at('RECONCILING', { action }), ours)).toBe('APPLIED none');
  });

  it("leaves another's change to a person", () => {
    expect(told(at('RECONCILING'), read({ kind: 'changed-otherwise' }))).toBe(
      'NEEDS_CLERK changed-meanwhile none',
    );
  });
});

describe('a read-back that finds nothing done', () => {
  const lost = { answer: { kind: 'unknown', code: 'reply-lost' }, askedAtMs: HORIZON_END_MS } as const;

  it('waits until the horizon, for the request may still be under way', () => {
    const [nowMs, code] = [HORIZON_END_MS - 1, 'reply-lost'];
    const early = at('RECONCILING', { ...lost, code, askedAtMs: nowMs });
    expect(told(early, UNCHANGED, { ...present, nowMs })).toBe('UNKNOWN reply-lost none');
  });

  it.each([
    ['book', 'NEEDS_CLERK not-done-provider-may-differ none'],
    ['cancel-appointment', 'NEEDS_CLERK not-done-provider-may-differ none'],
    ['defer', 'QUEUED not-done none'],
    ['cancel-later', 'QUEUED not-done none'],
  ] as const)('past the horizon goes on by whether a provider takes part: %s', (action, expected) => {
    expect(told(at('RECONCILING', { action, ...lost }), UNCHANGED, late)).toBe(expected);
  });

  it('waits on where the read-back was begun before the horizon: its answer may have been long on its way', () => {
    const early = at('RECONCILING', { ...lost, askedAtMs: HORIZON_END_MS - 1, code: 'reply-lost' });
    expect(told(early, UNCHANGED, late)).toBe('UNKNOWN reply-lost none');
  });

  it('is not sent again without the same checks: its next turn begins with them', () => {
    const again = step(at('RECONCILING', lost), UNCHANGED, late).next;
    expect(told(again, { kind: 'turn' }, late)).toBe('PREFLIGHT check');
  });

  it('sends four times at most, then a person looks', () => {
    expect(told(at('RECONCILING', { ...lost, attempt: 3 }), UNCHANGED, late)).toBe('QUEUED not-done none');
    expect(told(at('RECONCILING', { ...lost, attempt: 4 }), UNCHANGED, late)).toBe(
      'NEEDS_CLERK too-many-sends none',
    );
  });

  it('goes on by itself only while the same person is there and their word holds', () => {
    expect(told(at('RECONCILING', lost), UNCHANGED, { ...late, mayAct: false })).toBe(
      'NEEDS_CLERK not-done none',
    );
    expect(told(at('RECONCILING', { ...lost, confirmedAtMs: null }), UNCHANGED, late)).toBe(
      'NEEDS_CLERK not-done none',
    );
  });

  it('after an acceptance waits until the horizon, then a person looks', () => {
    const accepted = at('RECONCILING', { answer: { kind: 'accepted' }, code: 'accepted' });
    expect(told(accepted, UNCHANGED)).toBe('UNKNOWN accepted none');
    expect(told({ ...accepted, askedAtMs: HORIZON_END_MS }, UNCHANGED, late)).toBe(
      'NEEDS_CLERK accepted-not-found none',
    );
  });
});

describe('a refusal that the read-back confirms', () => {
  it.each<[string, Answer, string]>([
    ['ends it with its code', said('PATIENT_ERROR', 422), 'REJECTED PATIENT_ERROR none'],
    [
      'asks for a call to a silent provider',
      said('PAS_NOT_RESPONDING', 504),
      'NEEDS_CLERK PAS_NOT_RESPONDING none',
    ],
    [
      'does not guess why a right version is stale',
      said('http-409', 409),
      'NEEDS_CLERK refused-as-stale none',
    ],
    ['ends a slot that is gone', said('SLOT_NOT_AVAILABLE', 422), 'REJECTED SLOT_NOT_AVAILABLE none'],
  ])('%s', (_rule, answer, expected) => {
    expect(told(at('RECONCILING', { action: 'book', answer }), UNCHANGED)).toBe(expected);
  });

  it('tries the slot that the patient named next, and none after the last', () => {
    const gone = {
      action: 'book',
      answer: said('SLOT_NOT_AVAILABLE', 422),
      choices: 3,
      turnedAway: 2,
    } as const;
    const { next, command } = step(at('RECONCILING', { ...gone, choice: 1 }), UNCHANGED);
    expect(next).toMatchObject({ state: 'QUEUED', code: 'next-wish', choice: 2, turnedAway: 0 });
    expect(command).toBe('none');
    expect(told(at('RECONCILING', { ...gone, choice: 2 }), UNCHANGED)).toBe(
      'REJECTED SLOT_NOT_AVAILABLE none',
    );
  });

  it('tries no other slot for any other refusal', () => {
    const other = at('RECONCILING', { action: 'book', answer: said('INAPPROPRIATE_SLOT', 422), choices: 3 });
    expect(told(other, UNCHANGED)).toBe('REJECTED INAPPROPRIATE_SLOT none');
  });
});

describe('a read-back that told nothing', () => {
  const waiting = at('RECONCILING', { code: 'reply-lost', sentAtMs: 0 });
  const pastHorizon = { ...waiting, askedAtMs: HORIZON_END_MS };

  it.each<[string, Truth]>([
    ['nobody was reached', { kind: 'not-reached' }],
    ['calls are paused', { kind: 'limited', retryMs: 500 }],
    ['the referral is locked', { kind: 'locked' }],
  ])('is made again when %s, also past the horizon, a minute later', (_why, truth) => {
    expect(step(waiting, read(truth)).next).toMatchObject({
      state: 'UNKNOWN',
      code: 'reply-lost',
      dueAtMs: 10_000,
    });
    expect(step(waiting, read(truth), late).next).toMatchObject({
      state: 'UNKNOWN',
      dueAtMs: HORIZON_END_MS + 60_000,
    });
  });

  const unpermitted = read({ kind: 'held', code: 'session-ended' });

  it('is made again while nobody is there who may read, also past the horizon', () => {
    expect(step(waiting, unpermitted, away).next).toMatchObject({ state: 'UNKNOWN', dueAtMs: 10_000 });
    expect(told(pastHorizon, unpermitted, { ...late, mayAct: false })).toBe('UNKNOWN reply-lost none');
  });

  it('goes to the person who is there and still may not read, past the horizon (I5)', () => {
    expect(told(waiting, unpermitted)).toBe('UNKNOWN reply-lost none');
    expect(told(pastHorizon, unpermitted, late)).toBe('NEEDS_CLERK read-back-failed none');
  });

  it('goes to a person past the horizon when the answer is of no use', () => {
    const useless = read({ kind: 'not-readable', code: 'unreadable-bad-json' });
    expect(told(waiting, useless)).toBe('UNKNOWN reply-lost none');
    expect(told(pastHorizon, useless, late)).toBe('NEEDS_CLERK read-back-failed none');
  });

  it('counts the read-backs that brought something', () => {
    expect(step(at('RECONCILING', { readBacks: 2 }), UNCHANGED).next.readBacks).toBe(3);
  });

  it('begins the horizon now where the sending is not known', () => {
    const { next } = step(at('RECONCILING', { sentAtMs: null }), UNCHANGED);
    expect(next).toMatchObject({ state: 'UNKNOWN', sentAtMs: NOW_MS, dueAtMs: NOW_MS + 10_000 });
  });
});

describe('a file, which has no pin', () => {
  const upload = { action: 'upload-file' } as const;
  const refused = (code: string) => at('RECONCILING', { ...upload, answer: said(code, 422) });

  it('has its id on disk before anything uses it: with the step that takes note of the answer', () => {
    const accepted = step(at('SENDING', upload), answered({ kind: 'accepted', result: 'document-1' }));
    expect(accepted).toMatchObject({ result: 'document-1', command: 'read-back' });
    expect(step(at('SENDING'), answered({ kind: 'accepted' }))).not.toHaveProperty('result');
  });

  it('is not sent again by itself when it was not found: the clerk decides, whose word sends it', () => {
    const unknown = at('RECONCILING', { ...upload, answer: { kind: 'unknown', code: 'reply-lost' } });
    const read205 = { ...unknown, askedAtMs: HORIZON_END_MS };
    expect(told(read205, UNCHANGED, late)).toBe('NEEDS_CLERK not-confirmed none');
    expect(told(step(read205, UNCHANGED, late).next, { kind: 'confirm' }, late)).toBe('QUEUED none');
  });

  it('whose name e-RS knows may be our own: nobody says that it was refused', () => {
    expect(told(refused('DUPLICATE_FILENAME'), UNCHANGED)).toBe('NEEDS_CLERK DUPLICATE_FILENAME none');
    expect(told(at('RECONCILING', { answer: said('DUPLICATE_FILENAME', 422) }), UNCHANGED)).toBe(
      'REJECTED DUPLICATE_FILENAME none',
    );
  });

  it('is refused by the first answer that says no, not by one to a later send', () => {
    expect(told(refused('FILE_SIZE_ERROR'), UNCHANGED)).toBe('REJECTED FILE_SIZE_ERROR none');
    expect(told({ ...refused('FILE_SIZE_ERROR'), attempt: 2 }, UNCHANGED)).toBe(
      'NEEDS_CLERK FILE_SIZE_ERROR none',
    );
  });
});

describe('the end of a referral', () => {
  const wordAfter = (action: 'cancel-referral' | 'cancel-later', answer: Answer) =>
    step(at('SENDING', { action }), answered(answer)).next.confirmedAtMs;

  it.each<[string, Answer]>([
    ['a pause', { kind: 'limited', retryMs: 2_000 }],
    ['a lock', { kind: 'locked' }],
    ['a sign-in', { kind: 'held', code: 'session-ended' }],
    ['a connection', { kind: 'not-sent' }],
  ])('waits for a fresh Ctrl+Enter, too, when it waits for %s', (what, answer) => {
    expect(wordAfter('cancel-referral', answer)).toBeNull();
    expect(wordAfter('cancel-later', answer)).toBe(what === 'a connection' ? null : 0);
  });

  it('goes out on a word that is given while it waits', () => {
    const waiting = at('WAITING', { action: 'cancel-referral', confirmedAtMs: null });
    const confirmed = step(waiting, { kind: 'confirm' }).next;
    expect(confirmed).toMatchObject({ state: 'QUEUED', confirmedAtMs: NOW_MS });
    const checking = step(confirmed, { kind: 'turn' }).next;
    expect(told(checking, { kind: 'checked', finding: { kind: 'clear' } })).toBe('SENDING send');
    const unasked = step({ ...waiting, dueAtMs: 0 }, { kind: 'turn' }).next;
    expect(told(unasked, { kind: 'checked', finding: { kind: 'clear' } })).toBe(
      'NEEDS_CLERK confirm-needed none',
    );
  });
});
