/**
 * Reads one column of an indexed block as numbers. Twin: `kernel/scalar/read-column.ts`, which asks
 * regular expressions and `Number`.
 */
import { MISSING, SLOW, TEXT } from '../cell-kinds';
import { SHORT, TOKEN } from '../record-flags';
import { recordStart } from './record-start';
import { dropBlanks, skipBlanks } from './blanks';
import { glance, LONGEST_PLAIN, NOT_PLAIN, parseLong, parsePlain } from './parse-number';

const LF: i32 = 0x0a;
const NINE: i32 = 0x39;

/** A token and its zeros: one load. */
const BYTES_PER_TOKEN: i32 = 16;

/** The tokens of this call, and bit b of 128 when one of them has the mark b. */
let tokens: usize = 0;
let tokensEnd: usize = 0;
let lowMarks: u64 = 0;
let highMarks: u64 = 0;

/**
 * Reads field `column` of the records that `indexRecords` found in the block at `source`, of which
 * 64 bytes beyond its end must be readable. A cell that begins with `quote`
 * is what stands between it and the quote at its end; without one there, it is text.
 *
 * @param fieldEnds, recordFields, flags what `indexRecords` wrote.
 * @param skip records with any of these flags are not read, nothing is written for them, and they
 *   may have any number of fields; in SHORT ones field `column` may be missing, the others have it.
 * @param trim cells of records with any of these flags are trimmed.
 * @param quote the quoting byte, none that a number is written with, or -1.
 * @param crOnly whether records end in CR alone, not in LF or CRLF.
 * @param powersTable the table that `kernel/power-table.ts` writes.
 * @param tokenTable `tokenCount` tokens as `kernel/token-table.ts` writes them.
 * @param values room for `records` f64: the nearest double, 0 for −0; NaN for cells that are no
 *   numbers, and for those of kind SLOW.
 * @param kinds room for `records` bytes: one of `kernel/cell-kinds.ts` each.
 */
export function readColumn(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  skip: i32,
  trim: i32,
  column: i32,
  quote: i32,
  crOnly: bool,
  powersTable: usize,
  tokenTable: usize,
  tokenCount: i32,
  values: usize,
  kinds: usize,
): void {
  assert(records >= 0 && column >= 0 && tokenCount >= 0, 'counts are not negative');
  assert((fieldEnds & 3) == 0 && (recordFields & 3) == 0, 'lists of u32 are aligned');
  assert((values & 7) == 0 && (powersTable & 15) == 0, 'doubles and shuffles are aligned');
  assert(quote == -1 || !isNumeric(quote), 'no number holds a quote');
  useTokens(tokenTable, tokenCount);
  const passed = skip | SHORT;
  let firstField = 0;
  for (let i = 0; i < records; i++) {
    const nextField = <i32>load<u32>(recordFields + (<usize>i << 2));
    const flag = <i32>load<u8>(flags + i);
    if ((flag & passed) == 0) {
      assert(firstField + column < nextField, 'a record that is read has the column');
      const start = startOfField(source, fieldEnds, firstField + column, column, crOnly);
      const end = <i32>load<u32>(fieldEnds + (<usize>(firstField + column) << 2));
      const isTrimmed = (flag & trim) != 0;
      const to = values + (<usize>i << 3);
      const kind = readCell(source + start, end - start, isTrimmed, quote, powersTable, to);
      store<u8>(kinds + i, <u8>kind);
    }
    firstField = nextField;
  }
  for (let i = nextShort(flags, 0, records); i < records; i = nextShort(flags, i + 1, records)) {
    const flag = <i32>load<u8>(flags + i);
    if ((flag & skip) != 0) continue;
    const first = i == 0 ? 0 : <i32>load<u32>(recordFields + (<usize>i << 2) - 4);
    const to = values + (<usize>i << 3);
    let kind = MISSING;
    if (first + column < <i32>load<u32>(recordFields + (<usize>i << 2))) {
      const start = startOfField(source, fieldEnds, first + column, column, crOnly);
      const end = <i32>load<u32>(fieldEnds + (<usize>(first + column) << 2));
      kind = readSeldom(source + start, end - start, (flag & trim) != 0, quote, powersTable, to);
    } else store<f64>(to, NaN);
    store<u8>(kinds + i, <u8>kind);
  }
}

/** The first SHORT record from `from` on; `records` where there is none. */
function nextShort(flags: usize, from: i32, records: i32): i32 {
  let r = from;
  while (r + 16 <= records && !v128.any_true(v128.and(v128.load(flags + r), i8x16.splat(<i8>SHORT)))) r += 16;
  while (r < records && (<i32>load<u8>(flags + r) & SHORT) == 0) r++;
  return r;
}

/** Behind the field before stands a delimiter, or a line end of one byte or two. */
// @ts-ignore: decorator
@inline
function startOfField(source: usize, fieldEnds: usize, field: i32, column: i32, crOnly: bool): i32 {
  if (field == 0) return 0;
  let start = <i32>load<u32>(fieldEnds + (<usize>field << 2) - 4);
  if (column == 0) {
    if (!crOnly) {
      if (<i32>load<u8>(source + start) != LF) start++;
    }
  }
  return start + 1;
}

/** `readCell`, not inlined a second time. */
function readSeldom(at: usize, length: i32, isTrimmed: bool, quote: i32, powers: usize, to: usize): i32 {
  return readCell(at, length, isTrimmed, quote, powers, to);
}

