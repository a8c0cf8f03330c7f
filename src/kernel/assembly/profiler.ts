/**
 * What a profile needs of each cell: a WebAssembly module of its own, which only profiles load,
 * over memory of its own, into which blocks are copied. Finds the cells of a column, trims and
 * unquotes them, and counts each into the table of different values, or into sums where these are
 * too many. Twin: `test/kernel/profile-suite.ts`, texts in a map.
 */
import { ODD, STRAY, TRIM } from '../record-flags';
import { DECIMAL, LAST_SORTED, UNSURE, WORDS } from '../profiler/text-kinds';
import {
  EMPTY, ENTRIES, ENTRY_BYTES, FIRST_SPACED, GREATEST_DATE, GREATEST_LENGTH, KIND, KIND_COUNTS, KIND_FIRSTS, LEAST_DATE,
  LEAST_LENGTH, LONGEST, NUMBER_COUNT, POOL, REGISTERS, SHAPES, SHORTEST, SIZE, SPACED, TEXT_LENGTH, TEXT_START, TIMES,
  UNSURE_COUNT,
} from '../profiler/value-layout';
import { dropBlanks, skipBlanks } from './blanks';
import { registerText } from './hash-text';
import { fieldStart } from './record-start';
import { sumCounted, sumNumbers } from './sum-numbers';
import { countCharacters, kindOfText } from './text-kind';
import { enterShape, findShape } from './text-shape';
import { countText, moveSlots } from './value-table';

/** The block that is looked at. */
let source: usize = 0;
let records: i32 = 0;
let fieldEnds: usize = 0;
let recordFields: usize = 0;
let flags: usize = 0;
let fates: usize = 0;
let trims: bool = false;
let quote: i32 = -1;
let crOnly: bool = false;
/** The table of `kernel/power-table.ts`, and room for a cell, for numbers and for records. */
let powers: usize = 0;
let cell: usize = 0;
let numbers: usize = 0;
let unsure: usize = 0;

/**
 * Says which block the next calls look at.
 *
 * @param block its bytes, 64 more readable, and how many `count` records it has.
 * @param ends, fields, flagBytes the lists of `indexRecords`.
 * @param fateBytes of each record: 0 where its cells are looked at.
 * @param trim whether blanks are taken off.
 * @param quoteByte the quoting byte, or -1.
 * @param powerTable the table that `kernel/power-table.ts` writes.
 * @param cellRoom as many bytes as the longest field, and 64 more.
 * @param numberRoom a f64 for each record, and one more.
 * @param unsureRoom a u32 for each record.
 */
export function useBlock(
  block: usize,
  count: i32,
  ends: usize,
  fields: usize,
  flagBytes: usize,
  fateBytes: usize,
  trim: bool,
  quoteByte: i32,
  isCrOnly: bool,
  powerTable: usize,
  cellRoom: usize,
  numberRoom: usize,
  unsureRoom: usize,
): void {
  source = block;
  records = count;
  fieldEnds = ends;
  recordFields = fields;
  flags = flagBytes;
  fates = fateBytes;
  trims = trim;
  quote = quoteByte;
  crOnly = isCrOnly;
  powers = powerTable;
  cell = cellRoom;
  numbers = numberRoom;
  unsure = unsureRoom;
}

/**
 * Looks at field `index` of the block's records from `from` on, those that are ODD or STRAY left
 * out.
 *
 * @param column its state, as `kernel/profiler/value-layout.ts` says.
 * @returns the record at which its table is full, and that is to be looked at again; or how many
 *   records there are.
 */
