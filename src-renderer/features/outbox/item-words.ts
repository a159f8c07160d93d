/** The times of an item in words: how old it is, what comes next, and until when it may still happen. */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import {
  formatClock,
  formatStaffDateTime,
  formatTime,
  londonDate,
  londonParts,
  parseInstant,
} from '../../../src-main/contract/london-time.ts';
import { agoWords } from '../referral/age-words.ts';
import { actionWords } from './outbox-actions.ts';
import { stateWords } from './outbox-states.ts';

/** True when an instant lies on the London day of now; without a time of main, nothing is today. */
function isToday(iso: string, nowMs: number): boolean {
  return nowMs > 0 && londonParts(iso).date === londonDate(Math.round(nowMs));
}

/** `10:31`, or with the date where that is another day. */
export function timeWords(iso: string, nowMs: number): string {
  return isToday(iso, nowMs) ? formatTime(iso) : formatStaffDateTime(iso);
}

/** `3 minutes ago`; of another day no more than its date, which stands beside it. */
export function ageWords(iso: string, nowMs: number): string {
  return isToday(iso, nowMs) ? agoWords(iso, nowMs) : '';
}

/** `may still be booked until 14:32`, while that is so (safety.md step 7). */
export function mayHappenWords(
  { action, mayHappenUntil }: Pick<OutboxItem, 'action' | 'mayHappenUntil'>,
  nowMs: number,
): string {
  if (mayHappenUntil === null || (parseInstant(mayHappenUntil) ?? 0) <= nowMs) return '';
  return `may still be ${actionWords(action).participle} until ${timeWords(mayHappenUntil, nowMs)}`;
}

/** `next try 10:42:30`; where it went out already, nothing is tried and only looked at again. */
export function nextCheckWords(item: Pick<OutboxItem, 'state' | 'nextCheckAt'>, nowMs: number): string {
  const { state, nextCheckAt } = item;
  if (nextCheckAt === null) return '';
  const isRead = state === 'unknown' || state === 'confirming';
  const when = isToday(nextCheckAt, nowMs) ? formatClock(nextCheckAt) : formatStaffDateTime(nextCheckAt);
  return `${isRead ? 'read back at' : 'next try'} ${when}`;
}

/** `waits behind “Book” of 10:31` for a later item of a referral whose earlier one is not settled. */
export function behindWords(
  item: Pick<OutboxItem, 'behind'>,
  earlier: Pick<OutboxItem, 'action' | 'createdAt' | 'state' | 'code'> | null,
  nowMs: number,
): string {
  if (item.behind === null) return '';
  if (earlier === null) return 'waits behind an earlier action on this referral';
  const { title } = actionWords(earlier.action);
  return `waits behind “${title}” of ${timeWords(earlier.createdAt, nowMs)} (${stateWords(earlier).label})`;
}

/** Everything about what comes next, for one line; empty when nothing is planned. */
export function nextWords(item: OutboxItem, earlier: OutboxItem | null, nowMs: number): string {
  const parts = [behindWords(item, earlier, nowMs), nextCheckWords(item, nowMs), mayHappenWords(item, nowMs)];
  return parts.filter((part) => part !== '').join('; ');
}
