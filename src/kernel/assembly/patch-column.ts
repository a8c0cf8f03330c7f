/**
 * Makes a column of cells of which some are others than in the input: those as they are given, the
 * rest as `emitRecords` would write them. Twin: `kernel/scalar/patch-column.ts`.
 */
import { REQUOTE, STRAY } from '../record-flags';
import { copyBytes, copyDoubling, mendField, mustBeQuoted, requotedFields } from './emit-records';
import { fieldStart } from './record-start';

const DOUBLE_QUOTE: i32 = 0x22;
const WRITE: u8 = 0;

/** How many fields the last `patchColumn` put into quotes that it left as they were. */
export let patchRequoted: i32 = 0;

/**
 * @param source the block, with the lists of `indexRecords`.
 * @param trim the flags that ask for it: TRIM, or 0 when fields are not trimmed.
 * @param acts of each record, as `emitRecords` takes them; only those with act 0 get a cell.
 * @param changed of each record: not 0 where `cells` has its text.
 * @param cells texts one behind the other with one byte between; `cellEnds` is where each ends.
 * @param to where the column goes, with room for twice what it may hold and three bytes a record.
 * @param ends where u32 go, one more than records: the cell of record r takes the bytes from entry
 *   r to entry r + 1.
 * @returns the end of the column.
 */
export function patchColumn(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  trim: i32,
  quote: i32,
  crOnly: bool,
  column: i32,
  acts: usize,
  changed: usize,
  cells: usize,
  cellEnds: usize,
  to: usize,
  ends: usize,
): usize {
  assert((ends & 3) == 0 && (cellEnds & 3) == 0, 'lists of u32 are aligned');
  const before = requotedFields;
  const mend = trim | REQUOTE | STRAY;
  const first = to;
  let field: u32 = 0;
  let cell: u32 = 0;
  for (let r = 0; r < records; r++) {
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    const cellEnd = load<u32>(cellEnds + (<usize>r << 2));
    store<u32>(ends + (<usize>r << 2), <u32>(to - first));
    if (load<u8>(acts + r) == WRITE) {
      if (load<u8>(changed + r) != 0) {
        to = writeText(cells + cell, cells + cellEnd, to);
      } else if (field + column < fieldsEnd) {
        const at = fieldEnds + (<usize>(field + column) << 2);
        const begins = fieldStart(source, fieldEnds, recordFields, r, field + column, column, crOnly);
        const until = load<u32>(at);
        const flag = <i32>load<u8>(flags + r);
        to = (flag & mend) == 0
          ? copyBytes(source + begins, to, until - begins)
          : mendField(source + begins, source + until, flag & (trim | STRAY), quote, to);
      }
    }
    field = fieldsEnd;
    cell = cellEnd + 1;
  }
  store<u32>(ends + (<usize>records << 2), <u32>(to - first));
  patchRequoted = requotedFields - before;
  return to;
}

/** Writes a text as a field. */
function writeText(from: usize, until: usize, to: usize): usize {
  if (!mustBeQuoted(from, until)) return copyBytes(from, to, <u32>(until - from));
  store<u8>(to++, <u8>DOUBLE_QUOTE);
  to = copyDoubling(from, until, to);
  store<u8>(to++, <u8>DOUBLE_QUOTE);
  return to;
}
