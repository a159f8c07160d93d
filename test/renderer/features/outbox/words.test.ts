import { describe, expect, it } from 'vitest';
import {
  OUTBOX_ACTIONS,
  OUTBOX_STATES,
  type OutboxItem,
} from '../../../../src-main/contract/channels/outbox.ts';
import { comparedValue } from '../../../../src-renderer/features/outbox/compared-words.ts';
import { behindWords, nextWords, timeWords } from '../../../../src-renderer/features/outbox/item-words.ts';
import { standingWords } from '../../../../src-renderer/features/outbox/outbox-actions.ts';
import { reasonWords } from '../../../../src-renderer/features/outbox/outbox-code-words.ts';
import { stateWords } from '../../../../src-renderer/features/outbox/outbox-states.ts';
import {
  dayEndWords,
  mustAskBeforeLeaving,
  needsCare,
  outboxBadge,
  unfinishedLines,
} from '../../../../src-renderer/features/outbox/outbox-words.ts';
import { commentLimit, mayUse } from '../../../../src-renderer/features/outbox/refused-keys.ts';
import { sortItems } from '../../../../src-renderer/features/outbox/sort-items.ts';
import { tellPatient } from '../../../../src-renderer/features/outbox/tell-patient.ts';
import { makeOutboxSummary } from '../../../support/fake-data.ts';
import { intentId, makeItem, NOW_MS } from './outbox-fakes.ts';

describe('the states in words', () => {
  it('differ from each other in label and in shape', () => {
    const words = OUTBOX_STATES.map((state) => stateWords({ state, code: '' }));
    expect(new Set(words.map(({ label }) => label)).size).toBe(OUTBOX_STATES.length);
    expect(new Set(words.map(({ shape }) => shape)).size).toBe(OUTBOX_STATES.length);
  });

  it('say that it waits for a connection only when it does', () => {
    expect(stateWords({ state: 'waiting', code: 'no-connection' }).label).toBe('Waiting for connection');
    expect(stateWords({ state: 'waiting', code: 'rate-limited' }).label).toBe('Waiting');
  });
});

describe('what is not done', () => {
  const open = OUTBOX_ACTIONS.flatMap((action) =>
    OUTBOX_STATES.filter((state) => state !== 'done').flatMap((state) =>
      [0, 1].map((attempt) => makeItem(1, { action, state, attempt })),
    ),
  );

  it('is never worded as done, in any action, state and number of sends', () => {
    for (const item of open) expect(standingWords(item)).toMatch(/^NOT /);
  });

  it('is never told to the patient as done', () => {
    for (const item of open) {
      const { short, spoken } = tellPatient(item);
      expect(`${item.action} ${item.state}: ${spoken}`).toMatch(/ not | nothing |Nothing |has gone/);
      expect(spoken).not.toMatch(/You are booked|is cancelled\.|has been printed/);
      expect(short).not.toBe('');
    }
  });

  it('is NOT CONFIRMED once it went out and no read-back has told', () => {
    expect(standingWords(makeItem(1, { state: 'unknown', attempt: 1 }))).toBe('NOT CONFIRMED');
    expect(standingWords(makeItem(1, { state: 'conflict', attempt: 1, code: 'changed-meanwhile' }))).toBe(
      'NOT CONFIRMED',
    );
    expect(standingWords(makeItem(1, { state: 'conflict', code: 'changed-before-sending' }))).toBe(
      'NOT BOOKED yet',
    );
    expect(standingWords(makeItem(1, { state: 'needs-you', attempt: 1, code: 'not-done' }))).toBe(
      'NOT BOOKED yet',
    );
    expect(standingWords(makeItem(1, { action: 'defer', state: 'refused' }))).toBe('NOT DEFERRED');
  });

  it('is told as done when it is', () => {
    const done = makeItem(1, { state: 'done', code: '' });
    expect(standingWords(done)).toBe('Booked');
    expect(tellPatient(done).spoken).toBe(
      'You are booked at General Cardiology Clinic on Tuesday 5 January 2027 at 2:30pm.',
    );
    expect(tellPatient({ ...done, action: 'defer' }).spoken).toContain('Nothing is booked yet');
  });
});

