/**
 * Finds the cells of a column that were converted before, by their bytes. Twin:
 * `test/kernel/find-suite.ts`, texts in a map.
 */
import { CELL_SLOTS, LONGEST_KEY } from '../key-table-layout';
import { ODD, STRAY, TRIM } from '../record-flags';
import { enterKey, findKey, firstOf } from './key-table';
import { fieldStart } from './record-start';

/**
 * Looks up field `column` of the records that are listed, and stops at the first that is ODD, STRAY
 * or TRIM, or has a cell that is not there.
 *
 * @param source the block's bytes, 64 more readable.
 * @param fieldEnds, recordFields, flags what `indexRecords` wrote; a field that a record lacks is
 *   empty.
 * @param rows the numbers of `count` records, as u32.
 * @param from the first place in the list that is looked at.
 * @param table of cells as they stand.
 * @param numbers gets what is known of each, a u32, at its place in the list.
 * @returns the place in the list where it stopped; or `count`.
 */
export function findCells(
  source: usize,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  column: i32,
  crOnly: bool,
  rows: usize,
  from: i32,
  count: i32,
  table: usize,
  numbers: usize,
): i32 {
  for (let k = from; k < count; k++) {
    const r = <i32>load<u32>(rows + (<usize>k << 2));
    if ((<i32>load<u8>(flags + r) & (ODD | STRAY | TRIM)) != 0) return k;
    const first = r == 0 ? 0 : <i32>load<u32>(recordFields + (<usize>r << 2) - 4);
    const field = first + column;
    let at = source;
    let length = 0;
    if (field < <i32>load<u32>(recordFields + (<usize>r << 2))) {
      at += <usize>fieldStart(source, fieldEnds, recordFields, r, field, column, crOnly);
      length = <i32>(source + <usize>load<u32>(fieldEnds + (<usize>field << 2)) - at);
    }
    if (length > LONGEST_KEY) return k;
    const number = findKey(table, CELL_SLOTS, bytesAt(at, length), bytesAt(at + 16, length - 16), length);
    if (number == 0) return k;
    store<u32>(numbers + (<usize>k << 2), number);
  }
  return count;
}

// @ts-ignore: decorator
@inline
function bytesAt(at: usize, length: i32): v128 {
  return firstOf(v128.load(at), length);
}

/** Enters a cell of at most 32 bytes that is not there; 32 are readable. */
export function enterCell(table: usize, at: usize, length: i32, number: i32): void {
  enterKey(table, CELL_SLOTS, bytesAt(at, length), bytesAt(at + 16, length - 16), length, number);
}
