/**
 * Where a span's first record seems to start, when nothing is known of what stands before it. Only
 * a guess, by the look of the first bytes: where the span before it ends is the proof, and a wrong
 * guess costs another look at the span, never a row.
 */
import { type Dialect, NO_QUOTE } from '../../csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../csv/scan-fields.js';
import { type ByteSource, readFully } from '../byte-source.js';
import type { RecordPosition } from '../walk-records.js';
import { findStart } from './find-start.js';
import type { Span } from './span.js';

const LOOKED_BYTES = 1 << 14;
/** So many records tell. */
const LOOKED_RECORDS = 24;

/**
 * Enters the span as if it began outside quotes, and as if inside; believes what makes more records
 * of `width` fields and fewer others, and outside where that does not tell.
 *
 * @returns null when no record seems to start in the span. Lines are counted from 1 on.
 */
export function guessStart(
  source: ByteSource,
  span: Span,
  dialect: Dialect,
  width: number,
): RecordPosition | null {
  const outside = findStart(source, span, { isQuoted: false, line: 1 }, dialect);
  if (dialect.quote === NO_QUOTE) return outside;
  const bytes = Buffer.allocUnsafe(LOOKED_BYTES);
  const length = readFully(source, bytes, span.startBytes);
  const looked = bytes.subarray(0, length);
  if (!looked.includes(dialect.quote)) return outside;
  const inside = findStart(source, span, { isQuoted: true, line: 1 }, dialect);
  const weight = (start: RecordPosition | null): number =>
    start === null ? 0 : weighRecords(looked, start.offsetBytes - span.startBytes, dialect, width);
  return weight(inside) > weight(outside) ? inside : outside;
}

/** Of the first complete records from `at` on: those of `width` fields, less the others. */
function weighRecords(bytes: Uint8Array, at: number, dialect: Dialect, width: number): number {
  const record = createScannedRecord();
  let sum = 0;
  for (let i = 0, start = at; i < LOOKED_RECORDS && start < bytes.length; i++) {
    if (!scanRecord(bytes, start, dialect, false, record, bytes.length)) break;
    sum += record.fieldCount === width ? 1 : -1;
    start = record.nextStart;
  }
  return sum;
}
