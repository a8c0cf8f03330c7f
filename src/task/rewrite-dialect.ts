/**
 * Rewrites an input in a dialect of several characters, or with an escape character, as RFC 4180
 * into a temporary file, from where its table begins. Records keep their lines: a line end inside
 * quotes stays one.
 */
import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { countLineEnds } from '../csv/count-lines.js';
import { type ByteText, type LongDialect, rewriteRecord } from '../csv/rewrite-record.js';
import { type ByteSource, readFully } from '../engine/byte-source.js';
import type { Layout } from '../engine/layout.js';
import { longestQuoted, recordTooLong, type WalkLimits } from '../engine/walk-records.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';

const PIECE_BYTES = 1 << 18;

/**
 * @param layout where the table begins and ends in `source`.
 * @returns where it begins and ends in what was written.
 * @throws CsvcleanError RECORD_TOO_LONG with its line.
 */
export function rewriteDialect(
  source: ByteSource,
  layout: Layout,
  dialect: LongDialect,
  limits: Pick<WalkLimits, 'rules' | 'maxRecordBytes'>,
  tempPath: string,
): Pick<Layout, 'start' | 'footerStart'> {
  const output = createOutput(tempPath);
  const out: ByteText = { room: new Uint8Array(PIECE_BYTES), length: 0 };
  const flush = (): void => {
    writeOutput(output, out.room.subarray(0, out.length));
    out.length = 0;
  };
  let footerStart: number | null = null;
  try {
    for (const record of recordsOf(source, layout, dialect, limits, out)) {
      if (record.isFooter) footerStart ??= output.mark.sizeBytes + record.outStart;
      if (out.length >= PIECE_BYTES) flush();
    }
    flush();
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
  return { start: { offsetBytes: 0, line: layout.start.line }, footerStart };
}

/** Appends each record to `out`, and says where it stands there. */
function* recordsOf(
  source: ByteSource,
  { start, footerStart }: Layout,
  dialect: LongDialect,
  limits: Pick<WalkLimits, 'rules' | 'maxRecordBytes'>,
  out: ByteText,
): Generator<{ readonly outStart: number; readonly isFooter: boolean }> {
  const longest = longestQuoted(limits);
  let room = new Uint8Array(PIECE_BYTES);
  let { offsetBytes, line } = start;
  for (let held = 0; ; ) {
    const read = readFully(source, room.subarray(held), offsetBytes + held);
    const bytes = room.subarray(0, held + read);
    const isLast = bytes.length < room.length;
    let position = offsetBytes === 0 ? byteOrderMarkLength(bytes) : 0;
    while (position < bytes.length) {
      const outStart = out.length;
      const next = rewriteRecord(bytes, position, dialect, isLast, longest, out);
      if (next < 0) break;
      yield { outStart, isFooter: footerStart !== null && offsetBytes + position >= footerStart };
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
