/**
 * Converts the cells of a block by the rules of their columns, once, before anything else looks at
 * them: whoever reads a cell later gets the new one.
 */
import { reserve } from '../../base/memory-budget.js';
import { LF } from '../../csv/dialect.js';
import { ODD, STRAY, TRIM } from '../../kernel/record-flags.js';
import { copyText } from '../byte-writer.js';
import type { TablePlan } from '../plan-table.js';
import { type Carry, fillDown, rejectMisfits } from '../rows/convert-row.js';
import { readCells } from '../rows/read-row.js';
import { createTally } from '../tally.js';
import type { CellConverter, ConvertedCell } from '../values/convert-cell.js';
import { CHANGES, CONVERTED, MISFIT, UNCHANGED } from '../values/value-counts.js';
import { freeRoom, markRoom, takeBytes, takeRows } from './array-room.js';
import { type Block, KEPT, REJECTED, setFlags, startOfRecord, viewsOf, walkedAt } from './block.js';
import { type ConvertedColumn, changedText, changesOf, isChanged } from './block-values.js';
import { listCandidates } from './list-candidates.js';
import { createTextReader } from './read-cells.js';

/** @throws CsvcleanError INVALID_VALUE. */
export function convertBlock(
  block: Block,
  plan: TablePlan,
  converters: readonly CellConverter[],
  carry: Carry,
): void {
  if (converters.length === 0 || block.values !== null) return;
  const before = markRoom(block.arena.passing);
  const columns = new Map<number, ConvertedColumn>();
  for (const converter of converters) {
    const converted = convertColumn(block, converter);
    if (converted !== null) columns.set(converter.valueColumn.column.index, converted);
  }
  rejectRecords(block, plan, columns);
  const filled = converters.filter(({ valueColumn }) => valueColumn.rules.fill?.kind === 'down');
  for (const converter of filled) {
    const { index } = converter.valueColumn.column;
    const converted = fillColumn(block, converter, columns.get(index) ?? null, carry);
    if (converted !== null) columns.set(index, converted);
    // What was blanked, and filled with what stood there.
    else columns.delete(index);
  }
  // In the order of the converters, as rows are told of.
  const places = converters.map(({ valueColumn }) => valueColumn.column.index);
  const ordered = places.flatMap((index) => {
    const converted = columns.get(index);
    return converted === undefined ? [] : [[index, converted] as const];
  });
  block.values = { columns: new Map(ordered), merged: new Set() };
  freeRoom(block.arena.passing, before);
}

/** More different texts of a column are converted anew each time. */
const MOST_KNOWN = 4096;
const LONGEST_KNOWN = 40;
const known = new WeakMap<CellConverter, Map<string, ConvertedCell>>();

function convertColumn(block: Block, converter: CellConverter): ConvertedColumn | null {
  // Looking for them may move the memory: who reads cells comes behind.
  const candidates = listCandidates(block, converter);
  const read = createTextReader(block, converter.valueColumn.column.index);
  const cells = known.get(converter) ?? new Map<string, ConvertedCell>();
  known.set(converter, cells);
  const growing = beginColumn(block, converter);
  const convertBytes = byteConverter(growing);
  for (const record of candidates) {
    if (convertBytes?.(record) === true) continue;
    const text = read(record);
    let cell = cells.get(text);
    if (cell === undefined) {
      cell = converter.convert(text);
      if (cells.size < MOST_KNOWN && text.length <= LONGEST_KNOWN) cells.set(text, cell);
    }
    if (cell.steps !== 0) addCell(growing, record, cell.text, cell.steps);
  }
  return finishColumn(growing);
}

/** What a cell that was converted by its bytes may take beyond them. */
const SPARE_BYTES = 16;

/**
 * A function that converts the cell of a record by its bytes, and says whether it did, or need not;
 * null where the rules need texts.
 */
function byteConverter(growing: GrowingColumn): ((record: number) => boolean) | null {
  const { block, converter } = growing;
  const { quick } = converter;
  if (quick === null) return null;
  const { index } = converter.valueColumn.column;
  const { bytes, recordFields, fieldEnds } = viewsOf(block);
  const { quote } = block.context.dialect;
  const isStill = bytes.buffer;
  return (record) => {
    if ((block.flags[record]! & (ODD | STRAY | TRIM)) !== 0) return false;
    if (block.arena.kernel.memory.buffer !== isStill) return false;
    const field = (record === 0 ? 0 : recordFields[record - 1]!) + index;
    if (field >= recordFields[record]!) return true;
    let start = index === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
    let end = fieldEnds[field]!;
    if (start === end) return true;
    if (bytes[start] === quote && end - start > 1) {
      start++;
      end--;
    }
    makeRoom(growing.lengthBytes + record - growing.record + end - start + SPARE_BYTES);
    const at = growing.lengthBytes + record - growing.record;
    const next = quick(bytes, start, end, room, at);
    if (next === UNCHANGED) return true;
    if (next < 0) return false;
    addBytes(growing, record, next);
    return true;
  };
}

