/** Searches slots and reads their pages: the first at once, the others when the screen needs them. */
import type { SlotSearch } from '../../../src-main/contract/channels/slots.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { createPageReader } from './page-reader.ts';
import { useSlotPages } from './slot-pages.ts';

export type SlotPriority = SlotSearch['priority'];

export interface SlotQuery {
  readonly ubrn: string;
  readonly serviceId: string;
  /** Null: the referral's own. */
  readonly priority: SlotPriority | null;
  /** F5: asks e-RS even while the desk knows itself cut off. */
  readonly isReread?: boolean;
}

const MOST_RESTARTS = 3;
const KEEPS_CHANGING: Problem = {
  kind: 'conflict',
  code: 'slots-keep-changing',
  correlationId: '',
  facts: {},
};

const isSameQuery = (a: SlotQuery | null, b: SlotQuery) =>
  a?.ubrn === b.ubrn && a.serviceId === b.serviceId && a.priority === b.priority;

/** The pages of the present search and the ways to read more of them. */
export function useSlotPaging() {
  const pages = useSlotPages();
  let query: SlotQuery | null = null;
  let run = 0;
  let restarts = 0;

  /** Searches from page 1; what was read before stays on show until the first page is there. */
  function start(next: SlotQuery): Promise<boolean> {
    restarts = 0;
    return begin(next);
  }

  async function begin(next: SlotQuery): Promise<boolean> {
    if (!isSameQuery(query, next)) pages.clear();
    const mine = ++run;
    query = next;
    pages.status.value = 'searching';
    const answer = await useBridge().requests['slots/search']({ ...next, clinicianId: null });
    if (mine !== run) return false;
    pages.problem.value = answer.ok ? null : answer.problem;
    pages.status.value = answer.ok ? 'ready' : 'failed';
    if (answer.ok) pages.takeSearch(answer.value);
    return answer.ok;
  }

  async function readPage(searchId: string, page: number): Promise<'read' | 'restart' | 'stopped'> {
    const mine = run;
    const answer = await useBridge().requests['slots/read-page']({ searchId, page });
    if (mine !== run) return 'stopped';
    if (answer.ok && answer.value.mustRestart) return 'restart';
    pages.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) pages.takePage(answer.value);
    return answer.ok ? 'read' : 'stopped';
  }

  async function readBatch(size: number): Promise<boolean> {
    const searchId = pages.search.value?.searchId ?? '';
    const numbers = pages.nextPages(size);
    const answers = await Promise.all(numbers.map((page) => readPage(searchId, page)));
    if (answers.includes('restart')) return restart();
    return answers.length > 0 && answers.every((answer) => answer === 'read');
  }

  /** Slots went meanwhile and a page is past the end: read again from page 1, which says nothing about "no slots". */
  async function restart(): Promise<boolean> {
    if (query !== null && ++restarts <= MOST_RESTARTS) return begin(query);
    pages.problem.value = KEEPS_CHANGING;
    return false;
  }

  function reset(): void {
    run++;
    query = null;
    pages.clear();
  }

  return { ...pages, ...createPageReader(() => run, readBatch), start, reset };
}

export type SlotPaging = ReturnType<typeof useSlotPaging>;
