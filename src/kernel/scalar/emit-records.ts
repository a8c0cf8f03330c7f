/**
 * Writes indexed records field by field: the obviously right twin of
 * `kernel/assembly/emit-records.ts`.
 */
import { COMMA, type Dialect, LF } from '../../csv/dialect.js';
import type { RecordIndex } from './index-records.js';

/** Neighbouring input columns, or a made column. */
export type Piece =
  | { readonly first: number; readonly last: number }
  | { readonly made: readonly Uint8Array[] };

/** What is to be done with a record. */
export const WRITE = 0;
export const PASS = 1;
export const STOP = 2;

/**
 * The records `from` … `until` − 1 as RFC 4180, up to the first that `acts` stops at. Records to
 * write are not odd.
 */
export function emitRecords(
  bytes: Uint8Array,
  index: RecordIndex,
  dialect: Dialect,
  from: number,
  until: number,
  acts: readonly number[],
  pieces: readonly Piece[],
): { readonly written: Uint8Array; readonly next: number } {
  const written: number[] = [];
  let next = from;
  for (; next < until && acts[next] !== STOP; next++) {
    if (acts[next] !== WRITE) continue;
    const record = next;
    const cells = pieces.flatMap((piece) =>
      'made' in piece
        ? [piece.made[record]!]
        : fieldsOf(bytes, index, dialect, record).slice(piece.first, piece.last + 1),
    );
    if (cells.length === 1 && cells[0]!.length === 0) written.push(0x22, 0x22);
    cells.forEach((cell, i) => {
      if (i > 0) written.push(COMMA);
      written.push(...cell);
    });
    written.push(LF);
  }
  return { written: Uint8Array.from(written), next };
}

function fieldsOf(bytes: Uint8Array, index: RecordIndex, dialect: Dialect, record: number) {
  const firstField = record === 0 ? 0 : index.recordFields[record - 1]!;
  let start = firstField === 0 ? 0 : startAfter(bytes, index.fieldEnds[firstField - 1]!, dialect);
  return index.fieldEnds.slice(firstField, index.recordFields[record]).map((end) => {
    const field = bytes.subarray(start, end);
    start = end + 1;
    return field;
  });
}

/** Where the record after a line end at `end` starts. */
function startAfter(bytes: Uint8Array, end: number, dialect: Dialect): number {
  return dialect.recordEnd === 'cr' || bytes[end] === LF ? end + 1 : end + 2;
}
