/** What the clerk's keys do, and what is left after a restart (screens.md sections 9 and 14). */
import { describe, expect, it } from 'vitest';
import type { OutboxAction } from '../../../../src-main/contract/channels/outbox.ts';
import { INTENT_STATES } from '../../../../src-main/features/outbox/protocol/intent-states.ts';
import {
  isConfirmed,
  isPastHorizon,
  mayConfirm,
  mayReadBack,
  mayWithdraw,
  newStanding,
  revive,
} from '../../../../src-main/features/outbox/protocol/machine.ts';
import { at, away, HORIZON_END_MS, late, NOW_MS, present, step, told } from '../../../support/standings.ts';

const CONFIRM = { kind: 'confirm' } as const;
const WITHDRAW = { kind: 'withdraw', code: 'made-in-error' } as const;
const READ_NOW = { kind: 'read-now' } as const;

const needsClerk = (code: string, changes: Parameters<typeof at>[1] = {}) =>
  at('NEEDS_CLERK', { code, ...changes });

describe('Ctrl+Enter', () => {
  it.each([
    'confirm-needed',
    'expired',
    'locked',
    'rate-limited',
    'refused-as-stale',
    'check-failed',
    'read-back-failed',
    'accepted-not-found',
    'not-done',
    'not-done-provider-may-differ',
    'too-many-sends',
    'PAS_NOT_RESPONDING',
  ])('sends under the same pin what stands at %s', (code) => {
    expect(mayConfirm(needsClerk(code))).toBe(true);
    const { next } = step(
      needsClerk(code, { turnedAway: 4, heldInSitting: 3, confirmedAtMs: null }),
      CONFIRM,
    );
    expect(next).toMatchObject({
      state: 'QUEUED',
      code: '',
      confirmedAtMs: NOW_MS,
      turnedAway: 0,
      heldInSitting: null,
    });
  });

  it.each([
    'changed-before-sending',
    'changed-meanwhile',
    'slots-available',
    'slot-changed',
    'already-booked',
    'not-booked-any-more',
    'action-not-offered',
    'evidence-expired',
    'FORBIDDEN',
  ])('does not send what stands at %s: that is a new decision', (code) => {
    expect(mayConfirm(needsClerk(code))).toBe(false);
    expect(told(needsClerk(code), CONFIRM)).toBe('not heard');
  });

  it('is not heard from anybody else (I7)', () => {
    expect(told(at('QUEUED'), CONFIRM, away)).toBe('not heard');
  });

  it('sends no letter', () => {
    expect(mayConfirm(at('QUEUED', { action: 'letter' }))).toBe(false);
    expect(told(needsClerk('letter-ready', { action: 'letter' }), CONFIRM)).toBe('not heard');
  });

  it('after Del is the last word: it is sent again', () => {
    const unwanted = step(at('WAITING', { attempt: 1 }), WITHDRAW).next;
    const wanted = step(unwanted, CONFIRM).next;
    const checking = step(wanted, { kind: 'turn' }).next;
    expect(told(checking, { kind: 'checked', finding: { kind: 'clear' } })).toBe('SENDING send');
  });
});

describe('Del', () => {
  it('is refused while the service may still carry it out', () => {
    for (const state of ['SENDING', 'UNKNOWN', 'RECONCILING'] as const)
      expect(mayWithdraw(at(state), NOW_MS)).toBe(false);
    expect(mayWithdraw(needsClerk('not-done', { attempt: 1, sentAtMs: 0 }), HORIZON_END_MS - 1)).toBe(false);
    expect(mayWithdraw(needsClerk('not-done', { attempt: 1, sentAtMs: 0 }), HORIZON_END_MS)).toBe(true);
  });

  it.each(['changed-meanwhile', 'changed-before-sending', 'PAS_NOT_RESPONDING'])(
    'is heard before the horizon where the pin is dead or e-RS has answered: %s',
    (code) => {
      expect(told(needsClerk(code, { attempt: 1, sentAtMs: 0 }), WITHDRAW)).toBe(
        'ABANDONED made-in-error none',
      );
    },
  );

  it('is heard by whoever may press it, also when nothing may be sent', () => {
    expect(told(at('HELD'), WITHDRAW, away)).toBe('ABANDONED made-in-error none');
  });

  it('of what was turned away after a sending waits for the check, and takes the word back', () => {
    for (const state of ['QUEUED', 'PREFLIGHT', 'WAITING', 'HELD'] as const) {
      const { next, command } = step(at(state, { attempt: 1 }), WITHDRAW);
      expect(next).toMatchObject({ state, wantsOut: 'made-in-error', confirmedAtMs: null });
      expect(command).toBe('none');
    }
  });

  it('ends a record that does not open, once it cannot take effect any more', () => {
    expect(told(at('QUARANTINED'), WITHDRAW)).toBe('ABANDONED made-in-error none');
    const sent = at('QUARANTINED', { attempt: 1, sentAtMs: 0 });
    expect(told(sent, WITHDRAW)).toBe('not heard');
    expect(told(sent, WITHDRAW, late)).toBe('ABANDONED made-in-error none');
  });
});

