import { describe, expect, it } from 'vitest';
import { BOOKING_STATES } from '../../../src-main/contract/channels/booking.ts';
import {
  bookingWords,
  isInFlight,
  isUnsettled,
} from '../../../src-renderer/features/booking/booking-words.ts';
import {
  earlierBookingWords,
  identityQuestionWords,
  wrongDigitsWords,
} from '../../../src-renderer/features/booking/review-words.ts';
import { makeBooking } from './booking-fakes.ts';

/** Every code that a booking can come back with (contract.md sections 6 A016 and 13, and the desk's own). */
const CODES = [
  ...[
    'SLOT_NOT_AVAILABLE',
    'PAS_RESPONDED_WITH_ERROR',
    'PAS_NOT_RESPONDING',
    'UNABLE_TO_CONFIRM_APPOINTMENT',
  ],
  ...['SLOTS_CURRENTLY_AVAILABLE', 'THIS_SLOT_IS_AVAILABLE', 'INAPPROPRIATE_SLOT', 'INAPPROPRIATE_VALUE'],
  ...[
    'INVALID_REQUEST_STATE',
    'INVALID_STATE',
    'SERVICE_UNAVAILABLE',
    'REFERENCE_NOT_FOUND',
    'NO_RELATIONSHIP',
  ],
  ...['PATIENT_ERROR', 'PATIENT_SENSITIVE', 'MISSING_VALUE', 'INVALID_VALUE', 'INVALID_CODE', 'FORBIDDEN'],
  ...[
    'REFERRAL_LOCKED',
    'not-sent',
    'not-in-dialect',
    'rate-limited',
    'session-ended',
    'reply-lost',
    'echo-differs',
  ],
  ...[
    'accepted',
    'changed-before-sending',
    'slot-changed',
    'interrupted-before-sending',
    'interrupted',
    'changed-meanwhile',
    'not-booked-provider-may-differ',
    'read-back-failed',
    'unreadable-html',
  ],
  ...[
    'http-400',
    'http-403',
    'http-404',
    'http-409',
    'http-412',
    'http-423',
    'http-500',
    'BRAND_NEW_CODE',
    '',
  ],
];

