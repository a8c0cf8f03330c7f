/**
 * Sums, means and standard deviations that do not depend on the order or the split of the values:
 * every double is an integer times a power of two, so they are summed as one long integer, and one
 * rounding ends it. Knows numbers only, no columns and no missing values.
 */
import { assert } from '../../base/assert.js';
import {
  addDouble,
  addDoubles,
  addLimbs,
  carryLimbs,
  LIMB_BITS,
  MOST_UNCARRIED,
  totalOf,
} from './long-register.js';

/** Exact Σx and Σx² of `count` values, as plain data that survives a structured clone. */
export interface Moments {
  count: number;
  /** Values counted in since the last carry; a square is two doubles. */
  uncarried: number;
  /** Σx: limb i counts units of 2^(32i − 1074). */
  readonly sums: Float64Array;
  /**
   * Σx²: limb i counts units of 2^(32i − 2304). Null when squares were not asked for: there is no
   * standard deviation then.
   */
  readonly squares: Float64Array | null;
}

/** Sums are counted in 2^−1074, the smallest double above 0. */
export const UNIT_EXPONENT = 1074;
/** 2^−2148 would do for squares; there is room below, so that no shift is negative. */
export const SQUARES_UNIT_EXPONENT = 2304;

/** Below 2^53 values of less than 2^1024, and a sign. */
export const SUMS_LIMBS = Math.ceil((UNIT_EXPONENT + 1024 + 53 + 1) / LIMB_BITS);
export const SQUARES_LIMBS = Math.ceil((SQUARES_UNIT_EXPONENT + 2048 + 53 + 1) / LIMB_BITS);

/** A carry is due when so many values were counted in. */
export const MOST_VALUES = MOST_UNCARRIED / 2;

/** No values yet. `squares` costs as much again and more, and gives `stdOf`. */
export function createMoments(options: { readonly squares: boolean } = { squares: true }): Moments {
  return {
    count: 0,
    uncarried: 0,
    sums: new Float64Array(SUMS_LIMBS),
    squares: options.squares ? new Float64Array(SQUARES_LIMBS) : null,
  };
}

/** Counts the finite number `x` in. */
export function addValue(moments: Moments, x: number): void {
  if (moments.uncarried === MOST_VALUES) carry(moments);
  addDouble(moments.sums, x, 0);
  if (moments.squares !== null) addSquare(moments.squares, x, 0);
  moments.count++;
  moments.uncarried++;
}

/** Larger values, times a power of two, may be none any more. */
const LARGEST_REPEATED = 2 ** 300;

/**
 * Counts the finite number `x` in `times` times: by the digits of that in base 4, since x · 2^k is
 * a double, and its square 4^k times that of x. Twin: `addValue`, so often.
 */
export function addRepeated(moments: Moments, x: number, times: number): void {
  if (Math.abs(x) > LARGEST_REPEATED) {
    for (let i = 0; i < times; i++) addValue(moments, x);
    return;
  }
  let power = 1;
  for (let left = times; left > 0; left = Math.floor(left / 4)) {
    for (let digit = left % 4; digit > 0; digit--) {
      if (moments.uncarried === MOST_VALUES) carry(moments);
      addDouble(moments.sums, x * power * power, 0);
      if (moments.squares !== null) addSquare(moments.squares, x * power, 0);
      moments.uncarried++;
    }
    power *= 2;
  }
  moments.count += times;
}

/** Counts the first `count` of `values` in, all of them finite. */
export function addValues(moments: Moments, values: Float64Array, count: number): void {
  assert(count <= values.length, 'there are as many values');
  const { sums, squares } = moments;
  let done = 0;
  while (done < count) {
    if (moments.uncarried === MOST_VALUES) carry(moments);
    const end = Math.min(count, done + MOST_VALUES - moments.uncarried);
    addDoubles(sums, values, done, end);
    if (squares !== null) for (let i = done; i < end; i++) addSquare(squares, values[i]!, 0);
    moments.uncarried += end - done;
    done = end;
  }
  moments.count += count;
}

/**
 * Counts `count` values in by limbs that were made of them elsewhere: of Σx and of Σx², all but the
 * last from 0 to 2^32 − 1. Twin: `addValues`.
 */
