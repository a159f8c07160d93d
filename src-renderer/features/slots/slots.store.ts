import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { isCutOff } from '../session/connection-words.ts';
import { useSessionStore } from '../session/session.store.ts';
import { hasFilters, listClinicians, NO_FILTERS, passesFilters } from './slot-filters.ts';
import { filterIndex, findSlot, type IndexedSlot } from './slot-index.ts';
import { useSlotFocus } from './slot-focus.ts';
import { useSlotMoves } from './slot-moves.ts';
import { useSlotPaging, type SlotQuery } from './slot-paging.ts';

export const MOST_PINS = 3;

/** The slot search on show: pages, filters, focus, choice and pins. Main owns the search; this is its copy. */
export const useSlotsStore = defineStore('slots', () => {
  const session = useSessionStore();
  const paging = useSlotPaging();
  const filters = shallowRef(NO_FILTERS);
  const visible = computed(() =>
    hasFilters(filters.value)
      ? filterIndex(paging.index.value, (slot) => passesFilters(slot, filters.value))
      : paging.index.value,
  );
  const focus = useSlotFocus(visible);
  const moves = useSlotMoves(visible, focus, paging);
  const view = ref<'week' | 'list'>('week');
  const chosenId = ref<string | null>(null);
  const pinnedIds = shallowRef<readonly string[]>([]);
  const chosen = computed(() => findSlot(paging.index.value, chosenId.value));
  const pinned = computed(() =>
    pinnedIds.value
      .map((id) => findSlot(paging.index.value, id))
      .filter((slot): slot is IndexedSlot => slot !== null),
  );
  const clinicians = computed(() => listClinicians(paging.index.value));
  /** The only thing that is "no slots": a complete page 1 without a slot and without a problem (hazard 9). */
  const isEmpty = computed(() => {
    const read = paging.coverage.value;
    const isComplete = read !== null && !read.hasMore && read.total === 0 && read.unreadable === 0;
    return (
      paging.status.value === 'ready' && paging.problem.value === null && isComplete && read.loaded === 0
    );
  });
  /** True while the slots on show are those that were free when e-RS could last be reached: wishes, no offers. */
  const isRemembered = computed(() => {
    const read = paging.coverage.value;
    return read !== null && (read.isRemembered || isCutOff(session.connection));
  });
  /** A service that another screen wants to see the slots of. */
  const wanted = shallowRef<{ readonly ubrn: string; readonly serviceId: string } | null>(null);

  /** Searches a service; a new service or priority starts with a clean choice, F5 on the same one keeps it. */
  async function searchSlots(query: SlotQuery): Promise<boolean> {
    const before = paging.search.value;
    const isSame = before !== null && before.ubrn === query.ubrn && before.serviceId === query.serviceId;
    if (!isSame) clearChoice();
    const isRead = await paging.start(query);
    if (isRead && chosen.value === null) chosenId.value = null;
    if (isRead) void moves.readVisibleWeek();
    return isRead;
  }

  /** Has the slots screen of a referral search this service next. */
  function wantService(ubrn: string, serviceId: string): void {
    wanted.value = { ubrn, serviceId };
  }

  /** The service wanted for a referral, once. */
  function takeWanted(ubrn: string): string | null {
    const want = wanted.value;
    wanted.value = null;
    return want?.ubrn === ubrn ? want.serviceId : null;
  }

  function clearChoice(): void {
    chosenId.value = null;
    pinnedIds.value = [];
    filters.value = NO_FILTERS;
    focus.resetFocus();
  }

  function chooseSlot(slotId: string): void {
    chosenId.value = slotId;
    moves.focusSlot(slotId);
  }

  /** Pins or unpins a slot to read out; false when three are pinned already. */
  function togglePin(slotId: string): boolean {
    const others = pinnedIds.value.filter((id) => id !== slotId);
    if (others.length === pinnedIds.value.length && others.length >= MOST_PINS) return false;
    pinnedIds.value = others.length === pinnedIds.value.length ? [...others, slotId] : others;
    return true;
  }

  /** Takes out a slot that the service says has gone. */
  function takeOutGoneSlot(slotId: string): void {
    paging.markGone(slotId);
    if (chosenId.value === slotId) chosenId.value = null;
    pinnedIds.value = pinnedIds.value.filter((id) => id !== slotId);
  }

  function forget(): void {
    paging.reset();
    clearChoice();
    wanted.value = null;
  }

  const { search, index, coverage, status, problem, isReading, readNextPage, readAll } = paging;
  const { focusedId, focused } = focus;
  const { move, jump } = moves;
  return {
    ...{ search, index, coverage, status, problem, isReading, readNextPage, readAll },
    ...{ focusedId, focused, move, jump },
    ...{ filters, visible, view, chosenId, chosen, pinnedIds, pinned, clinicians, isEmpty },
    ...{ isRemembered, wanted, wantService, takeWanted },
    ...{ searchSlots, chooseSlot, togglePin, takeOutGoneSlot, forget },
  };
});
