/**
 * Dates in digits, as far as their bytes tell soon. What is not plain is left to the twin,
 * `engine/profile/date-format`: leap days, the year 0, and what is no date.
 */
import {
  ISO_DAY, ISO_MINUTES, ISO_SECONDS, ISO_T_FRACTION, ISO_T_FRACTION_OFFSET, ISO_T_FRACTION_ZULU,
  ISO_T_MINUTES, ISO_T_OFFSET, ISO_T_SECONDS, ISO_T_ZULU, UNSURE, YEAR_LAST,
} from '../profiler/text-kinds';

const PLUS: i32 = 0x2b;
const MINUS: i32 = 0x2d;
const POINT: i32 = 0x2e;
const SLASH: i32 = 0x2f;
const COLON: i32 = 0x3a;
const SPACE: i32 = 0x20;
const BIG_T: i32 = 0x54;
const BIG_Z: i32 = 0x5a;
/** `0000` */
const ZEROS: u32 = 0x30303030;
const DAY_LENGTH: i32 = 10;
const MINUTES_LENGTH: i32 = 16;
const SECONDS_LENGTH: i32 = 19;
const MOST_FRACTION_DIGITS: i32 = 9;
const OFFSET_LENGTH: i32 = 6;

/** Bit i: byte i of the 16 at `at` is no digit. */
// @ts-ignore: decorator
@inline
function othersAt(at: usize): i32 {
  const digits = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  return i8x16.bitmask(i8x16.ge_u(digits, i8x16.splat(10)));
}

/** A kind before YEAR_LAST of the bytes at `at`, of which 32 are readable; or UNSURE. */
// @ts-ignore: decorator
@inline
export function isoKind(at: usize, length: i32): i32 {
  const others = othersAt(at);
  if (length == DAY_LENGTH) return (others & 0x3ff) == 0x90 && isIsoDay(at) ? ISO_DAY : UNSURE;
  if (others != 0x2490 || (length != MINUTES_LENGTH && length < SECONDS_LENGTH)) return UNSURE;
  const gap = <i32>load<u8>(at, 10);
  if ((gap != BIG_T && gap != SPACE) || !isIsoDay(at) || !isClock(at + 11)) return UNSURE;
  const isSpace = gap == SPACE ? 1 : 0;
  if (length == MINUTES_LENGTH) return isSpace ? ISO_MINUTES : ISO_T_MINUTES;
  if (!isSecond(at + MINUTES_LENGTH)) return UNSURE;
  if (length == SECONDS_LENGTH) return isSpace ? ISO_SECONDS : ISO_T_SECONDS;
  const rest = restKind(at + SECONDS_LENGTH, length - SECONDS_LENGTH);
  return rest == UNSURE ? UNSURE : rest + isSpace;
}

/** What stands behind seconds: the kind behind a T. */
function restKind(at: usize, length: i32): i32 {
  let digits = 0;
  if (<i32>load<u8>(at) == POINT) {
    while (digits + 1 < length && isDigit(<i32>load<u8>(at + 1 + digits))) digits++;
    if (digits == 0 || digits > MOST_FRACTION_DIGITS) return UNSURE;
    at += 1 + digits;
    length -= 1 + digits;
    if (length == 0) return ISO_T_FRACTION;
  }
  const sign = <i32>load<u8>(at);
  if (length == 1 && sign == BIG_Z) return digits > 0 ? ISO_T_FRACTION_ZULU : ISO_T_ZULU;
  if (length != OFFSET_LENGTH || (sign != PLUS && sign != MINUS)) return UNSURE;
  // Digits, a colon behind two of them.
  if ((othersAt(at + 1) & 0x1f) != 4 || <i32>load<u8>(at, 3) != COLON) return UNSURE;
  return digits > 0 ? ISO_T_FRACTION_OFFSET : ISO_T_OFFSET;
}

// @ts-ignore: decorator
@inline
export function isDigit(byte: i32): bool {
  return <u32>(byte - 0x30) <= 9;
}

/** Whether `12:34` is a time; digits stand where they must. */
// @ts-ignore: decorator
@inline
function isClock(at: usize): bool {
  return <i32>load<u8>(at, 2) == COLON && twoDigits(at) <= 23 && twoDigits(at + 3) <= 59;
}

/** Whether `:56` is a second, whatever stands there. */
// @ts-ignore: decorator
@inline
function isSecond(at: usize): bool {
  const tens = <i32>load<u8>(at, 1) - 0x30;
  const ones = <i32>load<u8>(at, 2) - 0x30;
  return <i32>load<u8>(at) == COLON && <u32>tens <= 5 && <u32>ones <= 9;
}

/** Whether `1234-MM-DD` names a day; leap days and the year 0 are left to the twin. */
// @ts-ignore: decorator
@inline
function isIsoDay(at: usize): bool {
  if (<i32>load<u8>(at, 4) != MINUS || <i32>load<u8>(at, 7) != MINUS) return false;
  return load<u32>(at) != ZEROS && isDay(twoDigits(at + 5), twoDigits(at + 8));
}

/** Of common years. */
// @ts-ignore: decorator
@inline
function isDay(month: i32, day: i32): bool {
  if (month < 1 || month > 12 || day < 1) return false;
  // Months of 31 days: odd ones up to July, even ones behind it.
  const days = month == 2 ? 28 : 30 + ((month ^ (month >> 3)) & 1);
  return day <= days;
}

// @ts-ignore: decorator
@inline
function twoDigits(at: usize): i32 {
  return (<i32>load<u8>(at) - 0x30) * 10 + <i32>load<u8>(at, 1) - 0x30;
}

/** Whether the third byte of at least ten is a sign between day, month and year. */
// @ts-ignore: decorator
@inline
export function maySignDate(at: usize): bool {
  return <u32>(<i32>load<u8>(at, 2) - MINUS) <= <u32>(SLASH - MINUS) && load<u8>(at, 2) == load<u8>(at, 5);
}

/** A kind from YEAR_LAST on of at least ten bytes, of which 32 are readable; or UNSURE. */
export function yearLastKind(at: usize, length: i32): i32 {
  if ((othersAt(at) & 0x3ff) != 0x24 || load<u32>(at, 6) == ZEROS) return UNSURE;
  const a = twoDigits(at);
  const b = twoDigits(at + 3);
  // One of them may be a leap day.
  if ((a == 29 && b == 2) || (a == 2 && b == 29)) return UNSURE;
  const isDayFirst = isDay(b, a);
  const isMonthFirst = isDay(a, b);
  if (!isDayFirst && !isMonthFirst) return UNSURE;
  const order = isDayFirst ? (isMonthFirst ? 0 : 1) : 2;
  const time = timeBehind(at + DAY_LENGTH, length - DAY_LENGTH);
  if (time < 0) return UNSURE;
  const sign = <i32>load<u8>(at, 2);
  const signPlace = sign == SLASH ? 0 : sign == POINT ? 1 : 2;
  return YEAR_LAST + (signPlace * 3 + order) * 3 + time;
}

/** Nothing, ` 12:34` or ` 12:34:56`: 0 to 2; else −1. */
// @ts-ignore: decorator
@inline
function timeBehind(at: usize, length: i32): i32 {
  if (length == 0) return 0;
  if ((length != 6 && length != 9) || <i32>load<u8>(at) != SPACE) return -1;
  if ((othersAt(at + 1) & 0x1f) != 4 || !isClock(at + 1)) return -1;
  if (length == 6) return 1;
  return isSecond(at + 6) ? 2 : -1;
}
