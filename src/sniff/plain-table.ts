/**
 * The quick look at a sample: whether it certainly is a plain table, so that nothing needs to be
 * sniffed. One pass over a few kilobytes, no text is made of them. Saying no is never wrong.
 */

import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { COMMA, CR, DOUBLE_QUOTE, LF } from '../csv/dialect.js';
import {
  DIGIT,
  EMPTY,
  FEWEST_RECORDS,
  LETTER,
  LETTERS_OFFSET,
  LOOKS_BYTES,
  MOST_WIDTH,
  OTHER,
  SECOND_OFFSET,
} from './plain-looks.js';

/** How many bytes are looked at: of a file that is no longer all, else so many of the first. */
export const SMALL_BYTES = 4096;
const FIRST_BYTES = 2048;

const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
/** `;` `|` and tab: what else might separate. */
const SEMICOLON = 0x3b;
const BAR = 0x7c;
const TAB = 0x09;

/** See `QuickLook`. */
export function plainWidth(bytes: Uint8Array, isWhole: boolean, delimiter: number): number {
  const looks = viewLooks(new ArrayBuffer(LOOKS_BYTES), 0);
  const width = tallyLooks(bytes, stretchOf(bytes, isWhole), delimiter, looks);
  return judgeLooks(width, looks) ? width : 0;
}

/** What is looked at. */
export interface Stretch {
  /** Behind a byte order mark. */
  readonly start: number;
  readonly end: number;
  /** It ends where the file does; else it may be cut in a record, which then says nothing. */
  readonly isAll: boolean;
}

export function stretchOf(bytes: Uint8Array, isWhole: boolean): Stretch {
  const isAll = isWhole && bytes.length <= SMALL_BYTES;
  const end = isAll ? bytes.length : Math.min(bytes.length, FIRST_BYTES);
  return { start: byteOrderMarkLength(bytes), end, isAll };
}

/** By column; the records are those that are not blank. */
export interface Looks {
  /** What the second record's cells begin with. */
  readonly second: Uint8Array;
  /** How many cells below begin like numbers, and with letters. */
  readonly digits: Uint16Array;
  readonly letters: Uint16Array;
}

/** @param offset a multiple of 2. */
export function viewLooks(memory: ArrayBufferLike, offset: number): Looks {
  return {
    second: new Uint8Array(memory, offset + SECOND_OFFSET, MOST_WIDTH),
    digits: new Uint16Array(memory, offset, MOST_WIDTH),
    letters: new Uint16Array(memory, offset + LETTERS_OFFSET, MOST_WIDTH),
  };
}

/** The second record must hold values where those below do, or it may be a header too. */
export function judgeLooks(width: number, { second, digits, letters }: Looks): boolean {
  let typed = 0;
  let values = 0;
  for (let column = 0; column < width; column++) {
    if (digits[column] === 0 || digits[column]! < letters[column]!) continue;
    const look = second[column];
    if (look !== DIGIT && look !== EMPTY) return false;
    typed++;
    if (look === DIGIT) values++;
  }
  return 2 * values >= typed;
}

/**
 * Goes through the cells, and counts their looks.
 * @param looks all 0.
 * @returns the number of columns; 0 where something is not plain.
 */
function tallyLooks(
  bytes: Uint8Array,
  { start, end, isAll }: Stretch,
  delimiter: number,
  { second, digits, letters }: Looks,
): number {
  let position = start;
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
      if (next === end && !isAll) return record < FEWEST_RECORDS ? 0 : width;
      if (column === MOST_WIDTH || look === OTHER) return 0;
      if (record === 0 && (look !== LETTER || !isName(bytes, position, next))) return 0;
      if (look !== EMPTY) filled++;
      if (record === 1) second[column] = look;
      else if (record > 1 && look === DIGIT) digits[column]!++;
      else if (record > 1 && look === LETTER) letters[column]!++;
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
  return 2 * filled <= width || record < FEWEST_RECORDS ? 0 : width;
}

function lookOf(bytes: Uint8Array, start: number): number {
  let position = start;
  if (bytes[position] === DOUBLE_QUOTE) position++;
  while (bytes[position] === 0x20) position++;
  const first = bytes[position];
  if (first === undefined || first === LF || first === CR || first === COMMA || first === TAB) {
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

/** Where the field ends: at a delimiter, a line end or `end`. −1: something in it is not plain. */
function endOfPlainField(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
  let position = start;
  if (bytes[start] === DOUBLE_QUOTE) {
    position = closingQuote(bytes, start + 1, end);
    if (position < 0 || position === end) return position;
    const after = bytes[position];
    if (after !== delimiter && after !== LF && after !== CR) return -1;
  }
  for (; position < end; position++) {
    const byte = bytes[position]!;
    if (byte === delimiter || byte === LF) return position;
    if (byte === CR) return position + 1 === end || bytes[position + 1] === LF ? position : -1;
    if (byte === DOUBLE_QUOTE || byte === TAB || byte === SEMICOLON || byte === BAR) return -1;
    if (byte === SINGLE_QUOTE && position === start) return -1;
  }
  return end;
}

/** The offset behind the closing quote; `end` when none closes, −1 for a backslash before one. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  for (let position = start; position < end; position++) {
    const byte = bytes[position]!;
    const next = bytes[position + 1];
    if (byte === DOUBLE_QUOTE) {
      if (next !== DOUBLE_QUOTE || position + 1 >= end) return position + 1;
      position++;
    } else if (byte === BACKSLASH && next === DOUBLE_QUOTE) {
      return -1;
    }
  }
  return end;
}
