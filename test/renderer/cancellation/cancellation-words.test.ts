import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTBOX_STATES } from '../../../src-main/contract/channels/outbox.ts';
import { problemWords } from '../../../src-renderer/app/words/problem-words.ts';
import type { CancelAction } from '../../../src-renderer/features/cancellation/cancellation.store.ts';
import {
  cancellationWords,
  refusalsOf,
} from '../../../src-renderer/features/cancellation/cancellation-words.ts';
import {
  fileRefusalWords,
  objectionToFile,
  sizeWords,
} from '../../../src-renderer/features/cancellation/file-words.ts';
import { objectionToCancel } from '../../../src-renderer/features/cancellation/objections.ts';
import { writeGate } from '../../../src-renderer/features/cancellation/write-gates.ts';
import { reasonWords } from '../../../src-renderer/features/outbox/outbox-code-words.ts';
import { gateWords } from '../../../src-renderer/features/referral/gate-words.ts';
import { makeReferral, UBRN } from '../referral/referral-fakes.ts';
import {
  makeAppointmentReview,
  makeCancellation,
  makeLaterReview,
  makeReferralReview,
} from './cancellation-fakes.ts';

const PLAIN = { isNotInPas: false, isMove: false };
const ACTIONS = ['cancel-later', 'cancel-appointment', 'cancel-referral'] as const;
const EVERY = [
  'PATIENT_ERROR',
  'NO_RELATIONSHIP',
  'INVALID_REQUEST_STATE',
  'INAPPROPRIATE_VALUE',
  'MISSING_VALUE',
];
const HTTP = [
  'http-400',
  'http-404',
  'http-409',
  'http-412',
  'http-423',
  'REFERRAL_LOCKED',
  'VERSION_CONFLICT',
];
const PAS = ['UNABLE_TO_CANCEL_APPOINTMENT', 'PAS_RESPONDED_WITH_ERROR', 'PAS_NOT_RESPONDING'];
/** The codes of contract.md sections 6 and 13 for each of the three operations. */
const CODES: Readonly<Record<CancelAction, readonly string[]>> = {
  'cancel-later': [
    ...[...EVERY, ...HTTP, 'INVALID_VALUE', 'INVALID_CODE', 'VALUE_IS_REQUIRED', 'FIELD_NOT_PERMITTED'],
    ...['REFERENCE_NOT_FOUND', 'INVALID_STATE', 'DUPLICATE_FILENAME', 'TECHNICAL_ERROR'],
  ],
  'cancel-appointment': [...EVERY, ...HTTP, ...PAS, 'INVALID_VALUE', 'UNEXPECTED_FIELD'],
  'cancel-referral': [...EVERY, ...HTTP, ...PAS],
};
const KEYS_OR_PEOPLE =
  /F5|F12|Shift\+F|Alt\+R|Ring|same key|web application|Do not try again|pass the referral|procedure/;

describe('the words of a cancellation', () => {
  it.each(ACTIONS)('%s: every code of the contract says what happened and what to press', (action) => {
    const refusals = refusalsOf(action);
    for (const code of CODES[action]) {
      expect([code, refusals[code]?.meaning.length ?? 0].join()).not.toBe(`${code},0`);
      const words = cancellationWords(makeCancellation({ action, state: 'refused', code }), action, PLAIN);
      expect(words.heading).toBe('NOT CANCELLED: refused');
      expect(words.meaning).toBe(refusals[code]?.meaning);
      expect(words.next).toMatch(KEYS_OR_PEOPLE);
      expect(words.tellPatient).toMatch(/not cancelled/);
      expect(reasonWords({ action, state: 'refused', code })?.meaning).not.toBe('');
    }
  });

  it('says of the provider’s no and silence that it is still booked as far as we know', () => {
    for (const code of PAS) {
      expect(refusalsOf('cancel-appointment')[code]?.meaning).toContain('still booked, as far as we know');
      expect(refusalsOf('cancel-referral')[code]?.meaning).toContain('The referral was not cancelled');
    }
    expect(refusalsOf('cancel-later')['TECHNICAL_ERROR']?.meaning).toContain('the appointment stays booked');
  });

  it.each(ACTIONS)('%s: only done is worded as cancelled', (action) => {
    for (const state of OUTBOX_STATES) {
      const item = makeCancellation({ action, state, sentAt: state === 'unknown' ? 'x' : null });
      const { heading, tone } = cancellationWords(item, action, PLAIN);
      if (state === 'done') expect([heading, tone]).toEqual([expect.stringMatching(/ancelled/), 'booked']);
      else expect(heading).toMatch(/^NOT (CANCELLED|CONFIRMED)/);
    }
  });

  it('never calls the middle of a move good', () => {
    const item = makeCancellation({ action: 'cancel-appointment', state: 'done' });
    expect(cancellationWords(item, 'cancel-appointment', { ...PLAIN, isMove: true })).toMatchObject({
      heading: expect.stringContaining('NO APPOINTMENT') as string,
      tone: 'not-booked',
    });
  });

  it('shows a code that is not known, and what was sent as not confirmed', () => {
    const words = (changes: Parameters<typeof makeCancellation>[0]) =>
      cancellationWords(makeCancellation(changes), 'cancel-later', PLAIN);
    expect(words({ state: 'refused', code: 'BRAND_NEW' }).meaning).toContain('BRAND_NEW');
    const sent = {
      state: 'conflict',
      code: 'changed-meanwhile',
      sentAt: '2026-11-23T10:42:10.000Z',
    } as const;
    expect(words(sent).heading).toBe('NOT CONFIRMED: the referral has changed');
    expect(words({ ...sent, state: 'needs-you', code: 'not-done' }).heading).toContain('NOT CANCELLED');
  });
});

