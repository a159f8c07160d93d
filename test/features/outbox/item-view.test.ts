/** What the screens are told of an intent (screens.md section 9). */
import { describe, expect, it } from 'vitest';
import { pushPayloads } from '../../../build/generated/channel-validators.js';
import type { StoredIntent } from '../../../src-main/features/outbox/intent-store.ts';
import { allowsDeferral, viewBooking } from '../../../src-main/features/outbox/booking-view.ts';
import {
  mayEdit,
  standingOf,
  stateNameOf,
  viewHandover,
  viewItem,
  viewUnreadable,
  type ViewedIntent,
} from '../../../src-main/features/outbox/item-view.ts';
import { INTENT_STATES, type IntentState } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Standing } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import {
  makeBook,
  makeCancelAppointment,
  makeCancelLater,
  makeCancelReferral,
  makeDefer,
  makeEach,
  makeLetter,
  makeUpload,
  makeSlot,
  OWNER,
} from '../../support/intents.ts';
import { at } from '../../support/standings.ts';

const AT = '2026-11-18T08:30:00.000Z';

const storedOf = <I extends Intent>(intent: I, changes: Partial<StoredIntent> = {}) => ({
  owner: OWNER,
  order: 1,
  state: 'QUEUED' as const,
  code: '',
  attempt: 0,
  choice: 0,
  correlationId: '',
  sentAt: null,
  result: null,
  createdAt: AT,
  updatedAt: AT,
  ...changes,
  intent,
});

const clock = createManualClock();

const view = (standing: Standing, changes: Partial<ViewedIntent> = {}) =>
  viewItem(
    { stored: storedOf(makeBook()), standing, isStalled: false, behind: null, contactBy: null, ...changes },
    clock,
  );

describe('the name of a state', () => {
  it.each<[IntentState, string]>([
    ['QUEUED', 'queued'],
    ['PREFLIGHT', 'checking'],
    ['SENDING', 'sending'],
    ['UNKNOWN', 'unknown'],
    ['RECONCILING', 'unknown'],
    ['APPLIED', 'done'],
    ['REJECTED', 'refused'],
    ['NEEDS_CLERK', 'needs-you'],
    ['WAITING', 'waiting'],
    ['HELD', 'needs-sign-in'],
    ['ABANDONED', 'withdrawn'],
    ['QUARANTINED', 'unreadable'],
  ])('%s is %s', (state, name) => {
    expect(stateNameOf(state, '')).toBe(name);
  });

  it.each([
    'changed-before-sending',
    'changed-meanwhile',
    'refused-as-stale',
    'slot-changed',
    'already-booked',
    'not-booked-any-more',
    'action-not-offered',
  ])('is conflict where the clerk saw something else: %s', (code) => {
    expect(stateNameOf('NEEDS_CLERK', code)).toBe('conflict');
    expect(stateNameOf('REJECTED', code)).toBe('refused');
  });

  it.each(['expired', 'confirm-needed'])('is expired where one Ctrl+Enter is missing: %s', (code) => {
    expect(stateNameOf('NEEDS_CLERK', code)).toBe('expired');
  });

  it('is confirming from the acceptance to the proof, never done before it', () => {
    expect(['UNKNOWN', 'RECONCILING'].map((state) => stateNameOf(state as IntentState, 'accepted'))).toEqual([
      'confirming',
      'confirming',
    ]);
  });
});

