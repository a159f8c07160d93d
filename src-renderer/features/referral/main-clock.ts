/**
 * The time that main last gave, carried forward by the monotonic clock: ages and "in 12 days" on screen follow
 * main's clock (which training may set), never the one of this window.
 */
import { londonDate, parseInstant } from '../../../src-main/contract/london-time.ts';

let known = { epochMs: 0, atMs: 0 };

/** Takes an instant of a reply of main; an older one than is known changes nothing. */
export function noteMainInstant(iso: string): void {
  const epochMs = parseInstant(iso);
  if (epochMs !== null && epochMs > mainNowMs()) known = { epochMs, atMs: performance.now() };
}

/** Main's time now, in milliseconds since the epoch; before the first reply, 0. */
export function mainNowMs(): number {
  return known.epochMs === 0 ? 0 : known.epochMs + (performance.now() - known.atMs);
}

/** London's date now, `yyyy-mm-dd`. */
export function mainToday(): string {
  return londonDate(Math.round(mainNowMs()));
}

/** Forgets the time, as at a change of environment. */
export function forgetMainTime(): void {
  known = { epochMs: 0, atMs: 0 };
}
