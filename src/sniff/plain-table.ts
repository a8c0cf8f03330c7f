/**
 * The quick look at a sample: whether it certainly is a plain table, so that nothing needs to be
 * sniffed. One pass over a few kilobytes, no text is made of them. Saying no is never wrong.
 */

import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { COMMA, CR, DOUBLE_QUOTE, LF } from '../csv/dialect.js';

/** How many bytes are looked at: of a file that is no longer all, else so many of the first. */
export const SMALL_BYTES = 4096;
const FIRST_BYTES = 2048;

const FEWEST_RECORDS = 4;
const MOST_WIDTH = 128;

/** What a cell begins with. */
const EMPTY = 0;
const LETTER = 1;
const DIGIT = 2;
const OTHER = 3;

const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
/** `;` `|` and tab: what else might separate. */
const SEMICOLON = 0x3b;
const BAR = 0x7c;
const TAB = 0x09;

/**
 * The number of columns when the first bytes are rectangular in `delimiter` with `"` quotes, a
 * header of words and no preamble; 0 otherwise.
 *
 * @param isWhole whether `bytes` are the whole file.
 */
export function plainWidth(bytes: Uint8Array, isWhole: boolean, delimiter: number): number {
  const isAll = isWhole && bytes.length <= SMALL_BYTES;
  const end = isAll ? bytes.length : Math.min(bytes.length, FIRST_BYTES);
  const looks = new Uint8Array(MOST_WIDTH * 2);
  const digits = new Uint16Array(MOST_WIDTH);
  const letters = new Uint16Array(MOST_WIDTH);
  let position = byteOrderMarkLength(bytes);
  let width = 0;
  let record = 0;
  let filled = 0;
  while (position < end) {
    let column = 0;
    filled = 0;
    for (;;) {
      const look = lookOf(bytes, position);
      const next = endOfPlainField(bytes, position, end, delimiter);
      if (next < 0) return 0;
      // Cut off: what came before is the sample.
      if (next === end && !isAll) return judge(width, record, looks, digits, letters);
      if (column === MOST_WIDTH || look === OTHER) return 0;
      if (record === 0 && (look !== LETTER || !isName(bytes, position, next))) return 0;
      if (look !== EMPTY) filled++;
      if (record < 2) looks[record * MOST_WIDTH + column] = look;
      else if (look === DIGIT) digits[column]!++;
      else if (look === LETTER) letters[column]!++;
      column++;
      position = next + 1;
      if (bytes[next] === delimiter && next < end) continue;
      if (bytes[next] === CR) position++;
      break;
    }
    if (record === 0) width = column;
    if (column !== width || width < 2) return 0;
    // A blank row says nothing.
    if (filled > 0) record++;
  }
  // The last record may be a total or a note, padded.
  if (2 * filled <= width) return 0;
  return judge(width, record, looks, digits, letters);
}

/** The second row must hold values where the rows below do, or it may be a header too. */
function judge(
  width: number,
  records: number,
  looks: Uint8Array,
  digits: Uint16Array,
  letters: Uint16Array,
): number {
  if (records < FEWEST_RECORDS) return 0;
  let typed = 0;
  let values = 0;
  for (let column = 0; column < width; column++) {
    if (digits[column] === 0 || digits[column]! < letters[column]!) continue;
    const look = looks[MOST_WIDTH + column];
    if (look !== DIGIT && look !== EMPTY) return 0;
    typed++;
    if (look === DIGIT) values++;
  }
  return 2 * values >= typed ? width : 0;
}

function lookOf(bytes: Uint8Array, start: number): number {
  let position = start;
  if (bytes[position] === DOUBLE_QUOTE) position++;
  while (bytes[position] === 0x20) position++;
  const first = bytes[position];
  if (first === undefined || first === LF || first === CR || first === 0x2c || first === TAB) {
    return EMPTY;
  }
  if (first >= 0x30 && first <= 0x39) return DIGIT;
  if (first === 0x2d || first === 0x2b || first === 0x2e || first === 0x24) return DIGIT;
  const folded = first | 0x20;
  if ((folded >= 0x61 && folded <= 0x7a) || first >= 0x80 || first === 0x5f) return LETTER;
  return first === DOUBLE_QUOTE ? EMPTY : OTHER;
}

/** Whether the cell may be a column's name: no brackets that do not close in it. */
function isName(bytes: Uint8Array, start: number, end: number): boolean {
  let depth = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 0x28 || byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x29 || byte === 0x5d || byte === 0x7d) depth--;
  }
  return depth === 0;
}

/** 1 for bytes that a field does not simply go on with. */
const STOPS = new Uint8Array(256);
for (const byte of [LF, CR, DOUBLE_QUOTE, SINGLE_QUOTE, COMMA, TAB, SEMICOLON, BAR])
  STOPS[byte] = 1;

/**
 * Where the field ends: at a delimiter, a line end or `end`. −1: something in it is not plain.
 */
function endOfPlainField(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
  let position = start;
  if (bytes[start] === DOUBLE_QUOTE) {
    position = closingQuote(bytes, start + 1, end);
    if (position < 0 || position === end) return position;
    const after = bytes[position];
    const isEnd = after === delimiter || after === LF || after === CR;
    if (!isEnd) return -1;
  }
  for (; position < end; position++) {
    const byte = bytes[position]!;
    if (STOPS[byte] === 0) continue;
    if (byte === delimiter || byte === LF) return position;
    if (byte === CR) return position + 1 === end || bytes[position + 1] === LF ? position : -1;
    const isOrdinary = byte === COMMA || (byte === SINGLE_QUOTE && position > start);
    if (!isOrdinary) return -1;
  }
  return end;
}

/** The offset behind the closing quote; `end` when none closes, −1 for a backslash before one. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end) {
    const byte = bytes[position]!;
    if (byte === DOUBLE_QUOTE) {
      if (bytes[position + 1] !== DOUBLE_QUOTE || position + 1 >= end) return position + 1;
      position++;
    } else if (byte === BACKSLASH && bytes[position + 1] === DOUBLE_QUOTE) {
      return -1;
    }
    position++;
  }
  return end;
}