describe('the reasons', () => {
  it('are worded for codes of the outbox and of e-RS', () => {
    expect(reasonWords(makeItem(1, { code: 'not-done-provider-may-differ' }))?.meaning).toContain(
      'ring the provider',
    );
    expect(reasonWords(makeItem(1, { state: 'refused', code: 'SLOT_NOT_AVAILABLE' }))).toEqual({
      short: 'The slot has gone',
      meaning: 'The slot has gone: someone else took it.',
    });
    expect(
      reasonWords(makeItem(1, { action: 'defer', state: 'refused', code: 'SLOTS_CURRENTLY_AVAILABLE' }))
        ?.short,
    ).toContain('free slots');
    expect(reasonWords(makeItem(1, { code: '' }))).toBeNull();
  });

  it('say of what is made anew that it must be looked for before it is sent again', () => {
    const meaningOf = (action: OutboxItem['action'], code: string) =>
      reasonWords({ action, state: 'needs-you', code })?.meaning ?? '';
    expect(meaningOf('create-referral', 'not-confirmed')).toContain('Look for the patient in e-RS');
    expect(meaningOf('create-and-triage', 'similar-referral')).toContain('Look at it first');
    expect(meaningOf('request-advice', 'not-confirmed')).toContain('only if it is not');
    expect(meaningOf('upload-file', 'not-confirmed')).toContain('sends the file again');
    expect(meaningOf('reject-referral', 'confirm-needed')).toContain('cancels an appointment');
    expect(meaningOf('convert-advice', 'changed-meanwhile')).toContain('request');
  });

  it('show an unknown code as it came', () => {
    expect(reasonWords(makeItem(1, { code: 'BRAND_NEW' }))?.short).toBe('BRAND_NEW');
    expect(reasonWords(makeItem(1, { state: 'refused', code: 'BRAND_NEW' }))?.meaning).toContain('BRAND_NEW');
    expect(reasonWords(makeItem(1, { action: 'defer', code: 'brand-new' }))?.meaning).toContain('brand-new');
  });
});

describe('what comes next', () => {
  it('names the next try, and until when it may still happen', () => {
    const waiting = makeItem(1, { nextCheckAt: '2026-11-23T10:42:30.000Z' });
    expect(nextWords(waiting, null, NOW_MS)).toBe('next try 10:42:30');
    const unknown = makeItem(1, {
      state: 'unknown',
      nextCheckAt: '2026-11-23T10:42:30.000Z',
      mayHappenUntil: '2026-11-23T14:32:00.000Z',
    });
    expect(nextWords(unknown, null, NOW_MS)).toBe('read back at 10:42:30; may still be booked until 14:32');
    expect(nextWords({ ...unknown, mayHappenUntil: '2026-11-23T10:42:00.000Z' }, null, NOW_MS)).toBe(
      'read back at 10:42:30',
    );
  });

  it('names the item that is waited for', () => {
    const item = makeItem(2, { behind: intentId(1) });
    expect(behindWords(item, makeItem(1), NOW_MS)).toBe(
      'waits behind “Book” of 10:01 (Waiting for connection)',
    );
    expect(behindWords(item, null, NOW_MS)).toContain('waits behind an earlier action');
  });

  it('gives the date where it is another day', () => {
    expect(timeWords('2026-11-22T10:01:00.000Z', NOW_MS)).toBe('Sun 22-Nov-2026 10:01');
  });
});

describe('the compared values', () => {
  it('are dates, words and grouped numbers, else as they came', () => {
    expect(comparedValue('2027-01-05T14:30:00.000Z')).toBe('Tue 05-Jan-2027 14:30');
    expect(comparedValue('DEFERRED_TO_PROVIDER')).toBe('Deferred to provider');
    expect(comparedValue('9990000018')).toBe('999\u00a0000\u00a00018');
    expect(comparedValue('General Clinic')).toBe('General Clinic');
    expect(comparedValue('6')).toBe('6');
  });
});

describe('the order', () => {
  it('is: open first, urgent before others, as made; then what was finished today, the latest first', () => {
    const items = [
      makeItem(1, { state: 'done', updatedAt: '2026-11-23T09:00:00.000Z' }),
      makeItem(2),
      makeItem(3, { state: 'refused', updatedAt: '2026-11-23T10:00:00.000Z' }),
      makeItem(4, { isUrgent: true }),
      makeItem(5, { state: 'done', updatedAt: '2026-11-22T10:00:00.000Z' }),
      makeItem(6, { state: 'unknown', createdAt: '2026-11-20T10:00:00.000Z' }),
    ];
    expect(sortItems(items, '2026-11-23').map((item) => item.intentId)).toEqual(
      [4, 6, 2, 3, 1].map(intentId),
    );
  });
});

