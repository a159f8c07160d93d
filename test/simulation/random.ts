/** A small fast generator (sfc32), seeded by two words of a seed up to 2^53 and a salt: the same seed, the same story. */

const TWO_32 = 4_294_967_296;

/** Spreads a word over all 32 bits (the finaliser of splitmix32). */
function mix(word: number): number {
  let z = (word + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) | 0;
}

export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 1;

  constructor(seed: number, salt: number) {
    this.reseed(seed, salt);
  }

  /** Starts over, as if new. */
  reseed(seed: number, salt: number): void {
    const low = mix((seed % TWO_32) | 0);
    const high = mix(Math.floor(seed / TWO_32) ^ low);
    this.a = low;
    this.b = high;
    this.c = mix(salt ^ high);
    this.d = 1;
    for (let round = 0; round < 8; round += 1) this.word();
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    return this.word() / TWO_32;
  }

  chance(probability: number): boolean {
    return probability > 0 && this.word() < probability * TWO_32;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor((this.word() / TWO_32) * count);
  }

  /** A whole number of at least `least` and at most `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }
}
