/** Shapes the page of slots that the clerk sees from what A015 gave, and takes it into its search. */
import type { Slot, SlotPage } from '../../contract/channels/slots.ts';
import type { SdsUserId, ServiceId, Ubrn } from '../../contract/identifiers.ts';
import { SLOT_PAGE_SIZE } from '../../contract/limits.ts';
import { londonParts, parseInstant } from '../../contract/london-time.ts';
import type { FreeSlot, SlotsReply } from '../../ers/model.ts';

/** What a search asked for; the booking repeats it when it looks at the slot's page again. */
export interface SearchTerms {
  readonly ubrn: Ubrn;
  readonly serviceId: ServiceId;
  readonly priority: 'ROUTINE' | 'URGENT' | 'TWO_WEEK_WAIT';
  readonly commissioningOrg: string;
  readonly clinicianId: SdsUserId | null;
}

export interface SeenSlot {
  readonly slot: FreeSlot;
  readonly page: number;
  readonly readAt: string;
  readonly terms: SearchTerms;
  readonly isUnusual: boolean;
  /** True when e-RS was not reached: the slot was free at `readAt`, and can be asked for only as a wish. */
  readonly isRemembered: boolean;
}

export interface Search {
  readonly searchId: string;
  readonly terms: SearchTerms;
  readonly isOwnPriority: boolean;
  readonly seen: Map<string, SeenSlot>;
}

/** A page of a search as it was read, now or before. */
export interface ReadPage {
  readonly page: number;
  readonly reply: SlotsReply;
  readonly readAt: string;
  readonly isRemembered: boolean;
}

/** Adds a page to what the search has seen; slots that came before are counted, not repeated. */
export function takeIn(search: Search, { page, reply, readAt, isRemembered }: ReadPage): SlotPage {
  const { searchId, seen, terms } = search;
  const isNew = (slot: FreeSlot, index: number) =>
    (seen.get(slot.id)?.page ?? page) === page &&
    reply.slots.findIndex((other) => other.id === slot.id) === index;
  const fresh = reply.slots.filter(isNew);
  fresh.forEach((slot) =>
    seen.set(slot.id, { slot, page, readAt, terms, isUnusual: isUnusualTime(slot), isRemembered }),
  );
  return {
    searchId,
    page,
    slots: fresh.slice(0, 2 * SLOT_PAGE_SIZE).map(viewSlot),
    unreadable: reply.unreadable,
    repeated: reply.slots.length - fresh.length,
    total: reply.total,
    hasMore: reply.hasNext,
    mustRestart: false,
    readAt,
    isRemembered,
  };
}

/** Past the last page: slots have gone meanwhile, so the search starts again (contract.md section 4.7). */
export function restartPage(searchId: string, page: number, readAt: string): SlotPage {
  const nothing = { slots: [], unreadable: 0, repeated: 0, total: 0, hasMore: false };
  return { searchId, page, ...nothing, mustRestart: true, readAt, isRemembered: false };
}

function viewSlot(slot: FreeSlot): Slot {
  return {
    slotId: slot.id,
    start: slot.start,
    end: slot.end,
    clinicianId: slot.clinicianId,
    isUnusual: isUnusualTime(slot),
  };
}

const SHORTEST_USUAL_MS = 10 * 60_000;

/** Before 7 in the morning, from 9 in the evening, on a Sunday, or very short: it may mean "do not attend". */
export function isUnusualTime(slot: { readonly start: string; readonly end: string }): boolean {
  const { hour, weekday } = londonParts(slot.start);
  const lengthMs = (parseInstant(slot.end) ?? 0) - (parseInstant(slot.start) ?? 0);
  return hour < 7 || hour >= 21 || weekday === 7 || lengthMs < SHORTEST_USUAL_MS;
}