describe('a key that may not be used', () => {
  const refusal = (key: Parameters<typeof mayUse>[0], changes: Parameters<typeof makeItem>[1]) =>
    mayUse(key, makeItem(1, changes), NOW_MS);

  it('says why', () => {
    expect(mayUse('confirm', null, NOW_MS)).toContain('choose an item first');
    expect(
      refusal('withdraw', { state: 'unknown', attempt: 1, mayHappenUntil: '2026-11-23T14:32:00.000Z' }),
    ).toContain('may still be booked until 14:32');
    expect(refusal('confirm', { state: 'unknown', attempt: 1 })).toContain('not sent blindly again');
    expect(refusal('confirm', { state: 'done' })).toContain('booked already');
    expect(refusal('confirm', { behind: intentId(9) })).toContain('waits behind');
    expect(refusal('edit', {})).toContain('has no comment');
    expect(refusal('edit', { action: 'defer', state: 'sending', attempt: 1 })).toContain('cannot be changed');
    expect(refusal('readBack', {})).toContain('nothing of it was sent');
    expect(refusal('redo', {})).toContain('still under way');
    expect(refusal('withdraw', { state: 'unreadable' })).toContain('service desk');
  });

  it('never refuses without words, in any action, state and key', () => {
    for (const action of OUTBOX_ACTIONS)
      for (const state of OUTBOX_STATES)
        for (const key of ['confirm', 'edit', 'withdraw', 'readBack', 'redo'] as const)
          if (key !== 'redo' || action !== 'letter' || state !== 'needs-you')
            expect(String(refusal(key, { action, state }))).toMatch(/\w{2}.*\.$/);
  });

  it('opens the referral of a letter that waits for its clerk, to print it there', () => {
    expect(refusal('redo', { action: 'letter', state: 'needs-you', code: 'letter-ready' })).toBe(true);
    expect(refusal('redo', { action: 'letter', state: 'waiting' })).not.toBe(true);
  });

  it('is used where main allows it', () => {
    expect(mayUse('confirm', makeItem(1, { may: { confirm: true } as never }), NOW_MS)).toBe(true);
    expect([commentLimit(makeItem(1)), commentLimit(makeItem(1, { action: 'cancel-later' }))]).toEqual([
      null,
      2000,
    ]);
  });
});

describe('the header', () => {
  it('counts what is open, not confirmed and in need of the clerk', () => {
    expect(outboxBadge(makeOutboxSummary())).toBe('Outbox empty');
    expect(outboxBadge(makeOutboxSummary({ open: 4, unknown: 1, needsClerk: 2 }))).toBe(
      'Outbox 4 open, 1 not confirmed, 2 need you',
    );
    expect(outboxBadge(makeOutboxSummary({ open: 500, drain: { done: 12, total: 500 } }))).toBe(
      'Outbox 500 open, sending 12 of 500',
    );
    expect(outboxBadge(null)).toBe('Outbox: not read');
  });

  it('says why nothing can be saved, with the code of a reason that is not known', () => {
    const off = (writesOffReason: string | null) =>
      outboxBadge(makeOutboxSummary({ canWrite: false, writesOffReason }));
    expect(off('no-keyring')).toBe('Outbox empty, writes off: no keyring');
    expect(off('brand-new')).toContain('brand-new');
    expect(needsCare(makeOutboxSummary({ canWrite: false }))).toBe(true);
  });

  it('says after the end of the day what is not done', () => {
    expect(dayEndWords(makeOutboxSummary({ open: 3, isPastDayEnd: true }))).toBe(
      '3 actions are not done and the day has ended.',
    );
    expect(dayEndWords(makeOutboxSummary({ open: 0, isPastDayEnd: true }))).toBe('');
    expect(dayEndWords(makeOutboxSummary({ open: 3 }))).toBe('');
  });

  it('breaks the open ones down without losing any', () => {
    expect(unfinishedLines(makeOutboxSummary({ open: 7, unknown: 1, needsClerk: 2, waiting: 3 }))).toEqual([
      '2 actions need you',
      '1 action NOT CONFIRMED',
      '3 actions waiting for a connection, a pause or the turn',
      '1 action under way now',
    ]);
    expect(mustAskBeforeLeaving(null)).toBe(true);
    expect(mustAskBeforeLeaving(makeOutboxSummary())).toBe(false);
  });
});
