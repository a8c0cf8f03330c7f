/**
 * Writes records as RFC 4180: unbroken runs of untouched ones with one copy, all others piece by
 * piece. Twin: `kernel/scalar/emit-records.ts`.
 */
import { ODD, REQUOTE, SHORT, STRAY, TRIM } from '../record-flags';
import { dropBlanks, skipBlanks } from './blanks';
import { isQuotedField } from './lone-record';
import { recordStart, skipLineEnd } from './record-start';

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const DOUBLE_QUOTE: i32 = 0x22;
const COMMA: i32 = 0x2c;
/** What is to be done with a record. */
const WRITE: u8 = 0;
const PASS: u8 = 1;
/** In place of a first column: the piece is a made column. */
const MADE: u32 = 0xffffffff;
/** Bytes that a copy may write beyond its end. */
const OVERSHOOT: usize = 16;
/** Longer copies are the engine's own. */
const LONG_COPY: usize = 256;

/** Behind the last byte written by the last `emitRecords`. */
export let emittedEnd: usize = 0;
/** How many fields it put into quotes that trimming left as they were. */
export let requotedFields: i32 = 0;

/**
 * Writes the records `from` … `to` − 1 of an indexed block, as far as there is room and `acts`
 * lets it.
 *
 * @param source the block; readable for 64 bytes beyond its end.
 * @param fieldEnds with `recordFields` the lists of `indexRecords`.
 * @param flags of each record; fields are looked at one by one where TRIM, REQUOTE, SHORT or STRAY
 *   says so.
 * @param trim the flags that ask for it: TRIM, or 0 when fields are not trimmed.
 * @param quote the quoting byte, or -1.
 * @param acts of each record: 0 write it, 1 pass it over, 2 stop before it.
 * @param pieces pairs of u32, in output order: the first and last of neighbouring input columns, or
 *   MADE and the number of a made column.
 * @param made for each made column two u32: where its bytes lie, and where u32 lie, one more than
 *   records: the cell of record r takes the bytes from entry r to entry r + 1.
 * @param isOneColumn the output has one column: an empty record is written as "".
 * @param to where to write; `limit` is the end of the room.
 * @returns the first record that was not dealt with; `emittedEnd` says how far the room was used.
 */
export function emitRecords(
  source: usize,
  fieldEnds: usize, recordFields: usize,
  flags: usize,
  trim: i32,
  crOnly: bool,
  delimiter: i32, quote: i32,
  from: i32, until: i32,
  acts: usize,
  pieces: usize, pieceCount: i32,
  made: usize,
  isOneColumn: bool,
  to: usize, limit: usize,
): i32 {
  assert(from >= 0 && pieceCount > 0, 'there is something to write');
  assert((pieces & 3) == 0 && (made & 3) == 0, 'lists of u32 are aligned');
  let field = from == 0 ? 0 : load<u32>(recordFields + (<usize>(from - 1) << 2));
  let start = recordStart(source, fieldEnds, recordFields, from, crOnly);
  const mend = trim | REQUOTE | SHORT | STRAY;
  const columnCount = columnsIn(pieces, pieceCount);
  requotedFields = 0;
  let r = from;
  for (; r < until; r++) {
    const act = load<u8>(acts + r);
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    const end = load<u32>(fieldEnds + (<usize>(fieldsEnd - 1) << 2));
    if (act == WRITE) {
      const flag = <i32>load<u8>(flags + r);
      let room = <usize>(end - start) + madeBytes(pieces, pieceCount, made, r) + <usize>pieceCount + 2 + OVERSHOOT;
      if ((flag & mend) != 0) room += mendBytes(fieldsEnd - field, end - start, columnCount);
      if (to + room > limit) break;
      const begin = to;
      for (let k = 0; k < pieceCount; k++) {
        if (k > 0) store<u8>(to++, <u8>COMMA);
        const first = load<u32>(pieces + (<usize>k << 3));
        const last = load<u32>(pieces + (<usize>k << 3), 4);
        if (first == MADE) {
          to = copyMade(made + (<usize>last << 3), r, to);
        } else {
          const fields = fieldEnds + (<usize>field << 2);
          const begins = first == 0 ? start : load<u32>(fields + (<usize>(first - 1) << 2)) + 1;
          to = (flag & mend) == 0
            ? copyFields(source, fields, begins, first, last, delimiter, to)
            : mendFields(source, fields, fieldsEnd - field, begins, first, last, flag & (trim | STRAY), quote, to);
        }
      }
      if (isOneColumn && to == begin) {
        store<u16>(to, 0x2222);
        to += 2;
      }
      store<u8>(to++, <u8>LF);
    } else if (act != PASS) {
      break;
    }
    field = fieldsEnd;
    start = skipLineEnd(source, end, crOnly);
  }
  emittedEnd = to;
  return r;
}

