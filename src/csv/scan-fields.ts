/**
 * Finds the fields of one record, byte by byte: the definition of CSV that everything faster is
 * tested against. It reads bytes only and judges nothing: strays, open quotes and odd widths are
 * marked, never refused.
 */

import { CR, type Dialect, LF, lineEndByte, type RecordEnd } from './dialect.js';

/** The field's first byte is a quote that opens. */
export const QUOTED = 1;
/** The quoted part holds a doubled quote. */
export const ESCAPED = 2;
/**
 * Something other than a delimiter or line end follows the closing quote; the field is ordinary
 * bytes.
 */
export const STRAY = 4;
/** The quote is still open at the end of the file, in its last line. */
export const UNCLOSED = 8;
/**
 * The first byte is a quote that does not open: had it, the field would go on over line ends to no
 * good end. A STRAY too.
 */
export const RUNAWAY = 16;

/** Of wider records no more fields are kept; none of those behind is ever a column. */
export const MOST_FIELDS = 1 << 20;

/**
 * One record's fields, reused from record to record. Offsets are into the scanned bytes, ends
 * exclusive. Entries at `fieldCount` and beyond are left over from wider records.
 */
export interface ScannedRecord {
  /** At least 1: an empty line is one empty field. */
  fieldCount: number;
  /** Whether all behind the first `MOST_FIELDS` are empty. */
  isRestEmpty: boolean;
  /** Where the raw field starts, its opening quote included. Of the first `MOST_FIELDS`. */
  starts: number[];
  /** Where the raw field ends, its closing quote included. */
  ends: number[];
  /** QUOTED … RUNAWAY, added up; 0 for an ordinary field. */
  flags: number[];
  /** Where the record ends, its line end excluded. */
  contentEnd: number;
  /** Where the next record starts; the length of the bytes when there is none. */
  nextStart: number;
}

/** A record without fields, for `scanRecord` to fill. */
export function createScannedRecord(): ScannedRecord {
  const lists = { starts: [], ends: [], flags: [] };
  return { fieldCount: 0, isRestEmpty: true, ...lists, contentEnd: 0, nextStart: 0 };
}

/**
 * Scans the record that starts at `start`, and fills `record` with it. A quote opens only as a
 * field's first byte; inside, a doubled quote stands for a quote (RFC 4180 section 2, rules 5 to
 * 7). After the closing quote, whatever comes before the next delimiter or line end is ordinary
 * bytes.
 *
 * A quote does not open at all where line ends stand behind it and none of these does: a closing
 * quote within `longestQuoted` bytes, followed by a delimiter, a line end or the end. So a quote
 * that nobody closes costs its line, not the file; the next quote that opens another field ends the
 * search, so that no byte is looked at more than a few times.
 *
 * @param start offset of the record's first byte, less than `bytes.length`.
 * @param isLast whether the file ends with `bytes`; the end of the file then ends the record.
 * @param longestQuoted how many bytes may stand between the quotes of a field with line ends.
 * @returns false when the record may go on beyond `bytes`, only when not `isLast`; `record` then
 * means nothing, and the caller scans again from `start` with more bytes. Never throws.
 */
export function scanRecord(
  bytes: Uint8Array,
  start: number,
  dialect: Dialect,
  isLast: boolean,
  record: ScannedRecord,
  longestQuoted: number,
): boolean {
  record.fieldCount = 0;
  record.isRestEmpty = true;
  let position = start - 1;
  do {
    position = scanField(bytes, position + 1, dialect, isLast, record, longestQuoted);
    if (position < 0) return false;
  } while (bytes[position] === dialect.delimiter);
  record.contentEnd = position;
  record.nextStart = position + lineEndLength(bytes, position, dialect.recordEnd);
  // Every undecided case (a cut field, quote or CRLF) runs to the end of the bytes without finding
  // a line end.
  const foundLineEnd = record.nextStart > position;
  return foundLineEnd || isLast;
}

/**
 * Adds the field at `start` to `record`; returns where it ends: at a delimiter, a line end or the
 * end. −1: more bytes must tell.
 */
