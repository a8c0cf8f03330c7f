/**
 * The bits of cells from their bytes, for what columns mostly hold: decoding each cell would take
 * longer than all the rest. What is not plain is left to the text. Twins: `dateBits`,
 * `numeralBits` and `truthBits` of the text give the same wherever an answer is given here.
 */
import { isDay } from '../../base/calendar.js';
import { fullYear } from './calendar.js';
import { DAY_ALONE, FORMATS, FORMATTED, VALUE, WITH_TIME } from './date-text.js';
import { MOST_DIGITS } from './most-digits.js';
import * as numerals from './numeral.js';
import { truthBits } from './truth-words.js';

/** Look at the text. */
export const UNSURE = -1;

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
/** Of `T10:30:00`. */
const SECONDS_LENGTH = 9;
const MOST_FRACTION_DIGITS = 9;

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = bytes[at]! - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function bitOf(name: string): number {
  return FORMATS.find((format) => format.name === name)!.bit;
}

/** By separator: dmy, mdy and ymd with years of four digits, then of two. */
const [SLASHED, DOTTED, DASHED] = ['/', '.', '-'].map((mark) =>
  ['DD MM YYYY', 'MM DD YYYY', 'YYYY MM DD', 'DD MM YY', 'MM DD YY', 'YY MM DD'].map((name) =>
    bitOf(name.replaceAll(' ', mark)),
  ),
) as [number[], number[], number[]];

/** Of dates by numbers, alone or with `10:30` or `10:30:00` behind them. */
export function quickDateBits(bytes: Uint8Array, start: number, end: number): number {
  if (isIsoDay(bytes, start, end)) {
    const day = DASHED[2]! | VALUE;
    if (end === start + 10) return day | DAY_ALONE;
    return isIsoTime(bytes, start + 10, end) ? day | WITH_TIME : UNSURE;
  }
  return numericDateBits(bytes, start, end);
}

/** Whether the first ten bytes are a day as ISO 8601 has it, which most columns of dates hold. */
function isIsoDay(bytes: Uint8Array, start: number, end: number): boolean {
  if (end < start + 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return false;
  const century = twoDigits(bytes, start);
  const year = twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  return century >= 0 && year >= 0 && isDay(century * 100 + year, month, day);
}

function numericDateBits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let a = 0;
  let digit = digitAt(bytes, at);
  for (; digit >= 0 && at < end; digit = digitAt(bytes, ++at)) a = a * 10 + digit;
  const aDigits = at - start;
  const mark = bytes[at]!;
  if (aDigits === 0 || aDigits > 4 || (mark !== 0x2f && mark !== POINT && mark !== MINUS)) {
    return UNSURE;
  }
  const bStart = ++at;
  let b = 0;
  for (digit = digitAt(bytes, at); digit >= 0 && at < end; digit = digitAt(bytes, ++at)) {
    b = b * 10 + digit;
  }
  const bDigits = at - bStart;
  if (bDigits === 0 || bDigits > 2 || at >= end || bytes[at] !== mark) return UNSURE;
  const cStart = ++at;
  let c = 0;
  for (digit = digitAt(bytes, at); digit >= 0 && at < end; digit = digitAt(bytes, ++at)) {
    c = c * 10 + digit;
  }
  // Digits of the next field are not this one's.
  const cDigits = Math.min(at, end) - cStart;
  if (cDigits <= 0 || cDigits > 4 || at > end) return UNSURE;
  const formats = formatsOf(
    mark === MINUS ? DASHED : mark === POINT ? DOTTED : SLASHED,
    a,
    aDigits,
    b,
    c,
    cDigits,
  );
  if (formats === 0) return UNSURE;
  const hasTime = at < end;
  if (hasTime && !isTime(bytes, at, end)) return UNSURE;
  const isIso = mark === MINUS && aDigits === 4 && bDigits === 2 && cDigits === 2;
  return formats | (hasTime ? WITH_TIME : DAY_ALONE) | (isIso ? 0 : FORMATTED) | VALUE;
}

function formatsOf(
  bits: readonly number[],
  a: number,
  aDigits: number,
  b: number,
  c: number,
  cDigits: number,
): number {
  if (aDigits === 4) return cDigits <= 2 && isDay(a, b, c) ? bits[2]! : 0;
  if (aDigits > 2) return 0;
  if (cDigits === 4) return (isDay(c, b, a) ? bits[0]! : 0) | (isDay(c, a, b) ? bits[1]! : 0);
  if (cDigits > 2) return 0;
  let found = 0;
  if (cDigits === 2) {
    const year = fullYear(c);
    found = (isDay(year, b, a) ? bits[3]! : 0) | (isDay(year, a, b) ? bits[4]! : 0);
  }
  return aDigits === 2 && isDay(fullYear(a), b, c) ? found | bits[5]! : found;
}

