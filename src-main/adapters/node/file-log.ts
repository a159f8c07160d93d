/**
 * The diagnostic log as JSON lines in one file that is turned over by size. A line holds the fields of `LogFields`
 * and nothing else, whatever it is handed: there is no place for patient data (attacks S27 and S36).
 */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log, LogFields } from '../../app/ports.ts';
import { toIso } from '../../contract/london-time.ts';

export interface FileLogOptions {
  readonly directory: string;
  readonly clock: Clock;
  /** A file that grew past this is turned over. */
  readonly maxBytes?: number;
  /** How many turned-over files stay. */
  readonly keep?: number;
}

const FIELDS: { readonly [F in keyof LogFields]-?: 'string' | 'number' } = {
  operation: 'string',
  channel: 'string',
  status: 'number',
  code: 'string',
  reason: 'string',
  correlationId: 'string',
  durationMs: 'number',
  count: 'number',
};
const MAX_TEXT = 200;
// Control characters forge lines and colours.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As long as an NHS number or a UBRN, with the blanks or dashes people put into one. */
const LONG_NUMBER = /\d(?:[ -]?\d){8,}/g;

/** A text fit for a log line: no control characters, no number that could name a patient, not long. */
export function cleanLogText(text: string): string {
  if (UUID.test(text)) return text;
  return text.slice(0, MAX_TEXT).replace(CONTROL, ' ').replace(LONG_NUMBER, '#');
}

function pickFields(fields: LogFields): Record<string, string | number> {
  const picked: Record<string, string | number> = {};
  for (const [name, type] of Object.entries(FIELDS)) {
    const value: unknown = fields[name as keyof LogFields];
    if (type === 'string' && typeof value === 'string') picked[name] = cleanLogText(value);
    if (type === 'number' && typeof value === 'number' && Number.isFinite(value)) picked[name] = value;
  }
  return picked;
}

function turnOver(path: string, keep: number): void {
  for (let age = keep - 1; age >= 1; age--) {
    if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  }
  renameSync(path, `${path}.1`);
}

function openFile(directory: string, path: string): number {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The log of a data folder. A full or broken disk loses lines, never the app; how many were lost is written next. */
export function createFileLog({ directory, clock, maxBytes = 5_000_000, keep = 5 }: FileLogOptions): Log {
  const path = join(directory, 'booking-desk.log');
  let lost = 0;
  /** Bytes in the file; null when it has to be looked at, at first and after a fault. */
  let size: number | null = null;
  const line = (level: string, event: string, fields: LogFields) =>
    `${JSON.stringify({ at: toIso(clock.nowMs()), level, event: cleanLogText(event), ...pickFields(fields) })}\n`;
  return {
    write(level, event, fields = {}) {
      try {
        size ??= openFile(directory, path);
        if (size > maxBytes) {
          turnOver(path, keep);
          size = 0;
        }
        const before = lost > 0 ? line('warn', 'log-lines-lost', { count: lost }) : '';
        const text = before + line(level, event, fields);
        appendFileSync(path, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
        lost = 0;
      } catch {
        lost += 1;
        size = null;
      }
    },
  };
}
