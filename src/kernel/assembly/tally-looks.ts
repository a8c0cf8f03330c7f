/**
 * The quick look at the first bytes of an input: is it a plain table? Scalar, for a few kilobytes,
 * but compiled once for all threads. Twin: `sniff/plain-table.ts`, which says what it is for.
 */
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
} from '../../sniff/plain-looks';

const TAB: i32 = 0x09;
const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const SPACE: i32 = 0x20;
const DOUBLE_QUOTE: i32 = 0x22;
const SINGLE_QUOTE: i32 = 0x27;
const COMMA: i32 = 0x2c;
const SEMICOLON: i32 = 0x3b;
const BACKSLASH: i32 = 0x5c;
const BAR: i32 = 0x7c;

/** No byte: behind the last one. */
const NONE: i32 = -1;

/** The bytes: where they lie, and how many they are. Set for the time of a call. */
let bytes: usize = 0;
let length: i32 = 0;

/**
 * Counts what the cells from `start` to `end` begin with, by column: see `Looks` in the twin.
 *
 * @param looks where `LOOKS_BYTES` are free.
 * @returns the number of columns; 0 where something is not plain.
 */
export function tallyLooks(
  source: usize,
  sourceLength: i32,
  start: i32,
  end: i32,
  isAll: bool,
  delimiter: i32,
  looks: usize,
): i32 {
  bytes = source;
  length = sourceLength;
  memory.fill(looks, 0, LOOKS_BYTES);
  let position = start;
  let width = 0;
  let record = 0;
  let filled = 0;
  while (position < end) {
    let column = 0;
    filled = 0;
    for (;;) {
      const look = lookOf(position);
      const next = endOfPlainField(position, end, delimiter);
      if (next < 0) return 0;
      // Cut off: what came before is the sample.
      if (next == end && !isAll) return record < FEWEST_RECORDS ? 0 : width;
      if (column == MOST_WIDTH || look == OTHER) return 0;
      if (record == 0 && (look != LETTER || !isName(position, next))) return 0;
      if (look != EMPTY) filled++;
      countLook(looks, record, column, look);
      column++;
      position = next + 1;
      const stop = byteAt(next);
      if (stop == delimiter && next < end) continue;
      if (stop == CR) position++;
      break;
    }
    if (record == 0) width = column;
    if (column != width || width < 2) return 0;
    // A blank row says nothing.
    if (filled > 0) record++;
  }
  // The last record may be a total or a note, padded.
  return 2 * filled <= width || record < FEWEST_RECORDS ? 0 : width;
}

function countLook(looks: usize, record: i32, column: i32, look: i32): void {
  if (record == 1) {
    store<u8>(looks + SECOND_OFFSET + column, <u8>look);
  } else if (record > 1 && (look == DIGIT || look == LETTER)) {
    const counts = looks + (look == DIGIT ? 0 : LETTERS_OFFSET) + (column << 1);
    store<u16>(counts, load<u16>(counts) + 1);
  }
}

function byteAt(offset: i32): i32 {
  return offset < length ? <i32>load<u8>(bytes + offset) : NONE;
}

function lookOf(start: i32): i32 {
  let position = start;
  if (byteAt(position) == DOUBLE_QUOTE) position++;
  while (byteAt(position) == SPACE) position++;
  const first = byteAt(position);
  if (first == NONE || first == LF || first == CR || first == COMMA || first == TAB) return EMPTY;
  if (first >= 0x30 && first <= 0x39) return DIGIT;
  if (first == 0x2d || first == 0x2b || first == 0x2e || first == 0x24) return DIGIT;
  const folded = first | 0x20;
  if ((folded >= 0x61 && folded <= 0x7a) || first >= 0x80 || first == 0x5f) return LETTER;
  return first == DOUBLE_QUOTE ? EMPTY : OTHER;
}

/** Whether the cell may be a column's name: no brackets that do not close in it. */
function isName(start: i32, end: i32): bool {
  let depth = 0;
  for (let i = start; i < end; i++) {
    const byte = byteAt(i);
    if (byte == 0x28 || byte == 0x5b || byte == 0x7b) depth++;
    else if (byte == 0x29 || byte == 0x5d || byte == 0x7d) depth--;
  }
  return depth == 0;
}

/** Where the field ends: at a delimiter, a line end or `end`. -1: something in it is not plain. */
function endOfPlainField(start: i32, end: i32, delimiter: i32): i32 {
  let position = start;
  if (byteAt(start) == DOUBLE_QUOTE) {
    position = closingQuote(start + 1, end);
    if (position < 0 || position == end) return position;
    const after = byteAt(position);
    if (after != delimiter && after != LF && after != CR) return -1;
  }
  for (; position < end; position++) {
    const byte = byteAt(position);
    if (byte == delimiter || byte == LF) return position;
    if (byte == CR) return position + 1 == end || byteAt(position + 1) == LF ? position : -1;
    if (byte == DOUBLE_QUOTE || byte == TAB || byte == SEMICOLON || byte == BAR) return -1;
    if (byte == SINGLE_QUOTE && position == start) return -1;
  }
  return end;
}

/** The offset behind the closing quote; `end` when none closes, -1 for a backslash before one. */
function closingQuote(start: i32, end: i32): i32 {
  for (let position = start; position < end; position++) {
    const byte = byteAt(position);
    const next = byteAt(position + 1);
    if (byte == DOUBLE_QUOTE) {
      if (next != DOUBLE_QUOTE || position + 1 >= end) return position + 1;
      position++;
    } else if (byte == BACKSLASH && next == DOUBLE_QUOTE) {
      return -1;
    }
  }
  return end;
}
