/** Invented slots, and a search that answers them page by page. */
import type { Slot, SlotPage, SlotSearch } from '../../../src-main/contract/channels/slots.ts';
import { addDays, fromLondon, londonParts, toIso } from '../../../src-main/contract/london-time.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { READ_AT } from '../../support/fake-data.ts';
import { DIRECT, UBRN } from '../referral/referral-fakes.ts';

export const SEARCH_ID = '00000000-0000-4000-8000-000000000001';
const MINUTE_MS = 60_000;

/** A slot at a London time. */
export function makeSlot(date: string, hour: number, minute: number, changes: Partial<Slot> = {}): Slot {
  const startMs = fromLondon(date, hour, minute);
  const slotId = `${date}-${String(hour).padStart(2, '0')}${String(minute).padStart(2, '0')}`;
  const times = { start: toIso(startMs), end: toIso(startMs + 15 * MINUTE_MS) };
  return { slotId, ...times, clinicianId: null, isUnusual: false, ...changes };
}

/** Clinic times on working days from a date on, earliest first. */
export function makeSlots(count: number, from = '2026-11-30'): readonly Slot[] {
  const slots: Slot[] = [];
  for (let date = from; slots.length < count; date = addDays(date, 1)) {
    if (londonParts(toIso(fromLondon(date, 12, 0))).weekday > 5) continue;
    for (let at = 0; at < 38 && slots.length < count; at++) {
      const minutes = 9 * 60 + at * 12;
      const clinicianId = at % 3 === 0 ? '021600556514' : at % 3 === 1 ? '987654321000' : null;
      slots.push(
        makeSlot(date, Math.floor(minutes / 60), minutes % 60, { clinicianId, isUnusual: at === 37 }),
      );
    }
  }
  return slots;
}

export function makePage(slots: readonly Slot[], page: number, changes: Partial<SlotPage> = {}): SlotPage {
  return {
    searchId: SEARCH_ID,
    page,
    slots: slots.slice((page - 1) * 100, page * 100).map((slot) => ({ ...slot })),
    unreadable: 0,
    repeated: 0,
    total: slots.length,
    hasMore: slots.length > page * 100,
    mustRestart: false,
    readAt: READ_AT,
    isRemembered: false,
    ...changes,
  };
}

export function makeSearch(slots: readonly Slot[], changes: Partial<SlotSearch> = {}): SlotSearch {
  return {
    searchId: SEARCH_ID,
    ubrn: UBRN,
    serviceId: DIRECT.serviceId,
    serviceName: DIRECT.name,
    instructions: '',
    priority: 'ROUTINE',
    firstPage: makePage(slots, 1),
    ...changes,
  };
}

/** Answers of a service with these slots. */
export function answerSlots(slots: readonly Slot[], changes: Partial<SlotSearch> = {}): FakeAnswers {
  return {
    'slots/search': ({ ubrn, priority }) =>
      ok(makeSearch(slots, { ubrn, priority: priority ?? 'ROUTINE', ...changes })),
    'slots/read-page': ({ page }) =>
      (page - 1) * 100 < slots.length ? ok(makePage(slots, page)) : fail('rejected', 'INVALID_VALUE'),
  };
}
