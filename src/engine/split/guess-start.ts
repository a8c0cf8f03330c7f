/**
 * Where a span's first record seems to start, when nothing is known of what stands before it. Only
 * a guess, by the look of the first bytes: where the span before it ends is the proof, and a wrong
 * guess costs another look at the span, never a row.
 */
import { type Dialect, NO_QUOTE } from '../../csv/dialect.js';
import type { ByteSource } from '../byte-source.js';
import type { RecordPosition } from '../walk-records.js';
import { findStart } from './find-start.js';
import type { Span } from './span.js';

/** Of the records behind a place, as many as someone cares to look at. */
export interface RecordsSeen {
  /** Those as wide as the header, with quotes only where they may be. */
  readonly even: number;
  readonly others: number;
}

/**
 * Enters the span as if it began outside quotes, and believes it where all records behind are
 * even; else as if inside, too, and believes what makes more even records and fewer others.
 *
 * @param look at the first records from an offset of the source on.
 * @returns null when no record seems to start in the span. Lines are counted from 1 on.
 */
export function guessStart(
  source: ByteSource,
  span: Span,
  dialect: Dialect,
  look: (offsetBytes: number) => RecordsSeen,
): RecordPosition | null {
  const outside = findStart(source, span, { isQuoted: false, line: 1 }, dialect);
  if (outside === null || dialect.quote === NO_QUOTE) return outside;
  const seen = look(outside.offsetBytes);
  if (seen.others === 0) return outside;
  const inside = findStart(source, span, { isQuoted: true, line: 1 }, dialect);
  if (inside === null) return outside;
  const other = look(inside.offsetBytes);
  return other.even - other.others > seen.even - seen.others ? inside : outside;
}
