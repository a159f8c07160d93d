import { computed } from 'vue';
import type { IndexedSlot } from './slot-index.ts';
import { lastSeenWords, slotSpokenWords } from './slot-words.ts';
import { useSlotsStore } from './slots.store.ts';

/** What marks a slot in either view: its clinician's letter, its pin, its state; each in text, not only in colour. */
export function useSlotMarks() {
  const store = useSlotsStore();
  const letters = computed(() => new Map(store.clinicians.map(({ id, letter }) => [id, letter] as const)));
  const letter = (slot: IndexedSlot) => letters.value.get(slot.slot.clinicianId ?? '') ?? '';
  /** 1 to 3, or 0 when the slot is not pinned. */
  const pinNumber = (slot: IndexedSlot) => store.pinnedIds.indexOf(slot.slotId) + 1;
  const isChosen = (slot: IndexedSlot) => slot.slotId === store.chosenId;

  const classes = (slot: IndexedSlot) => ({
    'slot--focused': slot.slotId === store.focusedId,
    'slot--chosen': isChosen(slot),
    'slot--unusual': slot.slot.isUnusual,
  });

  const spoken = (slot: IndexedSlot) =>
    slotSpokenWords(slot, [
      ...(store.isRemembered ? [lastSeenWords(store.coverage?.readAt ?? '')] : []),
      ...(isChosen(slot) ? ['chosen'] : []),
      ...(pinNumber(slot) > 0 ? [`pinned ${pinNumber(slot)}`] : []),
    ]);

  return { letter, pinNumber, classes, spoken };
}
