/** How old what is on show is, and what can be done about it (screens.md section 0, states: offline). */
import type { Connection } from '../../../src-main/contract/channels/session.ts';
import { formatClock, formatStaffDateTime } from '../../../src-main/contract/london-time.ts';
import { connectionAdvice } from '../session/connection-words.ts';
import { agoWords } from './age-words.ts';

/** A reading on show; a remembered one comes from an earlier hour or day, for e-RS could not be reached. */
export interface Reading {
  readonly readAt: string;
  readonly isRemembered: boolean;
}

/** `Mon 23-Nov-2026 10:42` of what is remembered, which may be of another day; else `10:42:10`. */
export function readAtWords({ readAt, isRemembered }: Reading): string {
  return isRemembered ? formatStaffDateTime(readAt) : formatClock(readAt);
}

/** The ribbon over an old reading; `what` says what it holds, e.g. `this list may have changed since`. */
export function asOfWords(reading: Reading, what: string, connection: Connection, nowMs: number): string {
  const age = agoWords(reading.readAt, nowMs);
  const advice =
    reading.isRemembered && connection.status === 'online'
      ? 'The connection is back: F5 reads it again.'
      : connectionAdvice(connection);
  return `As of ${readAtWords(reading)}, ${age}: ${what}. ${advice}`.trimEnd();
}