/**
 * The same for whole records of a file with commas and LF: a run of records is copied at once. A
 * CRLF breaks the run. Records of one column must not come here, since an empty one is written as
 * "", nor ones that must be mended: with a flag of TRIM, REQUOTE, SHORT, LONG or STRAY.
 */
export function emitWhole(
  source: usize,
  length: u32,
  fieldEnds: usize,
  recordFields: usize,
  from: i32,
  until: i32,
  acts: usize,
  to: usize,
  limit: usize,
): i32 {
  let start = recordStart(source, fieldEnds, recordFields, from, false);
  let run = start;
  let r = from;
  for (; r < until; r++) {
    const act = load<u8>(acts + r);
    if (act > PASS) break;
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    const end = load<u32>(fieldEnds + (<usize>(fieldsEnd - 1) << 2));
    const next = skipLineEnd(source, end, false);
    const breaks = end >= length || <i32>load<u8>(source + end) != LF;
    if (act == WRITE) {
      if (to + <usize>(end - run) + 1 + OVERSHOOT > limit) break;
      if (breaks) {
        to = copyBytes(source + run, to, end - run);
        store<u8>(to++, <u8>LF);
        run = next;
      }
    } else {
      to = copyBytes(source + run, to, start - run);
      run = next;
    }
    start = next;
  }
  to = copyBytes(source + run, to, start - run);
  emittedEnd = to;
  return r;
}

/** Copies neighbouring fields as they are, but for the delimiters between them. */
// @ts-ignore: decorator
@inline
function copyFields(
  source: usize,
  fields: usize,
  begins: u32,
  first: u32,
  last: u32,
  delimiter: i32,
  to: usize,
): usize {
  const shift = to - begins;
  to = copyBytes(source + begins, to, load<u32>(fields + (<usize>last << 2)) - begins);
  if (delimiter != COMMA) {
    for (let c = first; c < last; c++) {
      store<u8>(shift + load<u32>(fields + (<usize>c << 2)), <u8>COMMA);
    }
  }
  return to;
}

/**
 * Writes neighbouring fields one by one: trimmed, and in quotes where they must be. Of those that
 * the record has not, of `count` fields, only the comma before them.
 */
function mendFields(
  source: usize,
  fields: usize,
  count: u32,
  begins: u32,
  first: u32,
  last: u32,
  flag: i32,
  quote: i32,
  to: usize,
): usize {
  for (let c = first; c <= last; c++) {
    if (c > first) store<u8>(to++, <u8>COMMA);
    if (c >= count) continue;
    const ends = load<u32>(fields + (<usize>c << 2));
    to = mendField(source + begins, source + ends, flag, quote, to);
    begins = ends + 1;
  }
  return to;
}

/**
 * Writes one field. In quotes, a doubled quote stays one: what is trimmed away are blanks only.
 *
 * @param flag TRIM and STRAY of its record.
 */
export function mendField(from: usize, until: usize, flag: i32, quote: i32, to: usize): usize {
  const isQuoted = isQuotedIn(from, until, flag, quote);
  const isTrimmed = (flag & TRIM) != 0;
  const inner = isQuoted ? from + 1 : from;
  const innerEnd = isQuoted ? until - 1 : until;
  const end = isTrimmed ? dropBlanks(inner, innerEnd) : innerEnd;
  const start = isTrimmed ? skipBlanks(inner, end) : inner;
  const isChanged = start != inner || end != innerEnd;
  if (isQuoted && !isChanged) return copyBytes(from, to, <u32>(until - from));
  if (!mustBeQuoted(start, end)) return copyBytes(start, to, <u32>(end - start));
  if (!isChanged) requotedFields++;
  store<u8>(to++, <u8>DOUBLE_QUOTE);
  to = isQuoted ? copyBytes(start, to, <u32>(end - start)) : copyDoubling(start, end, to);
  store<u8>(to++, <u8>DOUBLE_QUOTE);
  return to;
}

