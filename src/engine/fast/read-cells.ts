/**
 * Cells of a block, as numbers by the kernel and as texts one by one. Records that the kernel calls
 * odd are read as the scalar scanner finds them.
 */
import { reserve } from '../../base/memory-budget.js';
import { decodeField } from '../../csv/decode-field.js';
import { NO_QUOTE } from '../../csv/dialect.js';
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import { trimText } from '../../csv/trim-text.js';
import { MISSING, SLOW, TEXT } from '../../kernel/cell-kinds.js';
import { ODD, STRAY, TRIM } from '../../kernel/record-flags.js';
import { kindOfNumber } from '../../kernel/scalar/number-kind.js';
import type { Numbers } from '../expression/vector/vectors.js';
import type { WalkedRecord } from '../walk-records.js';
import { bytesIn, doublesIn, ensureRoom, wordsIn } from './arena.js';
import { BYTES_PER_CELL, takeColumn } from './array-room.js';
import { type Block, FILTERED, KEPT, startOfRecord, viewsOf, walkedAt } from './block.js';
import { type BlockValues, type ConvertedColumn, changedText, isChanged } from './block-values.js';

/** The columns as numbers, in this order; each is read once for a block. */
export function readNumbers(block: Block, columns: readonly number[]): readonly Numbers[] {
  const wanted = [...new Set(columns)].filter((column) => !block.numbers.has(column));
  for (const column of wanted) block.numbers.set(column, readColumn(block, column));
  if (block.hasOdd && wanted.length > 0) readOdd(block, wanted);
  if (block.values !== null) mergeChanged(block, block.values, columns);
  return columns.map((column) => block.numbers.get(column)!);
}

/** Puts the numbers of changed cells in their places, once. */
function mergeChanged(
  block: Block,
  { columns, merged }: BlockValues,
  wanted: readonly number[],
): void {
  for (const index of wanted) {
    const column = columns.get(index);
    if (column === undefined || column.changedCount === 0 || merged.has(index)) continue;
    merged.add(index);
    mergeNumbers(block, column, block.numbers.get(index)!);
  }
}

function mergeNumbers(block: Block, column: ConvertedColumn, numbers: Numbers): void {
  const changed = readChanged(block, column);
  const { index } = column.converter.valueColumn.column;
  const { values, kinds } = numbers;
  for (let record = 0; record < block.recordCount; record++) {
    if (!isChanged(column, record) || isEmptied(block, record, index)) continue;
    if (changed.kinds[record] === SLOW) {
      setNumber(numbers, record, changedText(column, record));
      continue;
    }
    values[record] = changed.values[record]!;
    kinds[record] = changed.kinds[record]!;
  }
}

/** The changed cells as a block of one column. Arrays over the kernel's memory: not to be kept. */
function readChanged({ arena, recordCount }: Block, { bytes, ends }: ConvertedColumn): Numbers {
  const values = arena.used;
  const fieldEnds = values + recordCount * 8;
  const recordFields = fieldEnds + recordCount * 4;
  const flags = recordFields + recordCount * 4;
  const kinds = flags + recordCount;
  const source = kinds + recordCount;
  ensureRoom(arena, source + bytes.length - arena.used);
  wordsIn(arena, fieldEnds, recordCount).set(ends.subarray(0, recordCount));
  const counts = wordsIn(arena, recordFields, recordCount);
  for (let record = 0; record < recordCount; record++) counts[record] = record + 1;
  bytesIn(arena, flags, recordCount).fill(0);
  bytesIn(arena, source, bytes.length).set(bytes);
  arena.kernel.exports.readColumn(
    ...([source, recordCount, fieldEnds, recordFields, flags] as const),
    ...([0, 0, 0, -1, 0, arena.powers, arena.tokens, arena.tokenCount, values, kinds] as const),
  );
  return {
    values: doublesIn(arena, values, recordCount),
    kinds: bytesIn(arena, kinds, recordCount),
  };
}

