/**
 * The double nearest to a decimal, ties to the even one: Clinger's exact cases, then one product
 * with a 128-bit power of ten (D. Lemire, "Number parsing at a gigabyte per second", 2021; first by
 * M. Eisel). Knows integers, not text.
 */
import {
  exactPower,
  floorLog2OfPower,
  LARGEST_EXACT_POWER,
  LOWEST_POWER,
  multiplyHigh,
  powerAt,
} from './powers';

/** Integers up to here are doubles. */
const LARGEST_EXACT: u64 = (<u64>1) << 53;
/** 5^55 is the largest power of five below 2^128: from 10^0 to 10^55 the table is exact. */
const LARGEST_TABLE_EXACT: i32 = 55;
/** Any m · 10^k from this k on is beyond the doubles, the largest of which is below 10^309. */
const OVERFLOWING_POWER: i64 = 309;
/** Any m · 10^k up to this k is below 2^64 · 10^-343, and so below half the smallest double. */
const VANISHING_POWER: i64 = -343;
const EXPONENT_BIAS: i32 = 1023;
const INFINITY_BITS: u64 = (<u64>0x7ff) << 52;

/**
 * The double nearest to `m` · 10^`k`; Infinity when it is beyond the doubles, NaN when it cannot be
 * said: any m > 0 with a k from -342 to -293, and products too near the middle of two doubles.
 *
 * @param powers the table that `kernel/power-table.ts` writes.
 */
export function nearestDouble(m: u64, k: i64, powers: usize): f64 {
  // W. Clinger, "How to read floating point numbers accurately", 1990: of two exact doubles, one
  // operation rounds once.
  if (k == 0 || m == 0) return <f64>m;
  if (m <= LARGEST_EXACT && k >= -LARGEST_EXACT_POWER && k <= LARGEST_EXACT_POWER) {
    return k < 0 ? <f64>m / exactPower(powers, <i32>-k) : <f64>m * exactPower(powers, <i32>k);
  }
  if (k >= OVERFLOWING_POWER) return Infinity;
  if (k <= VANISHING_POWER) return 0;
  return k < LOWEST_POWER ? NaN : roundProduct(m, <i32>k, powers);
}

/** `nearestDouble` by the table, for m > 0 and a k ≤ 308 that it has. */
function roundProduct(m: u64, k: i32, powers: usize): f64 {
  const power = powerAt(powers, k);
  let high = load<u64>(power);
  let low = load<u64>(power, 8);
  const isExact = k >= 0 && k <= LARGEST_TABLE_EXACT;
  if (!isExact) {
    // The table is rounded up. Rounded down, the product is below the true one, by less than a
    // unit of `middle`.
    high -= <u64>(low == 0);
    low--;
  }
  const shift = clz(m);
  const w = m << shift;
  let top = multiplyHigh(w, high);
  let middle = w * high;
  let bottom: u64 = 0;
  // Only here can the low half of the power still move what is rounded.
  if ((top & 0x1ff) == 0x1ff || middle == 0) {
    const carry = multiplyHigh(w, low);
    middle += carry;
    top += <u64>(middle < carry);
    bottom = w * low;
  }
  // Of `top`, 54 bits are kept: the significand and the bit that is rounded.
  const leading = <i32>(top >> 63);
  const dropped = 9 + leading;
  const below: u64 = ((<u64>1) << dropped) - 1;
  const kept = top >> dropped;
  const isOdd = (kept & 1) != 0;
  if (!isExact && !isOdd && (top & below) == below && middle == ~(<u64>0)) {
    return middleOfTwo(m, k);
  }
  const isTie = isExact && isOdd && (top & below) == 0 && (middle | bottom) == 0;
  let significand = (kept + 1) >> 1;
  if (isTie) significand &= ~(<u64>1);
  const exponent = EXPONENT_BIAS + 63 + leading + floorLog2OfPower(k) - <i32>shift;
  // Added, not joined: the significand's leading bit, and a carry beyond it, count in the exponent.
  const bits = ((<u64>(exponent - 1)) << 52) + significand;
  return bits >= INFINITY_BITS ? Infinity : reinterpret<f64>(bits);
}

/**
 * m · 10^k, of which only is known that it is all but the middle of two doubles, or just that. The
 * middle is n · 2^j for an odd n of 54 bits. Then n · 5^-k divides m < 2^64, so that -k ≤ 4, and
 * m / 5^-k is an integer that rounds as the whole does. Otherwise NaN.
 */
function middleOfTwo(m: u64, k: i32): f64 {
  if (k >= 0 || k < -4) return NaN;
  let divisor: u64 = 1;
  for (let i = k; i < 0; i++) divisor *= 5;
  return m % divisor == 0 ? <f64>(m / divisor) / <f64>(1 << -k) : NaN;
}
