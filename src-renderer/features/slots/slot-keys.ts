/** The keys of the slot grid, in both views; while the first page is on its way they wait for it. */
import { announce } from '../../app/status-line.ts';
import { edgeWords, slotStaffWords } from './slot-words.ts';
import { moveOfKey, type Move } from './slot-navigation.ts';
import { MOST_PINS, useSlotsStore } from './slots.store.ts';

type SlotKey =
  { readonly kind: 'move'; readonly move: Move } | { readonly kind: 'choose' } | { readonly kind: 'pin' };

const MOST_WAITING = 20;

function readKey(event: KeyboardEvent): SlotKey | null {
  if (event.altKey || event.metaKey || event.shiftKey) return null;
  const move = moveOfKey(event.key, event.ctrlKey);
  if (move !== null) return { kind: 'move', move };
  if (event.ctrlKey) return null;
  if (event.key === 'Enter') return { kind: 'choose' };
  return event.key === ' ' ? { kind: 'pin' } : null;
}

/** Handles the keys of the focused grid; `isWaiting` says that its first slots are still being read. */
export function useSlotKeys(isWaiting: () => boolean) {
  const store = useSlotsStore();
  let waiting: SlotKey[] = [];

  function onKeydown(event: KeyboardEvent): void {
    const key = readKey(event);
    if (key === null) return;
    event.preventDefault();
    if (!isWaiting()) void press(key);
    else if (waiting.length < MOST_WAITING && !event.repeat) waiting.push(key);
  }

  /** Lets the keys go that were pressed before the first slots were there. */
  async function releaseWaiting(): Promise<void> {
    const keys = waiting;
    waiting = [];
    for (const key of keys) await press(key);
  }

  async function press(key: SlotKey): Promise<void> {
    if (store.focusedId === null) return announce('There is no slot on show here.', 'refused');
    switch (key.kind) {
      case 'move':
        return move(key.move);
      case 'choose':
        return choose();
      case 'pin':
        return pin();
    }
  }

  async function move(step: Move): Promise<void> {
    const result = await store.move(step);
    if (result.kind === 'edge') announce(edgeWords(result, store.coverage?.hasMore === true));
  }

  function choose(): void {
    const slot = store.focused;
    if (slot === null) return;
    store.chooseSlot(slot.slotId);
    const asWish = store.isRemembered ? ' as a wish' : '';
    announce(`Chosen${asWish}: ${slotStaffWords(slot)}. NOT BOOKED. Shift+F7 reviews it.`);
  }

  function pin(): void {
    const slot = store.focused;
    if (slot === null) return;
    const isTaken = store.togglePin(slot.slotId);
    if (!isTaken)
      return announce(`${MOST_PINS} slots are pinned already: Space on one of them lets it go.`, 'refused');
    const isPinned = store.pinnedIds.includes(slot.slotId);
    announce(
      isPinned
        ? `Pinned to read out: ${slotStaffWords(slot)}.`
        : `No longer pinned: ${slotStaffWords(slot)}.`,
    );
  }

  return { onKeydown, releaseWaiting };
}