describe('what cannot be committed', () => {
  const draft = {
    comment: 'x',
    reasonCode: 'PATIENT_ILL',
    isCancelledInPas: null,
    ubrnDigits: '',
    secondPerson: '',
  };
  const later = { action: 'cancel-later' as const, ...makeLaterReview() };
  const referral = { action: 'cancel-referral' as const, ...makeReferralReview() };

  it('says why, and says nothing when all is there', () => {
    expect(objectionToCancel(later, draft, false)).toBe('');
    expect(objectionToCancel(later, draft, true)).toContain('still being taken');
    expect(objectionToCancel(later, { ...draft, comment: 'x'.repeat(2001) }, false)).toContain('too long');
    const appointment = { action: 'cancel-appointment' as const, isMove: false, ...makeAppointmentReview() };
    expect(objectionToCancel(appointment, { ...draft, reasonCode: 'GONE' }, false)).toContain('reason');
    expect(objectionToCancel(appointment, draft, false)).toBe('');
    const right = { ...draft, ubrnDigits: UBRN.slice(-4) };
    expect(objectionToCancel(referral, right, false)).toBe('');
    expect(objectionToCancel({ ...referral, needsSecondPerson: true }, right, false)).toContain('initials');
  });
});

describe('words of files', () => {
  const taken = { names: ['a.txt'], maxFiles: 2 };

  it('give sizes and say why a file does not go', () => {
    expect([12, 340_000, 1_200_000].map(sizeWords)).toEqual(['12 bytes', '340 kB', '1.2 MB']);
    expect(objectionToFile({ name: 'b.txt', size: 5 * 1024 * 1024 }, taken)).toBe('');
    expect(objectionToFile({ name: 'b.txt', size: 5 * 1024 * 1024 + 1 }, taken)).toContain('up to 5 MB');
    expect(objectionToFile({ name: 'b.txt', size: 9 }, { ...taken, maxFiles: 1 })).toContain(
      'No more than 1',
    );
    expect(objectionToFile({ name: `${'b'.repeat(252)}.txt`, size: 9 }, taken)).toContain('255');
  });
});

/** The texts that main writes as codes: kebab-case literals of its sources. */
function codesOf(folder: string, pattern: RegExp, only?: readonly string[]): readonly string[] {
  const base = join(import.meta.dirname, '../../../src-main/features', folder);
  const files = readdirSync(base).filter((name) => only === undefined || only.includes(name));
  const text = files.map((name) => readFileSync(join(base, name), 'utf8')).join('\n');
  return [...new Set([...text.matchAll(pattern)].map(([, code = '']) => code))];
}

/** What main's sources say besides the codes of problems. */
const NO_PROBLEM = [
  ...['not-signed-in', 'wrong-digits', 'ask-requirement-again', 'upload-file', 'cancel-later'],
  ...['cancel-appointment', 'cancel-referral', 'change-shortlist', 'send-for-triage'],
  ...['accept-referral', 'reject-referral', 'record-review', 'alive-looked-up-elsewhere'],
];
const problemOf = (code: string) => ({ kind: 'rejected' as const, code, correlationId: '', facts: {} });
const isUnworded = (code: string) => problemWords(problemOf(code)).title.includes('(code ');
const isFileWorded = (code: string) => !fileRefusalWords('x', problemOf(code)).includes('(code ');

describe('no code of main is without words', () => {
  it('for every reason against an action', () => {
    const codes = codesOf('referral', /'([a-z]+(?:-[a-z]+)+)'/g, ['gates.ts', 'review-gates.ts']);
    const reasons = codes.filter(
      (code) => !['api-platform', 'spine-session', 'different-number'].includes(code),
    );
    expect(reasons.length).toBeGreaterThan(15);
    expect(reasons.filter((code) => gateWords(code) === code)).toEqual([]);
    // Letters have no review: their reasons are never problems.
    const reviewed = reasons.filter((code) => !code.includes('letter'));
    expect(reviewed.filter((code) => isUnworded(code))).toEqual([]);
    expect(gateWords('action-not-settled')).not.toBe('action-not-settled');
  });

  it.each(['cancellation', 'review', 'shortlist'])('for every problem of %s', (folder) => {
    const failed = codesOf(folder, /fail\(\s*'[a-z-]+',\s*'([A-Za-z_-]+)'/g);
    const chosen = codesOf(folder, /(?:return|\?|:)\s+'([a-z]+(?:-[a-z]+)+)'/g);
    const codes = [...new Set([...failed, ...chosen])].filter((code) => !NO_PROBLEM.includes(code));
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => isUnworded(code) && !isFileWorded(code))).toEqual([]);
  });
});

describe('gates', () => {
  const idle = { booking: false, deferral: false, other: false };

  it('stand on main’s verdict, and on what is under way here', () => {
    const view = makeReferral({ canCancelLater: null, canCancelAppointment: 'not-booked' });
    expect(writeGate(null, 'canCancelLater', idle)).toContain('not been read');
    expect(writeGate(view, 'canCancelLater', idle)).toBe(true);
    expect(writeGate(view, 'canCancelAppointment', idle)).toBe('no appointment is booked');
    for (const what of ['booking', 'deferral', 'other'] as const) {
      expect(writeGate(view, 'canCancelLater', { ...idle, [what]: true })).toContain('not settled');
    }
  });
});
