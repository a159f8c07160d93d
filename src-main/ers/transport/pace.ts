/** The distance between two calls of a desk: additive increase, multiplicative decrease. */

/** 10 requests a second smooth to one in 100 ms; the margin keeps jitter from a 429 (performance.md section 2). */
const FULL_SHARE_SPACING_MS = 105;
/** A late timer may be made up for by at most this part of the spacing, which still keeps 100 ms apart. */
const CATCH_UP = 0.04;
const SLOWEST = 16;
const SMALLEST_SHARE = 0.01;
/** Part of the full rate that a good reply gives back. */
const RECOVERY = 1 / 20;

export interface Pace {
  /** When the next call may start, given the turn that was due and the moment at which it was taken. */
  nextTurn(dueMs: number, takenMs: number): number;
  slowDown(): void;
  speedUp(): void;
  spacingMs(): number;
}

/** A pace for a share of the application's rate; a share outside 0 to 1 is brought into it. */
export function createPace(rateShare: number): Pace {
  const share = rateShare > SMALLEST_SHARE ? Math.min(1, rateShare) : SMALLEST_SHARE;
  const fullRate = share / FULL_SHARE_SPACING_MS;
  let rate = fullRate;
  const spacingMs = () => 1 / rate;
  return {
    spacingMs,
    nextTurn(dueMs, takenMs) {
      const spacing = spacingMs();
      return Math.max(dueMs + spacing, takenMs + spacing * (1 - CATCH_UP));
    },
    slowDown() {
      rate = Math.max(fullRate / SLOWEST, rate / 2);
    },
    speedUp() {
      rate = Math.min(fullRate, rate + fullRate * RECOVERY);
    },
  };
}
