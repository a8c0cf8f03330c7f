/**
 * Refuses what is not UTF-8 text before any of it is cleaned: a wrong guess would write wrong text
 * with exit 0.
 */
import { CsvcleanError } from '../base/error.js';
import { countLineEnds } from '../csv/count-lines.js';
import type { RecordEnd } from '../csv/dialect.js';
import { firstInvalidUtf8, hexOf } from '../csv/utf8.js';
import { type ByteSource, readFully } from './byte-source.js';
import type { RecordPosition } from './walk-records.js';

const ROOM_BYTES = 1 << 20;
/** A UTF-8 sequence is at most four bytes, so at most three of it lie before a cut. */
const LONGEST_CUT_BYTES = 3;

/**
 * @throws CsvcleanError COMPRESSED or NOT_UTF8, with line (as `recordEnd` counts them) and byte
 * offset.
 */
export function checkEncoding(source: ByteSource, recordEnd: RecordEnd): void {
  const room = new Uint8Array(ROOM_BYTES);
  let offsetBytes = 0;
  let line = 1;
  for (;;) {
    const length = readFully(source, room, offsetBytes);
    if (offsetBytes === 0) refuseSignatures(room.subarray(0, length));
    const isLast = length < ROOM_BYTES;
    const invalid = firstInvalidUtf8(room, 0, length);
    const isCut = invalid >= 0 && !isLast && invalid >= length - LONGEST_CUT_BYTES;
    if (invalid >= 0 && !isCut) {
      throw notUtf8(room, invalid, { offsetBytes, line }, recordEnd);
    }
    const checked = isCut ? invalid : length;
    line += countLineEnds(room, 0, checked, recordEnd);
    offsetBytes += checked;
    if (isLast) return;
  }
}

/** @throws CsvcleanError NOT_UTF8 for the first byte that is none of what begins at `from`. */
export function refuseNotUtf8(bytes: Uint8Array, from: RecordPosition, recordEnd: RecordEnd): void {
  const invalid = firstInvalidUtf8(bytes, 0, bytes.length);
  if (invalid >= 0) throw notUtf8(bytes, invalid, from, recordEnd);
}

/** Of archives and the like; `ending`: what such a file is read by. */
const SIGNATURES: readonly {
  readonly bytes: readonly number[];
  readonly what: string;
  readonly ending: string | null;
}[] = [
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', ending: '.gz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive', ending: '.zst' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive or an Excel workbook', ending: null },
];

/** @throws CsvcleanError COMPRESSED by the first bytes of an input. */
export function refuseSignatures(bytes: Uint8Array): void {
  for (const { bytes: signature, what, ending } of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) {
      throw new CsvcleanError('COMPRESSED', `the file is ${what}, not text`, {
        line: 1,
        byteOffset: 0,
        remedy:
          ending === null
            ? 'Unpack it, or export it as CSV, and clean the result.'
            : `Unpack it first, or give the file the ending ${ending}.`,
      });
    }
  }
}

/** @param invalid the first byte that is none, of `bytes`, which begin at `from`. */
function notUtf8(
  bytes: Uint8Array,
  invalid: number,
  from: RecordPosition,
  recordEnd: RecordEnd,
): CsvcleanError {
  return new CsvcleanError('NOT_UTF8', `byte ${hexOf(bytes[invalid]!)} is not UTF-8`, {
    line: from.line + countLineEnds(bytes, 0, invalid, recordEnd),
    byteOffset: from.offsetBytes + invalid,
    remedy: 'Set --encoding to what it is in, or --encoding-errors reject.',
  });
}
