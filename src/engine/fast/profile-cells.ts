/**
 * Looks at the cells of one column of a block for a profile: those whose bytes can be taken as they
 * stand, by their places; the others one by one.
 */
import { LF } from '../../csv/dialect.js';
import { isMissing } from '../../csv/missing.js';
import { trimText } from '../../csv/trim-text.js';
import { ODD, STRAY, TRIM } from '../../kernel/record-flags.js';
import {
  decode,
  enterValue,
  type GrowingColumn,
  noteKind,
  noteSpaced,
} from '../profile/grow-column.js';
import { kindOfValue } from '../profile/value-kind.js';
import { countKnown, findValue } from '../profile/value-table.js';
import { type Block, KEPT, startOfRecord, viewsOf } from './block.js';
import { type Cells, createCells, lineOf, makeRoom, sumCells, sumText } from './profile-many.js';
import { readNumbers } from './read-cells.js';

const SPACE = 0x20;
const TAB = 0x09;
const FIRST_NON_ASCII = 0x80;
/** Records to be looked at alone. */
export const ALONE = ODD | STRAY;

/** What a column of a block is looked at with; one for all. */
export interface Looking {
  /** Cells as they stand in the block. */
  readonly plain: Cells;
  /** Cells with doubled quotes, without the second of each. */
  readonly unquoted: Cells;
  /** Records whose cell must be decoded. */
  readonly others: number[];
}

export function createLooking(): Looking {
  return { plain: createCells(), unquoted: createCells(), others: [] };
}

/** Looks at the cells of column `index` of all rows but those that are looked at alone. */
export function profileCells(
  column: GrowingColumn,
  block: Block,
  index: number,
  looking: Looking,
): void {
  const { plain, unquoted, others } = looking;
  for (const cells of [plain, unquoted]) makeRoom(cells, block.recordCount);
  unquoted.count = 0;
  others.length = 0;
  findCells(block, index, looking, column);
  const known = column.kinds.size;
  addCells(column, block, index, plain);
  if (unquoted.count > 0) {
    unquoted.view = new DataView(unquoted.bytes.buffer);
    // Where a kind is new in this block, its first may be among these.
    if (column.values === null || column.kinds.size === known) {
      addCells(column, block, index, unquoted);
    } else addOneByOne(column, block, unquoted);
  }
  for (const record of others) {
    const { bytes } = viewsOf(block);
    const [start, end] = placeOf(block, record, index);
    const isQuoted = bytes[start] === block.context.dialect.quote;
    const inside = decode(bytes, isQuoted ? start + 1 : start, isQuoted ? end - 1 : end);
    const quote = isQuoted ? String.fromCharCode(bytes[start]!) : '';
    addRaw(column, block, record, isQuoted ? inside.replaceAll(quote + quote, quote) : inside);
  }
}

function addOneByOne(
  column: GrowingColumn,
  block: Block,
  { count, rows, bytes, starts, ends }: Cells,
): void {
  for (let i = 0; i < count; i++) {
    addRaw(column, block, rows[i]!, decode(bytes, starts[i]!, ends[i]!));
  }
}

/** Adds a cell, leaving out the second of two quotes. */
function unquote(
  cells: Cells,
  bytes: Uint8Array,
  start: number,
  end: number,
  quote: number,
  record: number,
): void {
  const { count } = cells;
  const from = count === 0 ? 0 : cells.ends[count - 1]!;
  if (cells.bytes.length < from + end - start + PADDING) {
    const more = new Uint8Array(2 * (from + end - start + PADDING));
    more.set(cells.bytes);
    cells.bytes = more;
  }
  let to = from;
  for (let at = start; at < end; at++) {
    cells.bytes[to++] = bytes[at]!;
    if (bytes[at] === quote && bytes[at + 1] === quote) at++;
  }
  cells.starts[count] = from;
  cells.ends[count] = to;
  cells.rows[count] = record;
  cells.count++;
}

function placeOf(block: Block, record: number, index: number): readonly [number, number] {
  const { recordFields, fieldEnds } = viewsOf(block);
  const field = (record === 0 ? 0 : recordFields[record - 1]!) + index;
  const start = index === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
  return [start, fieldEnds[field]!];
}