export function profileColumn(column: usize, index: i32, from: i32): i32 {
  const isTable = load<u32>(column, REGISTERS) == 0;
  const blankFlag = trims ? TRIM : 0;
  let firstField = from == 0 ? 0 : <i32>load<u32>(recordFields + (<usize>from << 2) - 4);
  for (let r = from; r < records; r++) {
    const nextField = <i32>load<u32>(recordFields + (<usize>r << 2));
    const field = firstField + index;
    firstField = nextField;
    const flag = <i32>load<u8>(flags + r);
    if (load<u8>(fates + r) != 0 || (flag & (ODD | STRAY)) != 0) continue;
    if (field >= nextField) {
      add(column, EMPTY);
      continue;
    }
    let at = source + <usize>fieldStart(source, fieldEnds, recordFields, r, field, index, crOnly);
    let end = source + <usize>load<u32>(fieldEnds + (<usize>field << 2));
    if (at < end && <i32>load<u8>(at) == quote) {
      at++;
      end--;
      if (holds(at, end, quote)) {
        end = unquote(at, end);
        at = cell;
      }
    }
    let isSpaced = false;
    if ((flag & blankFlag) != 0) {
      const until = dropBlanks(at, end);
      const begin = skipBlanks(at, until);
      isSpaced = begin != at || until != end;
      at = begin;
      end = until;
    }
    if (at < end) {
      const length = <i32>(end - at);
      if (!isTable) sumCell(column, at, length, r);
      else if (!countText(column, at, length, r, powers, numbers)) return r;
    } else add(column, EMPTY);
    if (isSpaced) {
      if (load<u32>(column, SPACED) == 0) store<u32>(column, r, FIRST_SPACED);
      add(column, SPACED);
    }
  }
  return records;
}

// @ts-ignore: decorator
@inline
function add(column: usize, place: usize): void {
  store<u32>(column + place, load<u32>(column + place) + 1);
}

/** Whether a byte stands between two addresses; 16 bytes behind them are readable. */
// @ts-ignore: decorator
@inline
function holds(at: usize, end: usize, byte: i32): bool {
  const wanted = i8x16.splat(<i8>byte);
  for (; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found != 0) return at + <usize>ctz(found) < end;
  }
  return false;
}

/** Copies a cell to its room without the second of two quotes. @returns its end there. */
function unquote(at: usize, end: usize): usize {
  let to = cell;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to++, byte);
    if (<i32>byte == quote && at + 1 < end && <i32>load<u8>(at, 1) == quote) at++;
  }
  return to;
}

/** Counts a cell into sums. */
// @ts-ignore: decorator
@inline
function sumCell(column: usize, at: usize, length: i32, record: i32): void {
  const count = load<u32>(column, NUMBER_COUNT);
  let kind = kindOfText(at, length, powers, numbers + (<usize>count << 3));
  if (kind == UNSURE) kind = findShape(<usize>load<u32>(column, SHAPES), at, length, length);
  if (kind == UNSURE) {
    const unsureCount = load<u32>(column, UNSURE_COUNT);
    store<u32>(unsure + (<usize>unsureCount << 2), record);
    store<u32>(column, unsureCount + 1, UNSURE_COUNT);
    return;
  }
  const place = column + (<usize>kind << 2);
  const known = load<u32>(place, KIND_COUNTS);
  if (known == 0) store<u32>(place, record, KIND_FIRSTS);
  store<u32>(place, known + 1, KIND_COUNTS);
  registerText(<usize>load<u32>(column, REGISTERS), at, length);
  if (kind >= DECIMAL) {
    store<u32>(column, count + 1, NUMBER_COUNT);
    noteLength(column, length);
  } else if (kind < WORDS) {
    if (kind <= LAST_SORTED) noteDate(column, at, length);
    noteLength(column, length);
  } else if (length > <i32>load<u32>(column, LONGEST) || <u32>length < 4 * load<u32>(column, SHORTEST)) {
    noteLength(column, countCharacters(at, length));
  }
}

// @ts-ignore: decorator
@inline
function noteLength(column: usize, length: u32): void {
  if (length < load<u32>(column, SHORTEST)) store<u32>(column, length, SHORTEST);
  if (length > load<u32>(column, LONGEST)) store<u32>(column, length, LONGEST);
}

