/** Words of the slots screen. An error is never worded as "no slots" (hazard 9). */
import {
  formatClock,
  formatDayForPatient,
  formatForPatient,
  formatStaffDateTime,
  formatStaffDay,
  formatTime,
} from '../../../src-main/contract/london-time.ts';
import { NO_CLINICIAN, type SlotFilters } from './slot-filters.ts';
import type { JumpFault } from './jump-parser.ts';
import type { MoveResult } from './slot-navigation.ts';
import { slotTimeText, type IndexedSlot } from './slot-index.ts';

export const UNUSUAL_TIME = "Unusual time: check the service's instructions";

/** `1-3, 5`: page numbers as ranges. */
export function pageRanges(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && page === last[1] + 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

export interface Coverage {
  readonly loaded: number;
  readonly total: number;
  readonly pages: readonly number[];
  readonly hasMore: boolean;
  readonly unreadable: number;
  readonly readAt: string;
  /** True when e-RS could not be reached: these slots were free at `readAt`, nobody holds them. */
  readonly isRemembered: boolean;
}

/** What every remembered slot is: shown and spoken wherever one stands (hazard 4). */
export function lastSeenWords(readAt: string): string {
  return `last seen free at ${formatTime(readAt)}, not held: only a wish`;
}

/** `87 of 212 free slots, pages 1-3, read 10:42:10`. */
export function coverageWords(coverage: Coverage): string {
  if (coverage.isRemembered) {
    const slots = coverage.loaded === 1 ? '1 slot' : `${coverage.loaded} slots`;
    return `${slots}, ${lastSeenWords(coverage.readAt)}`;
  }
  const pages = coverage.pages.length === 1 ? 'page' : 'pages';
  return `${coverage.loaded} of ${coverage.total} free slots, ${pages} ${pageRanges(coverage.pages)}, read ${formatClock(coverage.readAt)}`;
}

/** What the clerk must know of the slots that are not on the screen; empty when all are. */
export function missingWords(coverage: Coverage): string {
  const words: string[] = [];
  if (coverage.hasMore) words.push('Later pages are not read yet: filters see only these slots.');
  if (coverage.unreadable > 0) {
    const slots = coverage.unreadable === 1 ? '1 slot came' : `${coverage.unreadable} slots came`;
    words.push(`${slots} without a readable time and cannot be offered.`);
  }
  return words.join(' ');
}

/** A remembered search without slots says nothing about now and allows no deferral (hazard 9). */
export function rememberedEmptyWords(serviceName: string, readAt: string): string {
  return `When last read, ${formatStaffDateTime(readAt)}, e-RS had no free slots at ${serviceName}. That says nothing about now.`;
}

/** Why a complete answer held no slot: named service, priority and time of the question. */
export function emptyWords(serviceName: string, priority: string, readAt: string): string {
  return `e-RS has no free slots at ${serviceName} for priority ${priority}, read ${formatClock(readAt)}.`;
}

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why the filters leave nothing on show; never "no slots", for there are some. */
export function filteredWords(filters: SlotFilters, coverage: Coverage): string {
  const clinician =
    filters.clinician === NO_CLINICIAN ? 'no named clinician' : `clinician ${filters.clinician}`;
  const set = [
    ...(filters.part === null ? [] : [filters.part.toUpperCase()]),
    ...(filters.weekdays.length === 0 ? [] : [filters.weekdays.map((day) => DAY_NAMES[day - 1]).join(' ')]),
    ...(filters.clinician === null ? [] : [clinician]),
  ];
  const rest = coverage.hasMore ? ' Later pages are not read yet: Ctrl+F8 reads them all.' : '';
  return `None of the ${coverage.loaded} slots read fits the filters (${set.join(', ')}).${rest}`;
}

/** What is announced when a search has come back. */
export function searchedWords(coverage: Coverage, serviceName: string, first: IndexedSlot | null): string {
  if (coverage.isRemembered) {
    const wishes = first === null ? '' : ` On ${slotStaffWords(first)}.`;
    return `e-RS cannot be reached. ${coverageWords(coverage)} at ${serviceName}.${wishes}`;
  }
  const found = `${coverage.total} free ${coverage.total === 1 ? 'slot' : 'slots'} at ${serviceName}`;
  return first === null ? `${found}.` : `${found}. On ${slotStaffWords(first)}.`;
}

/** `Tue 05-Jan-2027 14:30`, with the zone in a clock-change week. */
export function slotStaffWords(slot: IndexedSlot): string {
  return `${formatStaffDay(slot.day)} ${slotTimeText(slot)}`;
}

const spokenDays = new Map<string, string>();

/** The day in words, worked out once a day and not once a slot: a week on show has hundreds of slots. */
function spokenDay(day: string): string {
  const known = spokenDays.get(day);
  if (known !== undefined) return known;
  const words = formatDayForPatient(day);
  spokenDays.set(day, words);
  return words;
}

/** What a screen reader hears of a slot, in one go. */
export function slotSpokenWords(slot: IndexedSlot, marks: readonly string[]): string {
  const clinician =
    slot.slot.clinicianId === null ? 'no named clinician' : `clinician ${slot.slot.clinicianId}`;
  const unusual = slot.slot.isUnusual ? [UNUSUAL_TIME] : [];
  return [`${spokenDay(slot.day)}, ${slotTimeText(slot)}`, clinician, ...unusual, ...marks].join(', ');
}

/** The sentence to read out to a caller; times that are only remembered are never offered as if they were free. */
export function patientScript(
  slots: readonly IndexedSlot[],
  serviceName: string,
  rememberedAt: string | null = null,
): string {
  const times = slots.map((slot) => formatForPatient(slot.slot.start));
  if (times.length === 0) return '';
  const offer = times.length === 1 ? times[0] : `${times.slice(0, -1).join(', ')} or ${times.at(-1)}`;
  if (rememberedAt !== null) {
    const question =
      times.length === 1 ? 'Would that suit you?' : 'Which would you like best, and which would also do?';
    return `I cannot book just now: our line to the booking system is down. At ${serviceName} I can ask for ${offer}. Nothing is booked until we ring you. ${question}`;
  }
  return `At ${serviceName} I can offer ${offer}. Which would suit you?`;
}

/** `14:30 to 14:45` in London. */
export function slotSpan(slot: IndexedSlot): string {
  return `${slotTimeText(slot)} to ${formatTime(slot.slot.end)}`;
}

export function jumpFaultWords(fault: JumpFault): string {
  switch (fault) {
    case 'not-understood':
      return 'Type a day such as 14/2, a distance such as +3w or +10d, or a weekday such as tue am.';
    case 'no-such-date':
      return 'There is no such date.';
    case 'in-the-past':
      return 'That date is in the past.';
    case 'too-far':
      return 'That is more than two years ahead.';
  }
}

/** Why an arrow did not move; a key never fails silently. */
export function edgeWords(result: Extract<MoveResult, { kind: 'edge' }>, hasMore: boolean): string {
  switch (result.edge) {
    case 'first-of-day':
      return 'This is the first free time of the day. Left arrow goes to the day before.';
    case 'last-of-day':
      return 'This is the last free time of the day. Right arrow goes to the next day.';
    case 'first-day':
      return 'There is no earlier free slot.';
    case 'last-day':
      return hasMore
        ? 'No later slot has been read yet.'
        : 'There is no later free slot that fits the filters.';
  }
}
