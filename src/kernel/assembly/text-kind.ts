/**
 * What a text is written as, as far as its bytes tell soon: numbers, dates in the order of ISO
 * 8601, and words. Twin: `engine/profile/value-kind`, which says the same of what is not UNSURE.
 */
import { INTEGER, LEADING_ZERO, NUMBER, SLOW } from '../cell-kinds';
import { DECIMAL, LONG_WHOLE, UNSURE, WHOLE, WORDS, ZERO_LED } from '../profiler/text-kinds';
import { isDigit, isoKind, maySignDate, yearLastKind } from './date-kind';
import { glance, LONGEST_PLAIN, NOT_PLAIN, parseLong, parsePlain } from './parse-number';

const NINE: i32 = 0x39;
const MINUS: i32 = 0x2d;
const POINT: i32 = 0x2e;
const SPACE: i32 = 0x20;
/** What begins a date in digits has at least, and where its first sign stands. */
const LEAST_DATE_LENGTH: i32 = 10;
/** Up to so many letters a word may be one for a truth. */
const LONGEST_TRUTH: i32 = 5;
/** Of the names of months, and of what may be one. */
const SHORTEST_MONTH: i32 = 3;
const LONGEST_MONTH: i32 = 9;
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
  if (first > NINE) return kindOfWords(at, first, length);
  if (length >= LEAST_DATE_LENGTH) {
    if (<i32>load<u8>(at, 4) == MINUS) return kindOfDate(at, length, powers, to);
    if (maySignDate(at)) {
      const kind = yearLastKind(at, length);
      if (kind != UNSURE) return kind;
    }
  }
  return kindOfNumber(at, length, powers, to);
}

// @ts-ignore: decorator
@inline
function kindOfNumber(at: usize, length: i32, powers: usize, to: usize): i32 {
  let kind = length <= LONGEST_PLAIN ? parsePlain(at, length, powers, to) : glance(at);
  if (kind == NOT_PLAIN) kind = parseLong(at, length, powers, to);
  if (kind < NUMBER) return isCode(at, length) ? WORDS : UNSURE;
  if (kind == SLOW) return UNSURE;
  if (kind == INTEGER) return Math.abs(load<f64>(to)) >= LEAST_LONG ? LONG_WHOLE : WHOLE;
  return kind == LEADING_ZERO ? ZERO_LED : DECIMAL;
}

// @ts-ignore: decorator
@inline
function kindOfWords(at: usize, first: i32, length: i32): i32 {
  const last = <i32>load<u8>(at + <usize>length - 1);
  const endsInDigit = isDigit(last);
  if (first >= 0x80) return endsInDigit || last == 0x29 ? UNSURE : WORDS;
  if (!isLetter(first)) return UNSURE;
  if (length <= LONGEST_TRUTH && !endsInDigit) return UNSURE;
  // Times may end in AM, PM or Z.
  if (!endsInDigit && last != 0x6d && last != 0x4d && last != 0x5a) return WORDS;
  return isNamed(at, length) ? UNSURE : WORDS;
}

/** Whether a text that begins with a letter may be a date such as `May 5, 2024`, or `EUR5`. */
function isNamed(at: usize, length: i32): bool {
  let run = 1;
  while (run < length && run <= LONGEST_MONTH && isLetter(<i32>load<u8>(at + run))) run++;
  if (run < SHORTEST_MONTH || run > LONGEST_MONTH || run == length) return false;
  const next = <i32>load<u8>(at + run);
  if (next == SPACE || next == POINT) return true;
  return run == 3 && isDigit(next);
}

/** Whether a text that begins with a digit is no number, date, unit or sum, by one look. */
function isCode(at: usize, length: i32): bool {
  if (!isDigit(<i32>load<u8>(at))) return false;
  let before = 0;
  for (let i = 1; i < length; i++) {
    const byte = <i32>load<u8>(at + <usize>i);
    // In others no letter stands before a digit but the T of a time and the E of an exponent.
    if (isDigit(byte) && isLetter(before)) {
      const letter = before | 0x20;
      if (letter != 0x65 && letter != 0x74) return true;
    }
    before = byte;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function isLetter(byte: i32): bool {
  return <u32>((byte | 0x20) - 0x61) < 26;
}

/** A date, or a number such as `1234-5`, which is none, and `123e-45678`, which is. */
function kindOfDate(at: usize, length: i32, powers: usize, to: usize): i32 {
  const kind = isoKind(at, length);
  return kind == UNSURE ? kindOfNumber(at, length, powers, to) : kind;
}

/** How many characters of UTF-8 the bytes are: those that begin one. */
export function countCharacters(at: usize, length: i32): i32 {
  let count = 0;
  const end = at + <usize>length;
  for (; at < end; at++) count += <i32>((load<u8>(at) & 0xc0) != 0x80);
  return count;
}
