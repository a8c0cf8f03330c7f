/**
 * Writes one field as RFC 4180 with minimal quoting, and says which raw fields are that already.
 * The output has one dialect (comma, `"`, LF).
 */

import { COMMA, CR, type Dialect, DOUBLE_QUOTE, LF } from './dialect.js';
import { QUOTED, type ScannedRecord, STRAY, UNCLOSED } from './scan-fields.js';

/**
 * Whether `value` must be quoted: it holds a comma, a quote, CR or LF (RFC 4180 section 2, rule 6).
 */
export function needsQuotes(value: string): boolean {
  return /[",\r\n]/.test(value);
}

/** The field that reads back as `value`, quoted only where it must be. */
export function formatField(value: string): string {
  if (value === '') return value;
  // Asked first, and not in one expression: most texts are short, and few hold a quote.
  if (value.includes('"')) return `"${value.replaceAll('"', '""')}"`;
  return value.includes(',') || needsQuotes(value) ? `"${value}"` : value;
}

/** A record of these values, with its line end. */
export function formatRecord(values: readonly string[]): string {
  const line = values.map(formatField).join(',');
  // A record of one empty field must not read as a blank line.
  return line === '' ? '""\n' : `${line}\n`;
}

/**
 * Whether the raw bytes of field `index` read back as the same value in the output, so that they
 * may be copied.
 *
 * @param bytes what `record` was scanned from with `dialect`.
 */
export function keepsBytes(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): boolean {
  const flags = record.flags[index]!;
  if ((flags & UNCLOSED) !== 0) return false;
  const isQuoted = (flags & QUOTED) !== 0 && (flags & STRAY) === 0;
  if (isQuoted) return dialect.quote === DOUBLE_QUOTE;
  // An ordinary field, or one with a stray: its value is its bytes.
  for (let i = record.starts[index]!; i < record.ends[index]!; i++) {
    const byte = bytes[i];
    if (byte === COMMA || byte === DOUBLE_QUOTE || byte === CR || byte === LF) return false;
  }
  return true;
}
