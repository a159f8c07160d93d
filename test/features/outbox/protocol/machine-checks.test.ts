/** The check before sending and being turned away (safety.md steps 2 and 4, fault model). */
import { describe, expect, it } from 'vitest';
import {
  LOCK_WAITS_MS,
  MOST_PAUSES,
  RETRY_WAITS_MS,
} from '../../../../src-main/features/outbox/protocol/action-rules.ts';
import type { Finding } from '../../../../src-main/features/outbox/protocol/findings.ts';
import type { Standing } from '../../../../src-main/features/outbox/protocol/machine.ts';
import { ALL_ACTIONS, at, away, NOW_MS, present, step, told } from '../../../support/standings.ts';

const checked = (finding: Finding) => ({ kind: 'checked', finding }) as const;
const CLEAR = checked({ kind: 'clear' });
const WRITES = ALL_ACTIONS.filter((action) => action !== 'letter');

describe('a check that speaks for sending', () => {
  it.each(WRITES)('sends %s, and counts the attempt from this moment on', (action) => {
    const { next, command } = step(at('PREFLIGHT', { action, readBacks: 3, dueAtMs: 5 }), CLEAR);
    expect(command).toBe('send');
    expect(next).toMatchObject({
      state: 'SENDING',
      attempt: 1,
      sentAtMs: NOW_MS,
      readBacks: 0,
      dueAtMs: null,
    });
  });

  it('forgets the answer to an earlier sending', () => {
    const earlier = at('PREFLIGHT', { attempt: 1, answer: { kind: 'not-sent' } });
    expect(step(earlier, CLEAR).next).toMatchObject({ attempt: 2, answer: null });
  });

  it('goes back into the line while the person is not there (I7)', () => {
    expect(told(at('PREFLIGHT'), CLEAR, away)).toBe('QUEUED person-left none');
  });

  it('sends within 15 minutes of the Ctrl+Enter, to the millisecond', () => {
    const confirmed = at('PREFLIGHT', { confirmedAtMs: 0, askedAtMs: 900_000 });
    expect(told(confirmed, CLEAR, { ...present, nowMs: 900_000 })).toBe('SENDING send');
    expect(told(confirmed, CLEAR, { ...present, nowMs: 900_001 })).toBe('NEEDS_CLERK expired none');
  });

  it('is made again when its answer was on its way for more than two minutes (I12)', () => {
    const asked = at('PREFLIGHT', { askedAtMs: 0 });
    expect(told(asked, CLEAR, { ...present, nowMs: 120_000 })).toBe('SENDING send');
    expect(told(asked, CLEAR, { ...present, nowMs: 120_001 })).toBe('QUEUED none');
    expect(step(at('QUEUED'), { kind: 'turn' }).next.askedAtMs).toBe(NOW_MS);
  });

  it.each([
    ['book', 'expired'],
    ['defer', 'expired'],
    ['cancel-later', 'confirm-needed'],
    ['cancel-appointment', 'confirm-needed'],
  ] as const)('asks for a fresh Ctrl+Enter for %s without one: %s', (action, code) => {
    expect(told(at('PREFLIGHT', { action, confirmedAtMs: null }), CLEAR)).toBe(`NEEDS_CLERK ${code} none`);
  });

  it.each([present, away])('hands a letter to a person, whoever is there', (context) => {
    expect(told(at('PREFLIGHT', { action: 'letter' }), CLEAR, context)).toBe('NEEDS_CLERK letter-ready none');
  });

  it('ends what the clerk wants back, and sends nothing', () => {
    const unwanted = at('PREFLIGHT', { attempt: 1, wantsOut: 'patient-declined' });
    expect(told(unwanted, CLEAR)).toBe('ABANDONED patient-declined none');
  });
});

describe('a check that speaks against sending', () => {
  it('takes an effect for its own only where something of it may have gone out', () => {
    const own = checked({ kind: 'own-effect', result: '70001' });
    expect(step(at('PREFLIGHT', { attempt: 1 }), own)).toMatchObject({
      next: { state: 'APPLIED' },
      result: '70001',
    });
    expect(step(at('PREFLIGHT', { isRevived: true }), own)).toMatchObject({ next: { state: 'APPLIED' } });
    expect(told(at('PREFLIGHT'), own)).toBe('NEEDS_CLERK changed-before-sending none');
  });

  it('leaves what differs to a person, by its name', () => {
    const changed = checked({ kind: 'changed', code: 'slots-available' });
    expect(told(at('PREFLIGHT'), changed)).toBe('NEEDS_CLERK slots-available none');
  });

  it('is a refusal where nothing went out, else a person looks', () => {
    const refused = checked({ kind: 'refused', code: 'PATIENT_ERROR' });
    expect(told(at('PREFLIGHT'), refused)).toBe('REJECTED PATIENT_ERROR none');
    expect(told(at('PREFLIGHT', { attempt: 1 }), refused)).toBe('NEEDS_CLERK PATIENT_ERROR none');
  });
});

