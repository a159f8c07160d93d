/** Pessimistic locks on referrals: another user's, and the server's own for the length of a write (section 4.5). */
import type { Clock } from '../../app/ports.ts';

export interface Locks {
  /** Another user's lock, for so many milliseconds. */
  lock(ubrn: string, forMs: number): void;
  isLocked(ubrn: string): boolean;
  /** Holds the referral for a write; false when somebody has it. */
  beginWrite(ubrn: string): boolean;
  endWrite(ubrn: string): void;
}

/** Gives locks that run by the monotonic clock. */
export function createLocks(clock: Clock): Locks {
  const lockedUntil = new Map<string, number>();
  const writing = new Set<string>();
  const isLocked = (ubrn: string): boolean =>
    writing.has(ubrn) || (lockedUntil.get(ubrn) ?? -Infinity) > clock.monotonicMs();
  return {
    lock: (ubrn, forMs) => void lockedUntil.set(ubrn, clock.monotonicMs() + forMs),
    isLocked,
    beginWrite(ubrn) {
      if (isLocked(ubrn)) return false;
      writing.add(ubrn);
      return true;
    },
    endWrite: (ubrn) => void writing.delete(ubrn),
  };
}
