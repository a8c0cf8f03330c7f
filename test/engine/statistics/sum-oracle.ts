/**
 * Exact sums the slow way, by whole fractions over one list, and the test of a rounding by its
 * neighbours: shares no method with the code under test.
 */

/** A fraction; `denominator` is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const UNITS_PER_ONE = 1n << 1074n;
const BEYOND_ALL = 1n << (1024n + 1074n);

/** A finite double in units of 2^−1074. */
export function unitsOf(x: number): bigint {
  let doublings = 0n;
  let whole = x;
  for (; !Number.isInteger(whole); doublings++) whole *= 2;
  return BigInt(whole) * (1n << (1074n - doublings));
}

/** Σx. */
export function exactSum(values: readonly number[]): Fraction {
  let numerator = 0n;
  for (const x of values) numerator += unitsOf(x);
  return { numerator, denominator: UNITS_PER_ONE };
}

/** Σx / n. */
export function exactMean(values: readonly number[]): Fraction {
  const { numerator, denominator } = exactSum(values);
  return { numerator, denominator: denominator * BigInt(values.length) };
}

/** Σ(x − mean)² / (n − 1), by the definition: deviations are counted in units of 2^−1074 / n. */
export function exactVariance(values: readonly number[]): Fraction {
  const n = BigInt(values.length);
  const sum = exactSum(values).numerator;
  let squares = 0n;
  for (const x of values) squares += (n * unitsOf(x) - sum) ** 2n;
  return { numerator: squares, denominator: n * n * (n - 1n) * UNITS_PER_ONE * UNITS_PER_ONE };
}

/** True when `x` is the double nearest to `exact`, of two equally near ones the even. */
export function isNearest(x: number, { numerator, denominator }: Fraction): boolean {
  const negative = numerator < 0n;
  if (x !== 0 && x < 0 !== negative) return false;
  const target = (negative ? -numerator : numerator) * UNITS_PER_ONE;
  const size = Math.abs(x);
  const own = size === Number.POSITIVE_INFINITY ? BEYOND_ALL : unitsOf(size);
  const isEven = size === Number.POSITIVE_INFINITY || bitsOf(size) % 2n === 0n;
  const below = neighbour(size, -1n);
  const above = neighbour(size, 1n);
  // Twice the target against the sum of two neighbours is the target against their middle.
  const fits = (middleTwice: bigint, side: bigint): boolean => {
    const difference = (2n * target - middleTwice * denominator) * side;
    return difference < 0n || (difference === 0n && isEven);
  };
  const aboveFits = above === null || fits(own + above, 1n);
  return aboveFits && (below === null || fits(own + below, -1n));
}

function neighbour(size: number, step: bigint): bigint | null {
  if (size === Number.POSITIVE_INFINITY) return step > 0n ? null : unitsOf(Number.MAX_VALUE);
  if (size === 0 && step < 0n) return null;
  if (size === Number.MAX_VALUE && step > 0n) return BEYOND_ALL;
  view.setBigUint64(0, bitsOf(size) + step);
  return unitsOf(view.getFloat64(0));
}

const view = new DataView(new ArrayBuffer(8));

function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}
