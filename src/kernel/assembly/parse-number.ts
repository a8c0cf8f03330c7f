/**
 * Reads a cell as a number: `[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?` as a whole, the nearest double.
 * Up to sixteen bytes at once, wherever the point is; longer cells and exponents by eight digits or
 * one. Twin: `csv/parse-number.ts`.
 */
import { INTEGER, LEADING_ZERO, NUMBER, SLOW, TEXT } from '../cell-kinds';
import { nearestDouble } from './nearest-double';
import { decimalLanes, exactPower, integerLanes } from './powers';

const PLUS: i32 = 0x2b;
const MINUS: i32 = 0x2d;
const POINT: i32 = 0x2e;
const ZERO: i32 = 0x30;
/** Eight times the digit 0. */
const ZEROS: u64 = 0x3030303030303030;
const LOWER_E: i32 = 0x65;
/** Turns E into e, and no other byte. */
const LOWER_BIT: i32 = 0x20;

/** The longest cells that `parsePlain` takes, in bytes. */
export const LONGEST_PLAIN: i32 = 16;
/** As many digits as always fit 64 bits. */
const MOST_DIGITS: i32 = 19;
/** Exponents are not counted further: no cell has as many digits to make up for it. */
const LARGEST_EXPONENT: i64 = (<i64>1) << 40;

/** What `parsePlain` returns for a cell that `parseLong` must look at. */
export const NOT_PLAIN: i32 = -1;

/**
 * Parses the `length` bytes at `at`, 1 to 16, when they are digits with at most a sign and a point.
 * The 17 bytes at `at` must be readable.
 *
 * @param powers the table that `kernel/power-table.ts` writes.
 * @param to where a number is stored as f64, 0 for −0; otherwise nothing is.
 * @returns NUMBER, INTEGER, LEADING_ZERO, TEXT or NOT_PLAIN.
 */
// @ts-ignore: decorator
@inline
export function parsePlain(at: usize, length: i32, powers: usize, to: usize): i32 {
  let first = <i32>load<u8>(at);
  // Added to an integer after an exclusive or, −1 turns its sign, 0 leaves it; there is no −0.
  let sign: i64 = 0;
  if (first < POINT) {
    if (first == MINUS) sign = -1;
    else if (first != PLUS) return TEXT;
    at++;
    length--;
    if (length == 0) return TEXT;
    first = <i32>load<u8>(at);
  }
  const digits = i8x16.sub(v128.load(at), i8x16.splat(<i8>ZERO));
  // The bytes that are no digits, the cell's last one as the top bit.
  const others = i8x16.bitmask(i8x16.ge_u(digits, i8x16.splat(10))) << (32 - length);
  if (others == 0) {
    const m = <i64>joinLanes(i8x16.swizzle(digits, integerLanes(powers, length)));
    store<f64>(to, <f64>((m ^ sign) - sign));
    return integerKind(first, length);
  }
  if ((others & (others - 1)) != 0) {
    return refuse(<i32>load<u8>(at + <usize>(ctz(others) - (32 - length))));
  }
  const decimals = clz(others);
  const other = <i32>load<u8>(at + <usize>(length - 1 - decimals));
  if (other != POINT) return refuse(other);
  if (length == 1) return TEXT;
  // At most 15 digits: both operands are exact.
  const m = <i64>joinLanes(i8x16.swizzle(digits, decimalLanes(powers, length, decimals)));
  store<f64>(to, <f64>((m ^ sign) - sign) / exactPower(powers, decimals));
  return NUMBER;
}

// @ts-ignore: decorator
@inline
function integerKind(first: i32, digitCount: i32): i32 {
  if (first == ZERO) {
    if (digitCount > 1) return LEADING_ZERO;
  }
  return INTEGER;
}

/** What a cell is that is not plain, and whose first byte beside sign and digits is `byte`. */
// @ts-ignore: decorator
@inline
function refuse(byte: i32): i32 {
  return byte == POINT || (byte | LOWER_BIT) == LOWER_E ? NOT_PLAIN : TEXT;
}

/**
 * NOT_PLAIN where the 17 or more bytes at `at` may be a number, else TEXT: told by what stands
 * behind the first digits.
 */
// @ts-ignore: decorator
@inline
export function glance(at: usize): i32 {
  if (<i32>load<u8>(at) < POINT) at++;
  const digits = i8x16.sub(v128.load(at), i8x16.splat(<i8>ZERO));
  const others = i8x16.bitmask(i8x16.ge_u(digits, i8x16.splat(10)));
  return others == 0 ? NOT_PLAIN : refuse(<i32>load<u8>(at + <usize>ctz(others)));
}

