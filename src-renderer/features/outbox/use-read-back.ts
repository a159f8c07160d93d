import { announce } from '../../app/status-line.ts';
import { useOutboxItemsStore } from './outbox-items.store.ts';
import type { ItemKeys } from './use-item-keys.ts';

/** F5: what became of the item; where nothing was sent yet, what e-RS holds now, or the list itself. */
export function useReadBack(keys: ItemKeys) {
  const store = useOutboxItemsStore();

  async function reread(): Promise<void> {
    await store.fetchItems();
    announce(
      store.problem === null ? 'Outbox read again.' : 'The outbox could not be read: see the message.',
    );
  }

  async function readBackItem(intentId: string): Promise<void> {
    if (store.busyId !== null) return announce('Read back: it is on its way.', 'refused');
    if (!keys.settle(intentId, 'Read back', await store.readBack(intentId))) return;
    if (store.detailId === intentId) await store.openDetail(intentId);
    keys.say(intentId);
  }

  async function readBack(): Promise<void> {
    const item = store.selected;
    if (item === null || store.problem !== null) return reread();
    if (item.may.readBack) return readBackItem(item.intentId);
    if (store.detailId === item.intentId) return store.openDetail(item.intentId);
    keys.take('Read back', 'readBack');
  }

  return { readBack };
}
