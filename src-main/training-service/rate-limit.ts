/** The platform's rate: 10 requests in any second for the whole application (contract.md section 4.6). */
import type { Clock } from '../app/ports.ts';

const MOST = 10;
const WINDOW_MS = 1000;

/** Gives a check that is true when one more request is within the rate, and counts it then. */
export function createRateLimit(clock: Clock): () => boolean {
  let recent: number[] = [];
  return () => {
    const now = clock.monotonicMs();
    recent = recent.filter((at) => now - at < WINDOW_MS);
    if (recent.length >= MOST) return false;
    recent.push(now);
    return true;
  };
}
