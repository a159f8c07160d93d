import { useRouter } from 'vue-router';
import { openReferral } from '../../app/open-referral.ts';
import { announce } from '../../app/status-line.ts';
import { useSessionStore } from '../session/session.store.ts';
import type { OutboxFocus } from './outbox-deeds.ts';
import { useOutboxItemsStore } from './outbox-items.store.ts';
import type { ItemKeys } from './use-item-keys.ts';

/** Enter, and the Ctrl+Enter after it: an item is looked at beside what e-RS holds now before it is sent again. */
export function useItemReview(keys: ItemKeys, focus: OutboxFocus) {
  const store = useOutboxItemsStore();
  const session = useSessionStore();
  const router = useRouter();

  async function open(): Promise<void> {
    const item = store.selected;
    if (item === null) return announce('Open: choose an action first with the arrow keys.', 'refused');
    keys.clear();
    focus.detail();
    await store.openDetail(item.intentId);
  }

  function closeDetail(): void {
    store.closeDetail();
    focus.list();
  }

  /** Opens the referral: its new review is the way to do it again. */
  async function redo(): Promise<void> {
    const item = keys.take('Open the referral', 'redo');
    if (item === null || item.ubrn === null) return;
    if (session.role?.canOpen !== true) {
      return announce(
        'Open the referral: your role cannot open referrals. Alt+R changes the role.',
        'refused',
      );
    }
    await openReferral(router, item.ubrn);
  }

  /** True, or why Ctrl+Enter does nothing now: what was not looked at is never sent again. */
  function mayConfirm(): true | string {
    const answer = keys.gate('confirm');
    if (answer !== true) return answer;
    if (store.busyId !== null) return 'it is on its way.';
    if (store.detailId !== store.selectedId)
      return 'press Enter first and look at it beside what e-RS holds now.';
    return store.detail !== null || 'it is not on show yet: look at it first. F5 reads it.';
  }

  async function confirm(): Promise<void> {
    const answer = mayConfirm();
    const item = store.selected;
    if (answer !== true || item === null) return announce(`Send: ${answer}`, 'refused');
    const { intentId } = item;
    if (keys.settle(intentId, 'Send', await store.confirm(intentId))) keys.say(intentId);
  }

  return { open, closeDetail, redo, mayConfirm, confirm };
}
