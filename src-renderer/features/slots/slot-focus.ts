/** The focused slot: moved by the arrow model, kept through new pages and filters, reading on at the end. */
import { computed, ref, watch, type ComputedRef } from 'vue';
import type { SlotPaging } from './slot-paging.ts';
import { findSlot, type IndexedSlot, type SlotIndex } from './slot-index.ts';
import { findJumpSlot, type JumpTarget } from './jump-parser.ts';
import { moveFocus, weekEnd, type Move, type MoveResult } from './slot-navigation.ts';

/** Focus and movement over the visible slots of a paged search. */
export function useSlotFocus(visible: ComputedRef<SlotIndex>, paging: SlotPaging) {
  const focusedId = ref<string | null>(null);
  const focused = computed(() => findSlot(visible.value, focusedId.value));
  let lastSeen: IndexedSlot | null = null;
  let stickyMinute = 0;
  let keyPresses = 0;

  watch(visible, keepFocus, { flush: 'sync' });

  /** After a change of the slots: the same slot, else the next one in time, else the last one. */
  function keepFocus(index: SlotIndex): void {
    if (findSlot(index, focusedId.value) !== null) return;
    const from = lastSeen?.startMs ?? -Infinity;
    const next = index.slots.find((slot) => slot.startMs >= from) ?? index.slots.at(-1) ?? null;
    focusedId.value = next?.slotId ?? null;
    if (next !== null) remember(next);
  }

  function remember(slot: IndexedSlot): void {
    lastSeen = slot;
    stickyMinute = slot.minuteOfDay;
  }

  function focusSlot(slotId: string, keepsMinute = false): void {
    const slot = findSlot(visible.value, slotId);
    if (slot === null) return;
    const minute = stickyMinute;
    focusedId.value = slotId;
    remember(slot);
    if (keepsMinute) stickyMinute = minute;
    void readVisibleWeek();
  }

  /** Moves at once when the slots are there, else reads on until they are; a later key wins. */
  async function move(step: Move): Promise<MoveResult> {
    const mine = ++keyPresses;
    const attempt = () => moveFocus(visible.value, focusedId.value, step, stickyMinute);
    const isAtEnd = () => {
      const result = attempt();
      return result.kind === 'edge' && result.edge === 'last-day';
    };
    const isSideways =
      step === 'next-day' || step === 'previous-day' || step === 'next-week' || step === 'previous-week';
    let result = attempt();
    if (isAtEnd() && paging.coverage.value?.hasMore === true) {
      await paging.readWhile(isAtEnd);
      result = attempt();
    }
    if (result.kind === 'to' && mine === keyPresses) focusSlot(result.slotId, isSideways);
    return result;
  }

  /** Goes to the first slot that a jump means, reading on until it is there; false when there is none. */
  async function jump(target: JumpTarget): Promise<boolean> {
    keyPresses++;
    const find = () => findJumpSlot(visible.value, target, focusedId.value);
    await paging.readWhile(() => find() === null);
    const slot = find();
    if (slot !== null) focusSlot(slot.slotId);
    return slot !== null;
  }

  /** Reads pages until the week on show is complete: slots come earliest first. */
  async function readVisibleWeek(): Promise<void> {
    await paging.readWhile(() => {
      const monday =
        focused.value &&
        visible.value.days[visible.value.positions.get(focused.value.slotId)?.dayIndex ?? -1]?.week;
      const last = paging.index.value.slots.at(-1);
      return Boolean(monday) && last !== undefined && last.day <= weekEnd(String(monday));
    });
  }

  function resetFocus(): void {
    focusedId.value = lastSeen = null;
    keyPresses++;
  }

  return { focusedId, focused, focusSlot, move, jump, readVisibleWeek, resetFocus };
}