describe('F5', () => {
  it('reads back what went out, and not what never did', () => {
    expect(mayReadBack(needsClerk('not-done', { attempt: 1 }))).toBe(true);
    expect(mayReadBack(needsClerk('expired'))).toBe(false);
    expect(INTENT_STATES.filter((state) => mayReadBack(at(state)))).toEqual(['UNKNOWN']);
  });

  it('of what needs the clerk is not asking to send: what it finds undone still needs the clerk', () => {
    const looking = step(needsClerk('not-done', { attempt: 1, sentAtMs: 0 }), READ_NOW, late).next;
    expect(looking).toMatchObject({ state: 'RECONCILING', code: 'not-done', confirmedAtMs: null });
    expect(told(looking, { kind: 'read-back', truth: { kind: 'unchanged' } }, late)).toBe(
      'NEEDS_CLERK not-done none',
    );
  });

  it('of an unknown outcome keeps the word', () => {
    expect(step(at('UNKNOWN', { confirmedAtMs: 5 }), READ_NOW).next.confirmedAtMs).toBe(5);
  });

  it('counts what needs the clerk as past its horizon where nobody remembers the sending', () => {
    const forgotten = needsClerk('not-done', { attempt: 1, sentAtMs: null });
    const { next } = step(forgotten, READ_NOW);
    expect(isPastHorizon(next, NOW_MS)).toBe(true);
  });
});

describe('a letter', () => {
  const ready = needsClerk('letter-ready', { action: 'letter' });

  it('is done when a person has fetched it, and only then', () => {
    expect(told(ready, { kind: 'carried-out' })).toBe('APPLIED none');
    expect(told(at('QUEUED', { action: 'letter' }), { kind: 'carried-out' })).toBe('not heard');
  });
});

describe('a new start', () => {
  const durable = (changes: Partial<Parameters<typeof revive>[0]>) =>
    revive(
      { action: 'defer', state: 'QUEUED', code: '', attempt: 0, choice: 0, choices: 1, ...changes },
      500,
    );

  it('does not know what was being sent, and reads it back first', () => {
    for (const state of ['SENDING', 'UNKNOWN', 'RECONCILING'] as const)
      expect(durable({ state, attempt: 1 })).toMatchObject({
        state: 'UNKNOWN',
        code: 'interrupted',
        sentAtMs: 500,
        dueAtMs: 500,
        isRevived: true,
      });
  });

  it('begins the horizon anew for whatever went out, never too early', () => {
    expect(durable({ state: 'NEEDS_CLERK', code: 'not-done', attempt: 1 }).sentAtMs).toBe(500);
    expect(durable({ state: 'QUEUED' }).sentAtMs).toBeNull();
  });

  it('keeps which slot is being tried', () => {
    expect(durable({ action: 'book', choice: 1, choices: 3 })).toMatchObject({ choice: 1, choices: 3 });
  });
});

describe('time', () => {
  it("counts the clerk's word and the horizon from their moments", () => {
    const standing = newStanding('book', 1, 100);
    expect(isConfirmed(standing, 900_100)).toBe(true);
    expect(isConfirmed(standing, 900_101)).toBe(false);
    expect(isConfirmed({ ...standing, confirmedAtMs: null }, 100)).toBe(false);
    expect(isPastHorizon({ ...standing, sentAtMs: 100 }, 205_099)).toBe(false);
    expect(isPastHorizon({ ...standing, sentAtMs: 100 }, 205_100)).toBe(true);
    expect(isPastHorizon(standing, 1e9)).toBe(false);
  });
});

const CARRIED_OUT: readonly OutboxAction[] = ['book', 'defer', 'cancel-later', 'cancel-appointment'];
it.each(CARRIED_OUT)('a %s is never carried out by a person', (action) => {
  expect(told(needsClerk('letter-ready', { action }), { kind: 'carried-out' }, present)).toBe('not heard');
});
