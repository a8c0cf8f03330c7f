/**
 * The index of a block by the scalar scanner, a record at a time: the obviously right twin of
 * `kernel/assembly/index-records.ts`, and its stand-in where there is no SIMD.
 */
import { decodeField } from '../../csv/decode-field.js';
import { CR, type Dialect, DOUBLE_QUOTE, LF } from '../../csv/dialect.js';
import { looksNa } from '../../csv/missing.js';
import {
  createScannedRecord,
  type ScannedRecord,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../../csv/scan-fields.js';
import { isBlankText, trimText } from '../../csv/trim-text.js';
import { keepsBytes } from '../../csv/write-field.js';

/** The record needs a look: see `isOdd`. */
export const ODD = 1;
/** Every field of the record is empty, quoted or not. */
export const BLANK = 2;
/** A field is a token for "no value". */
export const TOKEN = 4;
/** A field of the record, which is not odd, begins or ends with a blank. */
export const TRIM = 8;
/** A field of the record, which is not odd, must be quoted anew: it holds a comma. */
export const REQUOTE = 16;

export interface RecordIndex {
  /** The exclusive end of each field; a record's last field ends at its line end. */
  readonly fieldEnds: readonly number[];
  /** How many fields there are up to and with each record. */
  readonly recordFields: readonly number[];
  /** ODD … REQUOTE of each record. */
  readonly flags: readonly number[];
  /** Bytes of the complete records, line ends included. */
  readonly consumedBytes: number;
}

/**
 * Indexes the records of `bytes`, which begin with one.
 *
 * @param isLast whether the input ends with `bytes`; the last record then needs no line end.
 * @param width fields of the header.
 * @param longest records of more bytes are odd.
 * @param longestQuoted how many bytes may stand between the quotes of a field with line ends.
 * @param lead records that begin with these bytes are odd; none when it is empty.
 */
export function indexRecords(
  bytes: Uint8Array,
  isLast: boolean,
  dialect: Dialect,
  width: number,
  longest: number,
  longestQuoted: number,
  lead: Uint8Array,
): RecordIndex {
  const record = createScannedRecord();
  const fieldEnds: number[] = [];
  const recordFields: number[] = [];
  const flags: number[] = [];
  let start = 0;
  while (start < bytes.length && scanRecord(bytes, start, dialect, isLast, record, longestQuoted)) {
    for (let i = 0; i < record.fieldCount; i++) fieldEnds.push(record.ends[i]!);
    recordFields.push(fieldEnds.length);
    const lengthBytes = record.contentEnd - start;
    const isTooLong = lengthBytes > longest;
    const isLed = lead.length > 0 && lead.every((byte, i) => bytes[start + i] === byte);
    const needsLook = isTooLong || isLed || isOdd(bytes, record, dialect, width);
    const fields = Array.from({ length: record.fieldCount }, (_, i) => i);
    const isBlank = fields.every((i) => isEmpty(bytes, record, i, dialect.quote));
    const hasToken = fields.some((i) => isToken(bytes, record, i, dialect));
    const needsTrim = fields.some((i) => hasSpaceAtEdge(bytes, record, i, dialect.quote));
    const needsQuotes = fields.some((i) => !keepsBytes(bytes, record, i, dialect));
    flags.push(
      (isBlank ? BLANK : 0) |
        (needsLook ? ODD : 0) |
        (hasToken ? TOKEN : 0) |
        (needsTrim ? TRIM : 0) |
        (needsQuotes ? REQUOTE : 0),
    );
    start = record.nextStart;
  }
  return { fieldEnds, recordFields, flags, consumedBytes: start };
}

/**
 * Whether the record is more than its fields' bytes, some trimmed, some put into quotes: another
 * width, a stray or open quote, quotes or line ends that must be written in another way, or nothing
 * left once it is trimmed.
 */
function isOdd(bytes: Uint8Array, record: ScannedRecord, dialect: Dialect, width: number): boolean {
  if (record.fieldCount !== width) return true;
  for (let i = 0; i < width; i++) {
    if ((record.flags[i]! & (STRAY | UNCLOSED)) !== 0) return true;
    if (mustBeRewritten(bytes, record, i, dialect)) return true;
  }
  const texts = Array.from({ length: width }, (_, i) => decodeField(bytes, record, i, dialect));
  return texts.some((text) => text !== '') && texts.every(isBlankText);
}

/** Whether quotes alone do not make the field's bytes fit for the output. */
function mustBeRewritten(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): boolean {
  if (keepsBytes(bytes, record, index, dialect)) return false;
  const field = bytes.subarray(record.starts[index], record.ends[index]);
  const isQuoted = field[0] === dialect.quote;
  return isQuoted || field.some((byte) => byte === DOUBLE_QUOTE || byte === CR || byte === LF);
}

/** Whether nothing stands in the field, or two quotes. */
function isEmpty(bytes: Uint8Array, record: ScannedRecord, index: number, quote: number): boolean {
  const field = bytes.subarray(record.starts[index], record.ends[index]);
  return field.length === 0 || (field.length === 2 && field.every((byte) => byte === quote));
}

function isToken(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): boolean {
  return looksNa(trimText(decodeField(bytes, record, index, dialect)));
}

function hasSpaceAtEdge(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  quote: number,
): boolean {
  const isQuoted = bytes[record.starts[index]!] === quote;
  const start = record.starts[index]! + (isQuoted ? 1 : 0);
  const end = record.ends[index]! - (isQuoted ? 1 : 0);
  if (start >= end) return false;
  const text = Buffer.from(bytes.subarray(start, end));
  return SPACES.some(
    (space) =>
      text.subarray(0, space.length).equals(space) || text.subarray(-space.length).equals(space),
  );
}

/** Space, tab, U+00A0, U+FEFF, U+3000 and U+2000 – 200A as UTF-8. */
const SPACES: readonly Buffer[] = [
  ...[0x20, 0x09, 0xa0, 0xfeff, 0x3000],
  ...Array.from({ length: 11 }, (_, i) => 0x2000 + i),
].map((code) => Buffer.from(String.fromCharCode(code)));
