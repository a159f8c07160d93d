import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { londonParts } from '../../../src-main/contract/london-time.ts';
import { isFinished } from './outbox-states.ts';

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Open items, urgent first, then in the order in which they were made; an item keeps its place while it is open. */
function compareOpen(a: OutboxItem, b: OutboxItem): number {
  return (
    Number(b.isUrgent) - Number(a.isUrgent) ||
    compare(a.createdAt, b.createdAt) ||
    compare(a.intentId, b.intentId)
  );
}

const compareFinished = (a: OutboxItem, b: OutboxItem) =>
  compare(b.updatedAt, a.updatedAt) || compare(a.intentId, b.intentId);

/** The list as the clerk sees it: what is open, then what was finished on this London day, the latest first. */
export function sortItems(items: Iterable<OutboxItem>, today: string): readonly OutboxItem[] {
  const all = [...items];
  const open = all.filter(({ state }) => !isFinished(state)).sort(compareOpen);
  const finished = all
    .filter(({ state, updatedAt }) => isFinished(state) && londonParts(updatedAt).date >= today)
    .sort(compareFinished);
  return [...open, ...finished];
}
