/**
 * Writes what tells rows apart: of each record one stretch of bytes, the key, made of the cells of
 * its key columns as cleaned, so that rows with equal cells have equal keys, however they are
 * quoted, and others never. Twin: `kernel/scalar/write-keys.ts`.
 *
 * A key is the cells joined by the delimiter, without the delimiters behind the last cell that is
 * not empty; a delimiter inside a cell has the byte 0xff before it, which is no part of any text.
 * So the key of an untouched record is the record as it stands.
 */
import { ODD, STRAY, TRIM } from '../record-flags';
import { dropBlanks, skipBlanks } from './blanks';
import { isQuotedField } from './lone-record';
import { recordStart } from './record-start';

const ESCAPE: u8 = 0xff;
/** Odd, and with bits set all over: after Fibonacci hashing, 2^64 over the golden ratio. */
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/**
 * Writes the keys of the records with a 1 in `wanted` that are not ODD, one behind the other. What
 * these have beyond the header's columns must be empty.
 *
 * @param source the block; readable for 64 bytes beyond its end.
 * @param fieldEnds with `recordFields` and `flags` the lists of `indexRecords`.
 * @param trim the flags that ask for it: TRIM, or 0 when fields are not trimmed.
 * @param quote the quoting byte, or -1.
 * @param columns u32, ascending: the key columns; 0: all.
 * @param columnCount how many these are.
 * @param to where to write: twice the block's length and 16 bytes more are needed.
 * @param ends room for a u32 a record: where its key ends; keys begin where the one before ends,
 *   and those of records that have none are empty.
 * @param hashes room for a u32 a record: `hashKey` of its key.
 * @returns the first address behind the keys.
 */
export function writeKeys(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  wanted: usize,
  trim: i32,
  quote: i32,
  delimiter: i32,
  crOnly: bool,
  columns: usize,
  columnCount: u32,
  to: usize,
  ends: usize,
  hashes: usize,
): usize {
  assert(quote != delimiter, 'a quote is no delimiter');
  let firstField: u32 = 0;
  for (let r = 0; r < records; r++) {
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    const flag = <i32>load<u8>(flags + r);
    if (load<u8>(wanted + r) != 0 && (flag & ODD) == 0) {
      const start = recordStart(source, fieldEnds, recordFields, r, crOnly);
      const from = source + start;
      const until = source + load<u32>(fieldEnds + (<usize>(fieldsEnd - 1) << 2));
      const isPlain = columns == 0 && (flag & (trim | STRAY)) == 0;
      let end = isPlain ? copyPlain(from, until, quote, delimiter, to) : 0;
      if (end == 0) {
        const count = fieldsEnd - firstField;
        const fields = fieldEnds + (<usize>firstField << 2);
        end = joinCells(source, fields, count, start, flag & (trim | STRAY), quote, delimiter, columns, columnCount, to);
      }
      store<u32>(hashes + (<usize>r << 2), hashKey(to, <u32>(end - to)));
      to = end;
    }
    store<u32>(ends + (<usize>r << 2), <u32>to);
    firstField = fieldsEnd;
  }
  return to;
}

/** Copies a record that has no quote; 0 where it has one. */
// @ts-ignore: decorator
@inline
function copyPlain(from: usize, until: usize, quote: i32, delimiter: i32, to: usize): usize {
  const length = until - from;
  if (quote >= 0) {
    const quotes = i8x16.splat(<i8>quote);
    for (let i: usize = 0; i < length; i += 16) {
      const bytes = v128.load(from + i);
      let found = i8x16.bitmask(v128.eq<i8>(bytes, quotes));
      const left = length - i;
      if (left < 16) found &= (1 << <i32>left) - 1;
      if (found != 0) return 0;
      v128.store(to + i, bytes);
    }
  } else {
    for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
  }
  let end = to + length;
  while (end > to && <i32>load<u8>(end - 1) == delimiter) end--;
  return end;
}

/** Joins the cells of the key columns, one by one. */
function joinCells(
  source: usize,
  fields: usize,
  count: u32,
  start: u32,
  flag: i32,
  quote: i32,
  delimiter: i32,
  columns: usize,
  columnCount: u32,
  to: usize,
): usize {
  // Behind the last cell that is not empty.
  let end = to;
  let empties = 0;
  for (let k: u32 = 0; k < columnCount; k++) {
    const column = columns == 0 ? k : load<u32>(columns + (<usize>k << 2));
    if (column >= count) break;
    const begins = column == 0 ? start : load<u32>(fields + (<usize>(column - 1) << 2)) + 1;
    const ends = load<u32>(fields + (<usize>column << 2));
    // Delimiters are written when a cell follows, so that there is never one too many.
    const at = end + <usize>empties;
    const next = writeCell(source + begins, source + ends, flag, quote, delimiter, at);
    if (next > at) {
      for (let i = 0; i < empties; i++) store<u8>(end + i, <u8>delimiter);
      end = next;
      empties = 1;
    } else {
      empties++;
    }
  }
  return end;
}

/** Writes one cell: without its quotes and the blanks at its ends. @returns behind it. */
function writeCell(from: usize, until: usize, flag: i32, quote: i32, delimiter: i32, to: usize): usize {
  let isQuoted = from < until && <i32>load<u8>(from) == quote;
  if (isQuoted && (flag & STRAY) != 0) isQuoted = isQuotedField(from, until, quote);
  if (isQuoted) {
    from++;
    until--;
  }
  if ((flag & TRIM) != 0) {
    until = dropBlanks(from, until);
    from = skipBlanks(from, until);
  }
  if (!isQuoted && (flag & STRAY) == 0) {
    // No delimiter stands in it, and what is written beyond it is written over.
    for (let i: usize = 0; from + i < until; i += 16) v128.store(to + i, v128.load(from + i));
    return to + (until - from);
  }
  for (; from < until; from++) {
    const byte = <i32>load<u8>(from);
    if (byte == delimiter) store<u8>(to++, ESCAPE);
    store<u8>(to++, <u8>byte);
    // Of a pair one stays.
    if (isQuoted && byte == quote) from++;
  }
  return to;
}

/** A number that equal keys share, and others hardly ever. */
export function hashKey(at: usize, length: u32): u32 {
  let hash: u64 = FACTOR ^ <u64>length;
  let left = length;
  if (left >= 16) {
    // Two at once: neither waits for the other's product.
    let other: u64 = FACTOR;
    for (; left >= 16; left -= 16, at += 16) {
      hash = mix(hash, load<u64>(at));
      other = mix(other, load<u64>(at + 8));
    }
    hash = mix(hash, other);
  }
  if (left >= 8) {
    hash = mix(hash, load<u64>(at));
    left -= 8;
    at += 8;
  }
  if (left > 0) {
    // Byte by byte: what stands behind the key may not be there to be read.
    let rest: u64 = 0;
    for (let i: u32 = 0; i < left; i++) rest |= <u64>load<u8>(at + i) << (i << 3);
    hash = mix(hash, rest);
  }
  return <u32>(hash ^ (hash >> 32));
}

// @ts-ignore: decorator
@inline
function mix(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * FACTOR;
  return product ^ (product >> 29);
}
