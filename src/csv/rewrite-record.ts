/**
 * One record of a dialect of several characters, or with an escape, as one of RFC 4180. The grammar
 * is that of `scan-fields.ts`, with longer delimiters and quotes; an escape takes the meaning from
 * quotes and from itself, inside quotes. Judges nothing: bytes that are no text stay as they are.
 */
import { appendByte, type ByteText } from './byte-text.js';
import { COMMA, CR, DOUBLE_QUOTE, LF, lineEndByte, type RecordEnd } from './dialect.js';
import { lineEndLength } from './scan-fields.js';

/** A dialect as bytes, each part one or more. */
export interface LongDialect {
  readonly delimiter: Uint8Array;
  /** Null: nothing quotes. */
  readonly quote: Uint8Array | null;
  /** Null: a quote inside quotes is doubled. It may be so in any dialect. */
  readonly escape: Uint8Array | null;
  readonly recordEnd: RecordEnd;
  /** Records that begin with this byte are left as they are, up to their line end; null: none. */
  readonly comment: number | null;
}

/** What was found out about the record that was rewritten last. */
export interface RewrittenRecord {
  /** 0: a comment. */
  fieldCount: number;
  /** Its last field is in quotes that nobody closes: the file ends there. */
  isOpen: boolean;
}

/** Where a field lies, and how it is written. */
interface Field {
  /** Without its quotes, where it stands in some. */
  from: number;
  until: number;
  isQuoted: boolean;
  /** Its quote is open at the end of the file, in its last line. */
  isOpen: boolean;
  /** Behind it: a delimiter, a line end or the end. */
  end: number;
}

/**
 * Appends the record that starts at `start` to `out`, with LF (CR in a file of such) at its end.
 *
 * @param isLast whether the file ends with `bytes`.
 * @param longestQuoted how many bytes may stand between the quotes of a field with line ends.
 * @param record is filled; means nothing when more bytes must tell.
 * @returns where the next record starts; −1 when more bytes must tell, and `out` is as it was.
 */
export function rewriteRecord(
  bytes: Uint8Array,
  start: number,
  dialect: LongDialect,
  isLast: boolean,
  longestQuoted: number,
  out: ByteText,
  record: RewrittenRecord,
): number {
  const { delimiter, recordEnd } = dialect;
  const { length } = out;
  record.fieldCount = 0;
  record.isOpen = false;
  if (bytes[start] === dialect.comment) return copyLine(bytes, start, recordEnd, isLast, out);
  const field: Field = { from: 0, until: 0, isQuoted: false, isOpen: false, end: 0 };
  for (let position = start; ; ) {
    if (!findField(bytes, position, dialect, isLast, longestQuoted, field)) break;
    if (position > start) appendByte(out, COMMA);
    appendField(bytes, field, dialect, out);
    record.fieldCount++;
    record.isOpen = field.isOpen;
    if (startsWith(bytes, delimiter, field.end)) {
      position = field.end + delimiter.length;
      continue;
    }
    const lineEnd = lineEndLength(bytes, field.end, recordEnd);
    if (lineEnd === 0 && !isLast) break;
    if (!field.isOpen) appendByte(out, lineEndByte(recordEnd));
    return field.end + lineEnd;
  }
  out.length = length;
  return -1;
}

/** @returns false where more bytes must tell. */
function findField(
  bytes: Uint8Array,
  start: number,
  dialect: LongDialect,
  isLast: boolean,
  longestQuoted: number,
  field: Field,
): boolean {
  const { quote } = dialect;
  field.from = start;
  field.isQuoted = field.isOpen = false;
  if (quote === null || !startsWith(bytes, quote, start)) {
    field.until = field.end = findFieldEnd(bytes, start, dialect);
    return true;
  }
  const from = start + quote.length;
  const closing = findClosingQuote(bytes, from, dialect);
  const standing = judgeQuote(bytes, from, closing, dialect, isLast, longestQuoted);
  if (standing === 'undecided') return false;
  if (standing === 'closed' || standing === 'open') {
    field.from = from;
    field.until = standing === 'open' ? bytes.length : closing;
    field.isQuoted = true;
    field.isOpen = standing === 'open';
    field.end = standing === 'open' ? bytes.length : closing + quote.length;
    return true;
  }
  // A quote that is none: the bytes are those of an ordinary field.
  const behind = standing === 'stray' ? closing + quote.length : from;
  field.until = field.end = findFieldEnd(bytes, behind, dialect);
  return true;
}