/** Stores the number that a cell holds, or NaN, at `to`; returns its kind. */
// @ts-ignore: decorator
@inline
function readCell(at: usize, length: i32, isTrimmed: bool, quote: i32, powers: usize, to: usize): i32 {
  if (length > 0 && <i32>load<u8>(at) == quote) {
    // A quote that is not closed by the last byte is one of an unclosed or stray field.
    if (length == 1 || <i32>load<u8>(at + <usize>length - 1) != quote) {
      store<f64>(to, NaN);
      return TEXT;
    }
    at++;
    length -= 2;
  }
  if (isTrimmed) {
    const end = dropBlanks(at, at + <usize>length);
    at = skipBlanks(at, end);
    length = <i32>(end - at);
  }
  if (length == 0) {
    store<f64>(to, NaN);
    return MISSING;
  }
  // Most of what is no number begins with a letter.
  let kind: i32 = TEXT;
  if (<i32>load<u8>(at) <= NINE) {
    kind = length <= LONGEST_PLAIN ? parsePlain(at, length, powers, to) : glance(at);
  }
  if (kind > TEXT) return kind;
  if (kind == NOT_PLAIN) {
    kind = parseLong(at, length, powers, to);
    if (kind > TEXT && kind != SLOW) return kind;
  }
  store<f64>(to, NaN);
  return kind == TEXT && isToken(at, length) ? MISSING : kind;
}

/** Makes the tokens those that `isToken` compares with. */
function useTokens(table: usize, count: i32): void {
  tokens = table;
  tokensEnd = table + <usize>(count * BYTES_PER_TOKEN);
  lowMarks = highMarks = 0;
  for (let token = tokens; token < tokensEnd; token += BYTES_PER_TOKEN) {
    let length = 1;
    while (load<u8>(token + <usize>length) != 0) length++;
    const mark = markOf(token, length);
    if (mark < 64) lowMarks |= (<u64>1) << mark;
    else highMarks |= (<u64>1) << mark;
  }
}

/**
 * A number below 128 by the first byte, the last byte and the length of a cell. The factors were
 * searched for: few of the flags and short words that columns are full of share a token's mark.
 */
// @ts-ignore: decorator
@inline
function markOf(at: usize, length: i32): i32 {
  const last = <i32>load<u8>(at + <usize>length - 1);
  return (5 * <i32>load<u8>(at) + 22 * last + 41 * length) & 127;
}

/** Whether the `length` > 0 bytes at `at`, of which 16 must be readable, are a token. */
// @ts-ignore: decorator
@inline
function isToken(at: usize, length: i32): bool {
  // Few words share a mark with a token.
  const mark = markOf(at, length);
  const marks = mark < 64 ? lowMarks : highMarks;
  return ((marks >> mark) & 1) != 0 && length < BYTES_PER_TOKEN && findToken(at, length);
}

function findToken(at: usize, length: i32): bool {
  // A cell that ends in zeros has the zeros behind a token for its own.
  if (load<u8>(at + <usize>length - 1) == 0) return false;
  const iota = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const isInside = i8x16.lt_u(iota, i8x16.splat(<i8>length));
  const cell = v128.and(v128.load(at), isInside);
  for (let token = tokens; token < tokensEnd; token += BYTES_PER_TOKEN) {
    if (!v128.any_true(v128.xor(cell, v128.load(token)))) return true;
  }
  return false;
}

/** Whether numbers may hold `byte`: a digit, sign, point or exponent letter. */
function isNumeric(byte: i32): bool {
  return (byte >= 0x2b && byte <= 0x39 && byte != 0x2c && byte != 0x2f) || (byte | 0x20) == 0x65;
}

/**
 * How many cells are tokens, among the records with the flag TOKEN and the act 0.
 *
 * @param acts of each record, as `emitRecords` takes them.
 * @param trim cells of records with any of these flags are trimmed.
 */
export function countTokens(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  acts: usize,
  trim: i32,
  quote: i32,
  crOnly: bool,
  tokenTable: usize,
  tokenCount: i32,
): i32 {
  useTokens(tokenTable, tokenCount);
  let found = 0;
  for (let r = 0; r < records; r++) {
    // Sixteen records at a time are passed over: few have a token.
    while (r + 16 <= records && !v128.any_true(v128.and(v128.load(flags + r), i8x16.splat(<i8>TOKEN)))) r += 16;
    if (r == records) break;
    const flag = <i32>load<u8>(flags + r);
    if ((flag & TOKEN) == 0 || load<u8>(acts + r) != 0) continue;
    const firstField: u32 = r == 0 ? 0 : load<u32>(recordFields + (<usize>(r - 1) << 2));
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    let start = recordStart(source, fieldEnds, recordFields, r, crOnly);
    for (let i = firstField; i < fieldsEnd; i++) {
      const end = load<u32>(fieldEnds + (<usize>i << 2));
      let from = source + start;
      let until = source + end;
      if (end > start && <i32>load<u8>(from) == quote) {
        from++;
        // What is not closed is no token, whatever stands behind the quote.
        until = <i32>load<u8>(until - 1) == quote ? until - 1 : from;
      }
      if ((flag & trim) != 0) {
        until = dropBlanks(from, until);
        from = skipBlanks(from, until);
      }
      if (until > from && isToken(from, <i32>(until - from))) found++;
      start = end + 1;
    }
  }
  return found;
}
