/** The week grid as rows of times and seven columns of days. */
import { addDays } from '../../../src-main/contract/london-time.ts';
import { firstDayFrom, type IndexedSlot, type SlotIndex } from './slot-index.ts';

export interface WeekRow {
  /** `14:30` in London. */
  readonly time: string;
  /** Monday to Sunday; a time may hold slots of several clinicians. */
  readonly cells: readonly (readonly IndexedSlot[])[];
}

export interface WeekTable {
  readonly monday: string;
  readonly days: readonly string[];
  readonly rows: readonly WeekRow[];
  readonly count: number;
}

const NO_SLOTS: readonly IndexedSlot[] = [];

/** The slots of one week, aligned by London time. */
export function buildWeekTable(index: SlotIndex, monday: string): WeekTable {
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i));
  const byTime = new Map<string, IndexedSlot[][]>();
  let count = 0;
  for (let at = firstDayFrom(index, monday); index.days[at]?.week === monday; at++) {
    const day = index.days[at];
    if (day === undefined) break;
    for (const slot of day.slots) {
      let cells = byTime.get(slot.time);
      if (cells === undefined) byTime.set(slot.time, (cells = days.map(() => [])));
      cells[day.weekday - 1]?.push(slot);
      count++;
    }
  }
  const times = [...byTime.keys()].sort();
  const rows = times.map((time) => ({ time, cells: byTime.get(time) ?? days.map(() => NO_SLOTS) }));
  return { monday, days, rows, count };
}
