/**
 * Converts the cells of a block by the rules of their columns, once, before anything else looks at
 * them: whoever reads a cell later gets the new one.
 */
import { reserve } from '../../base/memory-budget.js';
import { LF } from '../../csv/dialect.js';
import { looksNa } from '../../csv/missing.js';
import { ODD } from '../../kernel/record-flags.js';
import { copyBytes } from '../byte-writer.js';
import type { TablePlan } from '../plan-table.js';
import { type Carry, fillDown, rejectMisfits } from '../rows/convert-row.js';
import { readCells } from '../rows/read-row.js';
import { createTally } from '../tally.js';
import type { CellConverter } from '../values/convert-cell.js';
import { CHANGES, CONVERTED, MISFIT, UNCHANGED } from '../values/value-counts.js';
import { freeRoom, markRoom, takeBytes, takeRows } from './array-room.js';
import { type Block, KEPT, REJECTED, setFlags, viewsOf, walkedAt } from './block.js';
import { type ConvertedColumn, changedText, changesOf, isChanged } from './block-values.js';
import { type CellPlace, cellFinder } from './find-cell.js';
import {
  createKnownCells,
  createKnownFinder,
  type KnownCell,
  type KnownCells,
} from './known-cells.js';
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

/** By converter: it is of one table. */
const knownOf = new WeakMap<CellConverter, KnownCells>();

function convertColumn(block: Block, converter: CellConverter): ConvertedColumn | null {
  const growing = beginColumn(block, converter);
  // Looking for them may move the memory: who reads cells comes behind.
  const candidates = listCandidates(block, converter);
  if (candidates.length > 0) convertCells(growing, candidates);
  return finishColumn(growing);
}

function convertCells(growing: GrowingColumn, candidates: Uint32Array): void {
  const { block, converter } = growing;
  const { index } = converter.valueColumn.column;
  const known = knownOf.get(converter) ?? createKnownCells();
  knownOf.set(converter, known);
  const finder = createKnownFinder(block, candidates, index, known);
  const read = createTextReader(block, index);
  const { bytes } = viewsOf(block);
  const { find, at } = cellFinder(block, index);
  const isQuick = converter.quick !== null;
  for (let k = 0; k < candidates.length; ) {
    const record = candidates[k]!;
    if (isQuick && find(record) && convertBytes(growing, bytes, record, at)) {
      k++;
      continue;
    }
    const end = finder.find(k);
    if (end === k) {
      const before = read(record);
      const { text, steps } = converter.convert(before);
      const cell = cellOf(before, text, steps);
      finder.enter(record, cell);
      if (steps !== 0) addCell(growing, record, cell);
      k++;
    }
    for (; k < end; k++) {
      const cell = finder.cellAt(k);
      if (cell.steps !== 0) addCell(growing, candidates[k]!, cell);
    }
  }
  finder.end();
}

/** What a cell that was converted by its bytes may take beyond them. */
const SPARE_BYTES = 16;

/** Converts a cell by its bytes. @returns whether it did, or need not. */
function convertBytes(
  growing: GrowingColumn,
  bytes: Uint8Array,
  record: number,
  { start, end }: CellPlace,
): boolean {
  const { quick } = growing.converter;
  if (quick === null) return false;
  if (start === end) return true;
  const isQuoted = bytes[start] === growing.block.context.dialect.quote && end - start > 1;
  makeRoom(growing.lengthBytes + record - growing.record + end - start + SPARE_BYTES);
  const to = growing.lengthBytes + record - growing.record;
  const next = isQuoted
    ? quick(bytes, start + 1, end - 1, room, to)
    : quick(bytes, start, end, room, to);
  if (next === UNCHANGED) return true;
  if (next < 0) return false;
  addBytes(growing, record, next);
  return true;
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
  touchesTokens: boolean;
}

/** Where the texts of a column are put together. */
let room = Buffer.alloc(1 << 16);

function beginColumn(block: Block, converter: CellConverter): GrowingColumn {
  const empty = new Uint32Array(0);
  const counts = { record: 0, lengthBytes: 0, changedCount: 0, touchesTokens: false };
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
function addCell(growing: GrowingColumn, record: number, cell: KnownCell): void {
  const { bytes, steps } = cell;
  stepsOf(growing)[record] = steps;
  passRecords(growing, record);
  if ((steps & CHANGES) !== 0) {
    growing.changedCount++;
    if (cell.isToken) growing.touchesTokens = true;
    makeRoom(growing.lengthBytes + bytes.length + 1);
    copyBytes(bytes, 0, bytes.length, room, growing.lengthBytes);
    growing.lengthBytes += bytes.length;
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
  const { block, converter, steps, ends, changedCount, touchesTokens } = growing;
  if (steps === null) return null;
  passRecords(growing, block.recordCount);
  const { lengthBytes } = growing;
  const heldBytes = lengthBytes + block.recordCount * 8;
  reserve(block.context.budget, heldBytes, 'the values of a block');
  block.heldBytes += heldBytes;
  const bytes = takeBytes(block.arena.kept, lengthBytes);
  bytes.set(room.subarray(0, lengthBytes));
  return { converter, steps, ends, bytes, changedCount, touchesTokens };
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
      if (steps === 0) continue;
      addCell(growing, record, cellOf(read(record), changedText(converted!, record), steps));
      continue;
    }
    const before = read(record);
    const isOther = converted !== null && isChanged(converted, record);
    const text = isOther ? changedText(converted, record) : before;
    const filled = fillDown({ converter, before, text, steps }, carry);
    if (filled.steps !== 0) addCell(growing, record, cellOf(before, filled.text, filled.steps));
  }
  return finishColumn(growing);
}

function cellOf(before: string, text: string, steps: number): KnownCell {
  const isToken = looksNa(before) || looksNa(text);
  return { bytes: Buffer.from(text), steps, isToken };
}
