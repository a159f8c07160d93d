/** Does the letter name the day and the time of the appointment, as London's clocks will show them? (hazard 5) */
import type { LetterCheck } from '../../../contract/channels/letters.ts';
import { isClockChangeWeek, londonParts } from '../../../contract/london-time.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { findDays, findMoments, type Moment } from './moments.ts';

export interface KnownAppointment {
  /** Of the booked appointment; null when nothing is booked, or when e-RS did not say when it is. */
  readonly start: string | null;
  readonly isBooked: boolean;
  /** Kind of the letter as the server named its file. */
  readonly kind: string;
}

/** What a date with a time may be, that is no appointment. */
const OTHER_BEFORE =
  /\b(?:print(?:ed)?|generated|produced|created|issued|sent|received|born|birth|booked\s+on|requested|referred|previous(?:ly)?|original(?:ly)?|was|by|before|until|closed|cancelled)\b[^\n]{0,24}$/i;
const OTHER_AFTER = /^[^\n]{0,40}\b(?:has\s+been|was|is)\s+(?:now\s+)?(?:cancelled|changed)\b/i;
const LABEL = /\b(?:date|time|appointment|when)\b/i;
/** Kinds that are written while nothing is booked (contract.md A019). */
const UNBOOKED_KIND = /Request_Summary|Triage_Summary/i;

const shown = (text: string) => visibleText(text.replace(/\s+/g, ' ')).slice(0, 200);
const pad = (value: number) => String(value).padStart(2, '0');

export function checkAppointment(
  pages: readonly { readonly lines: readonly string[] }[],
  known: KnownAppointment,
): readonly LetterCheck[] {
  const moments = pages
    .flatMap(({ lines }) => findMoments(lines))
    .filter(({ before, after }) => !OTHER_BEFORE.test(before) && !OTHER_AFTER.test(after));
  if (!known.isBooked) return moments.slice(0, 1).flatMap((moment) => differing(moment, '', ''));
  // Booked without a readable time: there is nothing to compare with.
  if (known.start === null) return [nothing('date', ''), nothing('time', '')];
  const expected = expect(known.start);
  const labelled = moments.filter(({ before }) => LABEL.test(before));
  const stated = labelled.length > 0 ? labelled : moments;
  const wrong = stated.find((moment) => !isSame(moment, expected));
  const isRight = stated.some((moment) => isSame(moment, expected));
  if (isRight && (wrong === undefined || labelled.length === 0))
    return [same('date', expected.date), same('time', expected.time)];
  if (wrong !== undefined) return compare(wrong, expected);
  return withoutMoment(pages, known.kind, expected);
}

interface Expected {
  readonly date: string;
  readonly clock: string;
  readonly zone: 'GMT' | 'BST';
  /** With `GMT` or `BST` in the weeks of the clock changes. */
  readonly time: string;
}

function expect(start: string): Expected {
  const { date, hour, minute, zone } = londonParts(start);
  const clock = `${pad(hour)}:${pad(minute)}`;
  return { date, clock, zone, time: isClockChangeWeek(date) ? `${clock} ${zone}` : clock };
}

const isSameTime = ({ times, zone }: Moment, expected: Expected) =>
  times.includes(expected.clock) && (zone === null || zone === expected.zone);
const isSame = (moment: Moment, expected: Expected) =>
  moment.date === expected.date && isSameTime(moment, expected);

function compare(moment: Moment, expected: Expected): LetterCheck[] {
  const [date, time] = differing(moment, expected.date, expected.time);
  if (date === undefined || time === undefined) return [];
  return [
    moment.date === expected.date ? same('date', expected.date) : date,
    isSameTime(moment, expected) ? same('time', expected.time) : time,
  ];
}

const differing = (moment: Moment, date: string, time: string): LetterCheck[] => [
  {
    what: 'date',
    result: 'different',
    inLetter: moment.date || shown(moment.dateText),
    expected: date,
  },
  { what: 'time', result: 'different', inLetter: shown(moment.timeText), expected: time },
];

const same = (what: 'date' | 'time', value: string): LetterCheck => ({
  what,
  result: 'same',
  inLetter: value,
  expected: value,
});
const nothing = (what: 'date' | 'time', expected: string): LetterCheck => ({
  what,
  result: 'missing',
  inLetter: '',
  expected,
});

/** A letter of the time before the booking is a wrong one; in another the day may stand in a form that we do not know. */
function withoutMoment(
  pages: readonly { readonly lines: readonly string[] }[],
  kind: string,
  expected: Expected,
): LetterCheck[] {
  if (UNBOOKED_KIND.test(kind))
    return [{ what: 'date', result: 'different', inLetter: '', expected: expected.date }];
  const isDay = pages.some(({ lines }) => findDays(lines).includes(expected.date));
  return [
    isDay ? same('date', expected.date) : nothing('date', expected.date),
    nothing('time', expected.time),
  ];
}