/** Of dates in the block, which are not changed by unquoting. */
// @ts-ignore: decorator
@inline
function noteDate(column: usize, at: usize, length: i32): void {
  const least = <usize>load<u32>(column, LEAST_DATE);
  const greatest = <usize>load<u32>(column, GREATEST_DATE);
  if (least == 0 || isBefore(at, length, least, <i32>load<u32>(column, LEAST_LENGTH))) {
    store<u32>(column, <u32>at, LEAST_DATE);
    store<u32>(column, length, LEAST_LENGTH);
  }
  if (greatest == 0 || isBefore(greatest, <i32>load<u32>(column, GREATEST_LENGTH), at, length)) {
    store<u32>(column, <u32>at, GREATEST_DATE);
    store<u32>(column, length, GREATEST_LENGTH);
  }
}

/** Whether a text stands before another in the order of their bytes. */
// @ts-ignore: decorator
@inline
function isBefore(a: usize, aLength: i32, b: usize, bLength: i32): bool {
  const shared = min(aLength, bLength);
  const unlike = i8x16.bitmask(i8x16.ne(v128.load(a), v128.load(b)));
  const from = unlike == 0 ? 16 : ctz(unlike);
  for (let i = from; i < shared; i++) {
    const x = load<u8>(a + <usize>i);
    const y = load<u8>(b + <usize>i);
    if (x != y) return x < y;
  }
  return aLength < bLength;
}

/** Counts one text into the table. @returns whether there was room. */
export function countOne(column: usize, at: usize, length: i32, record: i32, powerTable: usize, scratch: usize): bool {
  return countText(column, at, length, record, powerTable, scratch);
}

/** Moves a table of `count` slots to others. */
export function growSlots(from: usize, count: u32, to: usize, mask: u32): void {
  moveSlots(from, count, to, mask);
}

/** Counts the values of the table into registers, but those of the kind `token`. */
export function registerTable(column: usize, token: i32, registers: usize): void {
  const pool = <usize>load<u32>(column, POOL);
  const end = endOfEntries(column);
  for (let entry = <usize>load<u32>(column, ENTRIES); entry < end; entry += ENTRY_BYTES) {
    if (<i32>load<u32>(entry, KIND) == token) continue;
    registerText(registers, pool + <usize>load<u32>(entry, TEXT_START), load<u32>(entry, TEXT_LENGTH));
  }
}

/**
 * Lists the numbers of the table, as far as the kernel is sure of them, with how often each was
 * met.
 *
 * @param token the kind of those that are no values.
 * @param values, times room for a f64 for each value of the table, and one more.
 * @returns how many numbers there are.
 */
export function listNumbers(column: usize, token: i32, powerTable: usize, values: usize, times: usize): i32 {
  const pool = <usize>load<u32>(column, POOL);
  const end = endOfEntries(column);
  let count: usize = 0;
  for (let entry = <usize>load<u32>(column, ENTRIES); entry < end; entry += ENTRY_BYTES) {
    const kind = <i32>load<u32>(entry, KIND);
    if (kind < DECIMAL || kind == token) continue;
    const at = pool + <usize>load<u32>(entry, TEXT_START);
    kindOfText(at, <i32>load<u32>(entry, TEXT_LENGTH), powerTable, values + (count << 3));
    store<f64>(times + (count << 3), load<f64>(entry, TIMES));
    count++;
  }
  return <i32>count;
}

// @ts-ignore: decorator
@inline
function endOfEntries(column: usize): usize {
  return <usize>load<u32>(column, ENTRIES) + <usize>load<u32>(column, SIZE) * ENTRY_BYTES;
}

/** Of a column that has left its table. @param at a text, of which 32 bytes are readable. */
export function learnShape(column: usize, at: usize, length: i32, kind: i32): void {
  enterShape(<usize>load<u32>(column, SHAPES), at, length, length, kind);
}

export { sumCounted };

/** `sumNumbers` of the numbers that the last block listed for a column. */
export function sumListed(count: i32, bins: usize, limbs: usize): void {
  sumNumbers(numbers, count, bins, limbs);
}
