import { describe, expect, it } from 'vitest';
import { OUTBOX_STATES } from '../../../src-main/contract/channels/outbox.ts';
import { deferralWords, isDeferralUnsettled } from '../../../src-renderer/features/booking/deferral-words.ts';
import { makeDeferral } from './booking-fakes.ts';

const CODES = ['', 'no-connection', 'slots-available', 'expired', 'PATIENT_ERROR', 'BRAND_NEW_CODE'];
const SENT_AT = '2026-11-23T10:42:00.000Z';

describe('deferralWords', () => {
  it.each(OUTBOX_STATES)('says for %s whether it is deferred, whatever the code', (state) => {
    for (const code of CODES) {
      for (const sentAt of [null, SENT_AT]) {
        const words = deferralWords(makeDeferral({ state, code, sentAt }), false);
        if (state === 'done') expect(words.heading).toBe('Deferred to provider');
        else expect(words.heading).toMatch(/^NOT (DEFERRED|CONFIRMED)/);
        expect([words.meaning, words.tellPatient, words.next].every((text) => text.length > 10)).toBe(true);
      }
    }
  });

  it('tells waiting for the connection from waiting for a lock', () => {
    expect(deferralWords(makeDeferral({ state: 'waiting', code: 'no-connection' }), false).heading).toContain(
      'waiting for the connection',
    );
    const locked = deferralWords(makeDeferral({ state: 'waiting', code: 'locked' }), false);
    expect(locked.heading).toBe('NOT DEFERRED yet: waiting');
    expect(locked.meaning).toContain('Someone else');
  });

  it('says what the outbox can still do with one that needs its clerk', () => {
    const may = { confirm: true, edit: false, withdraw: true, readBack: false, redo: false };
    const { next } = deferralWords(makeDeferral({ state: 'expired', code: 'expired', may }), false);
    expect(next).toContain('Ctrl+Enter');
    expect(next).toContain('Del');
    expect(deferralWords(makeDeferral({ state: 'expired', code: 'expired' }), false).next).toBe(
      'F12 opens the outbox.',
    );
  });

  it('does not say that nothing was deferred when something went out', () => {
    const item = makeDeferral({ state: 'needs-you', code: 'read-back-failed', sentAt: SENT_AT });
    expect(deferralWords(item, false).heading).toBe('NOT CONFIRMED: it needs you');
    expect(deferralWords({ ...item, sentAt: null }, false).heading).toBe('NOT DEFERRED: it needs you');
  });
});

it('freezes the referral until the deferral is settled', () => {
  expect(OUTBOX_STATES.filter((state) => isDeferralUnsettled({ state }))).toEqual([
    'queued',
    'waiting',
    'needs-sign-in',
    'checking',
    'sending',
    'confirming',
    'unknown',
  ]);
  expect(isDeferralUnsettled(null)).toBe(false);
});
