/** The list view as rows: a heading for each day, then its slots. */
import type { IndexedSlot, SlotDay, SlotIndex } from './slot-index.ts';

export type ListItem =
  { readonly kind: 'day'; readonly day: SlotDay } | { readonly kind: 'slot'; readonly slot: IndexedSlot };

export interface ListItems {
  readonly items: readonly ListItem[];
  /** The row of each slot, so that a key press looks it up. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/** The rows of the visible slots; made when they change, not when the focus moves. */
export function buildListItems(index: SlotIndex): ListItems {
  const items: ListItem[] = [];
  const rowOf = new Map<string, number>();
  for (const day of index.days) {
    items.push({ kind: 'day', day });
    for (const slot of day.slots) {
      rowOf.set(slot.slotId, items.length);
      items.push({ kind: 'slot', slot });
    }
  }
  return { items, rowOf };
}