/** The column of plain records by the kernel; other records are left MISSING. */
function readColumn(block: Block, column: number): Numbers {
  const { arena, recordCount } = block;
  const { quote, recordEnd } = block.context.dialect;
  const heldBytes = recordCount * BYTES_PER_CELL;
  reserve(block.context.budget, heldBytes, 'the values of a block');
  block.heldBytes += heldBytes;
  ensureRoom(arena, recordCount * BYTES_PER_CELL);
  const values = arena.used;
  const kinds = values + recordCount * 8;
  bytesIn(arena, kinds, recordCount).fill(MISSING);
  arena.kernel.exports.readColumn(
    block.source,
    recordCount,
    block.fieldEnds,
    block.recordFields,
    block.flagsAt,
    ODD,
    block.context.rules.trim ? TRIM : 0,
    column,
    quote === NO_QUOTE ? -1 : quote,
    recordEnd === 'cr' ? 1 : 0,
    arena.powers,
    arena.tokens,
    arena.tokenCount,
    values,
    kinds,
  );
  const numbers = takeColumn(arena.kept, recordCount);
  numbers.values.set(doublesIn(arena, values, recordCount));
  numbers.kinds.set(bytesIn(arena, kinds, recordCount));
  for (let at = numbers.kinds.indexOf(SLOW); at >= 0; at = numbers.kinds.indexOf(SLOW, at + 1)) {
    setNumber(numbers, at, textAt(block, at, column));
  }
  return numbers;
}

function readOdd(block: Block, columns: readonly number[]): void {
  const { flags, fates } = block;
  for (let record = 0; record < block.recordCount; record++) {
    const fate = fates[record]!;
    if ((flags[record]! & ODD) === 0 || (fate !== KEPT && fate !== FILTERED)) continue;
    const walked = walkedAt(block, record);
    for (const column of columns) {
      const text = isEmptied(block, record, column) ? '' : cellOf(walked, block, column);
      setNumber(block.numbers.get(column)!, record, text);
    }
  }
}

/** Notes the number that a trimmed text spells, and how it is written. */
export function setNumber({ values, kinds }: Numbers, at: number, text: string): void {
  const value = isMissing(text) ? Number.NaN : parseNumber(text);
  values[at] = value;
  if (Number.isNaN(value)) kinds[at] = isMissing(text) ? MISSING : TEXT;
  else kinds[at] = kindOfNumber(text);
}

function isEmptied({ emptied }: Block, record: number, column: number): boolean {
  return emptied.size > 0 && emptied.get(column)?.has(record) === true;
}

/** The trimmed text of a cell of a record that was looked at alone; '' where it has none. */
function cellOf(walked: WalkedRecord, block: Block, column: number): string {
  const { bytes, record } = walked;
  if (column >= record.fieldCount) return '';
  const text = decodeField(bytes, record, column, block.context.dialect);
  return block.context.rules.trim ? trimText(text) : text;
}

/** The trimmed text of one cell. */
export function textAt(block: Block, record: number, column: number): string {
  return createTextReader(block, column)(record);
}

/**
 * A function that gives the text of a column's cells, of any record. Valid until the memory grows.
 */
export function createTextReader(block: Block, column: number): (record: number) => string {
  const read = createRawReader(block, column);
  const converted = block.values?.columns.get(column);
  if (converted === undefined) return read;
  const isNew = (record: number): boolean =>
    isChanged(converted, record) && !isEmptied(block, record, column);
  return (record) => (isNew(record) ? changedText(converted, record) : read(record));
}

/** The same for what stands in the input. */
export function createRawReader(block: Block, column: number): (record: number) => string {
  const { bytes, recordFields, fieldEnds } = viewsOf(block);
  const { quote } = block.context.dialect;
  const trimFlag = block.context.rules.trim ? TRIM : 0;
  const pair = quote === NO_QUOTE ? '' : String.fromCharCode(quote).repeat(2);
  return (record) => {
    const flags = block.flags[record]!;
    if ((flags & (ODD | STRAY)) !== 0) {
      if (isEmptied(block, record, column)) return '';
      return cellOf(walkedAt(block, record), block, column);
    }
    const field = (record === 0 ? 0 : recordFields[record - 1]!) + column;
    if (field >= recordFields[record]!) return '';
    const start = column === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
    const end = fieldEnds[field]!;
    if (start === end) return '';
    const trims = (flags & trimFlag) !== 0;
    if (bytes[start] !== quote) {
      const text = bytes.toString('utf8', start, end);
      return trims ? trimText(text) : text;
    }
    const inside = bytes.toString('utf8', start + 1, end - 1);
    const text = inside.includes(pair) ? inside.replaceAll(pair, pair[0]!) : inside;
    return trims ? trimText(text) : text;
  };
}
