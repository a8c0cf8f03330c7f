/** From what the user gave and what an input holds to how it is read: dialect and layout. */
import { CsvcleanError } from '../base/error.js';
import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { detectRecordEnd } from '../csv/detect-record-end.js';
import {
  COMMA,
  CR,
  type Dialect,
  DOUBLE_QUOTE,
  isOneByte,
  LF,
  NO_QUOTE,
  type RecordEnd,
} from '../csv/dialect.js';
import type { LongDialect } from '../csv/rewrite-record.js';
import { type ByteSource, isStream, readAhead, readFully } from '../engine/byte-source.js';
import { type Layout, PLAIN_LAYOUT } from '../engine/layout.js';
import { START } from '../engine/walk-records.js';
import { END_BYTES } from '../sniff/ends-plainly.js';
import { SMALL_BYTES } from '../sniff/plain-table.js';
import type { QuickLook } from '../sniff/quick-look.js';
import { type Sniffed, type SniffSample, sniffPlain } from '../sniff/sniff-plain.js';
import { withoutCompression } from '../store/compression.js';
import type { DialectRequest, FoundDialect } from './task.js';

/** How an input is read. */
export interface Reading {
  /** Of one byte each; null: it must be rewritten. */
  readonly dialect: Dialect | null;
  /** The same for who rewrites it as RFC 4180. */
  readonly longDialect: LongDialect;
  readonly layout: Layout;
  readonly hasHeader: boolean;
  readonly found: FoundDialect;
}

const TAB_FILE = /\.(tsv|tab)$/i;

/** How much of an input is looked at: of its beginning, and of its end, in bytes. */
const HEAD_BYTES = 1 << 16;
const TAIL_BYTES = 1 << 14;

/**
 * How an input of that name, whose content is `source`, is read.
 */
export async function resolveDialect(
  request: DialectRequest,
  name: string,
  source: ByteSource,
  look: QuickLook,
): Promise<Reading> {
  const likely = TAB_FILE.test(withoutCompression(name)) ? '\t' : ',';
  if (!request.isSniffed) {
    const sample = readSample(source, isStream(source) ? SMALL_BYTES : HEAD_BYTES, 0);
    return readingOf(asGiven(request, likely, sample), sample, request);
  }
  const given = { ...request, likelyDelimiter: likely };
  // Most files are plain, and there are many: a glance is enough for them.
  const glance = readSample(source, SMALL_BYTES, END_BYTES);
  const plain = sniffPlain(glance, given, look);
  if (plain !== null) return readingOf(plain, glance, request);
  const sample = readSample(source, HEAD_BYTES, TAIL_BYTES);
  // It takes longer to load than a plain file to look at.
  const { sniffDialect } = await import('../sniff/sniff.js');
  return readingOf(sniffDialect(sample, given), sample, request);
}

/** What is not sniffed is as RFC 4180 has it. */
function asGiven(request: DialectRequest, likely: string, { head }: SniffSample): Sniffed {
  const headerRows = request.headerRows === 'auto' ? 1 : request.headerRows;
  return {
    delimiter: request.delimiter ?? likely,
    quote: request.quote === undefined ? '"' : request.quote,
    escape: request.escape ?? null,
    recordEnd: detectRecordEnd(head),
    start: { ...START },
    headerRows,
    footerStart: null,
    confidence: 1,
    isCertain: true,
    decisions: [],
  };
}

function readingOf(sniffed: Sniffed, { head }: SniffSample, request: DialectRequest): Reading {
  const { delimiter, quote, recordEnd, start, headerRows, footerStart } = sniffed;
  const escaping = escapeOf(sniffed);
  const layout: Layout = {
    ...PLAIN_LAYOUT,
    start,
    headerRows: Math.max(1, headerRows),
    footerStart,
    comment: request.comment?.charCodeAt(0) ?? null,
    rejectsBadBytes: request.encoding === 'utf-8' && request.encodingErrors === 'reject',
  };
  const { confidence, isCertain, decisions } = sniffed;
  return {
    dialect: isPlain(sniffed)
      ? {
          delimiter: delimiter.charCodeAt(0),
          quote: quote === null ? NO_QUOTE : quote.charCodeAt(0),
          recordEnd,
        }
      : null,
    longDialect: asBytes(delimiter, quote, escaping, recordEnd, layout.comment),
    layout,
    hasHeader: headerRows > 0,
    found: {
      ...{ encoding: 'utf-8', delimiter, quote, escape: escaping, recordEnd },
      ...{ isCrlf: head[head.indexOf(LF) - 1] === CR, hasMark: byteOrderMarkLength(head) > 0 },
      ...{ tableLine: start.line, headerRows, hasFooter: footerStart !== null },
      ...{ confidence, isCertain, decisions },
    },
  };
}

