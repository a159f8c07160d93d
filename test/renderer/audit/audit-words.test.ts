import { describe, expect, it } from 'vitest';
import type { TrailStatusView } from '../../../src-main/contract/channels/audit.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import { EMPTY_FORM, readForm } from '../../../src-renderer/features/audit/audit-filter.ts';
import { driftWords, statusWords, ukTime } from '../../../src-renderer/features/audit/audit-words.ts';
import { parseAuditTime } from '../../../src-renderer/features/audit/parse-audit-time.ts';

const NOW = parseInstant('2026-11-23T10:42:00.000Z') ?? 0;

describe('a time that is typed', () => {
  it.each([
    ['', 'from', null],
    ['today', 'from', '2026-11-23T00:00:00.000Z'],
    ['today', 'to', '2026-11-24T00:00:00.000Z'],
    ['Yesterday 9:05', 'to', '2026-11-22T09:05:00.000Z'],
    ['23/11 14:30', 'from', '2026-11-23T14:30:00.000Z'],
    ['24/11', 'from', '2025-11-24T00:00:00.000Z'],
    ['5-Jul-2026', 'from', '2026-07-04T23:00:00.000Z'],
    ['5-Jul-2026', 'to', '2026-07-05T23:00:00.000Z'],
    ['2026-07-05 00:30', 'from', '2026-07-04T23:30:00.000Z'],
  ] as const)('“%s” as %s is %s', (text, which, at) => {
    expect(parseAuditTime(text, which, NOW)).toEqual({ ok: true, at });
  });

  it.each(['31/2/2026', 'soon', '23/11 25:00', '1/13'])('“%s” is not understood', (text) => {
    expect(parseAuditTime(text, 'from', NOW)).toMatchObject({ ok: false });
  });
});

describe('the filter', () => {
  it('takes identifiers as they are written, and says what is wrong with each', () => {
    const form = { ...EMPTY_FORM, ubrn: '0000 0007 0001', nhsNumber: '943 476 5919', user: '5550 0000 0101' };
    expect(readForm(form, NOW)).toMatchObject({
      filter: { ubrn: '000000070001', nhsNumber: '9434765919', userId: '555000000101' },
    });
    const wrong = { ...EMPTY_FORM, ubrn: '12', nhsNumber: '9434765910', user: 'me', from: 'x', to: 'y' };
    const read = readForm(wrong, NOW);
    expect(Object.keys(read.ok ? {} : read.faults)).toEqual(['user', 'ubrn', 'nhsNumber', 'from', 'to']);
    expect(readForm({ ...EMPTY_FORM, from: 'today', to: 'yesterday' }, NOW)).toMatchObject({
      faults: { to: expect.stringContaining('before') as string },
    });
  });
});

describe('the words', () => {
  it('give the zone of the UK with every time', () => {
    expect(ukTime('2026-10-25T00:30:05.000Z')).toBe('25-Oct-2026 01:30:05 BST');
    expect(ukTime('2026-10-25T01:30:05.000Z')).toBe('25-Oct-2026 01:30:05 GMT');
  });

  it('name the first bad row, and what to do', () => {
    const status: TrailStatusView = {
      ...{
        state: 'broken',
        rows: 6000,
        checkedAt: '2026-11-23T10:42:00.000Z',
        isSealRead: true,
        keptDays: 100,
      },
      findings: [{ kind: 'rolled-back', seq: 6001 }],
    };
    expect(statusWords(status)).toMatchObject({ tone: 'bad', title: 'The trail is not whole' });
    expect(statusWords(status).lines.join(' ')).toMatch(/older database.* row 6,001 .*Call the service desk/);
    const unsealed: TrailStatusView = { ...status, state: 'sound', findings: [], isSealRead: false };
    expect(statusWords(unsealed).lines.join(' ')).toContain('cannot be said');
  });

  it.each([
    [400, 900, 'more than a quarter of a second fast'],
    [3_200, 3_900, 'at least 3 seconds fast'],
    [-3_900, -1_000, 'at least 1 second slow'],
    [3_600_000, 3_601_000, 'at least 60 minutes fast'],
  ])('say of a drift of %i to %i ms: %s', (lowestMs, highestMs, words) => {
    const drift = { status: 'off', readings: 9, lowestMs, highestMs, readAt: null } as const;
    expect(driftWords(drift)).toBe(`This computer’s clock is ${words}`);
    expect(driftWords({ ...drift, status: 'no-sign' })).toBeNull();
  });
});
