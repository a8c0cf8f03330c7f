/**
 * What a text is written as, as far as its bytes tell soon: numbers, dates in the order of ISO
 * 8601, and words. Twin: `engine/profile/value-kind`, which says the same of what is not UNSURE.
 */
import { INTEGER, LEADING_ZERO, NUMBER, SLOW } from '../cell-kinds';
import { DECIMAL, ISO_DAY, ISO_MINUTES, ISO_SECONDS, ISO_T_MINUTES, ISO_T_SECONDS, LONG_WHOLE, UNSURE, WHOLE, WORDS, ZERO_LED } from '../profiler/text-kinds';
import { glance, LONGEST_PLAIN, NOT_PLAIN, parseLong, parsePlain } from './parse-number';

const NINE: i32 = 0x39;
const MINUS: i32 = 0x2d;
const COLON: i32 = 0x3a;
const SPACE: i32 = 0x20;
const BIG_T: i32 = 0x54;
/** What begins a date in digits has at least, and where its first sign stands. */
const LEAST_DATE_LENGTH: i32 = 10;
/** Up to so many letters a word may be one for a truth. */
const LONGEST_TRUTH: i32 = 5;
/** `0000` */
const ZEROS: u32 = 0x30303030;
const LEAST_LONG: f64 = 1e15;

/**
 * The kind of the `length` > 0 bytes at `at`, of which 32 more must be readable.
 *
 * @param to where a number is stored as f64.
 */
// @ts-ignore: decorator
@inline
export function kindOfText(at: usize, length: i32, powers: usize, to: usize): i32 {
  const first = <i32>load<u8>(at);
  if (first > NINE) return kindOfWords(first, <i32>load<u8>(at + <usize>length - 1), length);
  if (length >= LEAST_DATE_LENGTH && <i32>load<u8>(at, 4) == MINUS) return kindOfDate(at, length, powers, to);
  return kindOfNumber(at, length, powers, to);
}

// @ts-ignore: decorator
@inline
function kindOfNumber(at: usize, length: i32, powers: usize, to: usize): i32 {
  let kind = length <= LONGEST_PLAIN ? parsePlain(at, length, powers, to) : glance(at);
  if (kind == NOT_PLAIN) kind = parseLong(at, length, powers, to);
  if (kind < NUMBER || kind == SLOW) return UNSURE;
  if (kind == INTEGER) return Math.abs(load<f64>(to)) >= LEAST_LONG ? LONG_WHOLE : WHOLE;
  return kind == LEADING_ZERO ? ZERO_LED : DECIMAL;
}

// @ts-ignore: decorator
@inline
function kindOfWords(first: i32, last: i32, length: i32): i32 {
  const isDigit = last >= 0x30 && last <= NINE;
  if (first >= 0x80) return isDigit || last == 0x29 ? UNSURE : WORDS;
  const letter = first | 0x20;
  if (letter < 0x61 || letter > 0x7a || length <= LONGEST_TRUTH) return UNSURE;
  // Times may end in AM, PM or Z.
  return isDigit || last == 0x6d || last == 0x4d || last == 0x5a ? UNSURE : WORDS;
}

/** A date, or a number such as `1234-5`, which is none, and `123e-45678`, which is. */
function kindOfDate(at: usize, length: i32, powers: usize, to: usize): i32 {
  const kind = isoKind(at, length);
  return kind == UNSURE ? kindOfNumber(at, length, powers, to) : kind;
}

/** ISO_DAY … ISO_SECONDS of the bytes at `at`, of which 32 must be readable; or UNSURE. */
// @ts-ignore: decorator
@inline
export function isoKind(at: usize, length: i32): i32 {
  const digits = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  const others = i8x16.bitmask(i8x16.ge_u(digits, i8x16.splat(10)));
  return length == 10 ? dayKind(at, others & 0x3ff) : timeKind(at, length, others);
}

/** Digits but for the signs behind year and month, and such a day. */
// @ts-ignore: decorator
@inline
function dayKind(at: usize, others: i32): i32 {
  return others == 0x90 && isDay(at) ? ISO_DAY : UNSURE;
}

// @ts-ignore: decorator
@inline
function timeKind(at: usize, length: i32, others: i32): i32 {
  if (others != 0x2490 || (length != 16 && length != 19)) return UNSURE;
  const gap = <i32>load<u8>(at, 10);
  if ((gap != BIG_T && gap != SPACE) || <i32>load<u8>(at, 13) != COLON || !isDay(at)) return UNSURE;
  if (twoDigits(at + 11) > 23 || twoDigits(at + 14) > 59) return UNSURE;
  if (length == 16) return gap == BIG_T ? ISO_T_MINUTES : ISO_MINUTES;
  const tens = <i32>load<u8>(at, 17) - 0x30;
  const ones = <i32>load<u8>(at, 18) - 0x30;
  if (<i32>load<u8>(at, 16) != COLON || <u32>tens > 9 || <u32>ones > 9) return UNSURE;
  if (tens * 10 + ones > 59) return UNSURE;
  return gap == BIG_T ? ISO_T_SECONDS : ISO_SECONDS;
}

/** Whether `1234-MM-DD` names a day; leap days and the year 0 are left to the twin. */
// @ts-ignore: decorator
@inline
function isDay(at: usize): bool {
  if (<i32>load<u8>(at, 4) != MINUS || <i32>load<u8>(at, 7) != MINUS) return false;
  if (load<u32>(at) == ZEROS) return false;
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
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

/** How many characters of UTF-8 the bytes are: those that begin one. */
export function countCharacters(at: usize, length: i32): i32 {
  let count = 0;
  const end = at + <usize>length;
  for (; at < end; at++) count += <i32>((load<u8>(at) & 0xc0) != 0x80);
  return count;
}