/** A column while it is converted; nothing is taken before a cell is not as it was. */
interface GrowingColumn {
  readonly block: Block;
  readonly converter: CellConverter;
  steps: Uint32Array | null;
  ends: Uint32Array;
  /** The next record. */
  record: number;
  lengthBytes: number;
  changedCount: number;
}

/** Where the texts of a column are put together. */
let room = Buffer.alloc(1 << 16);

function beginColumn(block: Block, converter: CellConverter): GrowingColumn {
  const empty = new Uint32Array(0);
  const counts = { record: 0, lengthBytes: 0, changedCount: 0 };
  return { block, converter, steps: null, ends: empty, ...counts };
}

/** The steps of a column, made where there are none. */
function stepsOf(growing: GrowingColumn): Uint32Array {
  const { kept } = growing.block.arena;
  const { recordCount } = growing.block;
  if (growing.steps === null) {
    growing.steps = takeRows(kept, recordCount).fill(0);
    growing.ends = takeRows(kept, recordCount);
  }
  return growing.steps;
}

/** Adds a cell that lies in the room already, behind room for the records before it; to `end`. */
function addBytes(growing: GrowingColumn, record: number, end: number): void {
  stepsOf(growing)[record] = CONVERTED;
  passRecords(growing, record);
  growing.changedCount++;
  growing.lengthBytes = end;
  passRecords(growing, record + 1);
}

/** Adds a cell of a later record than all before. */
function addCell(growing: GrowingColumn, record: number, text: string, steps: number): void {
  stepsOf(growing)[record] = steps;
  passRecords(growing, record);
  if ((steps & CHANGES) !== 0) {
    growing.changedCount++;
    // A UTF-16 unit is at most three bytes of UTF-8.
    makeRoom(growing.lengthBytes + text.length * 3 + 1);
    growing.lengthBytes += copyText(text, room, growing.lengthBytes);
  }
  passRecords(growing, record + 1);
}

/** Ends the cells before `record`. */
function passRecords(growing: GrowingColumn, record: number): void {
  makeRoom(growing.lengthBytes + record - growing.record);
  const { ends } = growing;
  let { lengthBytes } = growing;
  for (let r = growing.record; r < record; r++) {
    ends[r] = lengthBytes;
    room[lengthBytes++] = LF;
  }
  growing.lengthBytes = lengthBytes;
  growing.record = record;
}

function makeRoom(bytes: number): void {
  if (bytes <= room.length) return;
  const larger = Buffer.alloc(Math.max(bytes, 2 * room.length));
  larger.set(room);
  room = larger;
}

function finishColumn(growing: GrowingColumn): ConvertedColumn | null {
  const { block, converter, steps, ends, changedCount } = growing;
  if (steps === null) return null;
  passRecords(growing, block.recordCount);
  const { lengthBytes } = growing;
  const heldBytes = lengthBytes + block.recordCount * 8;
  reserve(block.context.budget, heldBytes, 'the values of a block');
  block.heldBytes += heldBytes;
  const bytes = takeBytes(block.arena.kept, lengthBytes);
  bytes.set(room.subarray(0, lengthBytes));
  return { converter, steps, ends, bytes, changedCount };
}

/** Rejects the records with a value that does not fit, where the rules say so. */
function rejectRecords(
  block: Block,
  plan: TablePlan,
  columns: ReadonlyMap<number, ConvertedColumn>,
): void {
  const strict = [...columns.values()].filter(({ converter }) => {
    const { onInvalid } = converter.valueColumn.rules;
    return onInvalid === 'reject' || onInvalid === 'fail';
  });
  if (strict.length === 0) return;
  const values = { columns, merged: new Set<number>() };
  for (let record = 0; record < block.recordCount; record++) {
    if (!strict.some(({ steps }) => (steps[record]! & MISFIT) !== 0)) continue;
    refuseFailing(block, plan, record, values);
    block.fates[record] = REJECTED;
    setFlags(block, record, block.flags[record]! | ODD);
  }
}

/** Looks at the record alone: where a misfit fails the file, it says so. */
function refuseFailing(
  block: Block,
  plan: TablePlan,
  record: number,
  values: Parameters<typeof changesOf>[0],
): void {
  const tally = createTally(() => {}, false);
  const row = readCells(walkedAt(block, record), block.context, plan, tally);
  rejectMisfits(row, changesOf(values, record, row), tally);
}

/** The column with the value above in its empty cells. */
function fillColumn(
  block: Block,
  converter: CellConverter,
  converted: ConvertedColumn | null,
  carry: Carry,
): ConvertedColumn | null {
  const read = createTextReader(block, converter.valueColumn.column.index);
  const growing = beginColumn(block, converter);
  for (let record = 0; record < block.recordCount; record++) {
    const steps = converted?.steps[record] ?? 0;
    if (block.fates[record] !== KEPT) {
      // A rejected record is told of with what was found in it.
      if (steps !== 0) addCell(growing, record, changedText(converted!, record), steps);
      continue;
    }
    const before = read(record);
    const isOther = converted !== null && isChanged(converted, record);
    const text = isOther ? changedText(converted, record) : before;
    const filled = fillDown({ converter, before, text, steps }, carry);
    if (filled.steps !== 0) addCell(growing, record, filled.text, filled.steps);
  }
  return finishColumn(growing);
}
