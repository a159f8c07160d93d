import { randomUUID } from 'node:crypto';
import type { Slot, SlotPage, SlotSearch } from '../../contract/channels/slots.ts';
import type { ServiceId, SdsUserId, Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { SLOT_PAGE_SIZE } from '../../contract/limits.ts';
import { londonParts, parseInstant, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import type { FreeSlot, SlotsReply } from '../../ers/model.ts';
import { a015RetrieveAppointmentSlots } from '../../ers/operations/a015-retrieve-appointment-slots.ts';
import { problemOf } from '../../ers/problem-of.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';

const KEPT_SEARCHES = 5;

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
}

export interface SlotsFeature {
  readonly search: (input: {
    ubrn: string;
    serviceId: string;
    priority: SearchTerms['priority'] | null;
    clinicianId: string | null;
  }) => Promise<Outcome<SlotSearch>>;
  readonly readPage: (input: { searchId: string; page: number }) => Promise<Outcome<SlotPage>>;
  /** A slot that main itself read in a search, or null: the renderer's word is not enough (attack S11). */
  readonly seen: (searchId: string, slotId: string) => SeenSlot | null;
  readonly forget: () => void;
}

interface Search {
  readonly terms: SearchTerms;
  readonly seen: Map<string, SeenSlot>;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
}

/** Searches free slots of a shortlisted service, page by page (contract.md A015, section 4.7). */
export function createSlots(deps: Dependencies): SlotsFeature {
  const searches = new Map<string, Search>();

  function remember(terms: SearchTerms): string {
    const searchId = randomUUID();
    searches.set(searchId, { terms, seen: new Map() });
    const oldest = searches.size > KEPT_SEARCHES ? searches.keys().next().value : undefined;
    if (oldest !== undefined) searches.delete(oldest);
    return searchId;
  }

  async function readPage({
    searchId,
    page,
  }: {
    searchId: string;
    page: number;
  }): Promise<Outcome<SlotPage>> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const search = searches.get(searchId);
    if (search === undefined) return fail('expired', 'slot-search-expired');
    const input = { ...search.terms, page, count: SLOT_PAGE_SIZE };
    const answer = await deps.client().call(a015RetrieveAppointmentSlots, input, { urgency: 'clerk' });
    const readAt = toIso(deps.clock.nowMs());
    if (answer.kind === 'success') {
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      // Slots are announced and none came: that is a broken answer, not an empty one (hazard 9).
      if (page === 1 && isHollow(answer.value))
        return fail('bad-reply', 'slots-announced-not-sent', {}, answer.facts.correlationId);
      return ok(takeIn(search, searchId, page, answer.value, readAt));
    }
    if (isPastTheEnd(answer, page)) return ok({ ...emptyPage(searchId, page, readAt), mustRestart: true });
    return problemOf(answer);
  }

  return {
    async search({ ubrn, serviceId, priority, clinicianId }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      if (!desk.can.canBook) return fail('forbidden', 'role-cannot-search-slots');
      const open = deps.opened(ubrn);
      if (open === null) return fail('invalid-input', 'referral-not-open');
      const entry = open.referral.shortlist.find((candidate) => candidate.serviceId === serviceId);
      if (entry === undefined) return fail('invalid-input', 'service-not-on-shortlist');
      const { commissioningOrg } = open.referral;
      if (commissioningOrg === null) return fail('rejected', 'no-commissioning-organisation');
      const wanted = priority ?? ownPriority(open.referral.priority.code);
      if (wanted === null) return fail('rejected', 'unknown-priority');
      const terms: SearchTerms = {
        ubrn: open.referral.ubrn,
        serviceId: entry.serviceId,
        priority: wanted,
        commissioningOrg,
        clinicianId: clinicianId as SdsUserId | null,
      };
      const searchId = remember(terms);
      const firstPage = await readPage({ searchId, page: 1 });
      if (!firstPage.ok) return firstPage;
      const service = open.services.find((candidate) => candidate.id === entry.serviceId);
      return ok({
        searchId,
        ubrn,
        serviceId,
        serviceName: entry.name,
        instructions: service?.instructions ?? '',
        priority: wanted,
        firstPage: firstPage.value,
      });
    },
    readPage,
    seen: (searchId, slotId) => searches.get(searchId)?.seen.get(slotId) ?? null,
    forget: () => searches.clear(),
  };
}

function ownPriority(code: string): SearchTerms['priority'] | null {
  return code === 'ROUTINE' || code === 'URGENT' || code === 'TWO_WEEK_WAIT' ? code : null;
}

const emptyPage = (searchId: string, page: number, readAt: string): SlotPage => ({
  searchId,
  page,
  slots: [],
  unreadable: 0,
  repeated: 0,
  total: 0,
  hasMore: false,
  mustRestart: false,
  readAt,
});

/** Adds a page to what the search has seen; slots that came before are counted, not repeated. */
function takeIn(search: Search, searchId: string, page: number, reply: SlotsReply, readAt: string): SlotPage {
  const isNew = (slot: FreeSlot, index: number) =>
    (search.seen.get(slot.id)?.page ?? page) === page &&
    reply.slots.findIndex((other) => other.id === slot.id) === index;
  const fresh = reply.slots.filter(isNew);
  fresh.forEach((slot) =>
    search.seen.set(slot.id, { slot, page, readAt, terms: search.terms, isUnusual: isUnusualTime(slot) }),
  );
  return {
    ...emptyPage(searchId, page, readAt),
    slots: fresh.slice(0, 2 * SLOT_PAGE_SIZE).map(viewSlot),
    unreadable: reply.unreadable,
    repeated: reply.slots.length - fresh.length,
    total: reply.total,
    hasMore: reply.hasNext,
  };
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

const isHollow = ({ slots, unreadable, total }: SlotsReply) =>
  total > 0 && slots.length === 0 && unreadable === 0;

/** A page past the end: 400 on the platform, 422 or 416 in the spine dialect (contract.md section 4.7). */
function isPastTheEnd(answer: ErsOutcome<SlotsReply>, page: number): boolean {
  if (answer.kind !== 'refused' || page === 1) return false;
  return answer.facts.status === 416 || answer.code === 'INVALID_VALUE';
}
