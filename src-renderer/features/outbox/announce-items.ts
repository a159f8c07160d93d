import { watch } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { isOutboxOpen } from '../../app/panels.ts';
import { announce, statusMessage } from '../../app/status-line.ts';
import { currentScreen } from '../../keyboard/scopes.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { actionWords, isUnproven, standingWords } from './outbox-actions.ts';
import { useOutboxItemsStore, type ItemChange } from './outbox-items.store.ts';
import { isFinished, needsClerk, stateWords } from './outbox-states.ts';
import { useOutboxStore } from './outbox.store.ts';

/** The screens around which the right pane says what becomes of the referral's own actions (ReferralFrame). */
const TELL_THEIR_OWN = ['referral', 'slots', 'letter', 'letter-set', 'attachment'];

/** What an item has come to, without its patient: the status line names none. */
export function changeWords(item: OutboxItem): string {
  const place = item.serviceName === '' ? '' : ` at ${item.serviceName}`;
  return `${actionWords(item.action).title}${place}: ${stateWords(item).label}. ${standingWords(item)}.`;
}

/** The item that the status line spoke of last, and in which message. */
let lastSaid = { intentId: '', serial: -1 };

/** Says where an item stands now. */
export function sayItem(item: OutboxItem, before = '', after = ''): void {
  announce(`${before}${changeWords(item)}${after}`);
  lastSaid = { intentId: item.intentId, serial: statusMessage.value.serial };
}

/** True while the status line still shows what was said of this item. */
const isOnShow = ({ intentId }: OutboxItem) =>
  lastSaid.intentId === intentId && lastSaid.serial === statusMessage.value.serial;

/** Not known, and not merely on its way: somebody is worried about it. */
const isInDoubt = (item: OutboxItem) =>
  item.state === 'unknown' || (needsClerk(item.state) && isUnproven(item));

/**
 * Has a change of state read out politely (WCAG 4.1.3). While many go out at once, and on other screens, only what
 * needs the clerk or is not known is said, and what then became of the latter; the screen of the referral itself says
 * its own. Nothing that was said of an item stays on show once it is no longer true (hazard 2).
 */
export function useAnnounceItems(): void {
  const items = useOutboxItemsStore();
  const outbox = useOutboxStore();
  const referral = useReferralStore();
  /** Items that were in doubt in this sitting, until they are finished. */
  const inDoubt = new Set<string>();

  const isTelling = ({ ubrn }: OutboxItem) =>
    ubrn === referral.ubrn && TELL_THEIR_OWN.includes(currentScreen());

  function isWorthSaying({ before, item }: ItemChange, wasInDoubt: boolean): boolean {
    if (before === null || before.state === item.state) return false;
    if (isOnShow(item) && standingWords(before) !== standingWords(item)) return true;
    const matters = needsClerk(item.state) || item.state === 'unknown' || item.state === 'refused';
    const isWorth = matters || (wasInDoubt && isFinished(item.state));
    if (outbox.summary?.drain) return isWorth;
    if (isOutboxOpen.value) return true;
    return isWorth && !isTelling(item);
  }

  /** Whether the item was in doubt until now; remembered until it is finished. */
  function followDoubt({ before, item }: ItemChange): boolean {
    const wasInDoubt = inDoubt.has(item.intentId) || (before !== null && isInDoubt(before));
    if (isFinished(item.state)) inDoubt.delete(item.intentId);
    else if (wasInDoubt || isInDoubt(item)) inDoubt.add(item.intentId);
    return wasInDoubt;
  }

  watch(
    () => items.lastChange,
    (change) => {
      // The person has left, or their work is another role's.
      if (change === null) return inDoubt.clear();
      if (isWorthSaying(change, followDoubt(change)))
        sayItem(change.item, '', isOutboxOpen.value ? '' : ' F12 shows it.');
    },
    { flush: 'sync' },
  );
}
