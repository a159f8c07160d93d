/** Reads the pages of one slot search: the first at once, the others when the screen needs them. */
import { ref, shallowRef } from 'vue';
import type { SlotPage, SlotSearch } from '../../../src-main/contract/channels/slots.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';
import { addPageToIndex, EMPTY_SLOT_INDEX, removeFromIndex } from './slot-index.ts';
import type { Coverage } from './slot-words.ts';

export type SlotPriority = SlotSearch['priority'];

export interface SlotQuery {
  readonly ubrn: string;
  readonly serviceId: string;
  /** Null: the referral's own. */
  readonly priority: SlotPriority | null;
}

export type SearchFacts = Omit<SlotSearch, 'firstPage'>;

/** Slots of one page of A015 (contract.md section 6, A015: `_count` 100). */
const PAGE_SIZE = 100;
const PAGES_AT_ONCE = 4;
const MOST_RESTARTS = 3;

const KEEPS_CHANGING: Problem = {
  kind: 'conflict',
  code: 'slots-keep-changing',
  correlationId: '',
  facts: {},
};

/** The pages of the present search and the ways to read more of them. */
export function useSlotPaging() {
  const search = shallowRef<SearchFacts | null>(null);
  const index = shallowRef(EMPTY_SLOT_INDEX);
  const coverage = shallowRef<Coverage | null>(null);
  const status = ref<'idle' | 'searching' | 'ready' | 'failed'>('idle');
  const problem = shallowRef<Problem | null>(null);
  const isReading = ref(false);
  let query: SlotQuery | null = null;
  let run = 0;
  let restarts = 0;
  let inFlight: { readonly run: number; readonly batch: Promise<boolean> } | null = null;

  function reset(): void {
    run++;
    query = null;
    search.value = problem.value = coverage.value = null;
    index.value = EMPTY_SLOT_INDEX;
    status.value = 'idle';
  }

  /** Searches from page 1; what was read before stays on show until the first page is there. */
  async function start(next: SlotQuery): Promise<boolean> {
    restarts = 0;
    return begin(next);
  }

  async function begin(next: SlotQuery): Promise<boolean> {
    const mine = ++run;
    const isSameSearch =
      query?.ubrn === next.ubrn && query.serviceId === next.serviceId && query.priority === next.priority;
    if (!isSameSearch) reset();
    run = mine;
    query = next;
    status.value = 'searching';
    const answer = await useBridge().requests['slots/search']({ ...next, clinicianId: null });
    if (mine !== run) return false;
    problem.value = answer.ok ? null : answer.problem;
    status.value = answer.ok ? 'ready' : 'failed';
    if (!answer.ok) return false;
    const { firstPage, ...facts } = answer.value;
    search.value = facts;
    index.value = EMPTY_SLOT_INDEX;
    coverage.value = null;
    takePage(firstPage);
    return true;
  }

  function takePage(page: SlotPage): void {
    noteMainInstant(page.readAt);
    index.value = addPageToIndex(index.value, page.slots);
    const before = coverage.value;
    const pages = [...(before?.pages ?? []), page.page];
    const isLastYet = page.page === Math.max(...pages);
    coverage.value = {
      loaded: index.value.slots.length,
      total: isLastYet ? page.total : (before?.total ?? page.total),
      pages,
      hasMore: isLastYet ? page.hasMore : (before?.hasMore ?? page.hasMore),
      unreadable: (before?.unreadable ?? 0) + page.unreadable,
      readAt: page.readAt,
    };
  }

  async function readPage(searchId: string, page: number): Promise<'read' | 'restart' | 'stopped'> {
    const mine = run;
    const answer = await useBridge().requests['slots/read-page']({ searchId, page });
    if (mine !== run) return 'stopped';
    if (answer.ok && answer.value.mustRestart) return 'restart';
    problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return 'stopped';
    takePage(answer.value);
    return 'read';
  }

  async function readBatch(size: number): Promise<boolean> {
    if (status.value !== 'ready' || search.value === null || coverage.value?.hasMore !== true) return false;
    const { searchId } = search.value;
    const from = Math.max(...coverage.value.pages) + 1;
    const to = Math.max(from, Math.min(from + size - 1, Math.ceil(coverage.value.total / PAGE_SIZE)));
    const pages = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const answers = await Promise.all(pages.map((page) => readPage(searchId, page)));
    if (answers.includes('restart')) return restart();
    return answers.every((answer) => answer === 'read');
  }

  /** Slots went meanwhile and a page is past the end: read again from page 1, which says nothing about "no slots". */
  async function restart(): Promise<boolean> {
    if (query === null) return false;
    if (++restarts > MOST_RESTARTS) {
      problem.value = KEEPS_CHANGING;
      return false;
    }
    return begin(query);
  }

  /** One batch at a time: whoever needs more pages meanwhile waits for this one and then looks again. */
  function nextBatch(size: number): Promise<boolean> {
    if (inFlight?.run === run) return inFlight.batch;
    const mine = { run, batch: readBatch(size) };
    inFlight = mine;
    isReading.value = true;
    void mine.batch.then(() => {
      if (inFlight !== mine) return;
      inFlight = null;
      isReading.value = false;
    });
    return mine.batch;
  }

  /** Reads further pages while `isNeeded` says so; stops at the last page, at a problem and at a new search. */
  async function readWhile(isNeeded: () => boolean, pagesAtOnce = 1): Promise<void> {
    let goesOn = true;
    while (goesOn && isNeeded()) goesOn = await nextBatch(pagesAtOnce);
  }

  /** One further page, when there is one. */
  function readNextPage(): Promise<void> {
    let isFirst = true;
    return readWhile(() => isFirst && !(isFirst = false));
  }

  const readAll = (): Promise<void> => readWhile(() => true, PAGES_AT_ONCE);

  /** Takes a slot out that the service says has gone. */
  function markGone(slotId: string): void {
    index.value = removeFromIndex(index.value, slotId);
  }

  return {
    search,
    index,
    coverage,
    status,
    problem,
    isReading,
    start,
    reset,
    readWhile,
    readNextPage,
    readAll,
    markGone,
  };
}

export type SlotPaging = ReturnType<typeof useSlotPaging>;
