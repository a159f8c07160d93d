import { watch } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { isOutboxOpen } from '../../app/panels.ts';
import { announce } from '../../app/status-line.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { actionWords, standingWords } from './outbox-actions.ts';
import { useOutboxItemsStore, type ItemChange } from './outbox-items.store.ts';
import { needsClerk, stateWords } from './outbox-states.ts';
import { useOutboxStore } from './outbox.store.ts';

/** What an item has come to, without its patient: the status line names none. */
export function changeWords(item: OutboxItem): string {
  const place = item.serviceName === '' ? '' : ` at ${item.serviceName}`;
  return `${actionWords(item.action).title}${place}: ${stateWords(item).label}. ${standingWords(item)}.`;
}

/**
 * Has a change of state read out politely (WCAG 4.1.3). While many go out at once, and on other screens, only what
 * needs the clerk or is not known is said; the screen of the referral itself says its own.
 */
export function useAnnounceItems(): void {
  const items = useOutboxItemsStore();
  const outbox = useOutboxStore();
  const referral = useReferralStore();

  function isWorthSaying({ before, item }: ItemChange): boolean {
    if (before === null || before.state === item.state) return false;
    const matters = needsClerk(item.state) || item.state === 'unknown' || item.state === 'refused';
    if (outbox.summary?.drain) return matters;
    if (isOutboxOpen.value) return true;
    return matters && item.ubrn !== referral.ubrn;
  }

  watch(
    () => items.lastChange,
    (change) => {
      if (change === null || !isWorthSaying(change)) return;
      announce(`${changeWords(change.item)}${isOutboxOpen.value ? '' : ' F12 shows it.'}`);
    },
    { flush: 'sync' },
  );
}
