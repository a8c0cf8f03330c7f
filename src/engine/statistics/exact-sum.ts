/**
 * Sums, means and standard deviations that do not depend on the order or the split of the values:
 * every double is an integer times a power of two, so integers are summed apart for each power, and
 * one rounding ends it. Knows numbers only, no columns and no missing values.
 */
import { assert } from '../../base/assert.js';

/**
 * Exact Σx and Σx² of `count` values, as plain data that survives a structured clone.
 *
 * The key of `sums` is a binary exponent e, its value the sum of the significands m of all x = m ·
 * 2^(e − 1074), |m| < 2^53. In `squares` the value is the sum of m², which stands for m² · 2^(2e −
 * 2148).
 */
export interface Moments {
  count: number;
  readonly sums: Map<number, bigint>;
  /** Null when squares were not asked for: there is no standard deviation then. */
  readonly squares: Map<number, bigint> | null;
}

/** The power of two that all sums are counted in: 2^−1074 is the smallest double above 0. */
const UNIT_EXPONENT = 1074;

const word = new DataView(new ArrayBuffer(8));

/** No values yet. `squares` costs half as much again and gives `stdOf`. */
export function createMoments(options: { readonly squares: boolean } = { squares: true }): Moments {
  return { count: 0, sums: new Map(), squares: options.squares ? new Map() : null };
}

/** Counts the finite number `x` in. */
export function addValue(moments: Moments, x: number): void {
  word.setFloat64(0, x);
  const high = word.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  assert(biased !== 0x7ff, 'only finite numbers are summed');
  // IEEE 754: a normal number has an implicit leading bit, a subnormal one (biased 0) has not and
  // counts in the same unit as the smallest normal ones.
  const top = biased === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000;
  const magnitude = BigInt(top * 0x1_0000_0000 + word.getUint32(4));
  const exponent = biased === 0 ? 0 : biased - 1;
  moments.count++;
  increase(moments.sums, exponent, high >>> 31 === 1 ? -magnitude : magnitude);
  if (moments.squares !== null) increase(moments.squares, exponent, magnitude * magnitude);
}

/** Counts all values of `from` into `into`; both with squares or both without. */
export function mergeMoments(into: Moments, from: Moments): void {
  assert((into.squares === null) === (from.squares === null), 'moments of one kind are merged');
  into.count += from.count;
  for (const [exponent, amount] of from.sums) increase(into.sums, exponent, amount);
  for (const [exponent, amount] of from.squares ?? []) increase(into.squares!, exponent, amount);
}

/** Σx rounded once (half to even); ±Infinity when it is beyond the doubles, 0 of no values. */
export function sumOf(moments: Moments): number {
  return divideToDouble(total(moments.sums, 1), 1n << BigInt(UNIT_EXPONENT));
}

/** Σx / n rounded once; null of no values. */
export function meanOf(moments: Moments): number | null {
  if (moments.count === 0) return null;
  const divisor = BigInt(moments.count) << BigInt(UNIT_EXPONENT);
  return divideToDouble(total(moments.sums, 1), divisor);
}

/**
 * The sample variance (n·Σx² − (Σx)²) / (n·(n − 1)), an exact fraction rounded once. Null of fewer
 * than two values; Infinity when it is beyond the doubles.
 */
export function varianceOf(moments: Moments): number | null {
  assert(moments.squares !== null, 'a standard deviation needs squares');
  if (moments.count < 2) return null;
  const n = BigInt(moments.count);
  const sum = total(moments.sums, 1);
  const numerator = n * total(moments.squares, 2) - sum * sum;
  const denominator = (n * (n - 1n)) << BigInt(2 * UNIT_EXPONENT);
  return divideToDouble(numerator, denominator);
}

/** The square root of `varianceOf`: the sample standard deviation. */
export function stdOf(moments: Moments): number | null {
  const variance = varianceOf(moments);
  return variance === null ? null : Math.sqrt(variance);
}

function increase(bins: Map<number, bigint>, exponent: number, amount: bigint): void {
  bins.set(exponent, (bins.get(exponent) ?? 0n) + amount);
}

/** All bins as one integer; the bin of exponent e weighs 2^(power · e). */
function total(bins: ReadonlyMap<number, bigint>, power: 1 | 2): bigint {
  let sum = 0n;
  for (const [exponent, amount] of bins) sum += amount << BigInt(power * exponent);
  return sum;
}

/**
 * The double nearest to `numerator / denominator`, ties to the even one (IEEE 754 section 4.3.1),
 * subnormal and infinite results included. `denominator` is above 0. A zero is +0.
 */
export function divideToDouble(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const magnitude = numerator < 0n ? -numerator : numerator;
  // The quotient is sought as q · 2^−shift with q below 2^53 and, unless that is below the unit, at
  // least 2^52.
  let shift = Math.min(53 - (bitLength(magnitude) - bitLength(denominator)), UNIT_EXPONENT);
  if (scaledQuotient(magnitude, denominator, shift).quotient >= 1n << 53n) shift--;
  const { quotient, twiceRemainder, divisor } = scaledQuotient(magnitude, denominator, shift);
  const up = twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n === 1n);
  const rounded = scaleByPowerOfTwo(Number(up ? quotient + 1n : quotient), -shift);
  return numerator < 0n ? -rounded : rounded;
}

/** ⌊a · 2^shift / b⌋, and twice the remainder beside the divisor it belongs to. */
function scaledQuotient(a: bigint, b: bigint, shift: number) {
  const dividend = shift > 0 ? a << BigInt(shift) : a;
  const divisor = shift < 0 ? b << BigInt(-shift) : b;
  return {
    quotient: dividend / divisor,
    twiceRemainder: (dividend % divisor) * 2n,
    divisor,
  };
}

/**
 * x · 2^exponent for an integer 0 ≤ x ≤ 2^53 and a product that is a double, or beyond all of them.
 */
function scaleByPowerOfTwo(x: number, exponent: number): number {
  // In two steps, since 2^exponent itself may be beyond the doubles; neither step loses a bit.
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

/** How many binary digits `n` > 0 has. */
function bitLength(n: bigint): number {
  const hex = n.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex[0]!, 16)));
}
