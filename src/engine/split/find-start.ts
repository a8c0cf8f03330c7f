/**
 * The first record that starts in a span, from what is known at its first byte. Exact unless quotes
 * stray before it, which shows when the span before it says where it ended.
 */
import { type Dialect, lineEndByte } from '../../csv/dialect.js';
import { type ByteSource, readFully } from '../byte-source.js';
import type { RecordPosition } from '../walk-records.js';
import type { Span } from './span.js';
import type { SpanEntry } from './span-engine.js';

const WINDOW_BYTES = 1 << 14;

/**
 * Looks for a record end from the byte before the span on: a span that begins with a record is its
 * owner.
 *
 * @returns null when no record starts in the span.
 */
export function findStart(
  source: ByteSource,
  { startBytes, endBytes }: Span,
  { isQuoted, line }: SpanEntry,
  { quote, recordEnd }: Dialect,
): RecordPosition | null {
  const lineEnd = lineEndByte(recordEnd);
  const window = Buffer.allocUnsafe(WINDOW_BYTES);
  let offset = startBytes - 1;
  let isInside = isQuoted;
  let isBefore = true;
  let lines = line;
  for (;;) {
    const length = readFully(source, window, offset);
    for (let i = 0; i < length; i++) {
      const byte = window[i];
      const at = offset + i;
      if (at >= endBytes - 1) return null;
      // What is known is known behind the first byte looked at.
      if (byte === quote && !isBefore) isInside = !isInside;
      if (byte === lineEnd) {
        if (!isBefore) lines++;
        if (!isInside) return { offsetBytes: at + 1, line: lines };
      }
      isBefore = false;
    }
    if (length < WINDOW_BYTES) return null;
    offset += length;
  }
}
