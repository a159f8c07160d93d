/** What a clerk types to jump in the slots: `14/2`, `14/2/27 pm`, `+3w`, `tue am`, `tomorrow`. */
import { addDays, isCalendarDate } from '../../../src-main/contract/london-time.ts';
import type { DayPart } from './slot-filters.ts';
import { partOfDay } from './slot-filters.ts';
import { findSlot, firstDayFrom, type IndexedSlot, type SlotIndex } from './slot-index.ts';

/** A date to go to, or the next weekday or half day after the focused slot. */
export type JumpTarget =
  | { readonly kind: 'date'; readonly date: string; readonly part: DayPart | null }
  | { readonly kind: 'next'; readonly weekday: number | null; readonly part: DayPart | null };

export type JumpFault = 'not-understood' | 'no-such-date' | 'in-the-past' | 'too-far';

export type ParsedJump =
  { readonly ok: true; readonly target: JumpTarget } | { readonly ok: false; readonly fault: JumpFault };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const LONG_WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const FURTHEST_DAYS = 731;

const understood = (target: JumpTarget): ParsedJump => ({ ok: true, target });
const misunderstood = (fault: JumpFault): ParsedJump => ({ ok: false, fault });

/** Reads what was typed; `today` is London's date. A day and month without a year is the next such day. */
export function parseJump(text: string, today: string): ParsedJump {
  const typed = text.trim().toLowerCase();
  const [, body = typed, half] = /^(.*?)\s*(am|pm)$/.exec(typed) ?? [];
  const part = half === 'am' || half === 'pm' ? half : null;
  if (body === '')
    return part === null
      ? misunderstood('not-understood')
      : understood({ kind: 'next', weekday: null, part });
  if (body === 'today') return understood({ kind: 'date', date: today, part });
  if (body === 'tomorrow') return understood({ kind: 'date', date: addDays(today, 1), part });
  return (
    parseWeekday(body, part) ??
    parseDistance(body, today, part) ??
    parseDate(body, today, part) ??
    misunderstood('not-understood')
  );
}

function parseWeekday(body: string, part: DayPart | null): ParsedJump | null {
  const at = LONG_WEEKDAYS.findIndex((name, i) => name === body || WEEKDAYS[i] === body);
  return at === -1 ? null : understood({ kind: 'next', weekday: at + 1, part });
}

function parseDistance(body: string, today: string, part: DayPart | null): ParsedJump | null {
  const match = /^\+\s*(\d{1,4})\s*(d|w)(?:ays?|eeks?)?$/.exec(body);
  if (match === null) return null;
  const days = Number(match[1]) * (match[2] === 'w' ? 7 : 1);
  return days > FURTHEST_DAYS
    ? misunderstood('too-far')
    : understood({ kind: 'date', date: addDays(today, days), part });
}

function parseDate(body: string, today: string, part: DayPart | null): ParsedJump | null {
  const match = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(body);
  if (match === null) return null;
  const [, dayText = '', monthText = '', yearText] = match;
  const dateIn = (year: number) => `${year}-${monthText.padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  if (yearText !== undefined) {
    const date = dateIn(yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText));
    return checkDate(date, today, part);
  }
  const thisYear = Number(today.slice(0, 4));
  // 29 February may be up to eight years away.
  const years = Array.from({ length: 9 }, (_, i) => thisYear + i);
  const date = years.map(dateIn).find((candidate) => isCalendarDate(candidate) && candidate >= today);
  return date === undefined ? misunderstood('no-such-date') : checkDate(date, today, part);
}

function checkDate(date: string, today: string, part: DayPart | null): ParsedJump {
  if (!isCalendarDate(date)) return misunderstood('no-such-date');
  if (date < today) return misunderstood('in-the-past');
  return date > addDays(today, FURTHEST_DAYS)
    ? misunderstood('too-far')
    : understood({ kind: 'date', date, part });
}

/** The slot that a jump leads to, or null when the loaded slots hold none. */
export function findJumpSlot(
  index: SlotIndex,
  target: JumpTarget,
  focusedId: string | null,
): IndexedSlot | null {
  const focused = findSlot(index, focusedId);
  const fits = (slot: IndexedSlot) => target.part === null || partOfDay(slot) === target.part;
  if (target.kind === 'date') return firstSlotWhere(index, firstDayFrom(index, target.date), fits);
  const startsAt = focused === null ? 0 : (index.positions.get(focused.slotId)?.dayIndex ?? 0);
  const isOtherDay = (slot: IndexedSlot) => target.weekday === null || slot.weekday === target.weekday;
  const isLater = (slot: IndexedSlot) => focused === null || slot.startMs > focused.startMs;
  // A weekday without a half means the next such day, not a later time of the focused one.
  const isMeant = (slot: IndexedSlot) => target.part !== null || slot.day !== focused?.day;
  return firstSlotWhere(
    index,
    startsAt,
    (slot) => isOtherDay(slot) && isLater(slot) && isMeant(slot) && fits(slot),
  );
}

function firstSlotWhere(
  index: SlotIndex,
  fromDay: number,
  fits: (slot: IndexedSlot) => boolean,
): IndexedSlot | null {
  for (let at = fromDay; at < index.days.length; at++) {
    const slot = index.days[at]?.slots.find(fits);
    if (slot !== undefined) return slot;
  }
  return null;
}
