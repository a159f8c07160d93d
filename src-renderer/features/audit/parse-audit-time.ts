/** A day, or a day and a time, of the past as a person types it: `today`, `yesterday`, `23/11`, `23/11/2026 14:30`. */
import {
  addDays,
  fromLondon,
  isCalendarDate,
  londonDate,
  toIso,
} from '../../../src-main/contract/london-time.ts';

export type ParsedTime =
  { readonly ok: true; readonly at: string | null } | { readonly ok: false; readonly reason: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const REASON =
  'Type a day such as today, yesterday, 23/11/2026 or 23-Nov-2026, with a time behind it if you like: 23/11 14:30';

const pad = (value: number) => String(value).padStart(2, '0');

/** A day without a year is the last such day. */
function dateOf(text: string, today: string): string | null {
  if (text === 'today') return today;
  if (text === 'yesterday') return addDays(today, -1);
  if (isCalendarDate(text)) return text;
  const [, day = '', month = '', year] =
    /^(\d{1,2})[/.-](\d{1,2}|[a-z]{3})(?:[/.-](\d{4}))?$/.exec(text) ?? [];
  const number = MONTHS.includes(month) ? MONTHS.indexOf(month) + 1 : Number(month);
  const inYear = (of: number) => `${of}-${pad(number)}-${pad(Number(day))}`;
  if (year !== undefined) return isCalendarDate(inYear(Number(year))) ? inYear(Number(year)) : null;
  const thisYear = Number(today.slice(0, 4));
  const found = [inYear(thisYear), inYear(thisYear - 1)].find(
    (date) => isCalendarDate(date) && date <= today,
  );
  return found ?? null;
}

/** London's time as it was typed, in UTC. Nothing typed is no bound; an end without a time is the end of its day. */
export function parseAuditTime(text: string, which: 'from' | 'to', nowMs: number): ParsedTime {
  const typed = text.trim().toLowerCase();
  if (typed === '') return { ok: true, at: null };
  const [, dayText = '', hour, minute] = /^(\S+?)(?:\s+(\d{1,2})[:.](\d{2}))?$/.exec(typed) ?? [];
  const date = dateOf(dayText, londonDate(Math.round(nowMs)));
  const [h, m] = [Number(hour ?? 0), Number(minute ?? 0)];
  if (date === null || h > 23 || m > 59) return { ok: false, reason: REASON };
  const day = hour === undefined && which === 'to' ? addDays(date, 1) : date;
  return { ok: true, at: toIso(fromLondon(day, h, m)) };
}