/** Whether a field stands in quotes; one of a stray record may only look so at its beginning. */
// @ts-ignore: decorator
@inline
function isQuotedIn(from: usize, until: usize, flag: i32, quote: i32): bool {
  if (from >= until || <i32>load<u8>(from) != quote) return false;
  return (flag & STRAY) == 0 || isQuotedField(from, until, quote);
}

/** Copies with each quote doubled. */
export function copyDoubling(from: usize, until: usize, to: usize): usize {
  for (; from < until; from++) {
    const byte = load<u8>(from);
    store<u8>(to++, byte);
    if (<i32>byte == DOUBLE_QUOTE) store<u8>(to++, byte);
  }
  return to;
}

/** RFC 4180 section 2, rule 6. */
export function mustBeQuoted(start: usize, end: usize): bool {
  for (let p = start; p < end; p++) {
    const byte = <i32>load<u8>(p);
    if (byte == COMMA || byte == DOUBLE_QUOTE || byte == CR || byte == LF) return true;
  }
  return false;
}

/**
 * How many fields trimming changes, among the records with an act of at most 1 and the flag TRIM,
 * but not ODD.
 */
export function countTrims(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  acts: usize,
  quote: i32,
  crOnly: bool,
): i32 {
  let changed = 0;
  for (let r = 0; r < records; r++) {
    const flag = <i32>load<u8>(flags + r);
    if ((flag & (TRIM | ODD)) != TRIM || load<u8>(acts + r) > PASS) continue;
    const firstField: u32 = r == 0 ? 0 : load<u32>(recordFields + (<usize>(r - 1) << 2));
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    let start = recordStart(source, fieldEnds, recordFields, r, crOnly);
    for (let i = firstField; i < fieldsEnd; i++) {
      const end = load<u32>(fieldEnds + (<usize>i << 2));
      const edge: usize = isQuotedIn(source + start, source + end, flag, quote) ? 1 : 0;
      const from = source + start + edge;
      const until = source + end - edge;
      if (dropBlanks(from, until) != until || skipBlanks(from, until) != from) changed++;
      start = end + 1;
    }
  }
  return changed;
}

/** How many columns of the input are written. */
function columnsIn(pieces: usize, pieceCount: i32): u32 {
  let columns: u32 = 0;
  for (let k = 0; k < pieceCount; k++) {
    const first = load<u32>(pieces + (<usize>k << 3));
    if (first != MADE) columns += load<u32>(pieces + (<usize>k << 3), 4) - first + 1;
  }
  return columns;
}

/** How many bytes more a mended record takes: quotes, doubled ones, commas of missing fields. */
// @ts-ignore: decorator
@inline
function mendBytes(fields: u32, bytes: u32, columns: u32): usize {
  return <usize>fields * 2 + <usize>bytes + <usize>columns;
}

/** How many bytes the made cells of a record take. */
// @ts-ignore: decorator
@inline
function madeBytes(pieces: usize, pieceCount: i32, made: usize, record: i32): usize {
  let bytes: u32 = 0;
  for (let k = 0; k < pieceCount; k++) {
    if (load<u32>(pieces + (<usize>k << 3)) != MADE) continue;
    const column = made + (<usize>load<u32>(pieces + (<usize>k << 3), 4) << 3);
    const ends = <usize>load<u32>(column, 4) + (<usize>record << 2);
    bytes += load<u32>(ends, 4) - load<u32>(ends);
  }
  return bytes;
}

/** Copies one made cell; returns the end of what was written. */
// @ts-ignore: decorator
@inline
function copyMade(column: usize, record: i32, to: usize): usize {
  const ends = <usize>load<u32>(column, 4) + (<usize>record << 2);
  const begins = load<u32>(ends);
  return copyBytes(<usize>load<u32>(column) + begins, to, load<u32>(ends, 4) - begins);
}

/** Copies `length` bytes, sixteen at a time and so beyond the end; returns that end. */
// @ts-ignore: decorator
@inline
export function copyBytes(from: usize, to: usize, length: u32): usize {
  const size = <usize>length;
  if (size > LONG_COPY) {
    memory.copy(to, from, size);
  } else {
    for (let i: usize = 0; i < size; i += 16) v128.store(to + i, v128.load(from + i));
  }
  return to + size;
}
