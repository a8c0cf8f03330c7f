/**
 * Writes indexed records field by field: the obviously right twin of
 * `kernel/assembly/emit-records.ts`.
 */
import { COMMA, type Dialect, LF } from '../../csv/dialect.js';
import { trimText } from '../../csv/trim-text.js';
import { formatField, needsQuotes } from '../../csv/write-field.js';
import { ODD, REQUOTE, SHORT, STRAY, TRIM } from '../record-flags.js';
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
 *
 * @param trims whether fields of records with the flag TRIM are trimmed.
 */
export function emitRecords(
  bytes: Uint8Array,
  index: RecordIndex,
  dialect: Dialect,
  from: number,
  until: number,
  acts: readonly number[],
  pieces: readonly Piece[],
  trims: boolean,
): { readonly written: Uint8Array; readonly next: number; readonly requotedFields: number } {
  const written: number[] = [];
  let requotedFields = 0;
  let next = from;
  for (; next < until && acts[next] !== STOP; next++) {
    if (acts[next] !== WRITE) continue;
    const record = next;
    const cells = pieces.flatMap((piece) =>
      'made' in piece
        ? [piece.made[record]!]
        : columnsOf(bytes, index, dialect, record, piece.first, piece.last).map((field) => {
            const mended = mendField(field, index.flags[record]!, dialect, trims);
            if (mended.isRequoted) requotedFields++;
            return mended.bytes;
          }),
    );
    if (cells.length === 1 && cells[0]!.length === 0) written.push(0x22, 0x22);
    cells.forEach((cell, i) => {
      if (i > 0) written.push(COMMA);
      written.push(...cell);
    });
    written.push(LF);
  }
  return { written: Uint8Array.from(written), next, requotedFields };
}

/** The field as it is written: trimmed, in quotes where they must be, else its own bytes. */
export function mendField(field: Uint8Array, flags: number, dialect: Dialect, trims: boolean) {
  const asItIs = { bytes: field, isRequoted: false };
  const trim = trims ? TRIM : 0;
  if ((flags & (trim | REQUOTE | SHORT | STRAY)) === 0) return asItIs;
  const raw = Buffer.from(field).toString();
  const quote = String.fromCharCode(dialect.quote);
  const isQuoted = isQuotedText(raw, quote);
  const text = isQuoted ? raw.slice(1, -1).replaceAll(quote + quote, quote) : raw;
  const trimmed = trims && (flags & TRIM) !== 0 ? trimText(text) : text;
  if (trimmed !== text) return { bytes: Buffer.from(formatField(trimmed)), isRequoted: false };
  if (isQuoted || !needsQuotes(text)) return asItIs;
  return { bytes: Buffer.from(formatField(text)), isRequoted: true };
}

/** Whether the last quote closes what the first one opens. */
function isQuotedText(raw: string, quote: string): boolean {
  if (raw.length < 2 || !raw.startsWith(quote) || !raw.endsWith(quote)) return false;
  return !raw
    .slice(1, -1)
    .replaceAll(quote + quote, '')
    .includes(quote);
}

/** How many fields trimming changes, in records of act 0 or 1 with the flag TRIM, but not ODD. */
export function countTrims(
  bytes: Uint8Array,
  index: RecordIndex,
  dialect: Dialect,
  acts: readonly number[],
): number {
  let changed = 0;
  index.flags.forEach((flags, record) => {
    if ((flags & (TRIM | ODD)) !== TRIM || acts[record]! > PASS) return;
    for (const field of fieldsOf(bytes, index, dialect, record)) {
      const raw = Buffer.from(field).toString();
      const isQuoted = isQuotedText(raw, String.fromCharCode(dialect.quote));
      const text = isQuoted ? raw.slice(1, -1) : raw;
      if (trimText(text) !== text) changed++;
    }
  });
  return changed;
}

/** The fields `first` … `last`; empty ones where the record has none. */
function columnsOf(
  bytes: Uint8Array,
  index: RecordIndex,
  dialect: Dialect,
  record: number,
  first: number,
  last: number,
) {
  const fields = fieldsOf(bytes, index, dialect, record);
  const count = last - first + 1;
  return Array.from({ length: count }, (_, i) => fields[first + i] ?? new Uint8Array(0));
}

export function fieldsOf(bytes: Uint8Array, index: RecordIndex, dialect: Dialect, record: number) {
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
