/** The focused slot: kept through new pages, filters and slots that go. */
import { computed, ref, watch, type ComputedRef } from 'vue';
import { findSlot, type IndexedSlot, type SlotIndex } from './slot-index.ts';

/** The focus over the visible slots, and the time of day that it keeps while going sideways. */
export function useSlotFocus(visible: ComputedRef<SlotIndex>) {
  const focusedId = ref<string | null>(null);
  const focused = computed(() => findSlot(visible.value, focusedId.value));
  let lastSeen: IndexedSlot | null = null;
  let stickyMinute = 0;

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

  /** Puts the focus on a visible slot; going sideways keeps the time of day that the clerk came from. */
  function putFocus(slotId: string, keepsMinute = false): void {
    const slot = findSlot(visible.value, slotId);
    if (slot === null) return;
    const minute = stickyMinute;
    focusedId.value = slotId;
    remember(slot);
    if (keepsMinute) stickyMinute = minute;
  }

  function resetFocus(): void {
    focusedId.value = lastSeen = null;
  }

  return { focusedId, focused, putFocus, resetFocus, minute: () => stickyMinute };
}

export type SlotFocus = ReturnType<typeof useSlotFocus>;
