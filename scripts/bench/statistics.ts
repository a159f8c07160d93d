/** The few statistics of the measurements; all hold out against single slow rounds of a shared machine. */

/** The value below which a share of the values lies (nearest rank); throws when there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(values.length - 1) >> 1], sorted[values.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

/**
 * The median of the ratios round by round. Two things measured in one round meet the same load of the machine, so
 * their ratio holds while their times drift; throws when the rounds do not pair or a measurement is no time.
 */
export function medianRatio(measured: readonly number[], baseline: readonly number[]): number {
  if (measured.length !== baseline.length) throw new Error('the rounds do not pair');
  if (![...measured, ...baseline].every((value) => Number.isFinite(value) && value > 0))
    throw new Error('a round measured nothing');
  return median(measured.map((value, round) => value / (baseline[round] as number)));
}