/** Fills all of `looking`; counts empty cells, and those in blanks. */
function findCells(
  block: Block,
  index: number,
  { plain, unquoted, others }: Looking,
  column: GrowingColumn,
): void {
  const { bytes, recordFields, fieldEnds } = viewsOf(block);
  const { quote, recordEnd } = block.context.dialect;
  const { trim } = block.context.rules;
  const { starts, ends, rows } = plain;
  const { fates, flags, recordCount } = block;
  let count = 0;
  let fieldsBefore = 0;
  for (let record = 0; record < recordCount; record++) {
    const first = fieldsBefore;
    fieldsBefore = recordFields[record]!;
    const flag = flags[record]!;
    if (fates[record] !== KEPT || (flag & ALONE) !== 0) continue;
    const field = first + index;
    if (field >= fieldsBefore) {
      column.empty++;
      continue;
    }
    let start = 0;
    if (index > 0) start = fieldEnds[field - 1]! + 1;
    else if (record > 0) {
      const end = fieldEnds[first - 1]!;
      start = end + (recordEnd === 'cr' || bytes[end] === LF ? 1 : 2);
    }
    let end = fieldEnds[field]!;
    if (start < end && bytes[start] === quote) {
      start++;
      end--;
      if (holdsByte(bytes, start, end, quote)) {
        if ((flag & TRIM) !== 0) others.push(record);
        else unquote(unquoted, bytes, start, end, quote, record);
        continue;
      }
    }
    if (trim && (flag & TRIM) !== 0) {
      const before = end - start;
      while (start < end && isBlank(bytes[start]!)) start++;
      while (start < end && isBlank(bytes[end - 1]!)) end--;
      if (start < end && !isAscii(bytes, start, end)) {
        others.push(record);
        continue;
      }
      if (end - start < before) noteSpacedAt(column, block, record, start, end);
    }
    if (start === end) column.empty++;
    else {
      starts[count] = start;
      ends[count] = end;
      rows[count++] = record;
    }
  }
  plain.count = count;
  takeBytes(plain, block);
}

/** The cells stand in the block's bytes, wherever these are now. */
function takeBytes(cells: Cells, block: Block): void {
  cells.bytes = viewsOf(block).bytes;
  cells.view = new DataView(cells.bytes.buffer, cells.bytes.byteOffset);
}

/** Whether a text begins and ends in ASCII: other blanks are not. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start]! < FIRST_NON_ASCII && bytes[end - 1]! < FIRST_NON_ASCII;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function holdsByte(bytes: Uint8Array, start: number, end: number, byte: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return true;
  return false;
}

/** Only the first of a block may be the first of all. */
function noteSpacedAt(
  column: GrowingColumn,
  block: Block,
  record: number,
  from: number,
  to: number,
) {
  if (column.spaced !== null) column.spaced.count++;
  else noteSpaced(column, lineOf(block, record), decode(viewsOf(block).bytes, from, to));
}

function addCells(column: GrowingColumn, block: Block, index: number, cells: Cells): void {
  const { starts, ends, rows, count, bytes, view } = cells;
  let done = 0;
  while (done < count && column.values !== null) {
    done = countKnown(column.values, view, starts, ends, done, count);
    if (done === count) return;
    const record = rows[done]!;
    const start = starts[done]!;
    const length = ends[done++]! - start;
    const text = decode(bytes, start, start + length);
    enterValue(column, view, start, length, text, () => lineOf(block, record));
  }
  if (done === count) return;
  const isOfBlock = bytes === viewsOf(block).bytes;
  const [numbers] = readNumbers(block, [index]);
  // Reading may have moved the memory.
  if (isOfBlock) takeBytes(cells, block);
  sumCells(column, block, numbers!, cells, done);
}

/** Looks at a row that must be looked at alone. @param cellOf its cells as they stand. */
export function profileRow(
  columns: readonly GrowingColumn[],
  block: Block,
  record: number,
  cellOf: (index: number) => string,
): void {
  columns.forEach((column, index) => {
    addRaw(column, block, record, cellOf(index));
  });
}

const encoder = new TextEncoder();
/** Hashing reads words behind a text. */
const PADDING = 16;

/** @param raw the cell before it is trimmed. */
function addRaw(column: GrowingColumn, block: Block, record: number, raw: string): void {
  const text = block.context.rules.trim ? trimText(raw) : raw;
  const line = lineOf(block, record);
  if (text !== raw) noteSpaced(column, line, text);
  if (text === '') {
    column.empty++;
    return;
  }
  const bytes = new Uint8Array(3 * text.length + PADDING);
  const { written } = encoder.encodeInto(text, bytes);
  const view = new DataView(bytes.buffer);
  if (column.values === null) sumText(column, view, written, text, line);
  else addText(column, view, written, text, line);
}

function addText(
  column: GrowingColumn,
  view: DataView,
  length: number,
  text: string,
  line: number,
): void {
  const { counts } = column.values!;
  const value = findValue(column.values!, view, 0, length);
  if (value < 0) enterValue(column, view, 0, length, text, () => line);
  else counts[value] = counts[value]! + 1;
  // Others of the block were looked at before it, and may stand behind it.
  if (!isMissing(text)) noteKind(column, kindOfValue(text), 0, line, text);
}
