/** The bounds of the lists, and the notice of what had to go. */
import { describe, expect, it } from 'vitest';
import type { LocalRow } from '../../../src-main/contract/channels/lists.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import { holdLists } from '../../../src-main/features/lists/held-lists.ts';
import type { KeptRecords } from '../../../src-main/features/kept-records/kept-records.ts';
import { abilitiesOf } from '../../../src-main/features/session/abilities.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { OWNER } from '../../support/intents.ts';

const DESK = { sitting: 1, ...OWNER, can: abilitiesOf(OWNER.businessFunction) };

function hold() {
  const clock = createManualClock();
  const logged: string[] = [];
  const onDisk = new Set<string>();
  const kept: KeptRecords = {
    begin: () => undefined,
    isKept: () => true,
    load: () => ({ values: [], unreadable: 0 }),
    put: (_keeper, kind, name) => void onDisk.add(`${kind} ${name}`),
    remove: (_keeper, kind, name) => void onDisk.delete(`${kind} ${name}`),
    flush: () => undefined,
    forget: () => undefined,
    stop: () => undefined,
  };
  const log = { write: (_level: string, event: string) => void logged.push(event) };
  const lists = holdLists(DESK, kept, { clock, log });
  const row = (n: number, due: string | null = null): LocalRow => ({
    ubrn: String(n).padStart(12, '0'),
    nhsNumber: null,
    priority: null,
    reason: 'watched',
    context: '',
    due,
    addedAt: toIso(clock.nowMs() + n),
  });
  return { lists, row, logged, onDisk };
}

describe('Watch', () => {
  it('holds a thousand; the oldest go, on disk too, and it is said how many', () => {
    const { lists, row, logged, onDisk } = hold();
    for (let n = 0; n < 1003; n += 1) lists.put('WATCH', row(n));
    expect(lists.rows('WATCH')).toHaveLength(1000);
    expect(lists.rows('WATCH')[0]?.ubrn).toBe(row(3).ubrn);
    expect(lists.dropped('WATCH')).toBe(3);
    expect(logged).toEqual(['list-full', 'list-full', 'list-full']);
    expect(onDisk.size).toBe(1000);
  });

  it('has the next contact-by date first, and those without one last', () => {
    const { lists, row } = hold();
    [row(1), row(2, '2026-12-02'), row(3, '2026-12-01')].forEach((one) => lists.put('WATCH', one));
    expect(lists.rows('WATCH').map(({ due }) => due)).toEqual(['2026-12-01', '2026-12-02', null]);
  });
});

it('recently used holds twenty, the latest first, and loses the others without a word', () => {
  const { lists, row, logged, onDisk } = hold();
  for (let n = 0; n < 22; n += 1) lists.put('RECENTLY_USED', row(n));
  expect(lists.rows('RECENTLY_USED')).toHaveLength(20);
  expect(lists.rows('RECENTLY_USED')[0]?.ubrn).toBe(row(21).ubrn);
  expect(lists.dropped('RECENTLY_USED')).toBe(0);
  expect(logged).toEqual([]);
  expect(onDisk.size).toBe(20);
});