describe('an item', () => {
  it.each(makeEach().map((intent) => [intent.action, intent] as const))(
    'of every state fits its schema: %s',
    (_a, intent) => {
      for (const state of INTENT_STATES) {
        const item = view(at(state, { action: intent.action }), { stored: storedOf(intent) });
        expect(pushPayloads['outbox/item-changed'](item)).toBe(true);
      }
    },
  );

  it('names what is asked for: the slot that is tried, or the appointment that goes', () => {
    const ranked = storedOf(makeBook({ slots: [makeSlot(0), makeSlot(1)] }));
    expect(view(at('QUEUED', { choice: 1, choices: 2 }), { stored: ranked }).start).toBe(makeSlot(1).start);
    expect(view(at('QUEUED', { choice: 2 }), { stored: ranked }).start).toBeNull();
    const starts = [makeCancelLater(), makeCancelAppointment(), makeDefer(), makeLetter()].map(
      (intent) => view(at('QUEUED'), { stored: storedOf(intent) }).start,
    );
    expect(starts).toEqual([makeCancelLater().start, makeCancelAppointment().start, null, null]);
    const { start } = makeCancelAppointment();
    expect(view(at('QUEUED'), { stored: storedOf(makeCancelReferral({ start })) }).start).toBe(start);
  });

  it('of a file shows its name, which nobody edits, and is attached anew in the review of its write', () => {
    const shown = view(at('NEEDS_CLERK', { action: 'upload-file' }), { stored: storedOf(makeUpload()) });
    expect(shown).toMatchObject({ comment: 'clinic-letter.txt', may: { edit: false, redo: false } });
  });

  it('says until when it may still be carried out, while nobody knows', () => {
    const sentAtMs = clock.monotonicMs() - 5_000;
    const ends = toIso(Math.round(clock.nowMs() + 200_000));
    for (const state of ['SENDING', 'UNKNOWN', 'RECONCILING'] as const)
      expect(view(at(state, { sentAtMs })).mayHappenUntil).toBe(ends);
    expect(view(at('UNKNOWN', { sentAtMs: clock.monotonicMs() - 205_000 })).mayHappenUntil).toBeNull();
    expect(view(at('UNKNOWN', { sentAtMs: null })).mayHappenUntil).toBeNull();
    expect(view(at('NEEDS_CLERK', { sentAtMs, attempt: 1 })).mayHappenUntil).toBeNull();
  });

  it('says when it is looked at next, and no more once it is settled', () => {
    const dueAtMs = clock.monotonicMs() + 10_000;
    expect(view(at('UNKNOWN', { dueAtMs })).nextCheckAt).toBe(toIso(Math.round(clock.nowMs() + 10_000)));
    expect(view(at('WAITING')).nextCheckAt).toBeNull();
    expect(view(at('APPLIED', { dueAtMs })).nextCheckAt).toBeNull();
  });

  it('says which keys it takes', () => {
    const may = (standing: Standing, stored: StoredIntent = storedOf(makeDefer())) => {
      const keys = Object.entries(view(standing, { stored }).may);
      return keys.flatMap(([key, isAllowed]) => (isAllowed ? [key] : []));
    };
    expect(may(at('WAITING'))).toEqual(['confirm', 'edit', 'withdraw']);
    expect(may(at('UNKNOWN'))).toEqual(['readBack']);
    expect(may(at('NEEDS_CLERK', { code: 'changed-before-sending' }))).toEqual(['edit', 'withdraw', 'redo']);
    expect(may(at('REJECTED'))).toEqual(['redo']);
    expect(may(at('APPLIED'))).toEqual([]);
    const letter = storedOf(makeLetter());
    expect(may(at('NEEDS_CLERK', { action: 'letter', code: 'letter-ready' }), letter)).toEqual(['withdraw']);
  });

  it('of a disk that fails says so, and never more than is known', () => {
    const told = (state: IntentState) => {
      const { state: name, code } = view(at(state), { isStalled: true });
      return [name, code];
    };
    expect(told('QUEUED')).toEqual(['waiting', 'disk-fault']);
    expect(told('PREFLIGHT')).toEqual(['waiting', 'disk-fault']);
    for (const state of ['SENDING', 'UNKNOWN', 'RECONCILING'] as const)
      expect(told(state)).toEqual(['unknown', 'disk-fault']);
  });

  it('names the earlier one that it waits for', () => {
    expect(view(at('QUEUED'), { behind: 'earlier' }).behind).toBe('earlier');
  });
});

describe('a comment', () => {
  it('may change until something of it went out', () => {
    for (const state of ['QUEUED', 'PREFLIGHT', 'WAITING', 'HELD', 'NEEDS_CLERK'] as const) {
      expect(mayEdit(at(state), makeDefer())).toBe(true);
      expect(mayEdit(at(state, { attempt: 1 }), makeDefer())).toBe(false);
    }
    for (const state of ['SENDING', 'APPLIED', 'ABANDONED', 'REJECTED'] as const)
      expect(mayEdit(at(state, { attempt: 0 }), makeDefer())).toBe(false);
  });

  it('must be there to be changed', () => {
    expect([makeBook(), makeLetter()].some((intent) => mayEdit(at('QUEUED'), intent))).toBe(false);
  });
});

