import { watch } from 'vue';
import type { Router } from 'vue-router';
import { useSlotsStore } from '../../slots/slots.store.ts';
import { useTasksStore } from '../../tasks/tasks.store.ts';
import { useWorklistStore } from '../../worklist/worklist.store.ts';

/** The list on show and the row that was selected. */
export interface ListPosition {
  readonly kind: ReturnType<typeof useWorklistStore>['kind'];
  readonly selected: string | null;
  readonly isTasks: boolean;
}

/** The slots on show and those that were chosen. */
export interface SlotPosition {
  readonly ubrn: string;
  readonly serviceId: string;
  readonly chosenId: string | null;
  readonly pinnedIds: readonly string[];
  readonly view: 'week' | 'list';
  /** How many pages of the search had been read. */
  readonly pages: number;
}

/** Resolves once the condition holds, or `isOver` does. */
function until(holds: () => boolean, isOver: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = watch(
      () => holds() || isOver(),
      (isDone) => {
        if (!isDone) return;
        queueMicrotask(() => stop());
        resolve();
      },
      { immediate: true },
    );
  });
}

/** Where the clerk stands in the lists and the slots, and how to get there again. */
export function usePosition(router: Router) {
  const slots = useSlotsStore();
  const tasks = useTasksStore();
  const worklist = useWorklistStore();

  function readList(): ListPosition {
    return { kind: worklist.kind, selected: worklist.selectedUbrn, isTasks: tasks.isShown };
  }

  function readSlots(): SlotPosition | null {
    const { search, chosenId, pinnedIds, view, coverage } = slots;
    const pages = coverage?.pages.length ?? 0;
    return search && { ubrn: search.ubrn, serviceId: search.serviceId, chosenId, pinnedIds, view, pages };
  }

  async function goOnInList(list: ListPosition, isOver: () => boolean): Promise<void> {
    tasks.isShown = list.isTasks;
    const isRead = () => worklist.current.reading !== null || worklist.current.problem !== null;
    await until(isRead, isOver);
    if (isOver()) return;
    if (worklist.kind !== list.kind) await worklist.showList(list.kind);
    const isThere = worklist.rows.some(({ ubrn }) => ubrn === list.selected);
    if (isThere && !isOver()) worklist.selectedUbrn = list.selected;
  }

  async function chooseAgain(
    { serviceId, chosenId, pinnedIds, pages }: SlotPosition,
    isOver: () => boolean,
  ): Promise<void> {
    // A search that is refused leads back to the referral.
    const isElsewhere = () => router.currentRoute.value.name !== 'slots';
    await until(() => ['ready', 'failed'].includes(slots.status) || isElsewhere(), isOver);
    if (slots.search?.serviceId !== serviceId) return;
    const isThere = (id: string) => slots.index.slots.some(({ slotId }) => slotId === id);
    const wanted = chosenId === null ? pinnedIds : [...pinnedIds, chosenId];
    await readAsFar(pages, () => isOver() || wanted.every(isThere));
    if (isOver()) return;
    slots.pinnedIds = pinnedIds.filter(isThere);
    if (chosenId !== null && isThere(chosenId)) slots.chooseSlot(chosenId);
    // The screen has its own word on what it found; it comes first.
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** The later pages that had been read, until all is there; what has gone since is not looked for beyond them. */
  async function readAsFar(pages: number, isFound: () => boolean): Promise<void> {
    const mayBeLater = () =>
      slots.coverage?.hasMore === true && slots.coverage.pages.length < pages && slots.problem === null;
    // A page that was under way already counts as a turn, too.
    for (let turn = 0; turn < 2 * pages && mayBeLater() && !isFound(); turn += 1) await slots.readNextPage();
  }

  return { readList, readSlots, goOnInList, chooseAgain };
}
