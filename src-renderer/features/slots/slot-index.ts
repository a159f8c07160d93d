/** Free slots by London day: built once per page that arrives, so that a key press only looks things up. */
import {
  isClockChangeWeek,
  londonParts,
  parseInstant,
  weekStart,
} from '../../../src-main/contract/london-time.ts';
import type { Slot } from '../../../src-main/contract/channels/slots.ts';

/** A slot with everything that the screen shows of its time, worked out once. */
export interface IndexedSlot {
  readonly slotId: string;
  readonly slot: Slot;
  readonly startMs: number;
  /** `yyyy-mm-dd` in London. */
  readonly day: string;
  /** `14:30` in London. */
  readonly time: string;
  /** `GMT` or `BST`, shown in the weeks of the clock changes only (hazard 5). */
  readonly zone: string;
  readonly minuteOfDay: number;
  /** 1 = Monday … 7 = Sunday */
  readonly weekday: number;
}

export interface SlotDay {
  readonly day: string;
  /** The Monday of its week, `yyyy-mm-dd`. */
  readonly week: string;
  readonly weekday: number;
  readonly slots: readonly IndexedSlot[];
}

export interface SlotPosition {
  readonly dayIndex: number;
  readonly slotIndex: number;
}

export interface SlotIndex {
  /** Earliest first. */
  readonly slots: readonly IndexedSlot[];
  readonly days: readonly SlotDay[];
  readonly positions: ReadonlyMap<string, SlotPosition>;
}

export const EMPTY_SLOT_INDEX: SlotIndex = { slots: [], days: [], positions: new Map() };

const pad = (value: number) => String(value).padStart(2, '0');

/** A slot with its London day and time; null when its start is no instant. */
export function indexSlot(slot: Slot): IndexedSlot | null {
  const startMs = parseInstant(slot.start);
  if (startMs === null) return null;
  const { date, hour, minute, weekday, zone } = londonParts(slot.start);
  const time = `${pad(hour)}:${pad(minute)}`;
  return {
    slotId: slot.slotId,
    slot,
    startMs,
    day: date,
    time,
    zone,
    minuteOfDay: hour * 60 + minute,
    weekday,
  };
}

function compareSlots(a: IndexedSlot, b: IndexedSlot): number {
  const byClinician = () => (a.slot.clinicianId ?? '').localeCompare(b.slot.clinicianId ?? '');
  return a.startMs - b.startMs || byClinician() || a.slotId.localeCompare(b.slotId);
}

/** An index of slots in any order; those with an id already seen are left out (pages may repeat slots). */
export function buildSlotIndex(slots: readonly IndexedSlot[]): SlotIndex {
  const byId = new Map<string, IndexedSlot>();
  for (const slot of slots) if (!byId.has(slot.slotId)) byId.set(slot.slotId, slot);
  return groupByDay([...byId.values()].sort(compareSlots));
}

/** The index with the slots of one more page. */
export function addPageToIndex(index: SlotIndex, page: readonly Slot[]): SlotIndex {
  const fresh = page.map(indexSlot).filter((slot) => slot !== null);
  return fresh.length === 0 ? index : buildSlotIndex([...index.slots, ...fresh]);
}

/** The index without one slot: it was taken meanwhile. */
export function removeFromIndex(index: SlotIndex, slotId: string): SlotIndex {
  return index.positions.has(slotId)
    ? groupByDay(index.slots.filter((slot) => slot.slotId !== slotId))
    : index;
}

/** The index of the slots that pass. */
export function filterIndex(index: SlotIndex, passes: (slot: IndexedSlot) => boolean): SlotIndex {
  return groupByDay(index.slots.filter(passes));
}

function groupByDay(sorted: readonly IndexedSlot[]): SlotIndex {
  const days: { day: string; week: string; weekday: number; slots: IndexedSlot[] }[] = [];
  const positions = new Map<string, SlotPosition>();
  for (const slot of sorted) {
    let last = days.at(-1);
    if (last?.day !== slot.day) {
      last = { day: slot.day, week: weekStart(slot.day), weekday: slot.weekday, slots: [] };
      days.push(last);
    }
    positions.set(slot.slotId, { dayIndex: days.length - 1, slotIndex: last.slots.length });
    last.slots.push(slot);
  }
  return { slots: sorted, days, positions };
}

/** The slot of an id, or null when it is not in the index. */
export function findSlot(index: SlotIndex, slotId: string | null): IndexedSlot | null {
  const at = slotId === null ? undefined : index.positions.get(slotId);
  return at === undefined ? null : (index.days[at.dayIndex]?.slots[at.slotIndex] ?? null);
}

/** Index of the first day on or after a date; the number of days when there is none. */
export function firstDayFrom(index: SlotIndex, date: string): number {
  let [low, high] = [0, index.days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.days[middle]?.day ?? '') < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next slots after an instant, earliest first: what to offer when a slot has gone. */
export function nextSlotsAfter(index: SlotIndex, startMs: number, count: number): readonly IndexedSlot[] {
  return index.slots.filter((slot) => slot.startMs >= startMs).slice(0, count);
}

const zoneShownInWeek = new Map<string, boolean>();

/** `14:30`, or `14:30 BST` in a week in which the clocks change. */
export function slotTimeText(slot: IndexedSlot): string {
  let isShown = zoneShownInWeek.get(slot.day);
  if (isShown === undefined) zoneShownInWeek.set(slot.day, (isShown = isClockChangeWeek(slot.day)));
  return isShown ? `${slot.time} ${slot.zone}` : slot.time;
}