describe('a settled intent', () => {
  it('stands where the disk says', () => {
    const stored = storedOf(makeBook({ slots: [makeSlot(0), makeSlot(1)] }), {
      state: 'REJECTED',
      choice: 1,
    });
    expect(standingOf(stored, null, 5)).toMatchObject({ state: 'REJECTED', choice: 1, choices: 2 });
    expect(standingOf(storedOf(makeDefer()), null, 5)).toMatchObject({ choices: 1 });
    const live = at('SENDING');
    expect(standingOf(stored, live, 5)).toBe(live);
  });
});

describe('a record that does not open', () => {
  it('is shown as what it was and when, to be taken back and nothing else', () => {
    const { intent } = storedOf(makeDefer());
    const row = { intentId: intent.intentId, action: 'defer', order: 3, attempt: 1, choice: 0 } as const;
    const item = viewUnreadable({ ...row, state: 'QUARANTINED', createdAt: AT, updatedAt: AT });
    expect(pushPayloads['outbox/item-changed'](item)).toBe(true);
    expect(item).toMatchObject({
      ubrn: null,
      nhsNumber: null,
      state: 'unreadable',
      action: 'defer',
      comment: '',
    });
    expect(Object.entries(item.may).filter(([, isAllowed]) => isAllowed)).toEqual([['withdraw', true]]);
    expect(item.attempt).toBe(1);
  });

  it('is shown as settled once it is', () => {
    const row = { intentId: makeDefer().intentId, action: 'defer', order: 3, attempt: 1, choice: 0 } as const;
    const item = viewUnreadable({ ...row, state: 'ABANDONED', createdAt: AT, updatedAt: AT });
    expect(item).toMatchObject({ state: 'withdrawn', may: { withdraw: false } });
  });
});

describe("a colleague's item", () => {
  it('tells the UBRN, the action, the state and whose it is, and nothing of the patient', () => {
    const stored = storedOf(makeDefer());
    const item = viewHandover({ stored, standing: at('UNKNOWN', { code: 'reply-lost' }) });
    expect(item).toEqual({
      intentId: stored.intent.intentId,
      action: 'defer',
      ubrn: stored.intent.ubrn,
      state: 'unknown',
      code: 'reply-lost',
      userId: OWNER.userId,
      createdAt: AT,
      mayReadBack: true,
    });
  });
});

describe('a booking beside its referral', () => {
  const bookingOf = (standing: Standing, changes: Partial<StoredIntent> = {}) => {
    const stored = storedOf(makeBook({ slots: [makeSlot(0), makeSlot(1)] }), changes);
    return viewBooking(stored, view(standing, { stored }), standing.choice);
  };

  it('fits its schema in every state', () => {
    for (const state of INTENT_STATES)
      expect(pushPayloads['booking/changed'](bookingOf(at(state), { state }))).toBe(true);
  });

  it('shows the slot that is being tried, the first one where there is no such', () => {
    expect(bookingOf(at('QUEUED', { choice: 1 })).start).toBe(makeSlot(1).start);
    expect(bookingOf(at('QUEUED', { choice: 7 })).start).toBe(makeSlot(0).start);
  });

  it('shows the moment of asking where there is no slot at all', () => {
    const stored = storedOf(makeBook({ slots: [] }));
    expect(viewBooking(stored, view(at('QUEUED'), { stored }), 0).start).toBe(AT);
  });

  it('is booked only when it is proven', () => {
    const names = INTENT_STATES.filter((state) => bookingOf(at(state), { state }).state === 'booked');
    expect(names).toEqual(['APPLIED']);
  });

  it.each<[IntentState, string, boolean]>([
    ['REJECTED', 'SLOT_NOT_AVAILABLE', true],
    ['REJECTED', 'PAS_RESPONDED_WITH_ERROR', true],
    ['REJECTED', 'PATIENT_ERROR', false],
    ['NEEDS_CLERK', 'PAS_NOT_RESPONDING', true],
    ['NEEDS_CLERK', 'SLOT_NOT_AVAILABLE', false],
    ['UNKNOWN', 'PAS_NOT_RESPONDING', false],
  ])('at %s %s permits a deferral: %s (contract.md section 10)', (state, code, expected) => {
    expect(allowsDeferral(state, code)).toBe(expected);
  });
});
