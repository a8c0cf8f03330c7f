/**
 * Where in an input the table stands, and what of it is not the table. Somebody else has found it
 * out; here it is only obeyed.
 */
import { type RecordPosition, START, type WalkedRecord } from './walk-records.js';

export interface Layout {
  /** Where the header begins, or the first record where there is none. */
  readonly start: RecordPosition;
  /** Records that make the header, if the rules say that there is one: 1 or more. */
  readonly headerRows: number;
  /** Records from this byte on are the footer, 0-based; null: there is none. */
  readonly footerStart: number | null;
  /** Records that begin with this byte are comments; null: none is. */
  readonly comment: number | null;
  /** Records with bytes that are not UTF-8 are rejected; else the whole input is refused. */
  readonly rejectsBadBytes: boolean;
  /** It was decoded: what could not be is marked as `csv/undecodable` says. */
  readonly holdsMarks: boolean;
}

/** The table is all there is. */
export const PLAIN_LAYOUT: Layout = {
  start: START,
  headerRows: 1,
  footerStart: null,
  comment: null,
  rejectsBadBytes: false,
  holdsMarks: false,
};

export function isComment(
  { bytes, start }: Pick<WalkedRecord, 'bytes' | 'start'>,
  { comment }: Layout,
): boolean {
  return comment !== null && bytes[start] === comment;
}
