/**
 * Spans: byte ranges of one large input, cut at fixed places. A span owns the records that start in
 * it; where its first one starts follows from the bytes before it.
 */
import type { RecordPosition } from '../walk-records.js';

export interface Span {
  /** Its place among the spans of the input. */
  readonly index: number;
  readonly startBytes: number;
  /** The first byte behind it; Infinity for the last span. */
  readonly endBytes: number;
}

/** An input that is not cut. */
export const WHOLE_SPAN: Span = {
  index: 0,
  startBytes: 0,
  endBytes: Number.POSITIVE_INFINITY,
};

/** Records that start at `start` or behind it, and before the byte `endBytes`. */
export interface RecordRange {
  readonly start: RecordPosition;
  readonly endBytes: number;
  /** Its bytes were checked before. */
  readonly isKnownText: boolean;
}

/**
 * Cuts what lies behind the header at the multiples of `spanBytes`. At least one span, so that an
 * input without data has a place as well.
 */
export function planSpans(dataStartBytes: number, sizeBytes: number, spanBytes: number): Span[] {
  const spans: Span[] = [];
  let startBytes = dataStartBytes;
  while (startBytes < sizeBytes || spans.length === 0) {
    const cut = (Math.floor(startBytes / spanBytes) + 1) * spanBytes;
    const endBytes = cut < sizeBytes ? cut : Number.POSITIVE_INFINITY;
    spans.push({ index: spans.length, startBytes, endBytes });
    startBytes = endBytes;
  }
  return spans;
}
