import { computed, shallowRef } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { announce } from '../../app/status-line.ts';
import { problemWords } from '../../app/words/problem-words.ts';
import { mainNowMs } from '../referral/main-clock.ts';
import { sayItem } from './announce-items.ts';
import { useOutboxItemsStore } from './outbox-items.store.ts';
import { mayUse, type ItemKey } from './refused-keys.ts';

/** What every key of an item needs: whether it may be used, the item itself, and words for what became of it. */
export function useItemKeys() {
  const store = useOutboxItemsStore();
  const failed = shallowRef<{ readonly intentId: string; readonly problem: Problem } | null>(null);
  /** The problem of the chosen item's last key; another item has none of it. */
  const problem = computed(() =>
    failed.value !== null && failed.value.intentId === store.selectedId ? failed.value.problem : null,
  );

  /** True, or why the key cannot be used on the chosen item now. */
  const gate = (key: ItemKey) => mayUse(key, store.selected, mainNowMs());

  /** The chosen item, where the key may be used on it; else the reason is said. */
  function take(title: string, key: ItemKey): OutboxItem | null {
    const answer = gate(key);
    if (answer === true) return store.selected;
    announce(`${title}: ${answer}`, 'refused');
    return null;
  }

  /** Shows what main refused with the item. True when main took it. */
  function settle(intentId: string, title: string, problemOf: Problem | null): boolean {
    failed.value = problemOf === null ? null : { intentId, problem: problemOf };
    if (problemOf !== null) announce(`${title}: ${problemWords(problemOf).title}.`, 'refused');
    return problemOf === null;
  }

  function clear(): void {
    failed.value = null;
  }

  /** Says where an item stands now. */
  function say(intentId: string, before = ''): void {
    const item = store.items.get(intentId);
    if (item !== undefined) sayItem(item, before);
  }

  return { problem, gate, take, settle, clear, say };
}

export type ItemKeys = ReturnType<typeof useItemKeys>;