/** ` 10:30` or `T10:30:00`, up to the end. */
function isTime(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== SPACE && bytes[at] !== LETTER_T) return false;
  const length = end - at;
  if (length !== 6 && length !== 9) return false;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  const seconds = length === 6 ? 0 : twoDigits(bytes, at + 7);
  if (bytes[at + 3] !== COLON || (length === 9 && bytes[at + 6] !== COLON)) return false;
  return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60;
}

/** The same, or with a fraction of seconds, or with a Z behind it. */
function isIsoTime(bytes: Uint8Array, at: number, end: number): boolean {
  const zone = bytes[end - 1] === LETTER_Z ? end - 1 : end;
  const point = at + SECONDS_LENGTH;
  if (zone <= point || bytes[point] !== POINT) return isTime(bytes, at, zone);
  const digits = zone - point - 1;
  if (digits === 0 || digits > MOST_FRACTION_DIGITS) return false;
  for (let i = point + 1; i < zone; i++) if (digitAt(bytes, i) < 0) return false;
  return isTime(bytes, at, point);
}

/** −1 where there are no two digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const first = digitAt(bytes, at);
  const second = digitAt(bytes, at + 1);
  return first < 0 || second < 0 ? -1 : first * 10 + second;
}

/**
 * Of numbers of digits, points and commas, maybe with a minus before them: groups by one mark, a
 * fraction behind the other.
 */
export function quickNumeralBits(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const head = at;
  while (at < end && digitAt(bytes, at) >= 0) at++;
  const headDigits = at - head;
  const first = bytes[at]!;
  if (at >= end || headDigits === 0 || (first !== POINT && first !== COMMA)) return UNSURE;
  const isLedByZero = bytes[head] === ZERO;
  let groups = 0;
  let lastDigits = 0;
  let wholeDigits = headDigits;
  let areGroups = headDigits <= 3 && !isLedByZero;
  let last = first;
  while (at < end) {
    const mark = bytes[at]!;
    // A mark behind the other one ends the number.
    if (last !== first || (mark !== POINT && mark !== COMMA)) return UNSURE;
    last = mark;
    if (groups > 0 && lastDigits !== 3) areGroups = false;
    const from = ++at;
    while (at < end && digitAt(bytes, at) >= 0) at++;
    lastDigits = at - from;
    if (lastDigits === 0) return UNSURE;
    if (mark === first) {
      groups++;
      wholeDigits += lastDigits;
    }
  }
  if (wholeDigits > MOST_DIGITS || end - start > numerals.LONGEST_NUMERAL) return UNSURE;
  const rest = numerals.FORMATTED | numerals.NO_PERCENT | numerals.BARE;
  if (last !== first) {
    if (!areGroups) return UNSURE;
    return (
      rest |
      (first === COMMA
        ? numerals.POINT_COMMA | indianBit(groups, headDigits)
        : numerals.COMMA_POINT)
    );
  }
  return groups === 1 ? oneMark(first, headDigits, lastDigits, isLedByZero, rest) : UNSURE;
}

/** `1,234.5`: one group of three behind one or two digits fits the Indian way, too. */
function indianBit(groups: number, headDigits: number): number {
  return groups === 1 && headDigits <= 2 ? numerals.POINT_INDIAN : 0;
}

/** A fraction behind a comma, which may be a group of three. */
function oneMark(
  mark: number,
  headDigits: number,
  lastDigits: number,
  isLedByZero: boolean,
  rest: number,
): number {
  if (mark === POINT || (isLedByZero && headDigits > 1)) return UNSURE;
  const isGroup = lastDigits === 3 && headDigits <= 3 && !isLedByZero;
  if (!isGroup) return rest | numerals.COMMA;
  const point = numerals.POINT_COMMA | indianBit(1, headDigits);
  return rest | numerals.COMMA | point | numerals.DIFFERS;
}

const LONGEST_KEY = 4;
/** Words seen lately, each in the slot of its key. 0 is no key. */
const SLOTS = 256;
const keys = new Uint32Array(SLOTS);
const bitsOfKeys = new Uint32Array(SLOTS);

/** Of words of up to four letters of ASCII. */
export function quickTruthBits(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST_KEY) return UNSURE;
  // Not 0, or NUL bytes before a word would leave its key as it is.
  let key = 1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80) return UNSURE;
    key = key * 128 + byte;
  }
  const slot = (key ^ (key >>> 7)) % SLOTS;
  if (keys[slot] !== key) {
    bitsOfKeys[slot] = truthBits(Buffer.from(bytes.subarray(start, end)).toString());
    keys[slot] = key;
  }
  return bitsOfKeys[slot]!;
}
