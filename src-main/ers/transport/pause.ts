/** The pause of all calls after a 429: how long, until when, and who wants to know. */
import type { Clock } from '../../app/ports.ts';

/** Documented back-off without a Retry-After: 1, 2, 4 … seconds (contract.md section 4.6). */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 64_000;
/** A Retry-After beyond this is not believed. */
export const LONGEST_PAUSE_MS = 120_000;

export type PauseListener = (pausedUntilMs: number | null) => void;

export interface Pause {
  /** Starts a pause, or makes one longer; gives what is left of it. `isNew` is false for a limit within a pause. */
  begin(retryAfterMs: number | null): { readonly leftMs: number; readonly isNew: boolean };
  /** Ends the pause when its time has come. */
  endWhenDue(): void;
  /** A good reply: the next back-off starts from one second. */
  forgetBackoff(): void;
  isOn(): boolean;
  /** Monotonic. */
  endMs(): number;
  /** Wall clock, whole milliseconds; null when calls go on. */
  untilMs(): number | null;
  onChange(listener: PauseListener): () => void;
}

export function createPause(clock: Clock): Pause {
  const listeners = new Set<PauseListener>();
  let isOn = false;
  let endMs = Number.NEGATIVE_INFINITY;
  let backoffMs = FIRST_BACKOFF_MS;

  const untilMs = () => (isOn ? Math.ceil(clock.nowMs() + Math.max(0, endMs - clock.monotonicMs())) : null);
  const tell = () => listeners.forEach((listener) => listener(untilMs()));

  return {
    begin(retryAfterMs) {
      const now = clock.monotonicMs();
      const asked = Math.min(LONGEST_PAUSE_MS, Math.max(retryAfterMs ?? backoffMs, FIRST_BACKOFF_MS));
      const isNew = !isOn;
      // Calls that were under way when the pause began do not make it grow.
      if (isNew) backoffMs = Math.min(LONGEST_BACKOFF_MS, backoffMs * 2);
      if (isNew || retryAfterMs !== null) endMs = Math.max(endMs, now + asked);
      isOn = true;
      tell();
      return { leftMs: Math.max(0, endMs - now), isNew };
    },
    endWhenDue() {
      if (!isOn || clock.monotonicMs() < endMs) return;
      isOn = false;
      tell();
    },
    forgetBackoff() {
      if (!isOn) backoffMs = FIRST_BACKOFF_MS;
    },
    isOn: () => isOn,
    endMs: () => endMs,
    untilMs,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