/** The integer of 16 digits 0 … 9, one a lane: pairs, fours and eights are joined in turn. */
// @ts-ignore: decorator
@inline
function joinLanes(digits: v128): u64 {
  // In a pair a + 256b, the product with 2561 = 10 · 256 + 1 has 10a + b in its second byte.
  const pairs = i16x8.shr_u(i16x8.mul(digits, i16x8.splat(2561)), 8);
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = i16x8.narrow_i32x4_u(fours, fours);
  const eights = i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = <u64>i64x2.extract_lane(eights, 0);
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}

/** The digits that `readDigits` has read since they were set to 0, as an integer modulo 2^64. */
let digits: u64 = 0;

/**
 * Parses any `length` > 0 bytes at `at`; parameters are `parsePlain`'s.
 *
 * @returns NUMBER, INTEGER, LEADING_ZERO, TEXT or SLOW.
 */
export function parseLong(at: usize, length: i32, powers: usize, to: usize): i32 {
  const end = at + <usize>length;
  const first = <i32>load<u8>(at);
  const isNegative = first == MINUS;
  const start = at + <usize>(isNegative || first == PLUS);
  digits = 0;
  let p = readDigits(start, end);
  let digitCount = <i32>(p - start);
  let exponent: i64 = 0;
  let isInteger = true;
  if (p < end && <i32>load<u8>(p) == POINT) {
    isInteger = false;
    const decimals = p + 1;
    p = readDigits(decimals, end);
    exponent = -<i64>(p - decimals);
    digitCount += <i32>(p - decimals);
  }
  if (digitCount == 0) return TEXT;
  const m = digits;
  if (p < end && (<i32>load<u8>(p) | LOWER_BIT) == LOWER_E) {
    isInteger = false;
    const sign = <i32>load<u8>(p, 1);
    const power = p + 1 + <usize>(sign == MINUS || sign == PLUS);
    p = power;
    let magnitude: i64 = 0;
    for (; p < end && isDigitAt(p); p++) {
      if (magnitude < LARGEST_EXPONENT) magnitude = magnitude * 10 + <i64>load<u8>(p) - ZERO;
    }
    if (p == power) return TEXT;
    exponent += sign == MINUS ? -magnitude : magnitude;
  }
  if (p != end) return TEXT;
  if (digitCount > MOST_DIGITS && digitCount - leadingZeros(start, end) > MOST_DIGITS) return SLOW;
  const value = nearestDouble(m, exponent, powers);
  if (isNaN(value)) return SLOW;
  if (value == Infinity) return TEXT;
  store<f64>(to, isNegative ? 0 - value : value);
  return isInteger ? integerKind(<i32>load<u8>(start), digitCount) : NUMBER;
}

/** Appends the digits from `p` on to `digits`; returns the offset after the last of them. */
function readDigits(p: usize, end: usize): usize {
  let m = digits;
  while (p + 8 <= end) {
    const eight = load<u64>(p);
    if (!areDigits(eight)) break;
    m = m * 100000000 + joinDigits(eight - ZEROS);
    p += 8;
  }
  for (; p < end && isDigitAt(p); p++) m = m * 10 + <u64>load<u8>(p) - ZERO;
  digits = m;
  return p;
}

// @ts-ignore: decorator
@inline
function isDigitAt(p: usize): bool {
  return <u32>load<u8>(p) - ZERO < 10;
}

/** Whether all of eight bytes are digits: neither above 9 nor below 0 (Lemire 2021, section 3). */
// @ts-ignore: decorator
@inline
function areDigits(eight: u64): bool {
  return (((eight + 0x4646464646464646) | (eight - ZEROS)) & 0x8080808080808080) == 0;
}

/** The integer of eight bytes 0 … 9, the first in the lowest: pairs, then all four at once. */
// @ts-ignore: decorator
@inline
function joinDigits(values: u64): u64 {
  const pairs = values * 10 + (values >> 8);
  const outer = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  const inner = ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (outer + inner) >> 32;
}

/** How many zeros the numeral from `p` to `end` begins with, its point passed over. */
function leadingZeros(p: usize, end: usize): i32 {
  let count = 0;
  for (; p < end; p++) {
    const byte = <i32>load<u8>(p);
    if (byte == ZERO) count++;
    else if (byte != POINT) break;
  }
  return count;
}
