/** Locks a desk that nobody uses: a warning in the last minute, and any key puts it off (screens.md section 10). */
import type { Clock } from '../../app/ports.ts';

export interface Idle {
  /** Somebody uses the desk. */
  readonly noteActivity: () => void;
  /** The session has changed: counting begins when the desk is taken or unlocked, and ends when it is not. */
  readonly follow: () => void;
  /** Until the lock, while the warning is up; null otherwise. */
  readonly locksInMs: () => number | null;
  readonly stop: () => void;
}

interface Dependencies {
  readonly clock: Clock;
  /** Minutes without use after which the desk locks; 0 never. */
  readonly minutes: () => number;
  /** True while there is something on the screen to be locked away. */
  readonly isOpen: () => boolean;
  readonly lock: () => void;
  readonly onChanged: () => void;
}

export const IDLE_MINUTES = 10;
const WARNING_MS = 60_000;

export function createIdle({ clock, minutes, isOpen, lock, onChanged }: Dependencies): Idle {
  /** As the site has it when the counting begins. */
  let limitMs = 0;
  let warnAfterMs = 0;
  let usedAtMs = 0;
  let isCounting = false;
  let isWarning = false;
  let cancel: (() => void) | null = null;

  const unusedMs = () => clock.monotonicMs() - usedAtMs;

  function look(): void {
    const unused = unusedMs();
    if (unused >= limitMs) return lock();
    if (unused >= warnAfterMs && !isWarning) {
      isWarning = true;
      onChanged();
    }
    cancel = clock.schedule(Math.max(1, (unused >= warnAfterMs ? limitMs : warnAfterMs) - unused), look);
  }

  function end(): void {
    cancel?.();
    cancel = null;
    isCounting = false;
    if (!isWarning) return;
    isWarning = false;
    onChanged();
  }

  return {
    noteActivity() {
      if (!isCounting) return;
      usedAtMs = clock.monotonicMs();
      if (!isWarning) return;
      isWarning = false;
      cancel?.();
      onChanged();
      look();
    },
    follow() {
      if (isOpen() === isCounting) return;
      if (isCounting) return end();
      limitMs = minutes() * 60_000;
      if (limitMs <= 0) return;
      warnAfterMs = limitMs - Math.min(WARNING_MS, limitMs / 2);
      isCounting = true;
      usedAtMs = clock.monotonicMs();
      look();
    },
    locksInMs: () => (isWarning ? Math.max(0, Math.round(limitMs - unusedMs())) : null),
    stop: () => cancel?.(),
  };
}
