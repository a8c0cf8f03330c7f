/**
 * Reads a stretch of a sample as rows of trimmed cells in one dialect. Reads what it can and judges
 * nothing.
 */

import { DOUBLE_QUOTE, NO_QUOTE } from '../csv/dialect.js';
import {
  createScannedRecord,
  ESCAPED,
  QUOTED,
  type ScannedRecord,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../csv/scan-fields.js';
import { scanTextRecord } from './scan-text.js';
import { lineEndOf, type TextDialect } from './text-dialect.js';

/** The same bytes twice: for the byte scanner, and one character a byte for patterns. */
export interface SampleText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export interface Row {
  /** Where the record begins in the sample, in bytes, and where the next one does. */
  readonly start: number;
  readonly next: number;
  /** Unquoted and trimmed. */
  readonly cells: readonly string[];
  /** What the scanner said of each cell, and PADDED. */
  readonly marks: readonly number[];
  /** How many cells are not empty; 0: a blank record. */
  readonly filled: number;
}

/** Whether a quote of the cell is broken, by its mark. */
export function isBroken(mark: number): boolean {
  return (mark & (STRAY | UNCLOSED)) !== 0;
}

/** Blanks stood around the cell. Beyond the scanner's flags. */
export const PADDED = 256;

export interface RowRange {
  /** Byte offsets into the sample, end exclusive; a record cut off by `end` is left out. */
  readonly start: number;
  readonly end: number;
  readonly maxRows: number;
  /** Whether the file ends at `end`: its last record is then whole without a line end. */
  readonly isWhole: boolean;
  /** Records that begin with it are left out; null: none. */
  readonly comment: string | null;
}

/** What to read of an endless line, in bytes: a width can be told from less. */
const LONGEST_CUT_LINE = 4096;

/** The rows that begin in the range; at least one when there is a byte. */
export function readRows(sample: SampleText, dialect: TextDialect, range: RowRange): Row[] {
  const end = range.isWhole ? range.end : endOfWholeLines(sample.text, dialect, range);
  const bytes = sample.bytes.subarray(0, end);
  const text = end === sample.text.length ? sample.text : sample.text.slice(0, end);
  const lineEnd = lineEndOf(dialect.recordEnd);
  const scan = scannerOf(bytes, text, dialect);
  const record = createScannedRecord();
  const rows: Row[] = [];
  let position = range.start;
  while (position < end && rows.length < range.maxRows) {
    if (range.comment !== null && text.startsWith(range.comment, position)) {
      const found = text.indexOf(lineEnd, position);
      position = found < 0 ? end : found + 1;
      continue;
    }
    scan(position, record);
    rows.push(toRow(text, position, record, dialect));
    position = record.nextStart;
  }
  return rows;
}

/** The end of the last line that is whole; when there is none, of a part of the first line. */
function endOfWholeLines(text: string, { recordEnd }: TextDialect, range: RowRange): number {
  const found = text.lastIndexOf(lineEndOf(recordEnd), range.end - 1);
  if (found >= range.start) return found + 1;
  return Math.min(range.end, range.start + LONGEST_CUT_LINE);
}

function scannerOf(
  bytes: Uint8Array,
  text: string,
  dialect: TextDialect,
): (start: number, record: ScannedRecord) => void {
  const { delimiter, quote, recordEnd } = dialect;
  const isPlain = delimiter.length === 1 && (quote ?? '"').length === 1 && dialect.escape === null;
  if (!isPlain) return (start, record) => scanTextRecord(text, start, dialect, record);
  const single = {
    delimiter: delimiter.charCodeAt(0),
    quote: quote === null ? NO_QUOTE : quote === '"' ? DOUBLE_QUOTE : quote.charCodeAt(0),
    recordEnd,
  };
  return (start, record) => {
    scanRecord(bytes, start, single, true, record, bytes.length);
  };
}

function toRow(text: string, start: number, record: ScannedRecord, dialect: TextDialect): Row {
  const cells: string[] = [];
  const marks: number[] = [];
  let filled = 0;
  for (let i = 0; i < record.fieldCount; i++) {
    const flags = record.flags[i]!;
    const raw = rawCell(text, record.starts[i]!, record.ends[i]!, flags, dialect);
    const cell = trimBlanks(raw);
    if (cell !== '') filled++;
    cells.push(cell);
    marks.push(cell.length < raw.length ? flags | PADDED : flags);
  }
  return { start, next: record.nextStart, cells, marks, filled };
}

function rawCell(
  text: string,
  start: number,
  end: number,
  flags: number,
  { quote, escape: escaping }: TextDialect,
): string {
  if (quote === null || (flags & QUOTED) === 0 || (flags & STRAY) !== 0) {
    return text.slice(start, end);
  }
  const contentEnd = (flags & UNCLOSED) !== 0 ? end : end - quote.length;
  const content = text.slice(start + quote.length, contentEnd);
  return (flags & ESCAPED) === 0 ? content : content.replaceAll((escaping ?? quote) + quote, quote);
}

/**
 * Without blanks and line ends around it. Only ASCII ones: a byte 0xA0 may be half a letter here.
 */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlankCode(text.charCodeAt(start))) start++;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
