import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import { parseWhen } from '../../../src-renderer/features/tasks/parse-when.ts';

/** A Monday, 10:40 in London. */
const NOW = parseInstant('2026-11-23T10:40:00.000Z') ?? 0;

describe('when to ring back', () => {
  it.each([
    ['14:30', '2026-11-23T14:30:00.000Z'],
    ['2pm', '2026-11-23T14:00:00.000Z'],
    ['tomorrow 9', '2026-11-24T09:00:00.000Z'],
    ['tomorrow', '2026-11-24T09:00:00.000Z'],
    ['tue 10.15', '2026-11-24T10:15:00.000Z'],
    ['mon 9:00', '2026-11-30T09:00:00.000Z'],
    ['24/11 14:30', '2026-11-24T14:30:00.000Z'],
    ['+2d 8:05', '2026-11-25T08:05:00.000Z'],
    ['12am', null],
  ])('reads %s', (text, expected) => {
    const parsed = parseWhen(text, NOW);
    if (expected === null) expect(parsed.ok).toBe(false);
    else expect(parsed).toEqual({ ok: true, dueAt: expected });
  });

  it('means London’s clock, also in summer', () => {
    const june = parseInstant('2026-06-30T10:00:00.000Z') ?? 0;
    expect(parseWhen('14:30', june)).toEqual({ ok: true, dueAt: '2026-06-30T13:30:00.000Z' });
  });

  it('takes nothing for no time, and refuses what is past or not understood', () => {
    expect(parseWhen('  ', NOW)).toEqual({ ok: true, dueAt: null });
    expect(parseWhen('9:00', NOW)).toMatchObject({ ok: false, reason: expect.stringContaining('is past') });
    expect(parseWhen('25:00', NOW)).toMatchObject({ ok: false });
    expect(parseWhen('soon', NOW)).toMatchObject({ ok: false });
    expect(parseWhen('31/2 9:00', NOW)).toMatchObject({ ok: false });
  });
});
