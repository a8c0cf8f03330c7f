/**
 * Joins records that a line end outside quotes has broken: neighbouring ones that are too short,
 * and together exactly as wide as the header. Works on records of RFC 4180 that lie one behind the
 * other; the line end stays, inside quotes.
 */
import { appendByte, appendBytes, type ByteText } from './byte-text.js';
import { COMMA, DOUBLE_QUOTE, lineEndByte, type RecordEnd, RFC4180 } from './dialect.js';
import { createScannedRecord, scanRecord } from './scan-fields.js';

/** More pieces are no record, and neither are longer ones. */
const MOST_PIECES = 100;
const LONGEST_BYTES = 1 << 20;

/** The last record of a text. */
export interface LastRecord {
  /** Where it begins. */
  readonly start: number;
  /** 0: it is no record. */
  readonly fieldCount: number;
}

interface Piece extends LastRecord {
  readonly isBlank: boolean;
}

export interface Joiner {
  /**
   * Takes the record that was appended to `text` last.
   * @returns whether it made one record of several; it is then the last one of `text`.
   */
  take(text: ByteText, record: LastRecord): boolean;
  /** Whether records at the end of the text may still be joined, so that they must stay there. */
  isWaiting(): boolean;
}

/** @param headerRecords these come first, and say how wide the table is. */
export function createJoiner(headerRecords: number, recordEnd: RecordEnd): Joiner {
  let pieces: readonly Piece[] = [];
  let width = 0;
  let headers = 0;
  return {
    take(text, record) {
      if (headers < headerRecords) {
        if (record.fieldCount > 0 && !isBlankAt(text, record)) headers++;
        width = Math.max(width, record.fieldCount);
        return false;
      }
      const isPiece = record.fieldCount > 0 && record.fieldCount < width;
      const piece = { ...record, isBlank: isBlankAt(text, record) };
      pieces = isPiece ? lastThatFit([...pieces, piece], width, text) : [];
      if (pieces.length < 2 || widthOf(pieces) < width) return false;
      joinFrom(text, pieces, recordEnd);
      pieces = [];
      return true;
    },
    isWaiting: () => pieces.length > 0,
  };
}

/** Without the first ones, as long as they are empty or all are too much for one record. */
function lastThatFit(pieces: readonly Piece[], width: number, text: ByteText): readonly Piece[] {
  let rest = pieces;
  const isTooMuch = (): boolean =>
    rest[0]!.isBlank ||
    widthOf(rest) > width ||
    rest.length > MOST_PIECES ||
    text.length - rest[0]!.start > LONGEST_BYTES;
  while (rest.length > 0 && isTooMuch()) rest = rest.slice(1);
  return rest;
}

/** Of the record that they would make. */
function widthOf(pieces: readonly LastRecord[]): number {
  return pieces.reduce((sum, { fieldCount }) => sum + fieldCount - 1, 1);
}

/** Whether nothing stands in it but commas. */
function isBlankAt({ length }: ByteText, { start, fieldCount }: LastRecord): boolean {
  return fieldCount > 0 && length - start === fieldCount;
}

/** Makes one record of the last ones of `text`. */
function joinFrom(text: ByteText, pieces: readonly LastRecord[], recordEnd: RecordEnd): void {
  const { start } = pieces[0]!;
  const bytes = Buffer.from(text.room.subarray(start, text.length));
  const fields: Uint8Array[] = [];
  for (const piece of pieces) {
    const [first, ...others] = fieldsAt(bytes, piece.start - start, recordEnd);
    const broken = fields.pop();
    fields.push(broken === undefined ? first! : joinFields(broken, first!, recordEnd), ...others);
  }
  text.length = start;
  fields.forEach((field, i) => {
    if (i > 0) appendByte(text, COMMA);
    appendBytes(text, field);
  });
  appendByte(text, lineEndByte(recordEnd));
}

/** As they stand, in quotes where they are. */
function fieldsAt(bytes: Uint8Array, start: number, recordEnd: RecordEnd): readonly Uint8Array[] {
  const record = createScannedRecord();
  scanRecord(bytes, start, { ...RFC4180, recordEnd }, true, record, LONGEST_BYTES);
  return Array.from({ length: record.fieldCount }, (_, i) =>
    bytes.subarray(record.starts[i], record.ends[i]),
  );
}

function joinFields(before: Uint8Array, after: Uint8Array, recordEnd: RecordEnd): Uint8Array {
  const [quote, lineEnd] = [Buffer.of(DOUBLE_QUOTE), Buffer.of(lineEndByte(recordEnd))];
  return Buffer.concat([quote, contentOf(before), lineEnd, contentOf(after), quote]);
}

/** What stands between quotes, if it does not yet. */
function contentOf(field: Uint8Array): Uint8Array {
  return field[0] === DOUBLE_QUOTE ? field.subarray(1, -1) : field;
}
