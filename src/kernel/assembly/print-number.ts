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

/** What `multiply` gave. */
let product0: u64 = 0;
let product1: u64 = 0;
let product2: u64 = 0;

/**
 * Writes `value` to `to`, at most 25 bytes; what stands up to 34 bytes from there may be lost.
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
  return printDecimal(to);
}

/**
 * Section 4 of the specification: where the point and the exponent go. The digits, at most
 * seventeen, are the first one by itself, if there are as many, and sixteen lanes; they are written
 * as they stand, and those behind the point once more over that.
 */
function printDecimal(to: usize): usize {
  const upper = digits / 100000000;
  const low = eightDigits(<u32>(digits - upper * 100000000));
  const first = <u32>upper / 100000000;
  const high = eightDigits(<u32>upper - first * 100000000);
  const hasFirst = <i32>(first != 0);
  const total = hasFirst + 16 - (hasFirst != 0 ? 0 : zerosBefore(high, low));
  const count = total - zerosAfter(high, low);
  const point = total + exponent;
  const lanes = shiftLanes(v128.or(i64x2(high, low), i8x16.splat(0x30)), 16 + hasFirst - total);
  if (0 < point && point <= 21) {
    store<u8>(to, 0x30 + <u8>first);
    v128.store(to + <usize>hasFirst, lanes);
    if (count <= point) {
      for (let i = total; i < point; i++) store<u8>(to + <usize>i, 0x30);
      return to + <usize>point;
    }
    store<u8>(to + <usize>point, 0x2e);
    v128.store(to + <usize>point + 1, shiftLanes(lanes, point - hasFirst));
    return to + <usize>count + 1;
  }
  if (-6 < point && point <= 0) {
    store<u64>(to, 0x3030303030302e30);
    to += <usize>(2 - point);
    store<u8>(to, 0x30 + <u8>first);
    v128.store(to + <usize>hasFirst, lanes);
    return to + <usize>count;
  }
  store<u8>(to, hasFirst != 0 ? 0x30 + <u8>first : <u8>i8x16.extract_lane_u(lanes, 0));
  store<u8>(to, 0x2e, 1);
  v128.store(to + 2, shiftLanes(lanes, 1 - hasFirst));
  return printExponent(to + <usize>(count == 1 ? 1 : count + 1), point - 1);
}

/** The digits of `x` < 10^8 as eight bytes of 0 – 9, the first one lowest. */
// @ts-ignore: decorator
@inline
function eightDigits(x: u32): u64 {
  const upper = x / 10000;
  const fours = <u64>upper | (<u64>(x - upper * 10000) << 32);
  // Quotients by products that are exact for so few digits, in two and in four lanes at once.
  const hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const pairs = hundreds | ((fours - hundreds * 100) << 16);
  const tens = ((pairs * 103) >> 10) & 0x000f000f000f000f;
  return tens | ((pairs - tens * 10) << 8);
}

/** How many of sixteen digits, not all 0, are zeros before the first other one. */
// @ts-ignore: decorator
@inline
function zerosBefore(high: u64, low: u64): i32 {
  return <i32>((high != 0 ? ctz(high) : 64 + ctz(low)) >> 3);
}

/** How many of sixteen digits are zeros behind the last other one. */
// @ts-ignore: decorator
@inline
function zerosAfter(high: u64, low: u64): i32 {
  return <i32>((low != 0 ? clz(low) : 64 + clz(high)) >> 3);
}

/** `lanes` without the first `count`, up to 16. */
// @ts-ignore: decorator
@inline
function shiftLanes(lanes: v128, count: i32): v128 {
  const iota = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.swizzle(lanes, i8x16.add(iota, i8x16.splat(<i8>count)));
}

/** Writes `power`, of at most three digits, behind an e and its sign. */
function printExponent(to: usize, power: i32): usize {
  store<u8>(to, 0x65);
  store<u8>(to, power < 0 ? 0x2d : 0x2b, 1);
  to += 2;
  const size = <u32>abs(power);
  if (size >= 100) store<u8>(to++, 0x30 + <u8>(size / 100));
  if (size >= 10) store<u8>(to++, 0x30 + <u8>((size / 10) % 10));
  store<u8>(to++, 0x30 + <u8>(size % 10));
  return to;
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
  multiply(high, low, c << (2 + h));
  const middle = toOdd(product1, product2);
  // The interval's ends lie half a unit of c away: the power itself, moved to its place, is added
  // and taken off instead of two more products.
  const upper = sumToOdd(high, low, h + 1) - <u64>!isEven;
  const lower = differenceToOdd(high, low, isLowerCloser ? h : h + 1) + <u64>!isEven;
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

/** The 192-bit product of a 128-bit power and `c`, least significant word first. */
// @ts-ignore: decorator
@inline
function multiply(high: u64, low: u64, c: u64): void {
  product0 = low * c;
  const y0 = high * c;
  product1 = y0 + multiplyHigh(low, c);
  product2 = multiplyHigh(high, c) + <u64>(product1 < y0);
}

/** The top word, its last bit set when anything below is lost. */
// @ts-ignore: decorator
@inline
function toOdd(middle: u64, top: u64): u64 {
  return top | <u64>(middle > 1);
}

/** The product and the power moved left by `shift`, 1 to 63. */
// @ts-ignore: decorator
@inline
function sumToOdd(high: u64, low: u64, shift: i32): u64 {
  const add0 = low << shift;
  const add1 = (high << shift) | (low >> (64 - shift));
  const carry = <u64>(product0 + add0 < add0);
  const part = product1 + add1;
  const sum = part + carry;
  return toOdd(sum, product2 + (high >> (64 - shift)) + <u64>(part < add1) + <u64>(sum < part));
}

/** The product less the power moved left by `shift`, 1 to 63. */
// @ts-ignore: decorator
@inline
function differenceToOdd(high: u64, low: u64, shift: i32): u64 {
  const take0 = low << shift;
  const take1 = (high << shift) | (low >> (64 - shift));
  const borrow = <u64>(product0 < take0);
  const part = product1 - take1;
  const rest = part - borrow;
  return toOdd(rest, product2 - (high >> (64 - shift)) - <u64>(product1 < take1) - <u64>(part < borrow));
}

/**
 * Prints the numbers of a made column: the cells of `emitRecords`.
 *
 * @param values f64 of each record; `kinds` one byte each, below 2 where the cell is empty.
 * @param acts of each record: only those with 0 are printed, all others are empty.
 * @param to room for 25 bytes a record, and 16 more.
 * @param ends `count` + 1 u32: where each cell begins, relative to `to`, and where the last ends.
 */
export function printNumbers(
  values: usize,
  kinds: usize,
  acts: usize,
  count: i32,
  to: usize,
  ends: usize,
  powers: usize,
): void {
  assert((values & 7) == 0 && (ends & 3) == 0, 'lists are aligned');
  let at = to;
  for (let r = 0; r < count; r++) {
    store<u32>(ends + (<usize>r << 2), <u32>(at - to));
    if (load<u8>(acts + r) == 0 && load<u8>(kinds + r) >= 2) {
      at = printNumber(load<f64>(values + (<usize>r << 3)), at, powers);
    }
  }
  store<u32>(ends + (<usize>count << 2), <u32>(at - to));
}
