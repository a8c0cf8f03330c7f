/**
 * Finds the fields of one record, byte by byte: the definition of CSV that everything faster is
 * tested against. It reads bytes only and judges nothing: strays, open quotes and odd widths are
 * marked, never refused.
 */

import { CR, type Dialect, LF, type RecordEnd } from './dialect.js';

/** The field's first byte is a quote that opens. */
export const QUOTED = 1;
/** The quoted part holds a doubled quote. */
export const ESCAPED = 2;
/**
 * Something other than a delimiter or line end follows the closing quote; the field is ordinary
 * bytes.
 */
export const STRAY = 4;
/** The quote is still open at the end of the file. */
export const UNCLOSED = 8;

/**
 * One record's fields, reused from record to record. Offsets are into the scanned bytes, ends
 * exclusive. Entries at `fieldCount` and beyond are left over from wider records.
 */
export interface ScannedRecord {
  /** At least 1: an empty line is one empty field. */
  fieldCount: number;
  /** Where the raw field starts, its opening quote included. */
  starts: number[];
  /** Where the raw field ends, its closing quote included. */
  ends: number[];
  /** QUOTED, ESCAPED, STRAY, UNCLOSED, added up; 0 for an ordinary field. */
  flags: number[];
  /** Where the record ends, its line end excluded. */
  contentEnd: number;
  /** Where the next record starts; the length of the bytes when there is none. */
  nextStart: number;
}

/** A record without fields, for `scanRecord` to fill. */
export function createScannedRecord(): ScannedRecord {
  return { fieldCount: 0, starts: [], ends: [], flags: [], contentEnd: 0, nextStart: 0 };
}

/**
 * Scans the record that starts at `start`, and fills `record` with it. A quote opens only as a
 * field's first byte; inside, a doubled quote stands for a quote (RFC 4180 section 2, rules 5 to
 * 7). After the closing quote, whatever comes before the next delimiter or line end is ordinary
 * bytes.
 *
 * @param start offset of the record's first byte, less than `bytes.length`.
 * @param isLast whether the file ends with `bytes`; the end of the file then ends the record.
 * @returns false when the record may go on beyond `bytes`, only when not `isLast`; `record` then
 * means nothing, and the caller scans again from `start` with more bytes. Never throws.
 */
export function scanRecord(
  bytes: Uint8Array,
  start: number,
  dialect: Dialect,
  isLast: boolean,
  record: ScannedRecord,
): boolean {
  record.fieldCount = 0;
  let position = scanField(bytes, start, dialect, record);
  while (bytes[position] === dialect.delimiter) {
    position = scanField(bytes, position + 1, dialect, record);
  }
  record.contentEnd = position;
  record.nextStart = position + lineEndLength(bytes, position, dialect.recordEnd);
  // Every undecided case (a cut field, quote or CRLF) runs to the end of the bytes without finding
  // a line end.
  const foundLineEnd = record.nextStart > position;
  return foundLineEnd || isLast;
}

/**
 * Adds the field at `start` to `record`; returns where it ends: at a delimiter, a line end or the
 * end.
 */
function scanField(
  bytes: Uint8Array,
  start: number,
  dialect: Dialect,
  record: ScannedRecord,
): number {
  let flags = 0;
  let position = start;
  if (bytes[start] === dialect.quote) {
    flags |= QUOTED;
    const closing = findClosingQuote(bytes, start + 1, dialect.quote);
    const firstQuoteInside = bytes.indexOf(dialect.quote, start + 1);
    if (firstQuoteInside !== closing) flags |= ESCAPED;
    if (closing === -1) flags |= UNCLOSED;
    position = closing === -1 ? bytes.length : closing + 1;
  }
  const end = findFieldEnd(bytes, position, dialect);
  if (flags !== 0 && end > position) flags |= STRAY;

  const index = record.fieldCount++;
  record.starts[index] = start;
  record.ends[index] = end;
  record.flags[index] = flags;
  return end;
}

/**
 * The offset of the quote that closes a field whose content starts at `start`, or -1 when none
 * does.
 */
function findClosingQuote(bytes: Uint8Array, start: number, quote: number): number {
  let position = start;
  while (position < bytes.length) {
    if (bytes[position] !== quote) position += 1;
    else if (bytes[position + 1] === quote) position += 2;
    else return position;
  }
  return -1;
}

/**
 * The offset of the first delimiter or line end at or after `start`, or the length when there is
 * none.
 */
function findFieldEnd(bytes: Uint8Array, start: number, dialect: Dialect): number {
  let position = start;
  while (
    position < bytes.length &&
    bytes[position] !== dialect.delimiter &&
    lineEndLength(bytes, position, dialect.recordEnd) === 0
  ) {
    position += 1;
  }
  return position;
}

/**
 * How many bytes the line end at `position` has: 1 for LF (or CR), 2 for CRLF, 0 when there is
 * none.
 */
function lineEndLength(bytes: Uint8Array, position: number, recordEnd: RecordEnd): 0 | 1 | 2 {
  const byte = bytes[position];
  if (recordEnd === 'cr') return byte === CR ? 1 : 0;
  if (byte === LF) return 1;
  return byte === CR && bytes[position + 1] === LF ? 2 : 0;
}
