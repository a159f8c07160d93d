/** When somebody is to be rung back, as a clerk types it: `14:30`, `tomorrow 9`, `tue 10:15`, `24/11 14:30`, `+2d`. */
import {
  addDays,
  formatStaffDay,
  fromLondon,
  londonDate,
  toIso,
  weekStart,
} from '../../../src-main/contract/london-time.ts';
import { parseJump, type JumpTarget } from '../slots/jump-parser.ts';

export type ParsedWhen =
  | { readonly ok: true; /** Null: no time of its own. */ readonly dueAt: string | null }
  | { readonly ok: false; readonly reason: string };

/** A day without an hour is meant from the start of the working day. */
const MORNING = { hour: 9, minute: 0 };
const NOT_UNDERSTOOD =
  'Type a time such as 14:30, or a day and a time such as “tomorrow 9:00”, “tue 10:15” or “24/11 14:30”.';

const refused = (reason: string): ParsedWhen => ({ ok: false, reason });

function timeOf(text: string): { hour: number; minute: number } | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/.exec(text);
  if (match === null) return null;
  const [, hourText, minuteText = '00', half] = match;
  const typed = Number(hourText);
  if (half !== undefined && (typed < 1 || typed > 12)) return null;
  const hour = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(minuteText);
  return hour > 23 || minute > 59 ? null : { hour, minute };
}

function dateOf(target: JumpTarget, today: string): string | null {
  if (target.kind === 'date') return target.date;
  if (target.weekday === null) return null;
  const inThisWeek = addDays(weekStart(today), target.weekday - 1);
  return inThisWeek > today ? inThisWeek : addDays(inThisWeek, 7);
}

/** Reads what was typed against London's clock; nothing typed means no time of its own. */
export function parseWhen(text: string, nowMs: number): ParsedWhen {
  const typed = text.trim().toLowerCase();
  if (typed === '') return { ok: true, dueAt: null };
  const today = londonDate(Math.round(nowMs));
  const [, dayText = '', timeText = ''] =
    /^(?:(.*?)\s+)?(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)$/.exec(typed) ?? [];
  const time = timeOf(timeText);
  if (time !== null && dayText === '') return later(today, time, nowMs);
  const jump = parseJump(time === null ? typed : dayText, today);
  const date = jump.ok ? dateOf(jump.target, today) : null;
  if (date === null) return refused(NOT_UNDERSTOOD);
  return later(date, time ?? MORNING, nowMs);
}

function later(date: string, { hour, minute }: { hour: number; minute: number }, nowMs: number): ParsedWhen {
  const ms = fromLondon(date, hour, minute);
  if (ms <= nowMs) {
    const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    return refused(`${formatStaffDay(date)} ${time} is past. ${NOT_UNDERSTOOD}`);
  }
  return { ok: true, dueAt: toIso(ms) };
}