describe('a check that reached nobody', () => {
  const unreached = checked({ kind: 'not-reached' });

  it('waits for the connection, and looks again after a minute', () => {
    expect(step(at('PREFLIGHT'), unreached).next).toMatchObject({
      state: 'WAITING',
      code: 'no-connection',
      dueAtMs: NOW_MS + 60_000,
    });
  });

  it.each([
    ['book', 0],
    ['defer', 0],
    ['letter', 0],
    ['cancel-later', null],
    ['cancel-appointment', null],
  ] as const)('keeps the word for %s only where the rule allows it', (action, confirmedAtMs) => {
    expect(step(at('PREFLIGHT', { action }), unreached).next.confirmedAtMs).toBe(confirmedAtMs);
    expect(step(at('QUEUED', { action }), { kind: 'no-connection' }).next).toMatchObject({
      state: 'WAITING',
      confirmedAtMs,
      dueAtMs: null,
    });
  });

  it('never gives up, however often', () => {
    let standing: Standing = at('PREFLIGHT');
    for (let turn = 0; turn < 50; turn += 1) {
      const waiting = step(standing, unreached).next;
      expect(waiting.state).toBe('WAITING');
      standing = step(waiting, { kind: 'turn' }).next;
    }
  });
});

/** Has a check turned away again and again; gives what was told each time. */
function turnAway(finding: Finding, times: number, change: (turn: number) => Partial<Standing> = () => ({})) {
  const seen: Standing[] = [];
  let standing: Standing = at('PREFLIGHT');
  for (let turn = 0; turn < times; turn += 1) {
    const { next } = step({ ...standing, ...change(turn) }, checked(finding));
    seen.push(next);
    if (next.state === 'NEEDS_CLERK') break;
    standing = step(next, { kind: 'turn' }).next;
  }
  return seen;
}

describe('a check that is turned away', () => {
  it('waits as long as the pause says, and after eight pauses a person looks', () => {
    const seen = turnAway({ kind: 'limited', retryMs: 3_000 }, 20);
    expect(seen[0]).toMatchObject({ state: 'WAITING', code: 'rate-limited', dueAtMs: NOW_MS + 3_000 });
    expect(seen).toHaveLength(MOST_PAUSES + 1);
    expect(seen.at(-1)).toMatchObject({ state: 'NEEDS_CLERK', code: 'rate-limited', dueAtMs: null });
  });

  it('waits 5, 15 and 45 seconds for a locked referral, then a person looks', () => {
    const seen = turnAway({ kind: 'locked' }, 20);
    expect(seen.map(({ dueAtMs }) => dueAtMs)).toEqual([...LOCK_WAITS_MS.map((wait) => NOW_MS + wait), null]);
    expect(seen.at(-1)).toMatchObject({ state: 'NEEDS_CLERK', code: 'locked' });
  });

  it('waits longer after each answer of no use, and after four of them a person looks', () => {
    const seen = turnAway({ kind: 'not-readable', code: 'unreadable-bad-json' }, 20);
    expect(seen.map(({ dueAtMs }) => dueAtMs)).toEqual([
      ...RETRY_WAITS_MS.map((wait) => NOW_MS + wait),
      null,
    ]);
    expect(seen[0]).toMatchObject({ state: 'WAITING', code: 'unreadable-bad-json' });
    expect(seen.at(-1)).toMatchObject({ state: 'NEEDS_CLERK', code: 'check-failed' });
  });

  it('is held until another sitting, and a refusal in that one goes to a person', () => {
    const held = checked({ kind: 'held', code: 'FORBIDDEN' });
    const first = step(at('PREFLIGHT'), held).next;
    expect(first).toMatchObject({ state: 'HELD', code: 'FORBIDDEN', heldInSitting: 1, dueAtMs: null });
    const again = step(first, { kind: 'turn' }, { ...present, sitting: 2 }).next;
    expect(told(again, held, { ...present, sitting: 2 })).toBe('NEEDS_CLERK FORBIDDEN none');
  });

  it('is held the first time also where it was turned away for something else before', () => {
    const limited = step(at('PREFLIGHT'), checked({ kind: 'limited', retryMs: 1_000 })).next;
    const again = step(limited, { kind: 'turn' }).next;
    expect(told(again, checked({ kind: 'held', code: 'session-ended' }))).toBe('HELD session-ended none');
  });
});

describe('a turn', () => {
  it.each(['QUEUED', 'WAITING', 'HELD'] as const)('of %s needs the person (I7)', (state) => {
    expect(told(at(state), { kind: 'turn' }, away)).toBe('not heard');
  });

  it('of an unknown outcome needs nobody: reading back sends nothing', () => {
    const { next } = step(at('UNKNOWN', { code: 'reply-lost', dueAtMs: 10_000 }), { kind: 'turn' }, away);
    expect(next).toMatchObject({
      state: 'RECONCILING',
      code: 'reply-lost',
      askedAtMs: NOW_MS,
      dueAtMs: null,
    });
  });

  it('takes away the reason of the wait', () => {
    expect(step(at('WAITING', { code: 'no-connection', dueAtMs: 7 }), { kind: 'turn' }).next).toMatchObject({
      code: '',
      dueAtMs: null,
    });
  });
});
