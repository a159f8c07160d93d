import { shallowReactive } from 'vue';
import type { LocalListKind } from '../../../src-main/contract/channels/lists.ts';
import type { WorklistFilter, WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import { ok, type Outcome, type Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import {
  isLocalList,
  localReadingOf,
  localRows,
  readingOf,
  type ListKind,
  type ListReading,
  type ListRow,
} from './list-kinds.ts';
import { orderOfList } from './sort-rows.ts';

/** One list as this window knows it: the last answer stays on show while a new one is read or has failed. */
export interface ListState {
  readonly reading: ListReading | null;
  readonly rows: readonly ListRow[];
  readonly problem: Problem | null;
  readonly isLoading: boolean;
}

interface Answer {
  readonly reading: ListReading;
  readonly rows: readonly ListRow[];
}

export const NOT_READ: ListState = { reading: null, rows: [], problem: null, isLoading: false };

/** The lists as they were read last, each with how many rows it is known to have. */
export function useListReadings() {
  const bridge = useBridge();
  const lists = shallowReactive(new Map<ListKind, ListState>());
  /** How many rows a list has, as far as the desk knows; what main tells of its own lists counts too. */
  const counts = shallowReactive(new Map<ListKind, number>());
  /** Lists of the desk's own that have other rows by now than were read. */
  const stale = shallowReactive(new Set<ListKind>());
  /** By what e-RS was asked to narrow a provider's list. */
  const narrowings = shallowReactive(new Map<WorklistKind, WorklistFilter>());
  let generation = 0;

  bridge.pushes['lists/changed'](({ list, rows }) => {
    counts.set(list, rows);
    if (lists.has(list)) stale.add(list);
  });

  async function askErs(kind: WorklistKind, isReread: boolean): Promise<Outcome<Answer>> {
    const filter = narrowings.get(kind);
    const outcome = await bridge.requests['worklist/fetch']({
      kind,
      ...(filter === undefined ? {} : { filter }),
      ...(isReread ? { isReread } : {}),
    });
    return outcome.ok ? ok({ reading: readingOf(outcome.value), rows: outcome.value.rows }) : outcome;
  }

  async function askDesk(list: LocalListKind): Promise<Outcome<Answer>> {
    stale.delete(list);
    const outcome = await bridge.requests['lists/read']({ list });
    return outcome.ok
      ? ok({ reading: localReadingOf(outcome.value), rows: localRows(outcome.value.rows) })
      : outcome;
  }

  /**
   * Reads a list. Old rows stay until the answer is there; a failure keeps them. `isReread` asks e-RS even while the
   * desk knows itself cut off, when the rows that it remembers would do. False when it was being read already, or
   * when its reader has gone.
   */
  async function read(kind: ListKind, isReread: boolean): Promise<boolean> {
    const started = generation;
    const before = lists.get(kind) ?? NOT_READ;
    if (before.isLoading) return false;
    lists.set(kind, { ...before, isLoading: true });
    const outcome = await (isLocalList(kind) ? askDesk(kind) : askErs(kind, isReread));
    if (started !== generation) return false;
    if (!outcome.ok) {
      lists.set(kind, { ...before, problem: outcome.problem, isLoading: false });
      return true;
    }
    const { reading, rows } = outcome.value;
    lists.set(kind, { reading, rows: orderOfList(kind, rows), problem: null, isLoading: false });
    counts.set(kind, rows.length);
    return true;
  }

  /** Narrows a provider's list in e-RS, or (null) reads it whole again; the old rows are of another question. */
  function narrow(kind: WorklistKind, filter: WorklistFilter | null): void {
    if (filter === null) narrowings.delete(kind);
    else narrowings.set(kind, filter);
    lists.delete(kind);
    counts.delete(kind);
  }

  function forgetReadings(): void {
    generation += 1;
    lists.clear();
    counts.clear();
    stale.clear();
    narrowings.clear();
  }

  return { lists, counts, stale, narrowings, read, narrow, forgetReadings };
}