function asBytes(
  delimiter: string,
  quote: string | null,
  escaping: string | null,
  recordEnd: RecordEnd,
  comment: number | null,
): LongDialect {
  return {
    delimiter: Buffer.from(delimiter),
    quote: quote === null ? null : Buffer.from(quote),
    escape: escaping === null ? null : Buffer.from(escaping),
    recordEnd,
    comment,
  };
}

function readSample(source: ByteSource, headBytes: number, tailBytes: number): SniffSample {
  const head = readHead(source, headBytes);
  const isWhole = head.length === source.sizeBytes;
  return { head, isWhole, ...readTail(source, head.length, tailBytes) };
}

/**
 * The first bytes, not cut between a CR and what may be its LF. Of a stream what is there, up to
 * the first LF at least: nothing must wait for what comes behind it.
 */
function readHead(source: ByteSource, headBytes: number): Uint8Array {
  const room = new Uint8Array(Math.min(headBytes, source.sizeBytes));
  for (let length = 0; ; ) {
    const ahead = readAhead(source, room.subarray(length), length);
    length += ahead.length;
    const sample = room.subarray(0, length);
    const isWhole = ahead.isEnd || length === source.sizeBytes;
    if (isWhole || sample.includes(LF)) return sample;
    if (length === headBytes) return sample.at(-1) === CR ? sample.subarray(0, -1) : sample;
  }
}

/** The last bytes, behind the first `headBytes`; none of a stream. */
function readTail(source: ByteSource, headBytes: number, tailBytes: number) {
  const none = { tail: new Uint8Array(0), tailOffsetBytes: source.sizeBytes };
  if (isStream(source) || headBytes >= source.sizeBytes) return none;
  const tailOffsetBytes = Math.max(headBytes, source.sizeBytes - tailBytes);
  const room = new Uint8Array(source.sizeBytes - tailOffsetBytes);
  return { tail: room.subarray(0, readFully(source, room, tailOffsetBytes)), tailOffsetBytes };
}

/** Whether what the user gave asks for a rewriting, whatever the input. */
export function isPlainRequest(request: DialectRequest): boolean {
  const { delimiter, quote, escape: escaping } = request;
  return isPlain({
    delimiter: delimiter ?? ',',
    quote: quote === undefined ? '"' : quote,
    escape: escaping ?? null,
  });
}

/** A dialect in characters. */
type Signs = Pick<Sniffed, 'delimiter' | 'quote' | 'escape'>;

/** Whether the engines read it as it is. */
function isPlain(signs: Signs): boolean {
  const { delimiter, quote } = signs;
  return escapeOf(signs) === null && isOneByte(delimiter) && isOneByte(quote ?? '"');
}

/** What escapes, but for a quote that is doubled. */
function escapeOf({ escape: escaping, quote }: Signs): string | null {
  return escaping === quote ? null : escaping;
}

/**
 * Refuses to replace a file by one that is not the same but for its cells.
 * @throws CsvcleanError DIALECT.
 */
export function refuseOtherOutput({ dialect, layout }: Reading, keepsDialect: boolean): void {
  const isKeepable =
    dialect !== null && (dialect.quote === DOUBLE_QUOTE || dialect.quote === NO_QUOTE);
  const isRfc4180 = isKeepable && (keepsDialect || dialect.delimiter === COMMA);
  const lines = layout.start.line - 1;
  const loss = lines > 0 ? `lose its first ${lines === 1 ? 'line' : `${lines} lines`}` : null;
  if (isRfc4180 && loss === null) return;
  const what = isRfc4180 ? loss : 'change its dialect to RFC 4180';
  throw new CsvcleanError('DIALECT', `cleaned in place it would ${what}`, {
    remedy: isKeepable && loss === null ? KEEP_DIALECT : 'Use --out-dir instead of --in-place.',
  });
}

const KEEP_DIALECT = 'Add --keep-dialect, or use --out-dir instead of --in-place.';
