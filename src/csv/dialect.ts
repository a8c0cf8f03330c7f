/**
 * What a CSV file is written in. Knows bytes only: dialects of several characters or with an escape
 * are rewritten as RFC 4180 before anything here sees them.
 */

/** Which bytes end a record: LF and CRLF, or (old Macintosh files) CR alone. */
export type RecordEnd = 'lf' | 'cr';

/** A single-byte dialect. */
export interface Dialect {
  /** The byte between fields, below 0x80. */
  readonly delimiter: number;
  /** The quoting byte, or `NO_QUOTE` when quotes are ordinary bytes. */
  readonly quote: number;
  readonly recordEnd: RecordEnd;
}

/** Whether a text is one character of ASCII, as a dialect is made of. */
export function isOneByte(text: string): boolean {
  return text.length === 1 && text.charCodeAt(0) < 0x80;
}

/** No byte equals this. */
export const NO_QUOTE = -1;

export const COMMA = 0x2c;
export const DOUBLE_QUOTE = 0x22;
export const LF = 0x0a;
export const CR = 0x0d;

/** RFC 4180, and what every output is written in. */
export const RFC4180: Dialect = { delimiter: COMMA, quote: DOUBLE_QUOTE, recordEnd: 'lf' };

/** The byte that every record end ends with: LF, also of CRLF, or CR. */
export function lineEndByte(recordEnd: RecordEnd): number {
  return recordEnd === 'cr' ? CR : LF;
}
