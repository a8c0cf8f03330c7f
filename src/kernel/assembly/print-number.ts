/**
 * Prints doubles as ECMAScript's Number::toString does: the fewest digits that read back the same,
 * the nearest to the value among those. Digits by Schubfach (R. Giulietti, "The Schubfach way to
 * render doubles", 2020). Twin: `String(x)`.
 */
import { floorLog2OfPower, multiplyHigh, powerAt } from './powers';

const SIGNIFICAND_BITS: i32 = 52;
const HIDDEN_BIT: u64 = (<u64>1) << 52;
const EXPONENT_BIAS: i32 = 1075;

/** The decimal `digits` · 10^`exponent` that `toShortest` found. */
let digits: u64 = 0;
let exponent: i32 = 0;

/**
 * Writes `value` to `to`, at most 25 bytes.
 *
 * @param powers the table: g(k) = ⌊10^k · 2^(127 − ⌊log2 10^k⌋)⌋ + 1 for each k (see
 *   `kernel/power-table.ts`).
 * @returns the offset after what was written.
 */
export function printNumber(value: f64, to: usize, powers: usize): usize {
  if (value == 0) {
    store<u8>(to, 0x30);
    return to + 1;
  }
  let bits = reinterpret<u64>(value);
  if (bits >> 63 != 0) {
    store<u8>(to++, 0x2d);
    bits &= ~((<u64>1) << 63);
  }
  toShortest(bits, powers);
  while (digits % 10 == 0) {
    digits /= 10;
    exponent++;
  }
  return printDecimal(to);
}

/** Section 4 of the specification: where the point and the exponent go. */
function printDecimal(to: usize): usize {
  const count = countDigits(digits);
  const point = count + exponent;
  if (count <= point && point <= 21) {
    writeDigits(to, digits, count);
    to += count;
    for (let i = count; i < point; i++) store<u8>(to++, 0x30);
    return to;
  }
  if (0 < point && point <= 21) {
    // The digits one place to the right of where they go, then those before the point moved back.
    writeDigits(to + 1, digits, count);
    memory.copy(to, to + 1, point);
    store<u8>(to + <usize>point, 0x2e);
    return to + <usize>count + 1;
  }
  if (-6 < point && point <= 0) {
    store<u16>(to, 0x2e30);
    to += 2;
    for (let i = point; i < 0; i++) store<u8>(to++, 0x30);
    writeDigits(to, digits, count);
    return to + <usize>count;
  }
  writeDigits(to + 1, digits, count);
  store<u8>(to, load<u8>(to, 1));
  if (count > 1) {
    store<u8>(to, 0x2e, 1);
    to += <usize>count + 1;
  } else {
    to += 1;
  }
  store<u8>(to++, 0x65);
  let power = point - 1;
  store<u8>(to++, power < 0 ? 0x2d : 0x2b);
  if (power < 0) power = -power;
  const powerCount = countDigits(power);
  writeDigits(to, power, powerCount);
  return to + <usize>powerCount;
}

/** How many decimal digits `x` < 10^19 has. */
function countDigits(x: u64): i32 {
  let count = 1;
  if (x >= 10000000000) {
    x /= 10000000000;
    count += 10;
  }
  let rest = <u32>x;
  if (x > 0xffffffff) return count + 9;
  while (rest >= 10) {
    rest /= 10;
    count++;
  }
  return count;
}

/**
 * Writes the `count` digits of `x` < 10^17 from `to` on. Halves of nine digits: their divisions are
 * by 32 bits.
 */
function writeDigits(to: usize, x: u64, count: i32): void {
  let at = to + <usize>count;
  let low: u32;
  if (x >= 100000000) {
    const high = x / 100000000;
    low = <u32>(x - high * 100000000);
    for (let i = 0; i < 8; i++) {
      const next = low / 10;
      store<u8>(--at, 0x30 + (low - next * 10));
      low = next;
    }
    low = <u32>high;
  } else {
    low = <u32>x;
  }
  do {
    const next = low / 10;
    store<u8>(--at, 0x30 + (low - next * 10));
    low = next;
  } while (low != 0);
}

/** Finds the shortest decimal of the positive finite double with these bits. */
function toShortest(bits: u64, powers: usize): void {
  const fraction = bits & (HIDDEN_BIT - 1);
  const biased = <i32>(bits >> SIGNIFICAND_BITS);
  let c = fraction;
  let q = 1 - EXPONENT_BIAS;
  if (biased != 0) {
    c = fraction | HIDDEN_BIT;
    q = biased - EXPONENT_BIAS;
    if (q <= 0 && q > -53 && (c & (((<u64>1) << -q) - 1)) == 0) {
      // An integer below 2^53: its digits are the decimal.
      digits = c >> -q;
      exponent = 0;
      return;
    }
  }
  const isEven = (c & 1) == 0;
  // The double below a power of two is only half as far away.
  const isLowerCloser = fraction == 0 && biased > 1;
  const k = isLowerCloser ? (q * 1262611 - 524031) >> 22 : (q * 1262611) >> 22;
  const h = q + floorLog2OfPower(-k) + 1;
  const power = powerAt(powers, -k);
  const high = load<u64>(power);
  const low = load<u64>(power, 8);
  const center = c << 2;
  const lower = roundToOdd(high, low, (center - 2 + <u64>isLowerCloser) << h) + <u64>!isEven;
  const middle = roundToOdd(high, low, center << h);
  const upper = roundToOdd(high, low, (center + 2) << h) - <u64>!isEven;
  const s = middle >> 2;
  if (s >= 10) {
    const tens = s / 10;
    const isBelowInside = lower <= tens * 40;
    const isAboveInside = tens * 40 + 40 <= upper;
    if (isBelowInside != isAboveInside) {
      digits = tens + <u64>isAboveInside;
      exponent = k + 1;
      return;
    }
  }
  const isBelowInside = lower <= s << 2;
  const isAboveInside = (s << 2) + 4 <= upper;
  exponent = k;
  if (isBelowInside != isAboveInside) {
    digits = s + <u64>isAboveInside;
    return;
  }
  const half = (s << 2) + 2;
  digits = s + <u64>(middle > half || (middle == half && (s & 1) != 0));
}

/**
 * The product of a 128-bit power and `c`, its top 64 bits, the last one set when anything below is
 * lost.
 */
// @ts-ignore: decorator
@inline
function roundToOdd(high: u64, low: u64, c: u64): u64 {
  const x1 = multiplyHigh(low, c);
  const y0 = high * c;
  const y1 = multiplyHigh(high, c);
  const sum = y0 + x1;
  return (y1 + <u64>(sum < y0)) | <u64>(sum > 1);
}
