/**
 * Finds the header: the first record of an input that is not blank. Shared by the engines and by
 * the check of column names before any work. Refuses headers that cannot be one.
 */
import { CsvcleanError } from '../base/error.js';
import type { MemoryBudget } from '../base/memory-budget.js';
import { decodeField } from '../csv/decode-field.js';
import type { Dialect } from '../csv/dialect.js';
import { UNCLOSED } from '../csv/scan-fields.js';
import { isBlankRecord } from './blank-record.js';
import type { ByteSource } from './byte-source.js';
import type { Rules } from './rules.js';
import { type RecordPosition, START, walkRecords } from './walk-records.js';

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
}

/** What is needed to walk an input's records. */
export interface WalkContext {
  readonly dialect: Dialect;
  readonly rules: Rules;
  readonly budget: MemoryBudget;
  readonly maxRecordBytes: number;
}

/** A header is seldom longer, in bytes. */
const WINDOW_BYTES = 1 << 14;

/**
 * @throws CsvcleanError DIALECT for a header whose quote is never closed, TOO_MANY_COLUMNS beyond
 * the limit.
 */
export function readHeader(source: ByteSource, context: WalkContext): Header {
  let leadingBlankRows = 0;
  for (const walked of walkRecords(source, { windowBytes: WINDOW_BYTES, ...context }, START)) {
    const { bytes, record, line, offsetBytes, next } = walked;
    if (isBlankRecord(bytes, record, context.dialect)) {
      leadingBlankRows++;
      continue;
    }
    if ((record.flags[record.fieldCount - 1]! & UNCLOSED) !== 0)
      throw neverClosed(line, offsetBytes);
    if (record.fieldCount > context.rules.maxColumns) {
      throw tooManyColumns(record.fieldCount, context.rules.maxColumns, line, offsetBytes);
    }
    const fields = Array.from({ length: record.fieldCount }, (_, i) =>
      decodeField(bytes, record, i, context.dialect),
    );
    const names = context.rules.hasHeader ? fields : fields.map((_, i) => `column_${i + 1}`);
    const dataStart = context.rules.hasHeader ? next : { offsetBytes, line };
    return { names, fields, line, leadingBlankRows, dataStart };
  }
  const dataStart = { offsetBytes: source.sizeBytes, line: 0 };
  return { names: [], fields: [], line: 1, leadingBlankRows, dataStart };
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