export function addSums(
  moments: Moments,
  count: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  assert(moments.squares !== null, 'there is room for squares');
  assert(sums.length === SUMS_LIMBS && squares.length === SQUARES_LIMBS, 'limbs are as many');
  if (moments.uncarried === MOST_VALUES) carry(moments);
  addLimbs(moments.sums, sums);
  addLimbs(moments.squares, squares);
  moments.uncarried++;
  moments.count += count;
}

/** Counts all values of `from` into `into`; both with squares or both without. */
export function mergeMoments(into: Moments, from: Moments): void {
  assert((into.squares === null) === (from.squares === null), 'moments of one kind are merged');
  // Before, so that there is room for what `from` has not carried; after, so that all moments of
  // the same values end as the same limbs.
  carry(into);
  into.count += from.count;
  addLimbs(into.sums, from.sums);
  if (into.squares !== null) addLimbs(into.squares, from.squares!);
  carry(into);
}

function carry(moments: Moments): void {
  carryLimbs(moments.sums);
  if (moments.squares !== null) carryLimbs(moments.squares);
  moments.uncarried = 0;
}

/** Veltkamp's constant 2^27 + 1: splits a double in two of at most 26 bits. */
const SPLITTER = 2 ** 27 + 1;
/** Beyond these a square, or what rounding it loses, may be no double. */
const SMALLEST_SAFE = 2 ** -400;
const LARGEST_SAFE = 2 ** 400;
/** How far the others are moved between them, in powers of two. */
const SCALE_EXPONENT = 600;
const UP = 2 ** SCALE_EXPONENT;
const DOWN = 2 ** -SCALE_EXPONENT;

/**
 * Adds x² to `limbs`: the rounded square, and what rounding it lost, which is a double as well
 * (T. Dekker, "A floating-point technique for extending the available precision", 1971).
 *
 * @param moved how far all limbs are moved, in bits.
 */
export function addSquare(limbs: Float64Array, x: number, moved: number): void {
  const size = Math.abs(x);
  let shift = SQUARES_UNIT_EXPONENT - UNIT_EXPONENT + moved;
  let scaled = x;
  if (size < SMALLEST_SAFE) {
    scaled = x * UP;
    shift -= 2 * SCALE_EXPONENT;
  } else if (size > LARGEST_SAFE) {
    scaled = x * DOWN;
    shift += 2 * SCALE_EXPONENT;
  }
  const square = scaled * scaled;
  const spread = scaled * SPLITTER;
  const high = spread - (spread - scaled);
  const low = scaled - high;
  const lost = low * low - (square - high * high - 2 * high * low);
  addDouble(limbs, square, shift);
  if (lost !== 0) addDouble(limbs, lost, shift);
}

/** Σx rounded once (half to even); ±Infinity when it is beyond the doubles, 0 of no values. */
export function sumOf(moments: Moments): number {
  return divideToDouble(totalOf(moments.sums), 1n << BigInt(UNIT_EXPONENT));
}

/** Σx / n rounded once; null of no values. */
export function meanOf(moments: Moments): number | null {
  if (moments.count === 0) return null;
  const divisor = BigInt(moments.count) << BigInt(UNIT_EXPONENT);
  return divideToDouble(totalOf(moments.sums), divisor);
}

/**
 * The sample variance (n·Σx² − (Σx)²) / (n·(n − 1)), an exact fraction rounded once. Null of fewer
 * than two values; Infinity when it is beyond the doubles.
 */
export function varianceOf(moments: Moments): number | null {
  assert(moments.squares !== null, 'a standard deviation needs squares');
  if (moments.count < 2) return null;
  const n = BigInt(moments.count);
  const sum = totalOf(moments.sums);
  // From the finer unit to that of sum · sum; nothing is lost.
  const squares = totalOf(moments.squares) >> BigInt(SQUARES_UNIT_EXPONENT - 2 * UNIT_EXPONENT);
  const numerator = n * squares - sum * sum;
  const denominator = (n * (n - 1n)) << BigInt(2 * UNIT_EXPONENT);
  return divideToDouble(numerator, denominator);
}

/** The square root of `varianceOf`: the sample standard deviation. */
export function stdOf(moments: Moments): number | null {
  const variance = varianceOf(moments);
  return variance === null ? null : Math.sqrt(variance);
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
