import { nextTick } from 'vue';
import type { OutboxItem, WithdrawReason } from '../../../src-main/contract/channels/outbox.ts';
import type { OutboxFocus } from './outbox-deeds.ts';
import { useOutboxItemsStore } from './outbox-items.store.ts';
import type { ItemKeys } from './use-item-keys.ts';

/** Ctrl+E and Del: each opens a form for one item, and what is committed concerns that item alone (hazard 1). */
export function useItemForms(keys: ItemKeys, focus: OutboxFocus) {
  const store = useOutboxItemsStore();

  function openForm(kind: 'edit' | 'withdraw', item: OutboxItem | null): void {
    if (item === null) return;
    keys.clear();
    store.openForm(kind, item.intentId);
  }

  async function closeForm(): Promise<void> {
    keys.clear();
    store.closeForm();
    await nextTick();
    if (store.detailId === null) focus.list();
    else focus.detail();
  }

  /** The item of the open form, if its key may still be used on it. */
  function takeFormItem(title: string, key: 'edit' | 'withdraw'): string | null {
    const intentId = store.form?.intentId;
    return intentId !== undefined && keys.take(title, key)?.intentId === intentId ? intentId : null;
  }

  async function commitWithdraw(reason: WithdrawReason): Promise<void> {
    const intentId = takeFormItem('Withdraw', 'withdraw');
    if (intentId === null) return;
    if (!keys.settle(intentId, 'Withdraw', await store.withdraw(intentId, reason))) return;
    await closeForm();
    keys.say(intentId);
  }

  async function commitEdit(comment: string): Promise<void> {
    const intentId = takeFormItem('Edit', 'edit');
    if (intentId === null) return;
    if (!keys.settle(intentId, 'Edit', await store.edit(intentId, comment))) return;
    await closeForm();
    keys.say(store.selectedId ?? '', 'Comment saved. ');
  }

  return {
    edit: () => openForm('edit', keys.take('Edit', 'edit')),
    withdraw: () => openForm('withdraw', keys.take('Withdraw', 'withdraw')),
    closeForm,
    commitWithdraw,
    commitEdit,
  };
}
