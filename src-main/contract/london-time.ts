/**
 * The one module for dates and times: UTC on the wire, Europe/London on screen (screens.md section 0).
 * Instants travel as ISO 8601 texts; nothing else in the product makes a `Date`.
 */
import { Temporal } from 'temporal-polyfill';

const LONDON = 'Europe/London';
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const LONG_WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The clock parts of an instant as London reads them. */
export interface LondonParts {
  /** `yyyy-mm-dd` */
  readonly date: string;
  readonly hour: number;
  readonly minute: number;
  /** 1 = Monday … 7 = Sunday */
  readonly weekday: number;
  /** `GMT` or `BST` */
  readonly zone: 'GMT' | 'BST';
}

/** The form that nearly every instant of the wire has, on a day that every month has: no calendar rule is needed. */
const PLAIN_INSTANT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{3})?Z$/;

/** Milliseconds since the epoch of an ISO instant with a zone; null when the text is none. */
export function parseInstant(text: string): number | null {
  // A page has two hundred instants, and the full parser takes ten times as long.
  if (PLAIN_INSTANT.test(text)) return Date.parse(text);
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** The ISO text (UTC, milliseconds) of an instant; parts of a millisecond, as monotonic clocks give, are cut off. */
export function toIso(epochMs: number): string {
  return new Date(Math.trunc(epochMs)).toISOString();
}

/** `Mon, 23 Nov 2026 10:42:10 GMT`, the form of the HTTP header `Date` (RFC 9110). */
export function toHttpDate(epochMs: number): string {
  return new Date(Math.trunc(epochMs)).toUTCString();
}

const HTTP_DATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** Milliseconds since the epoch of the header `Date`; null when the text is none. */
export function parseHttpDate(text: string): number | null {
  const [, day, name, year, hour, minute, second] = HTTP_DATE.exec(text.trim()) ?? [];
  const month = MONTHS.findIndex((one) => one === name) + 1;
  return month === 0 ? null : parseInstant(`${year}-${pad(month)}-${day}T${hour}:${minute}:${second}Z`);
}

/** True when two ISO texts name the same instant, however each is written (contract.md section 4.3). */
export function isSameInstant(a: string, b: string): boolean {
  const [first, second] = [parseInstant(a), parseInstant(b)];
  return first !== null && first === second;
}

function zoned(iso: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(LONDON);
}

const pad = (value: number) => String(value).padStart(2, '0');

/** What London's clocks show at an instant. */
export function londonParts(iso: string): LondonParts {
  const at = zoned(iso);
  return {
    date: at.toPlainDate().toString(),
    hour: at.hour,
    minute: at.minute,
    weekday: at.dayOfWeek,
    zone: at.offsetNanoseconds === 0 ? 'GMT' : 'BST',
  };
}

/** `Tue 05-Jan-2027`, the form of staff screens, from `yyyy-mm-dd`. */
export function formatStaffDay(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${WEEKDAYS[day.dayOfWeek - 1]} ${pad(day.day)}-${MONTHS[day.month - 1]}-${day.year}`;
}

/** `05-Jan-2027` from `yyyy-mm-dd`: dates of birth and other days without a weekday. */
export function formatStaffDate(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${pad(day.day)}-${MONTHS[day.month - 1]}-${day.year}`;
}

/** `14:30` in London. */
export function formatTime(iso: string): string {
  const parts = londonParts(iso);
  return `${pad(parts.hour)}:${pad(parts.minute)}`;
}

/** `10:42:10` in London: when something was read. */
export function formatClock(iso: string): string {
  return `${formatTime(iso)}:${pad(zoned(iso).second)}`;
}

/** `Tue 05-Jan-2027 14:30`; in the two weeks of the clock changes with `GMT` or `BST` behind it. */
export function formatStaffDateTime(iso: string): string {
  const zone = isClockChangeWeek(londonParts(iso).date) ? ` ${londonParts(iso).zone}` : '';
  return `${formatStaffDay(londonParts(iso).date)} ${formatTime(iso)}${zone}`;
}

/** `Tuesday 5 January 2027 at 2:30pm`: words for patients. */
export function formatForPatient(iso: string): string {
  const at = zoned(iso);
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12;
  const minute = at.minute === 0 ? '' : `:${pad(at.minute)}`;
  return `${formatDayForPatient(at.toPlainDate().toString())} at ${hour}${minute}${at.hour < 12 ? 'am' : 'pm'}`;
}

/** `Tuesday 5 January 2027` from `yyyy-mm-dd`. */
export function formatDayForPatient(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${LONG_WEEKDAYS[day.dayOfWeek - 1]} ${day.day} ${LONG_MONTHS[day.month - 1]} ${day.year}`;
}

/** The Monday of the week of a `yyyy-mm-dd`. */
export function weekStart(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/** `yyyy-mm-dd` moved by days. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from one `yyyy-mm-dd` to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** True when London's offset differs between the start of the date's Monday and the end of its Sunday. */
export function isClockChangeWeek(date: string): boolean {
  const monday = Temporal.PlainDate.from(weekStart(date));
  const offset = (day: Temporal.PlainDate) => day.toZonedDateTime(LONDON).offsetNanoseconds;
  return offset(monday) !== offset(monday.add({ days: 7 }));
}

/** Age in whole years on a `yyyy-mm-dd`, from a date of birth. */
export function ageOn(birthDate: string, today: string): number {
  return Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(today), { largestUnit: 'year' })
    .years;
}

/** Today's date in London at an instant. */
export function londonDate(epochMs: number): string {
  return londonParts(toIso(epochMs)).date;
}

/** The instant (epoch ms) of a London wall-clock time; a time that occurs twice is the earlier. */
export function fromLondon(date: string, hour: number, minute: number): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone: LONDON,
    plainTime: Temporal.PlainTime.from({ hour, minute }),
  }).epochMilliseconds;
}

/** True when a text is a real calendar date `yyyy-mm-dd`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
