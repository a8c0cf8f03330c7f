/** From what the user gave and what a file is called to the dialect it is read in. */
import { CsvcleanError } from '../base/error.js';
import { detectRecordEnd } from '../csv/detect-record-end.js';
import { COMMA, CR, type Dialect, DOUBLE_QUOTE, LF, NO_QUOTE, RFC4180 } from '../csv/dialect.js';
import { type ByteSource, readAhead } from '../engine/byte-source.js';
import type { Header } from '../engine/read-header.js';
import { withoutCompression } from '../store/compression.js';
import type { DialectRequest } from './task.js';

/** A dialect of one byte each, or one that must be rewritten as RFC 4180 first. */
export type ResolvedDialect =
  | { readonly kind: 'plain'; readonly dialect: Dialect }
  | {
      readonly kind: 'exotic';
      readonly delimiter: string;
      readonly quote: string | null;
      readonly escape: string | null;
    };

const TAB_FILE = /\.(tsv|tab)$/i;

/** How much of a file tells its line ends, in bytes. */
const SAMPLE_BYTES = 1 << 16;

/** The dialect of an input of that name, whose content is `source`. */
export function resolveDialect(
  request: DialectRequest,
  name: string,
  source: ByteSource,
): ResolvedDialect {
  const delimiter = request.delimiter ?? (TAB_FILE.test(withoutCompression(name)) ? '\t' : ',');
  if (!isPlainRequest(request)) {
    return { kind: 'exotic', delimiter, quote: request.quote, escape: request.escape };
  }
  return {
    kind: 'plain',
    dialect: {
      delimiter: delimiter.charCodeAt(0),
      quote: request.quote === null ? NO_QUOTE : request.quote.charCodeAt(0),
      recordEnd: detectRecordEnd(readSample(source)),
    },
  };
}

/**
 * The first bytes, not cut between a CR and what may be its LF. Of a stream no more than up to the
 * first LF, which settles the question: nothing must wait for what comes behind it.
 */
function readSample(source: ByteSource): Uint8Array {
  const room = new Uint8Array(Math.min(SAMPLE_BYTES, source.sizeBytes));
  for (let length = 0; ; ) {
    const ahead = readAhead(source, room.subarray(length), length);
    length += ahead.length;
    const sample = room.subarray(0, length);
    const isWhole = ahead.isEnd || length === source.sizeBytes;
    if (isWhole || sample.includes(LF)) return sample;
    if (length === SAMPLE_BYTES) return sample.at(-1) === CR ? sample.subarray(0, -1) : sample;
  }
}

/** Whether the dialect is one of single bytes, whatever the file. */
export function isPlainRequest(request: DialectRequest): boolean {
  const { delimiter, quote } = request;
  const isEscaped = request.escape !== null && request.escape !== quote;
  return !isEscaped && isOneByte(delimiter ?? ',') && isOneByte(quote ?? '"');
}

function isOneByte(text: string): boolean {
  return text.length === 1 && text.charCodeAt(0) < 0x80;
}

/** How a rewritten input is read. */
export const REWRITTEN: Dialect = RFC4180;

const OTHER_DELIMITERS: readonly (readonly [byte: string, flag: string, name: string])[] = [
  [';', "-d ';'", 'semicolons'],
  ['\t', "-d '\\t'", 'tabs'],
  ['|', "-d '|'", 'vertical bars'],
  [',', "-d ','", 'commas'],
];

/**
 * Refuses a first record of one column that holds another delimiter: cleaned as one column, the
 * file would be wrong with exit 0. Not asked when the user named the delimiter.
 */
export function refuseOtherDelimiter(
  { fields, line }: Header,
  dialect: Dialect,
  request: DialectRequest,
  hasHeader: boolean,
): void {
  const [only] = fields;
  if (request.delimiter !== null || fields.length !== 1 || only === undefined) return;
  const found = OTHER_DELIMITERS.find(
    ([byte]) => byte.charCodeAt(0) !== dialect.delimiter && only.includes(byte),
  );
  if (found === undefined) return;
  const [, flag, name] = found;
  const quoted = only.length > 60 ? `${only.slice(0, 59)}…` : only;
  const what = hasHeader ? 'the header' : 'the first record';
  throw new CsvcleanError('DELIMITER', `${what} is one column that holds ${name}: "${quoted}"`, {
    line,
    remedy: `Set ${flag}, or ${dialect.delimiter === COMMA ? "-d ','" : "-d '\\t'"} if it really is one column.`,
  });
}

/**
 * Refuses to replace a file by one in another dialect: outputs are comma-separated.
 * @throws CsvcleanError DIALECT.
 */
export function refuseOtherOutput(resolved: ResolvedDialect): void {
  if (resolved.kind === 'plain') {
    const { delimiter, quote } = resolved.dialect;
    if (delimiter === COMMA && (quote === DOUBLE_QUOTE || quote === NO_QUOTE)) return;
  }
  throw new CsvcleanError('DIALECT', 'cleaned in place it would change its dialect to RFC 4180', {
    remedy: 'Use --out-dir instead of --in-place.',
  });
}
