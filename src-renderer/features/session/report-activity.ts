import type { useDeskLifeStore } from './desk-life.store.ts';

const EVENTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
/** Main needs to know that the desk is used, not how. */
const AT_MOST_EVERY_MS = 5_000;

/** Tells main that somebody uses the desk, now and then; the returned function ends that. */
export function reportActivity(
  target: Window,
  life: Pick<ReturnType<typeof useDeskLifeStore>, 'noteActivity'>,
): () => void {
  let lastMs = -Infinity;

  function report(): void {
    const nowMs = performance.now();
    if (nowMs - lastMs < AT_MOST_EVERY_MS) return;
    lastMs = nowMs;
    life.noteActivity();
  }

  EVENTS.forEach((name) => target.addEventListener(name, report, { capture: true, passive: true }));
  return () => EVENTS.forEach((name) => target.removeEventListener(name, report, { capture: true }));
}
