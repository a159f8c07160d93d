import { randomUUID } from 'node:crypto';
import type { SlotPage, SlotSearch } from '../../contract/channels/slots.ts';
import type { SdsUserId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { SLOT_PAGE_SIZE } from '../../contract/limits.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ErsOutcome, ReplyFacts } from '../../ers/outcome.ts';
import type { ServiceRecord, ShortlistEntry, SlotsReply } from '../../ers/model.ts';
import { a015RetrieveAppointmentSlots } from '../../ers/operations/a015-retrieve-appointment-slots.ts';
import { problemOf } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import type { ReadCache } from '../read-cache/read-cache.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { createEvidenceBook, type SearchEvidence } from './evidence.ts';
import { restartPage, takeIn } from './slot-page.ts';
import type { ReadPage, Search, SearchTerms, SeenSlot } from './slot-page.ts';

export type { SearchEvidence } from './evidence.ts';
export type { SearchTerms, SeenSlot } from './slot-page.ts';

const KEPT_SEARCHES = 5;

export interface SearchInput {
  readonly ubrn: string;
  readonly serviceId: string;
  /** Null: the referral's own. */
  readonly priority: SearchTerms['priority'] | null;
  readonly clinicianId: string | null;
  /** F5: asks e-RS also while the desk knows itself offline. */
  readonly isReread?: boolean;
}

export interface SlotsFeature {
  readonly search: (input: SearchInput) => Promise<Outcome<SlotSearch>>;
  readonly readPage: (input: { searchId: string; page: number }) => Promise<Outcome<SlotPage>>;
  /** A slot that main itself read in a search, or null: the renderer's word is not enough (attack S11). */
  readonly seen: (searchId: string, slotId: string) => SeenSlot | null;
  /**
   * The latest search that proves that the service has no slots for the referral: its page 1, answered by e-RS in this
   * session, was whole and empty, for the referral's own priority and any clinician. Null when there was none, or when
   * anything was found at the service since. How old it may be is for the deferral to say.
   */
  readonly evidenceOf: (ubrn: string, serviceId: string) => SearchEvidence | null;
  /** How many slots the searches of this sitting have found for the referral there, and when last; null: none made. */
  readonly foundAt: (
    ubrn: string,
    serviceId: string,
  ) => { readonly slots: number; readonly readAt: string } | null;
  readonly forget: () => void;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly cache: ReadCache;
  readonly isOffline: () => boolean;
}

/** Searches free slots of a shortlisted service, page by page (contract.md A015, section 4.7). */
export function createSlots(deps: Dependencies): SlotsFeature {
  const searches = new Map<string, Search>();
  const evidence = createEvidenceBook();

  function begin(terms: SearchTerms, isOwnPriority: boolean): string {
    const searchId = randomUUID();
    searches.set(searchId, { searchId, terms, isOwnPriority, seen: new Map() });
    const oldest = searches.size > KEPT_SEARCHES ? searches.keys().next().value : undefined;
    if (oldest !== undefined) searches.delete(oldest);
    return searchId;
  }

  /** The page as it was last read; null when it never was. An empty one is no word on what is free (hazard 9). */
  function recall(desk: Desk, search: Search, page: number): Outcome<SlotPage> | null {
    const kept = deps.cache.recall(desk, 'slot-page', pageName(search.terms, page));
    if (kept === null) return null;
    if (kept.value.slots.length === 0) return fail('offline', 'no-remembered-slots');
    return ok(takeIn(search, { page, reply: kept.value, readAt: kept.readAt, isRemembered: true }));
  }

  function takeAnswer(desk: Desk, search: Search, read: ReadPage, facts: ReplyFacts): Outcome<SlotPage> {
    const { page, reply, readAt } = read;
    // Slots are announced and none came: that is a broken answer, not an empty one (hazard 9).
    if (page === 1 && isHollow(reply))
      return fail('bad-reply', 'slots-announced-not-sent', {}, facts.correlationId);
    deps.cache.remember(desk, 'slot-page', pageName(search.terms, page), reply, readAt);
    noteEvidence(search, read);
    return ok(takeIn(search, read));
  }

  function noteEvidence({ terms, isOwnPriority }: Search, { page, reply, readAt }: ReadPage): void {
    const { ubrn, serviceId, clinicianId } = terms;
    const isFound = reply.total > 0 || reply.slots.length > 0 || reply.unreadable > 0;
    if (isFound) evidence.wipe(serviceId);
    else if (page === 1 && !reply.hasNext && isOwnPriority && clinicianId === null)
      evidence.note(ubrn, serviceId, { readAt, readAtMonoMs: deps.clock.monotonicMs() });
  }

  async function read(searchId: string, page: number, isReread: boolean): Promise<Outcome<SlotPage>> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const search = searches.get(searchId);
    if (search === undefined) return fail('expired', 'slot-search-expired');
    const isCacheOnly = deps.isOffline() && !isReread;
    const known = isCacheOnly ? recall(desk, search, page) : null;
    if (known !== null) return known;
    // Where the first page is remembered, the wait for one that is not would be in vain for every page after it.
    if (isCacheOnly && page > 1) return fail('offline', 'no-remembered-slots');
    const input = { ...search.terms, page, count: SLOT_PAGE_SIZE };
    const answer = await deps.client().call(a015RetrieveAppointmentSlots, input, { urgency: 'clerk' });
    const readAt = toIso(deps.clock.nowMs());
    const isStillHere = deps.desk()?.sitting === desk.sitting;
    if (answer.kind === 'success') {
      if (!isStillHere) return fail('not-signed-in', 'not-signed-in');
      const read = { page, reply: answer.value, readAt, isRemembered: false };
      return takeAnswer(desk, search, read, answer.facts);
    }
    if (isPastTheEnd(answer, page)) return ok(restartPage(searchId, page, readAt));
    const failed = problemOf(answer);
    return (isStillHere && isUnreached(failed.problem) ? recall(desk, search, page) : null) ?? failed;
  }

  function termsOf(input: SearchInput): Outcome<FoundTerms> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (!desk.can.canBook) return fail('forbidden', 'role-cannot-search-slots');
    const open = deps.opened(input.ubrn);
    if (open === null) return fail('invalid-input', 'referral-not-open');
    const { ubrn, shortlist, commissioningOrg, priority: referralPriority } = open.referral;
    const entry = shortlist.find((candidate) => candidate.serviceId === input.serviceId);
    if (entry === undefined) return fail('invalid-input', 'service-not-on-shortlist');
    if (commissioningOrg === null) return fail('rejected', 'no-commissioning-organisation');
    const own = ownPriority(referralPriority.code);
    const priority = input.priority ?? own;
    if (priority === null) return fail('rejected', 'unknown-priority');
    const clinicianId = input.clinicianId as SdsUserId | null;
    const terms = { ubrn, serviceId: entry.serviceId, priority, commissioningOrg, clinicianId };
    const service = open.services.find((candidate) => candidate.id === entry.serviceId) ?? null;
    return ok({ terms, isOwnPriority: priority === own, entry, service });
  }

  return {
    async search(input) {
      const found = termsOf(input);
      if (!found.ok) return found;
      const { terms, isOwnPriority, entry, service } = found.value;
      const searchId = begin(terms, isOwnPriority);
      const firstPage = await read(searchId, 1, input.isReread ?? false);
      if (!firstPage.ok) return firstPage;
      return ok({
        searchId,
        ubrn: terms.ubrn,
        serviceId: terms.serviceId,
        serviceName: entry.name,
        instructions: service?.instructions ?? '',
        priority: terms.priority,
        firstPage: firstPage.value,
      });
    },
    readPage: ({ searchId, page }) => read(searchId, page, false),
    seen: (searchId, slotId) => searches.get(searchId)?.seen.get(slotId) ?? null,
    evidenceOf: evidence.of,
    foundAt(ubrn, serviceId) {
      const own = [...searches.values()].filter(
        ({ terms }) => terms.ubrn === ubrn && terms.serviceId === serviceId,
      );
      const latest = own.at(-1);
      const fresh = [...(latest?.seen.values() ?? [])].filter(({ isRemembered }) => !isRemembered);
      const readAt = fresh.at(-1)?.readAt;
      return readAt === undefined ? null : { slots: fresh.length, readAt };
    },
    forget() {
      searches.clear();
      evidence.clear();
    },
  };
}

interface FoundTerms {
  readonly terms: SearchTerms;
  readonly isOwnPriority: boolean;
  readonly entry: ShortlistEntry;
  readonly service: ServiceRecord | null;
}

/** The same for every referral: the slots are the service's. */
function pageName(terms: SearchTerms, page: number): string {
  const { serviceId, priority, commissioningOrg, clinicianId } = terms;
  return [serviceId, priority, commissioningOrg, clinicianId ?? '', page].join('/');
}

function ownPriority(code: string): SearchTerms['priority'] | null {
  return code === 'ROUTINE' || code === 'URGENT' || code === 'TWO_WEEK_WAIT' ? code : null;
}

const isHollow = ({ slots, unreadable, total }: SlotsReply) =>
  total > 0 && slots.length === 0 && unreadable === 0;

/** A page past the end: 400 on the platform, 422 or 416 in the spine dialect (contract.md section 4.7). */
function isPastTheEnd(answer: ErsOutcome<SlotsReply>, page: number): boolean {
  if (answer.kind !== 'refused' || page === 1) return false;
  return answer.facts.status === 416 || answer.code === 'INVALID_VALUE';
}
