/** Dates with times as letters write them. Days before months, as in Britain; times as London's clocks show them. */
import { isCalendarDate, londonParts } from '../../../contract/london-time.ts';

export interface Moment {
  /** `yyyy-mm-dd`; empty when the letter names a day that does not exist, or a weekday that is not that day's. */
  readonly date: string;
  /** `hh:mm`, each reading of it: `2:30` without more may be either half of the day. */
  readonly times: readonly string[];
  readonly zone: 'GMT' | 'BST' | null;
  /** As written. */
  readonly dateText: string;
  readonly timeText: string;
  /** What the line says before it. */
  readonly before: string;
  readonly after: string;
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
interface DatePlace extends Place {
  readonly date: string;
}
interface TimePlace extends Place {
  readonly times: readonly string[];
  readonly zone: Moment['zone'];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'mon tue wed thu fri sat sun'.split(' ');

const GAP = String.raw`[\s\-/.,]*`;
const WEEKDAY = String.raw`(?:\b(?<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.(\-]*)?`;
const MONTH = String.raw`(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const YEAR = String.raw`(?<year>\d{4}|\d{2})(?!\d)`;
const DATES = [
  String.raw`${WEEKDAY}(?<!\d)(?<day>\d{1,2})(?:st|nd|rd|th)?${GAP}(?:of\s+)?${MONTH}${GAP}${YEAR}`,
  String.raw`${WEEKDAY}\b${MONTH}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?!\d)`,
  String.raw`${WEEKDAY}(?<!\d)(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?!\d)`,
  String.raw`${WEEKDAY}(?<![\d./-])(?<day>\d{1,2})[/.\-](?<month>\d{1,2})[/.\-]${YEAR}`,
].map((source) => new RegExp(source, 'gi'));

const HALF = String.raw`(?<half>[ap])\.?\s?m\b\.?`;
const ZONE = String.raw`(?:\s*(?:hrs|hours|h)\b\.?)?(?:\s*\(?(?<zone>GMT|BST|UTC)\b\)?)?`;
const TIMES = [
  String.raw`(?<![\d.:£])(?<hour>\d{1,2})[:.](?<minute>\d{2})(?::\d{2})?\s*${HALF}${ZONE}`,
  String.raw`(?<![\d.:£])(?<hour>\d{1,2})\s*${HALF}${ZONE}`,
  String.raw`(?<![\d.:£])(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?![\d:])${ZONE}`,
  String.raw`(?<![\d.:£])(?<hour>\d{1,2})\.(?<minute>\d{2})(?=\s*(?:hrs|hours|h)\b)${ZONE}`,
  String.raw`(?<=\bat\s)(?<hour>\d{1,2})\.(?<minute>\d{2})(?![\d.])${ZONE}`,
  String.raw`(?<![\d.:£])(?<hour>\d{2})(?<minute>\d{2})\s*(?:hrs|hours|h)\b${ZONE}`,
  String.raw`(?:12\s*)?\b(?<word>noon|midday)\b${ZONE}`,
].map((source) => new RegExp(source, 'gi'));

const pad = (value: number) => String(value).padStart(2, '0');

/** All dates with a time directly behind or before them, in the order of the text; `lines` of one page. */
export function findMoments(lines: readonly string[]): readonly Moment[] {
  const text = lines.join('\n');
  const dates = findDates(text);
  const masked = dates.reduce((rest, { from, to }) => blank(rest, from, to), text);
  const times = findTimes(masked);
  return dates.flatMap((date): Moment[] => {
    const time =
      times.find((one) => one.from >= date.to && isTimeAfter(text.slice(date.to, one.from))) ??
      times.findLast((one) => one.to <= date.from && isTimeBefore(text.slice(one.to, date.from)));
    if (time === undefined) return [];
    const [from, to] = [Math.min(date.from, time.from), Math.max(date.to, time.to)];
    return [
      {
        ...{ date: date.date, times: time.times, zone: time.zone },
        ...{ dateText: date.text, timeText: time.text },
        before: text.slice(text.lastIndexOf('\n', from - 1) + 1, from),
        after: text.slice(to, endOfLine(text, to)),
      },
    ];
  });
}

/** Every date of the page that exists, also those without a time. */
export const findDays = (lines: readonly string[]): readonly string[] =>
  findDates(lines.join('\n')).flatMap(({ date }) => (date === '' ? [] : [date]));

/** Between a date and its time: nothing but marks, the weekday, and a word that leads to it. */
const isTimeAfter = (between: string) =>
  /^[\s,;()\-–—|:]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[\s,;()\-–—|:]*)?(?:(?:appointment\s+)?(?:at|from|time|start(?:s|ing)?(?:\s+(?:at|time))?|@)[\s,;()\-–—|:]*)?$/i.test(
    between,
  ) && between.split('\n').length <= 3;
const isTimeBefore = (between: string) => /^[\s,()]*(?:on[\s,]*)?$/i.test(between) && between.length <= 12;

const blank = (text: string, from: number, to: number) =>
  text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const places = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => ({
    groups: match.groups ?? {},
    place: { from: match.index, to: match.index + match[0].length, text: match[0].trim() },
  }));

function findDates(text: string): DatePlace[] {
  const found = DATES.flatMap((pattern) => places(text, pattern)).map(({ groups, place }) => ({
    ...place,
    date: readDate(groups),
  }));
  return withoutOverlaps(found);
}

function findTimes(text: string): TimePlace[] {
  const found = TIMES.flatMap((pattern) => places(text, pattern)).flatMap(
    ({ groups, place }): TimePlace[] => {
      const times = readTimes(groups);
      const zone = groups.zone?.toUpperCase() === 'BST' ? 'BST' : groups.zone === undefined ? null : 'GMT';
      return times.length === 0 ? [] : [{ ...place, times, zone }];
    },
  );
  return withoutOverlaps(found);
}

/** Of those that overlap the longer one. */
function withoutOverlaps<P extends Place>(found: readonly P[]): P[] {
  const byLength = [...found].sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: P[] = [];
  for (const one of byLength)
    if (kept.every((other) => one.to <= other.from || one.from >= other.to)) kept.push(one);
  return kept.sort((a, b) => a.from - b.from);
}

function readDate(groups: Readonly<Record<string, string | undefined>>): string {
  const { day = '', month = '', year = '', weekday } = groups;
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  const monthNumber = named === -1 ? Number(month) : named + 1;
  const date = `${year.length === 2 ? `20${year}` : year}-${pad(monthNumber)}-${pad(Number(day))}`;
  if (!isCalendarDate(date)) return '';
  if (weekday === undefined) return date;
  const dayOfWeek = londonParts(`${date}T12:00:00Z`).weekday;
  return WEEKDAYS[dayOfWeek - 1] === weekday.slice(0, 3).toLowerCase() ? date : '';
}

function readTimes(groups: Readonly<Record<string, string | undefined>>): string[] {
  const { hour = '', minute = '00', half, word } = groups;
  if (word !== undefined) return ['12:00'];
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (hours > 23 || minutes > 59) return [];
  if (half !== undefined) {
    if (hours === 0 || hours > 12) return [];
    return [`${pad((hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0))}:${minute}`];
  }
  const isPlain = hour.length === 1 && hours > 0;
  return isPlain ? [`0${hour}:${minute}`, `${pad(hours + 12)}:${minute}`] : [`${pad(hours)}:${minute}`];
}