describe('bookingWords', () => {
  it.each(BOOKING_STATES)('says for %s whether the patient is booked, whatever the code', (state) => {
    for (const code of CODES) {
      const words = bookingWords(makeBooking({ state, code }));
      if (state === 'booked') expect(words.heading).toMatch(/^Booked /);
      else expect(words.heading).toMatch(/NOT BOOKED|NOT CONFIRMED/);
      if (state !== 'booked') expect(words.tellPatient).not.toMatch(/you are booked/i);
      expect([words.meaning, words.tellPatient, words.next].every((text) => text.length > 10)).toBe(true);
    }
  });

  it('shows date and time of a booking in the staff form, and in words for the patient', () => {
    const words = bookingWords(makeBooking({ state: 'booked' }));
    expect(words.heading).toBe('Booked Tue 05-Jan-2027 14:30');
    expect(words.tellPatient).toContain('Tuesday 5 January 2027 at 2:30pm');
    expect(words.next).toContain('F9');
  });

  it.each([
    ['SLOT_NOT_AVAILABLE', /slot has gone/, /next slots/],
    ['PAS_RESPONDED_WITH_ERROR', /refused the slot/, /next slots/],
    ['INVALID_REQUEST_STATE', /another state/, /F5/],
    ['PATIENT_ERROR', /do not attempt again/, /Do not try again/],
    ['NO_RELATIONSHIP', /role or workgroup/, /Alt\+R/],
    ['SERVICE_UNAVAILABLE', /withdrawn/, /F7/],
    ['http-412', /fault of the desk/, /service desk/],
    ['BRAND_NEW_CODE', /code BRAND_NEW_CODE/, /F5/],
  ])('explains the refusal %s', (code, meaning, next) => {
    const words = bookingWords(makeBooking({ state: 'refused', code }));
    expect(words.meaning).toMatch(meaning);
    expect(words.next).toMatch(next);
  });

  it('says when an unknown outcome is checked again, and that nothing is sent again', () => {
    const words = bookingWords(
      makeBooking({ state: 'unknown', code: 'reply-lost', nextCheckAt: '2027-01-02T10:42:40.000Z' }),
    );
    expect(words.meaning).toContain('not sent again. The desk checks again at 10:42:40.');
    expect(bookingWords(makeBooking({ state: 'unknown', code: 'accepted' })).heading).toContain('accepted');
  });

  it('has a person ring the provider with UBRN and time', () => {
    const words = bookingWords(makeBooking({ state: 'needs-clerk', code: 'PAS_NOT_RESPONDING' }));
    expect(words.next).toContain('do they hold UBRN 0000\u00a04900\u00a00001 for Tue 05-Jan-2027 14:30?');
    expect(bookingWords(makeBooking({ state: 'needs-clerk', code: 'read-back-failed' })).meaning).toContain(
      'may or may not',
    );
  });

  it('tells a change before sending, which books nothing, from one after it', () => {
    const headings = ['changed-before-sending', 'slot-changed', 'changed-meanwhile'].map(
      (code) => bookingWords(makeBooking({ state: 'conflict', code })).heading,
    );
    expect(headings.map((heading) => heading.slice(0, 13))).toEqual([
      'NOT BOOKED: t',
      'NOT BOOKED: t',
      'NOT CONFIRMED',
    ]);
    expect(new Set(headings).size).toBe(3);
  });

  it.each(['not-sent', 'session-ended', 'rate-limited', 'http-423', 'interrupted-before-sending'])(
    'says of the refusal %s that nothing was booked and how to go on',
    (code) => {
      const words = bookingWords(makeBooking({ state: 'refused', code }));
      expect(words.meaning).not.toContain(code);
      expect(words.next).toMatch(/Shift\+F7|F7|Sign in/);
    },
  );

  it('tells a wish that waits for the connection from a wait of seconds', () => {
    const waiting = (code: string) => bookingWords(makeBooking({ state: 'waiting', code, sentAt: null }));
    expect(waiting('no-connection').heading).toBe('NOT BOOKED: queued, waiting for the connection');
    expect(waiting('no-connection').meaning).toContain('15 minutes');
    expect(waiting('locked').heading).toBe('NOT BOOKED yet: waiting');
    expect(bookingWords(makeBooking({ state: 'preflight', code: 'next-wish' })).meaning).toContain(
      'next time that the patient named',
    );
  });

  it('has a wish that is too old, or taken back, settled in the outbox', () => {
    const expired = bookingWords(makeBooking({ state: 'expired', code: 'expired', sentAt: null }));
    expect([expired.heading, expired.tone]).toEqual([
      'NOT BOOKED: too old to be sent by itself',
      'not-booked',
    ]);
    expect(expired.next).toMatch(/^F12/);
    expect(bookingWords(makeBooking({ state: 'expired', code: 'expired' })).tone).toBe('not-confirmed');
    expect(bookingWords(makeBooking({ state: 'withdrawn' })).heading).toBe('NOT BOOKED: taken back');
  });

  it('does not send a clerk to the telephone for what never went out', () => {
    const locked = makeBooking({ state: 'needs-clerk', code: 'locked', sentAt: null });
    expect(bookingWords(locked).heading).toBe('NOT BOOKED: the referral is locked');
    expect(bookingWords({ ...locked, sentAt: '2026-11-23T10:42:10.000Z' }).next).toContain(
      'Ring the provider',
    );
  });

  it('tells a dead session from a missing right', () => {
    expect(bookingWords(makeBooking({ state: 'held', code: 'session-ended' })).next).toContain('Sign in');
    expect(bookingWords(makeBooking({ state: 'held', code: 'http-403' })).next).toContain('Alt+R');
  });
});

it('freezes the referral until the outcome is settled', () => {
  const frozen = BOOKING_STATES.filter((state) => isUnsettled({ state }));
  expect(frozen).toEqual(['preflight', 'sending', 'confirming', 'held', 'waiting', 'unknown']);
  expect(BOOKING_STATES.filter((state) => isInFlight({ state }))).toEqual([
    'preflight',
    'sending',
    'confirming',
  ]);
  expect([isUnsettled(null), isInFlight(null)]).toEqual([false, false]);
});

it('asks for the digits that the patient speaks, and counts the attempts', () => {
  expect(identityQuestionWords('birth-ddmm').label).toBe('Ask the patient for day and month of birth (ddmm)');
  expect(identityQuestionWords('nhs-last-4').label).toContain('last 4 digits of the NHS number');
  expect(
    [wrongDigitsWords(1), wrongDigitsWords(2)].map((text) => /\d attempts? (is|are) left/.exec(text)?.[0]),
  ).toEqual(['1 attempt is left', '2 attempts are left']);
  expect(earlierBookingWords(makeBooking({ state: 'needs-clerk' }))).toContain('Ring the provider');
  expect([earlierBookingWords(null), earlierBookingWords(makeBooking({ state: 'refused' }))]).toEqual([
    '',
    '',
  ]);
});
