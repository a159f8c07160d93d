/** The one arrow model of list and week grid: left and right move between days, up and down within a day. */
import { addDays } from '../../../src-main/contract/london-time.ts';
import type { SlotDay, SlotIndex, SlotPosition } from './slot-index.ts';

export const MOVES = {
  ArrowUp: 'earlier',
  ArrowDown: 'later',
  ArrowLeft: 'previous-day',
  ArrowRight: 'next-day',
  Home: 'first-of-day',
  End: 'last-of-day',
  PageUp: 'previous-week',
  PageDown: 'next-week',
} as const;

export type Move = (typeof MOVES)[keyof typeof MOVES] | 'first-free';

/** Where a move leads; at an edge nothing moves and `edge` says which one it was. */
export type MoveResult =
  | { readonly kind: 'to'; readonly slotId: string }
  | { readonly kind: 'edge'; readonly edge: 'first-of-day' | 'last-of-day' | 'first-day' | 'last-day' };

/** The move of a key on the grid, or null when the key is not one. */
export function moveOfKey(key: string, isCtrl: boolean): Move | null {
  if (isCtrl) return key === 'Home' ? 'first-free' : null;
  return (MOVES as Readonly<Record<string, Move>>)[key] ?? null;
}

/**
 * Moves the focus. `minute` is the time of day to keep while going from day to day.
 * A slot that is not in the index any more (filtered, taken) counts as the first free one.
 */
export function moveFocus(index: SlotIndex, slotId: string | null, move: Move, minute: number): MoveResult {
  const at = slotId === null ? undefined : index.positions.get(slotId);
  if (at === undefined || move === 'first-free') return toSlot(index.days[0], 0, 'first-day');
  const day = index.days[at.dayIndex];
  if (day === undefined) return { kind: 'edge', edge: 'first-day' };
  switch (move) {
    case 'earlier':
      return toSlot(day, at.slotIndex - 1, 'first-of-day');
    case 'later':
      return toSlot(day, at.slotIndex + 1, 'last-of-day');
    case 'first-of-day':
      return toSlot(day, 0, 'first-of-day');
    case 'last-of-day':
      return toSlot(day, day.slots.length - 1, 'last-of-day');
    case 'previous-day':
      return toNearest(index.days[at.dayIndex - 1], minute, 'first-day');
    case 'next-day':
      return toNearest(index.days[at.dayIndex + 1], minute, 'last-day');
    case 'previous-week':
    case 'next-week':
      return moveWeek(index, at, day, move, minute);
  }
}

function toSlot(
  day: SlotDay | undefined,
  slotIndex: number,
  edge: 'first-of-day' | 'last-of-day' | 'first-day',
): MoveResult {
  const slot = day?.slots[slotIndex];
  return slot === undefined ? { kind: 'edge', edge } : { kind: 'to', slotId: slot.slotId };
}

function toNearest(day: SlotDay | undefined, minute: number, edge: 'first-day' | 'last-day'): MoveResult {
  if (day === undefined) return { kind: 'edge', edge };
  let best = day.slots[0];
  for (const slot of day.slots) {
    if (best === undefined || Math.abs(slot.minuteOfDay - minute) < Math.abs(best.minuteOfDay - minute))
      best = slot;
  }
  return best === undefined ? { kind: 'edge', edge } : { kind: 'to', slotId: best.slotId };
}

/** The first or last day of all, when the focus is not on it already. */
function outermostOther(index: SlotIndex, at: SlotPosition, step: 1 | -1): SlotDay | undefined {
  const outermost = step === 1 ? index.days.length - 1 : 0;
  return at.dayIndex === outermost ? undefined : index.days[outermost];
}

/** To the next or previous week that has slots, on the weekday nearest; without one, to the last or first day. */
function moveWeek(
  index: SlotIndex,
  at: SlotPosition,
  from: SlotDay,
  move: 'previous-week' | 'next-week',
  minute: number,
): MoveResult {
  const step = move === 'next-week' ? 1 : -1;
  let dayIndex = at.dayIndex + step;
  while (index.days[dayIndex]?.week === from.week) dayIndex += step;
  const edge = step === 1 ? 'last-day' : 'first-day';
  let best = index.days[dayIndex];
  if (best === undefined) return toNearest(outermostOther(index, at, step), minute, edge);
  const { week } = best;
  for (; index.days[dayIndex]?.week === week; dayIndex += step) {
    const day = index.days[dayIndex] as SlotDay;
    if (Math.abs(day.weekday - from.weekday) < Math.abs(best.weekday - from.weekday)) best = day;
  }
  return toNearest(best, minute, edge);
}

/** The Sunday of the week of a Monday: the last day that the week grid shows. */
export function weekEnd(monday: string): string {
  return addDays(monday, 6);
}
