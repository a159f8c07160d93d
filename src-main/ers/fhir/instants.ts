/** Instants on the wire: `…Z` with milliseconds, `+00:00`, or microseconds (contract.md section 4.3). */
import { isCalendarDate, parseInstant, toIso } from '../../contract/london-time.ts';

/** The one form of an instant inside the app, `…Z` with milliseconds; null when the text is no instant. */
export function normaliseInstant(text: string): string | null {
  const epochMs = parseInstant(text);
  return epochMs === null ? null : toIso(epochMs);
}

/** An instant, or the first moment (UTC) of a calendar date: effective dates come as either (contract.md A004). */
export function normaliseDateOrInstant(text: string): string | null {
  return isCalendarDate(text) ? `${text}T00:00:00.000Z` : normaliseInstant(text);
}

/** A calendar date `yyyy-mm-dd`; null when the text is none. */
export function normaliseDay(text: string): string | null {
  return isCalendarDate(text) ? text : null;
}