function scanField(
  bytes: Uint8Array,
  start: number,
  dialect: Dialect,
  isLast: boolean,
  record: ScannedRecord,
  longestQuoted: number,
): number {
  let flags = 0;
  let position = start;
  if (bytes[start] === dialect.quote) {
    const closing = findClosingQuote(bytes, start + 1, dialect.quote);
    const standing = judgeQuote(bytes, start, closing, dialect, isLast, longestQuoted);
    if (standing === 'undecided') return -1;
    flags |= QUOTED;
    if (standing === 'runaway') flags |= RUNAWAY | STRAY;
    else if (closing === -1) flags |= UNCLOSED;
    const firstQuoteInside = bytes.indexOf(dialect.quote, start + 1);
    if (standing === 'opens' && firstQuoteInside !== closing) flags |= ESCAPED;
    position = standing === 'runaway' ? start + 1 : closing === -1 ? bytes.length : closing + 1;
  }
  const end = findFieldEnd(bytes, position, dialect);
  if (flags !== 0 && end > position) flags |= STRAY;

  const index = record.fieldCount++;
  if (index >= MOST_FIELDS) {
    record.isRestEmpty &&= end === start;
    return end;
  }
  record.starts[index] = start;
  record.ends[index] = end;
  record.flags[index] = flags;
  return end;
}

/** Whether the quote at `start` opens a field; `closing` is where it would close, or −1. */
function judgeQuote(
  bytes: Uint8Array,
  start: number,
  closing: number,
  { delimiter, recordEnd }: Dialect,
  isLast: boolean,
  longestQuoted: number,
): 'opens' | 'runaway' | 'undecided' {
  const limit = start + 1 + longestQuoted;
  const isOverLimit = closing === -1 ? limit < bytes.length : closing > limit;
  const end = isOverLimit ? limit + 1 : closing === -1 ? bytes.length : closing;
  const spansLines = bytes.subarray(start + 1, end).includes(lineEndByte(recordEnd));
  if (isOverLimit) return spansLines ? 'runaway' : 'opens';
  if (closing === -1) return !isLast ? 'undecided' : spansLines ? 'runaway' : 'opens';
  if (!spansLines) return 'opens';
  const after = bytes[closing + 1];
  if (after === undefined) return isLast ? 'opens' : 'undecided';
  if (after === delimiter || lineEndLength(bytes, closing + 1, recordEnd) > 0) return 'opens';
  const mayBeCrlf = recordEnd === 'lf' && after === CR && closing + 2 === bytes.length;
  return mayBeCrlf && !isLast ? 'undecided' : 'runaway';
}

/**
 * The offset of the quote that closes a field whose content starts at `start`, or -1 when none
 * does.
 */
function findClosingQuote(bytes: Uint8Array, start: number, quote: number): number {
  let position = bytes.indexOf(quote, start);
  while (position >= 0) {
    if (bytes[position + 1] !== quote) return position;
    position += 2;
    // Asked only where no quote follows: pairs may stand in long rows.
    if (bytes[position] !== quote) position = bytes.indexOf(quote, position);
  }
  return -1;
}

/**
 * The offset of the first delimiter or line end at or after `start`, or the length when there is
 * none.
 */
function findFieldEnd(bytes: Uint8Array, start: number, dialect: Dialect): number {
  const { delimiter, recordEnd } = dialect;
  for (let position = start; position < bytes.length; position++) {
    const byte = bytes[position];
    if (byte === delimiter) return position;
    const mayEnd = byte === LF || byte === CR;
    if (mayEnd && lineEndLength(bytes, position, recordEnd) > 0) return position;
  }
  return bytes.length;
}

/**
 * How many bytes the line end at `position` has: 1 for LF (or CR), 2 for CRLF, 0 when there is
 * none.
 */
export function lineEndLength(
  bytes: Uint8Array,
  position: number,
  recordEnd: RecordEnd,
): 0 | 1 | 2 {
  const byte = bytes[position];
  if (recordEnd === 'cr') return byte === CR ? 1 : 0;
  if (byte === LF) return 1;
  return byte === CR && bytes[position + 1] === LF ? 2 : 0;
}
