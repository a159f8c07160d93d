/** What has been read of one slot search: its facts, its slots by day, and which pages they came from. */
import { ref, shallowRef } from 'vue';
import type { SlotPage, SlotSearch } from '../../../src-main/contract/channels/slots.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { noteMainInstant } from '../referral/main-clock.ts';
import { addPageToIndex, EMPTY_SLOT_INDEX, removeFromIndex } from './slot-index.ts';
import type { Coverage } from './slot-words.ts';

export type SearchFacts = Omit<SlotSearch, 'firstPage'>;

/** Slots of one page of A015 (contract.md section 6, A015: `_count` 100). */
const PAGE_SIZE = 100;

/** The copy of main's search on show; a search that fails leaves the slots of the one before. */
export function useSlotPages() {
  const search = shallowRef<SearchFacts | null>(null);
  const index = shallowRef(EMPTY_SLOT_INDEX);
  const coverage = shallowRef<Coverage | null>(null);
  const status = ref<'idle' | 'searching' | 'ready' | 'failed'>('idle');
  const problem = shallowRef<Problem | null>(null);

  function clear(): void {
    search.value = problem.value = coverage.value = null;
    index.value = EMPTY_SLOT_INDEX;
    status.value = 'idle';
  }

  function takeSearch({ firstPage, ...facts }: SlotSearch): void {
    search.value = facts;
    index.value = EMPTY_SLOT_INDEX;
    coverage.value = null;
    takePage(firstPage);
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
      isRemembered: (before?.isRemembered ?? false) || page.isRemembered,
    };
  }

  /** The numbers of the next pages, at most so many; none when all are read or a search is under way. */
  function nextPages(most: number): readonly number[] {
    if (status.value !== 'ready' || coverage.value?.hasMore !== true) return [];
    const from = Math.max(...coverage.value.pages) + 1;
    const to = Math.max(from, Math.min(from + most - 1, Math.ceil(coverage.value.total / PAGE_SIZE)));
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  /** Takes a slot out that the service says has gone. */
  function markGone(slotId: string): void {
    index.value = removeFromIndex(index.value, slotId);
  }

  return { search, index, coverage, status, problem, clear, takeSearch, takePage, nextPages, markGone };
}
