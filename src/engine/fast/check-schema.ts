/**
 * Holds the cells of a block against the schema, once, before anything else looks at them. Few
 * break it: these records are looked at alone, then and whenever they are written.
 */
import { MISSING, NUMBER } from '../../kernel/cell-kinds.js';
import { ODD } from '../../kernel/record-flags.js';
import type { Numbers } from '../expression/vector/vectors.js';
import { applySchema, brokenRule, standingBySchema } from '../rows/schema-row.js';
import type { NumberScreen, SchemaColumn } from '../schema/schema.js';
import { type Block, KEPT, REJECTED, setFlags } from './block.js';
import { createTextReader, readNumbers } from './read-cells.js';
import { readRowAt, silentTally } from './select-rows.js';
import type { Table } from './table.js';

/** @throws CsvcleanError SCHEMA where a rule says that the file fails. */
export function checkSchema(table: Table, block: Block): void {
  const { schema } = table.plan;
  if (schema.columns.length === 0 || block.isChecked) return;
  block.isChecked = true;
  const suspects = new Uint8Array(block.recordCount);
  for (const column of schema.columns) suspectCells(block, column, suspects);
  for (let record = suspects.indexOf(1); record >= 0; record = suspects.indexOf(1, record + 1)) {
    settleSuspect(table, block, record);
  }
}

/** Marks the kept records of which the cell may break a rule. */
function suspectCells(block: Block, of: SchemaColumn, suspects: Uint8Array): void {
  if (of.numbers === null) suspectTexts(block, of, suspects);
  else {
    const [numbers] = readNumbers(block, [of.column.index]);
    suspectNumbers(numbers!, of.numbers, block.fates, suspects);
  }
}

function suspectNumbers(
  { values, kinds }: Numbers,
  { isRequired, min, max }: NumberScreen,
  fates: Uint8Array,
  suspects: Uint8Array,
): void {
  for (let record = 0; record < fates.length; record++) {
    if (fates[record] !== KEPT) continue;
    const kind = kinds[record]!;
    const isRight =
      kind >= NUMBER
        ? !(values[record]! < min || values[record]! > max)
        : kind === MISSING && !isRequired;
    if (!isRight) suspects[record] = 1;
  }
}

/** More different texts of a column are held against its rules anew each time. */
const MOST_KNOWN = 4096;
const LONGEST_KNOWN = 40;
const known = new WeakMap<SchemaColumn, Map<string, boolean>>();

function suspectTexts(block: Block, of: SchemaColumn, suspects: Uint8Array): void {
  const read = createTextReader(block, of.column.index);
  const verdicts = known.get(of) ?? new Map<string, boolean>();
  known.set(of, verdicts);
  const { fates, recordCount } = block;
  for (let record = 0; record < recordCount; record++) {
    if (fates[record] !== KEPT) continue;
    const text = read(record);
    let isWrong = verdicts.get(text);
    if (isWrong === undefined) {
      isWrong = brokenRule(of, text) !== null;
      if (verdicts.size < MOST_KNOWN && text.length <= LONGEST_KNOWN) verdicts.set(text, isWrong);
    }
    if (isWrong) suspects[record] = 1;
  }
}

function settleSuspect(table: Table, block: Block, record: number): void {
  const { schema } = table.plan;
  const row = readRowAt(table, block, record);
  const standing = standingBySchema(row, schema);
  if (standing === null) return;
  setFlags(block, record, block.flags[record]! | ODD);
  block.hasOdd = true;
  if (standing === 'reject') block.fates[record] = REJECTED;
  else {
    const before = [...row.cells];
    applySchema(row, schema, silentTally());
    row.cells.forEach((cell, column) => {
      if (cell !== before[column]) emptyCell(block, record, column);
    });
  }
}

function emptyCell(block: Block, record: number, column: number): void {
  const records = block.emptied.get(column) ?? new Set<number>();
  block.emptied.set(column, records.add(record));
  const numbers = block.numbers.get(column);
  if (numbers === undefined) return;
  numbers.values[record] = Number.NaN;
  numbers.kinds[record] = MISSING;
}