/** What `scan-fields.ts` says of a quote: see `scanRecord` there. */
function judgeQuote(
  bytes: Uint8Array,
  from: number,
  closing: number,
  { delimiter, quote, recordEnd }: LongDialect,
  isLast: boolean,
  longestQuoted: number,
): 'closed' | 'open' | 'stray' | 'runaway' | 'undecided' {
  const limit = from + longestQuoted;
  const isOverLimit = closing === -1 ? limit < bytes.length : closing > limit;
  const end = isOverLimit ? limit + 1 : closing === -1 ? bytes.length : closing;
  const spansLines = bytes.subarray(from, end).includes(lineEndByte(recordEnd));
  if (isOverLimit && spansLines) return 'runaway';
  if (closing === -1) return !isLast ? 'undecided' : spansLines ? 'runaway' : 'open';
  const behind = closing + quote!.length;
  const mayGoOn = behind + Math.max(delimiter.length, quote!.length, 2) > bytes.length;
  if (mayGoOn && !isLast) return 'undecided';
  const isClosed =
    behind === bytes.length ||
    startsWith(bytes, delimiter, behind) ||
    lineEndLength(bytes, behind, recordEnd) > 0;
  return isClosed ? 'closed' : spansLines ? 'runaway' : 'stray';
}

/** −1 where none closes. */
function findClosingQuote(bytes: Uint8Array, start: number, dialect: LongDialect): number {
  const { quote } = dialect;
  for (let position = start; position < bytes.length; ) {
    const mark = markLength(bytes, position, dialect);
    if (mark > 0) position += mark + markedLength(bytes, position + mark, dialect);
    else if (startsWith(bytes, quote!, position)) return position;
    else position += 1;
  }
  return -1;
}

/**
 * Inside quotes: how long what takes the meaning from what stands behind it is, an escape or the
 * first of two quotes; 0 where none stands at `position`.
 */
function markLength(bytes: Uint8Array, position: number, dialect: LongDialect): number {
  const byte = bytes[position];
  const quote = dialect.quote!;
  const mark = dialect.escape;
  if (mark !== null && byte === mark[0] && startsWith(bytes, mark, position)) {
    const behind = position + mark.length;
    if (startsWith(bytes, quote, behind) || startsWith(bytes, mark, behind)) return mark.length;
  }
  if (byte !== quote[0] || !startsWith(bytes, quote, position)) return 0;
  return startsWith(bytes, quote, position + quote.length) ? quote.length : 0;
}

/** How long a quote or escape that has lost its meaning is. */
function markedLength(bytes: Uint8Array, position: number, dialect: LongDialect): number {
  const quote = dialect.quote!;
  return startsWith(bytes, quote, position) ? quote.length : dialect.escape!.length;
}

/** The first delimiter or line end from `start` on; the length where there is none. */
function findFieldEnd(
  bytes: Uint8Array,
  start: number,
  { delimiter, recordEnd }: LongDialect,
): number {
  for (let position = start; position < bytes.length; position++) {
    const byte = bytes[position]!;
    if (byte === delimiter[0] && startsWith(bytes, delimiter, position)) return position;
    const mayEnd = byte === LF || byte === CR;
    if (mayEnd && lineEndLength(bytes, position, recordEnd) > 0) return position;
  }
  return bytes.length;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, position: number): boolean {
  for (let i = 0; i < wanted.length; i++) {
    if (bytes[position + i] !== wanted[i]) return false;
  }
  return true;
}

/** As `rewriteRecord`, for a line that is no record. */
function copyLine(
  bytes: Uint8Array,
  start: number,
  recordEnd: RecordEnd,
  isLast: boolean,
  out: ByteText,
): number {
  const lineEnd = bytes.indexOf(lineEndByte(recordEnd), start);
  if (lineEnd === -1 && !isLast) return -1;
  const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
  for (let position = start; position < end; position++) appendByte(out, bytes[position]!);
  return end;
}

/** The value of the field, in quotes where it must be. */
function appendField(
  bytes: Uint8Array,
  { from, until, isQuoted, isOpen }: Field,
  dialect: LongDialect,
  out: ByteText,
): void {
  const needsQuotes = isOpen || holdsSpecial(bytes, from, until);
  if (needsQuotes) appendByte(out, DOUBLE_QUOTE);
  for (let position = from; position < until; ) {
    const mark = isQuoted ? markLength(bytes, position, dialect) : 0;
    position += mark;
    const end = position + (mark === 0 ? 1 : markedLength(bytes, position, dialect));
    for (; position < end; position++) {
      const byte = bytes[position]!;
      if (byte === DOUBLE_QUOTE) appendByte(out, DOUBLE_QUOTE);
      appendByte(out, byte);
    }
  }
  if (needsQuotes && !isOpen) appendByte(out, DOUBLE_QUOTE);
}

/** RFC 4180 section 2, rule 6; of marks that are left out, too. */
function holdsSpecial(bytes: Uint8Array, from: number, until: number): boolean {
  for (let position = from; position < until; position++) {
    const byte = bytes[position];
    if (byte === COMMA || byte === DOUBLE_QUOTE || byte === CR || byte === LF) return true;
  }
  return false;
}
