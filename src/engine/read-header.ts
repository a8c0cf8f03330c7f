/**
 * Finds the header: the first record of an input that is not blank. Shared by the engines and by
 * the check of column names before any work. Refuses headers that cannot be one.
 */
import { CsvcleanError } from '../base/error.js';
import type { MemoryBudget } from '../base/memory-budget.js';
import { decodeField } from '../csv/decode-field.js';
import type { Dialect } from '../csv/dialect.js';
import { UNCLOSED } from '../csv/scan-fields.js';
import { trimText } from '../csv/trim-text.js';
import { firstInvalidUtf8, hexOf } from '../csv/utf8.js';
import { LEAD_BYTES, NO_LEAD, type RecordLead, recordLead } from '../kernel/record-lead.js';
import { isBlankRecord } from './blank-record.js';
import type { ByteSource } from './byte-source.js';
import { mayRepeat } from './columns.js';
import { isComment, type Layout } from './layout.js';
import type { Rules } from './rules.js';
import { type RecordPosition, type WalkedRecord, walkRecords } from './walk-records.js';

export interface Header {
  /**
   * Decoded names as they stand in the input; `column_1` … when it has none. Empty: no record at
   * all.
   */
  readonly names: readonly string[];
  /** The first record's fields, header or not. */
  readonly fields: readonly string[];
  /** Where it stands, 1-based; of an input without records, 1. */
  readonly line: number;
  /** Blank records before it. */
  readonly leadingBlankRows: number;
  /** Where the data begins. */
  readonly dataStart: RecordPosition;
  /** Of a record that may be the header once more, as where files were joined. */
  readonly lead: RecordLead;
}

/** What is needed to walk an input's records. */
export interface WalkContext {
  readonly dialect: Dialect;
  readonly rules: Rules;
  readonly budget: MemoryBudget;
  readonly maxRecordBytes: number;
  readonly layout: Layout;
}

/** A header is seldom longer, in bytes. */
const WINDOW_BYTES = 1 << 14;
/** A longer one is none, unless longer fields are expected. */
const LONGEST_HEADER_BYTES = 1 << 24;

/**
 * Reads the first record that is not blank, and as many after it as belong to the header.
 * @throws CsvcleanError DIALECT for a header whose quote is never closed, TOO_MANY_COLUMNS beyond
 * the limit.
 */
export function readHeader(source: ByteSource, context: WalkContext): Header {
  const { rules, layout } = context;
  const rowCount = rules.hasHeader ? layout.headerRows : 1;
  let leadingBlankRows = 0;
  let first: (RecordPosition & { readonly next: RecordPosition }) | null = null;
  let lead = NO_LEAD;
  const rows: (readonly string[])[] = [];
  for (const walked of walkLead(source, context)) {
    const { line, offsetBytes } = walked;
    if (isComment(walked, context.layout)) continue;
    refuseBadBytes(walked);
    if (first === null && isBlankRecord(walked.bytes, walked.record, context.dialect)) {
      leadingBlankRows++;
      continue;
    }
    first = { ...(first ?? { offsetBytes, line }), next: walked.next };
    rows.push(fieldsOf(walked, context));
    if (rowCount === 1 && mayRepeat(rows[0]!, rules)) lead = leadOf(walked);
    if (rows.length === rowCount) break;
  }
  if (first === null) {
    const dataStart = { offsetBytes: source.sizeBytes, line: 0 };
    return { names: [], fields: [], line: 1, leadingBlankRows, dataStart, lead };
  }
  const { line, offsetBytes, next } = first;
  const [fields] = rows as [readonly string[]];
  const names = rules.hasHeader ? joinRows(rows) : fields.map((_, i) => `column_${i + 1}`);
  const dataStart = rules.hasHeader ? next : { offsetBytes, line };
  return { names, fields, line, leadingBlankRows, dataStart, lead };
}

function leadOf({ bytes, start, record }: WalkedRecord): RecordLead {
  return recordLead(bytes.subarray(start, Math.min(start + LEAD_BYTES, record.contentEnd)));
}

/** The first records. @throws CsvcleanError RECORD_TOO_LONG for what can be no header. */
function* walkLead(source: ByteSource, context: WalkContext): Generator<WalkedRecord> {
  const longest = Math.max(LONGEST_HEADER_BYTES, context.rules.maxFieldBytes);
  const maxRecordBytes = Math.min(context.maxRecordBytes, longest);
  const limits = { windowBytes: WINDOW_BYTES, ...context, maxRecordBytes };
  try {
    yield* walkRecords(source, limits, context.layout.start);
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.code !== 'RECORD_TOO_LONG') throw error;
    const message = `the first record is longer than ${maxRecordBytes} bytes`;
    throw new CsvcleanError('RECORD_TOO_LONG', message, {
      ...error.place,
      remedy: 'Check that it is CSV, with line ends; or raise --max-field.',
    });
  }
}

function fieldsOf(walked: WalkedRecord, { dialect, rules }: WalkContext): readonly string[] {
  const { bytes, record, line, offsetBytes } = walked;
  if ((record.flags[record.fieldCount - 1]! & UNCLOSED) !== 0) throw neverClosed(line, offsetBytes);
  if (record.fieldCount > rules.maxColumns) {
    throw tooManyColumns(record.fieldCount, rules.maxColumns, line, offsetBytes);
  }
  return Array.from({ length: record.fieldCount }, (_, i) =>
    decodeField(bytes, record, i, dialect),
  );
}

/**
 * One name a column from the rows of a header, top to bottom: "2024" above "Sales" gives "2024
 * Sales". In all rows but the last an empty cell repeats the one before it, as where cells were
 * merged; what a row repeats of the row above is said once.
 */
function joinRows(rows: readonly (readonly string[])[]): readonly string[] {
  const [only] = rows;
  if (rows.length === 1) return only!;
  const width = Math.max(...rows.map((row) => row.length));
  const filled = rows.map((row, r) => {
    let group = '';
    return Array.from({ length: width }, (_, i) => {
      const text = trimText(row[i] ?? '');
      const isMerged = r < rows.length - 1 && text === '' && i < row.length;
      group = isMerged ? group : text;
      return group;
    });
  });
  return Array.from({ length: width }, (_, i) => {
    const parts = filled.map((row) => row[i]!).filter((text) => text !== '');
    return parts.filter((text, p) => text !== parts[p - 1]).join(' ');
  });
}

/** Other records can be rejected, the header cannot. */
function refuseBadBytes({ bytes, start, record, line, offsetBytes }: WalkedRecord): void {
  const at = firstInvalidUtf8(bytes, start, record.contentEnd);
  if (at < 0) return;
  throw new CsvcleanError('NOT_UTF8', `byte ${hexOf(bytes[at]!)} in the header is not UTF-8`, {
    line,
    byteOffset: offsetBytes + at - start,
    remedy: 'Set --encoding to what it is in, or --encoding-errors replace.',
  });
}

function neverClosed(line: number, byteOffset: number): CsvcleanError {
  return new CsvcleanError('DIALECT', 'a quote in the header is never closed', {
    line,
    byteOffset,
    remedy: 'Close it, or set --quote none if quotes are ordinary characters here.',
  });
}

function tooManyColumns(found: number, limit: number, line: number, byteOffset: number) {
  return new CsvcleanError(
    'TOO_MANY_COLUMNS',
    `the header has ${found} columns, the limit is ${limit}`,
    { line, byteOffset, remedy: 'Raise --max-columns, or check --delimiter.' },
  );
}
