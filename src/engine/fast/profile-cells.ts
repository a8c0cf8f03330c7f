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
import { lineOf, type Places, sumCells, sumText, viewOf } from './profile-many.js';

const SPACE = 0x20;
const TAB = 0x09;
const FIRST_NON_ASCII = 0x80;
/** Records to be looked at alone. */
export const ALONE = ODD | STRAY;

function makeRoom(places: Places, count: number): void {
  if (places.starts.length >= count) return;
  places.starts = new Uint32Array(2 * count);
  places.ends = new Uint32Array(2 * count);
  places.rows = new Uint32Array(2 * count);
  places.values = new Float64Array(2 * count);
}

/** Looks at the cells of column `index` of all rows but those that are looked at alone. */
export function profileCells(
  column: GrowingColumn,
  block: Block,
  index: number,
  places: Places,
): void {
  makeRoom(places, block.recordCount);
  places.others.length = 0;
  findCells(block, index, places, column);
  addCells(column, block, index, places);
  for (const record of places.others) {
    const { bytes } = viewsOf(block);
    const [start, end] = placeOf(block, record, index);
    const isQuoted = bytes[start] === block.context.dialect.quote;
    const inside = decode(bytes, isQuoted ? start + 1 : start, isQuoted ? end - 1 : end);
    const quote = isQuoted ? String.fromCharCode(bytes[start]!) : '';
    addRaw(column, block, record, isQuoted ? inside.replaceAll(quote + quote, quote) : inside);
  }
}

function placeOf(block: Block, record: number, index: number): readonly [number, number] {
  const { recordFields, fieldEnds } = viewsOf(block);
  const field = (record === 0 ? 0 : recordFields[record - 1]!) + index;
  const start = index === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
  return [start, fieldEnds[field]!];
}

/** Fills `places`; counts empty cells, and those in blanks. */
function findCells(block: Block, index: number, places: Places, column: GrowingColumn): void {
  const { bytes, recordFields, fieldEnds } = viewsOf(block);
  const { quote, recordEnd } = block.context.dialect;
  const { trim } = block.context.rules;
  const { starts, ends, rows, others } = places;
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
        others.push(record);
        continue;
      }
    }
    if (trim && (flag & TRIM) !== 0) {
      const before = end - start;
      while (start < end && isBlank(bytes[start]!)) start++;
      while (start < end && isBlank(bytes[end - 1]!)) end--;
      const isAscii = bytes[start]! < FIRST_NON_ASCII && bytes[end - 1]! < FIRST_NON_ASCII;
      if (start < end && !isAscii) {
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
  places.count = count;
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

function addCells(column: GrowingColumn, block: Block, index: number, places: Places): void {
  const { starts, ends, rows, count } = places;
  const { bytes } = viewsOf(block);
  const view = viewOf(block);
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
  if (done < count) sumCells(column, block, index, places, done);
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
