/** Seeded random numbers, cheap enough for millions of cases. */

/** Uniform in [0, 1). T. Ettinger's mulberry32. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Picks among numbers and lists. */
export interface Dice {
  /** Uniform in [0, 1). */
  readonly fraction: () => number;
  /** An integer from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** `count` decimal digits, the first any as well. */
  readonly digits: (count: number) => string;
  /** A finite double of random bits. */
  readonly double: () => number;
}

export function createDice(seed: number): Dice {
  const fraction = mulberry32(seed);
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  const bits = new Uint32Array(2);
  const double = new Float64Array(bits.buffer);
  return {
    fraction,
    integer,
    pick: (list) => list[integer(0, list.length - 1)]!,
    digits: (count) => Array.from({ length: count }, () => integer(0, 9)).join(''),
    double: () => {
      do {
        bits[0] = fraction() * 2 ** 32;
        bits[1] = fraction() * 2 ** 32;
      } while (!Number.isFinite(double[0]));
      return double[0]!;
    },
  };
}
