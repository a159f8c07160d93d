/** Numbers that follow from a seed, so that what failed can be repeated. */
export interface Seeded {
  /** 0 to below `bound`. */
  int(bound: number): number;
  isHit(chance: number): boolean;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
}

/** mulberry32 */
export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (bound: number) => Math.floor(next() * bound);
  return { int, isHit: (chance) => next() < chance, pick: (items) => items[int(items.length)] as never };
}
