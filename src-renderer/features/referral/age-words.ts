/** Ages and distances in time as people say them. */
import { daysBetween, londonDate, parseInstant } from '../../../src-main/contract/london-time.ts';

const MINUTE_MS = 60_000;

/** `just now`, `3 minutes ago`, `2 hours ago`: how old a reading is. */
export function agoWords(readAt: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - (parseInstant(readAt) ?? nowMs)) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days ago`;
  return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
}

/** True when a reading is so old that slots on it may well have gone (hazard 4). */
export function isOldReading(readAt: string, nowMs: number): boolean {
  return nowMs - (parseInstant(readAt) ?? nowMs) >= 5 * MINUTE_MS;
}

/** `today`, `tomorrow`, `in 12 days`, counted in London days. */
export function inDaysWords(start: string, nowMs: number): string {
  const startMs = parseInstant(start);
  if (startMs === null) return '';
  const days = daysBetween(londonDate(Math.round(nowMs)), londonDate(startMs));
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** `0:07`, `2:05`: how long something has been under way. */
export function elapsedWords(fromMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - fromMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
