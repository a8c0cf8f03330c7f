/**
 * Plain numerals and ISO dates made from the bytes of cells, for what such columns mostly hold.
 * What is not plain is left to the text. Twins: `plainNumeral` and `isoDate` give the same wherever
 * bytes are written here.
 */
import { fullYear } from './calendar.js';
import { FORMATS, ISO_BIT } from './date-text.js';
import { isUnitAround } from './numeral.js';
import { quickDateBits, UNSURE } from './quick-bits.js';
import { UNCHANGED } from './value-counts.js';
import type { TypeVerdict } from './verdict.js';

/**
 * Writes the cell `bytes[start..end)` to `at` of `to`, which has room for the cell and 16 bytes
 * more. @returns the end, `UNSURE`, or `UNCHANGED` where the cell stays as it is.
 */
export type QuickConvert = (
  bytes: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
) => number;

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const SPACE = 0x20;
const APOSTROPHE = 0x27;
const LETTER_T = 0x54;

/** Null where each cell must be looked at as a text. */
export function quickConvert(type: TypeVerdict | null): QuickConvert | null {
  if (type?.kind === 'numbers') return numeralWriter(type.decimal === '.' ? POINT : COMMA);
  return type?.kind === 'dates' ? dateWriter(type.format) : null;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

/**
 * Of digits with marks between them, and a unit before or behind; the column has shown that they
 * stand where they may.
 */
function numeralWriter(decimal: number): QuickConvert {
  const isUnit = unitMemory();
  return (bytes, start, end, to, at) => {
    let from = start;
    let until = end;
    let next = at;
    if (bytes[from] === MINUS) to[next++] = bytes[from++]!;
    if (from >= end || !isDigit(bytes[from]!) || !isDigit(bytes[end - 1]!)) {
      for (from = start; from < end && !isDigit(bytes[from]!); ) from++;
      while (until > from && !isDigit(bytes[until - 1]!)) until--;
      if (from === until || !isUnit(bytes, start, from, until, end)) return UNSURE;
      next = at;
    }
    let hasFraction = false;
    for (; from < until; from++) {
      const byte = bytes[from]!;
      if (isDigit(byte)) to[next++] = byte;
      else if (byte === decimal && !hasFraction) {
        hasFraction = true;
        to[next++] = POINT;
      } else if (hasFraction || !isGroupMark(byte)) return UNSURE;
    }
    const isAsBefore = next - at === end - start && (!hasFraction || decimal === POINT);
    return isAsBefore ? UNCHANGED : next;
  };
}

/**
 * Whether the bytes around a number, `start` to `from` and `until` to `end`, are a unit. Remembers
 * the last: most columns have one.
 */
function unitMemory() {
  let last = Buffer.alloc(0);
  let lastLead = -1;
  let isUnit = false;
  return (bytes: Uint8Array, start: number, from: number, until: number, end: number): boolean => {
    const lead = from - start;
    if (lead === lastLead && last.length === lead + end - until) {
      let i = 0;
      while (i < lead && last[i] === bytes[start + i]) i++;
      while (i >= lead && i < last.length && last[i] === bytes[until + i - lead]) i++;
      if (i === last.length) return isUnit;
    }
    const before = Buffer.from(bytes.subarray(start, from));
    const behind = Buffer.from(bytes.subarray(until, end));
    last = Buffer.concat([before, behind]);
    lastLead = lead;
    isUnit = isUnitAround(before.toString(), behind.toString());
    return isUnit;
  };
}

/** Two of the decimal mark are marks of groups: left to the text, with all else. */
function isGroupMark(byte: number): boolean {
  return byte === COMMA || byte === POINT || byte === SPACE || byte === APOSTROPHE;
}

/** Of dates by numbers, alone or with `10:30` or `10:30:00` behind them. */
function dateWriter(formatBit: number): QuickConvert | null {
  const { separator, order, yearDigits } = FORMATS.find(({ bit }) => bit === formatBit)!;
  if (separator === null || formatBit === ISO_BIT) return null;
  const [first, second] = { dmy: [2, 1], mdy: [1, 2], ymd: [0, 1] }[order] as [number, number];
  const parts = new Int32Array(3);
  return (bytes, start, end, to, at) => {
    const bits = quickDateBits(bytes, start, end);
    if (bits === UNSURE || (bits & formatBit) === 0) return UNSURE;
    let from = start;
    for (let i = 0; i < 3; i++) {
      let value = 0;
      for (; from < end && isDigit(bytes[from]!); from++) value = value * 10 + bytes[from]! - ZERO;
      parts[i === 0 ? first : i === 1 ? second : 3 - first - second] = value;
      if (i < 2) from++;
    }
    const year = yearDigits === 2 ? fullYear(parts[0]!) : parts[0]!;
    let next = writeDigits(to, at, year, 4);
    to[next++] = MINUS;
    next = writeDigits(to, next, parts[1]!, 2);
    to[next++] = MINUS;
    next = writeDigits(to, next, parts[2]!, 2);
    if (from === end) return next;
    to[next++] = LETTER_T;
    for (from++; from < end; from++) to[next++] = bytes[from]!;
    return next;
  };
}

function writeDigits(to: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    to[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return at + digits;
}
