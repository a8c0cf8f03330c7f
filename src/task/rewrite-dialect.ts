/**
 * Rewrites an input as RFC 4180 into a temporary file, from where its table begins: one in a
 * dialect of several characters or with an escape character, or with records that a line end has
 * broken. Records keep their lines: a line end inside quotes stays one.
 */
import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { type ByteText, createByteText } from '../csv/byte-text.js';
import { countLineEnds } from '../csv/count-lines.js';
import { createJoiner, type LastRecord } from '../csv/join-broken.js';
import { type LongDialect, type RewrittenRecord, rewriteRecord } from '../csv/rewrite-record.js';
import { type ByteSource, readFully } from '../engine/byte-source.js';
import type { Layout } from '../engine/layout.js';
import { longestQuoted, recordTooLong, type WalkLimits } from '../engine/walk-records.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';

const PIECE_BYTES = 1 << 18;

export interface Rewriting {
  readonly dialect: LongDialect;
  /** Where the table begins and ends. */
  readonly layout: Layout;
  readonly limits: Pick<WalkLimits, 'rules' | 'maxRecordBytes'>;
  /** Whether broken records are joined. */
  readonly joins: boolean;
}

/** What was written. */
export interface Rewritten extends Pick<Layout, 'start' | 'footerStart'> {
  /** Records that were made of several. */
  readonly joinedRows: number;
}

/** @throws CsvcleanError RECORD_TOO_LONG with its line. */
export function rewriteDialect(
  source: ByteSource,
  rewriting: Rewriting,
  tempPath: string,
): Rewritten {
  const { layout, dialect, joins } = rewriting;
  const output = createOutput(tempPath);
  const text = createByteText(PIECE_BYTES);
  const flush = (): void => {
    writeOutput(output, text.room.subarray(0, text.length));
    text.length = 0;
  };
  const joiner = joins ? createJoiner(layout.headerRows, dialect.recordEnd) : null;
  let footerStart: number | null = null;
  let joinedRows = 0;
  try {
    for (const record of recordsOf(source, rewriting, text)) {
      if (record.isFooter) footerStart ??= output.mark.sizeBytes + record.start;
      else if (joiner?.take(text, record) === true) joinedRows++;
      if (text.length >= PIECE_BYTES && joiner?.isWaiting() !== true) flush();
    }
    flush();
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
  return { start: { offsetBytes: 0, line: layout.start.line }, footerStart, joinedRows };
}

/** Appends each record to `text`, and says where it stands there. */
function* recordsOf(
  source: ByteSource,
  { layout: { start, footerStart }, dialect, limits }: Rewriting,
  text: ByteText,
): Generator<LastRecord & { readonly isFooter: boolean }> {
  const longest = longestQuoted(limits);
  const record: RewrittenRecord = { fieldCount: 0, isOpen: false };
  let room = new Uint8Array(PIECE_BYTES);
  let { offsetBytes, line } = start;
  for (let held = 0; ; ) {
    const read = readFully(source, room.subarray(held), offsetBytes + held);
    const bytes = room.subarray(0, held + read);
    const isLast = bytes.length < room.length;
    let position = offsetBytes === 0 ? byteOrderMarkLength(bytes) : 0;
    while (position < bytes.length) {
      const begin = text.length;
      const next = rewriteRecord(bytes, position, dialect, isLast, longest, text, record);
      if (next < 0) break;
      const isFooter = footerStart !== null && offsetBytes + position >= footerStart;
      yield { start: begin, fieldCount: record.isOpen ? 0 : record.fieldCount, isFooter };
      position = next;
    }
    if (isLast) return;
    line += countLineEnds(bytes, 0, position, dialect.recordEnd);
    offsetBytes += position;
    held = bytes.length - position;
    // Two bytes more than the limit: a record's line end may be two bytes long.
    if (held > limits.maxRecordBytes + 2) {
      throw recordTooLong(limits.maxRecordBytes, line, offsetBytes);
    }
    const from = room;
    if (held > room.length / 2) room = new Uint8Array(room.length * 2);
    room.set(from.subarray(position, position + held));
  }
}
