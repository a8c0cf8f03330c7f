/**
 * The index of a block by the scalar scanner, a record at a time: the obviously right twin of
 * `kernel/assembly/index-records.ts`, and its stand-in where there is no SIMD.
 */
import { decodeField } from '../../csv/decode-field.js';
import { CR, type Dialect, DOUBLE_QUOTE, LF } from '../../csv/dialect.js';
import { looksNa } from '../../csv/missing.js';
import {
  createScannedRecord,
  QUOTED,
  type ScannedRecord,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../../csv/scan-fields.js';
import { isBlankText, trimText } from '../../csv/trim-text.js';
import { keepsBytes } from '../../csv/write-field.js';
import {
  BLANK,
  LONG,
  ODD,
  REQUOTE,
  SHORT,
  STRAY as STRAY_RECORD,
  TOKEN,
  TRIM,
} from '../record-flags.js';

export interface RecordIndex {
  /** The exclusive end of each field; a record's last field ends at its line end. */
  readonly fieldEnds: readonly number[];
  /** How many fields there are up to and with each record. */
  readonly recordFields: readonly number[];
  /** ODD … STRAY of each record, of `record-flags.ts`. */
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
    const needsTrim = fields.some((i) => hasSpaceAtEdge(bytes, record, i));
    const needsQuotes = fields.some((i) => !keepsBytes(bytes, record, i, dialect));
    const isStray = fields.some((i) => (record.flags[i]! & STRAY) !== 0);
    flags.push(
      (isBlank ? BLANK : 0) |
        (needsLook ? ODD : 0) |
        (hasToken ? TOKEN : 0) |
        (needsTrim ? TRIM : 0) |
        (needsQuotes ? REQUOTE : 0) |
        (record.fieldCount < width ? SHORT : 0) |
        (record.fieldCount > width ? LONG : 0) |
        (isStray ? STRAY_RECORD : 0),
    );
    start = record.nextStart;
  }
  return { fieldEnds, recordFields, flags, consumedBytes: start };
}

/**
 * Whether the record is more than its fields' bytes, some trimmed, some put into quotes: a quote
 * that is never closed, a stray one in a record of another width, quotes or line ends that must be
 * written in another way, or nothing left once it is trimmed.
 */
function isOdd(bytes: Uint8Array, record: ScannedRecord, dialect: Dialect, width: number): boolean {
  const fields = Array.from({ length: record.fieldCount }, (_, i) => i);
  const isRagged = record.fieldCount !== width;
  const isStray = fields.some((i) => (record.flags[i]! & STRAY) !== 0);
  if (isRagged && isStray) return true;
  if (fields.some((i) => (record.flags[i]! & UNCLOSED) !== 0)) return true;
  if (fields.some((i) => mustBeRewritten(bytes, record, i, dialect))) return true;
  const texts = fields.map((i) => decodeField(bytes, record, i, dialect));
  return texts.some((text) => text !== '') && texts.every(isBlankText);
}

/** Whether quotes, and doubling its own, do not make the field's bytes fit for the output. */
function mustBeRewritten(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): boolean {
  if (keepsBytes(bytes, record, index, dialect)) return false;
  if (isQuoted(record, index)) return true;
  const field = bytes.subarray(record.starts[index], record.ends[index]);
  if (field.includes(CR) || field.includes(LF)) return true;
  return dialect.quote !== DOUBLE_QUOTE && field.includes(DOUBLE_QUOTE);
}

function isQuoted(record: ScannedRecord, index: number): boolean {
  const flags = record.flags[index]!;
  return (flags & QUOTED) !== 0 && (flags & STRAY) === 0;
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

function hasSpaceAtEdge(bytes: Uint8Array, record: ScannedRecord, index: number): boolean {
  const edge = isQuoted(record, index) ? 1 : 0;
  const start = record.starts[index]! + edge;
  const end = record.ends[index]! - edge;
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
