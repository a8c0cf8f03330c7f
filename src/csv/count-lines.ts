/**
 * Counts lines as `wc -l` and an editor do, for line numbers in messages; it refuses to know
 * records and quotes.
 */

import { lineEndByte, type RecordEnd } from './dialect.js';

/**
 * How many LF (in CR files: CR) stand in `bytes` from `start` to `end` (exclusive), inside quotes
 * too. One more than the count before a record is its line number.
 */
export function countLineEnds(
  bytes: Uint8Array,
  start: number,
  end: number,
  recordEnd: RecordEnd,
): number {
  const lineEnd = lineEndByte(recordEnd);
  let count = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === lineEnd) count += 1;
  }
  return count;
}
