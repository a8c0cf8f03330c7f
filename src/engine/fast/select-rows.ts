/** Which records of a block are left, step by step: the filter, groups, and outliers. */
import { assert } from '../../base/assert.js';
import { NUMBER } from '../../kernel/cell-kinds.js';
import { createCounts, type ExpressionCounts } from '../expression/tree.js';
import type { Numbers, Selection } from '../expression/vector/vectors.js';
import { applyChanges } from '../rows/convert-row.js';
import { applyAction, findOutliers, type JudgedColumn } from '../rows/find-outliers.js';
import { groupOfRow, groupOfTexts } from '../rows/group-rows.js';
import { type Row, readCells } from '../rows/read-row.js';
import { applySchema } from '../rows/schema-row.js';
import { createTally, type Tally } from '../tally.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import { takeBytes, takeRows } from './array-room.js';
import { type Block, FILTERED, walkedAt } from './block.js';
import { createBlockCells } from './block-cells.js';
import { changesOf } from './block-values.js';
import { type Edits, NO_EDITS } from './edits.js';
import { createTextReader, readNumbers } from './read-cells.js';
import type { Table } from './table.js';

/** The records that are kept so far; by the kernel. */
export function selectKept({ arena, fates, recordCount }: Block): Selection {
  const bytes = arena.used;
  const rowsAt = bytes + Math.ceil(recordCount / 4) * 4;
  ensureRoom(arena, rowsAt - bytes + (recordCount + 1) * 4);
  bytesIn(arena, bytes, recordCount).set(fates);
  const count = arena.kernel.exports.selectZeros(bytes, recordCount, rowsAt);
  const rows = takeRows(arena.passing, recordCount);
  rows.set(wordsIn(arena, rowsAt, count));
  return { rows, count };
}

/** Marks the records that filter and `--dedup` take out, once for a block, and gives the others. */
export function filterBlock(
  table: Table,
  block: Block,
  counts: ExpressionCounts = createCounts(),
): Selection {
  const filtered = filterOnce(table, block, counts);
  return table.leaveUnique.reduce((left, leave) => leave(block, left), filtered);
}

function filterOnce(table: Table, block: Block, counts: ExpressionCounts): Selection {
  const kept = selectKept(block);
  if (table.where === null || block.isFiltered) return kept;
  const cells = createBlockCells(table, block, NO_EDITS, noDerived);
  block.isFiltered = true;
  const { whereAggregates } = table;
  const count = table.where.keepTrue(cells, kept, whereAggregates, counts, block.fates, FILTERED);
  return { rows: kept.rows, count };
}

/** For expressions that know no derived columns. */
export function noDerived(): never {
  assert(false, 'a filter reads input columns only');
}

/** A kept record as a row with its cells; nothing is counted. */
export function rowAt(table: Table, block: Block, record: number): Row {
  const row = readRowAt(table, block, record);
  if (block.emptied.size > 0) applySchema(row, table.plan.schema, silentTally());
  return row;
}

/** The same as it comes before the schema: trimmed and converted. */
export function readRowAt(table: Table, block: Block, record: number): Row {
  const tally = silentTally();
  const row = readCells(walkedAt(block, record), table.context, table.plan, tally);
  if (block.values !== null) applyChanges(row, changesOf(block.values, record, row), tally);
  return row;
}

/** For those who look once more at what is counted elsewhere. */
export function silentTally(): Tally {
  return createTally(() => {}, false);
}

/** The group of each selected record, or null when rows are not grouped. */
export function groupsOf(table: Table, block: Block, { rows, count }: Selection) {
  const { groupBy, rules } = table.plan;
  const { maxGroups } = rules;
  if (groupBy.length === 0) return null;
  if (block.groups !== null) return block.groups;
  const groups = new Int32Array(block.recordCount);
  const readers = groupBy.map((column) => createTextReader(block, column.index));
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    const texts = readers.map((read) => read(record));
    groups[record] = groupOfTexts(
      texts,
      table.groups,
      maxGroups,
      () => walkedAt(block, record).line,
    );
  }
  block.groups = groups;
  return groups;
}

/**
 * A byte for each record: 1 where a selected one has a value beyond a bound or fence; null when
 * none has.
 */
function findBeyond(table: Table, block: Block, selection: Selection): Uint8Array | null {
  const beyond = takeBytes(block.arena.passing, block.recordCount).fill(0);
  let found = 0;
  for (const { column, bound } of table.plan.bounds) {
    const [numbers] = readNumbers(block, [column.index]);
    const [min, max] = bound.side === 'max' ? [-Infinity, bound.limit] : [bound.limit, Infinity];
    found += markBeyond(numbers!, selection, min, max, beyond);
  }
  for (const count of markJudged(table, block, selection, beyond)) found += count;
  return found === 0 ? null : beyond;
}

/**
 * Adds to `valuesBeyond` how many values of each judged column lie beyond its fence.
 * @returns how many of the selected rows have one.
 */
export function countBeyond(
  table: Table,
  block: Block,
  selection: Selection,
  valuesBeyond: number[],
): number {
  const beyond = takeBytes(block.arena.passing, block.recordCount).fill(0);
  let found = 0;
  markJudged(table, block, selection, beyond).forEach((count, i) => {
    valuesBeyond[i]! += count;
    found += count;
  });
  let rowsBeyond = 0;
  if (found > 0) for (const isBeyond of beyond) rowsBeyond += isBeyond;
  return rowsBeyond;
}

/** Marks the rows with a value beyond a fence. @returns how many values, for each judged column. */
function markJudged(
  table: Table,
  block: Block,
  selection: Selection,
  beyond: Uint8Array,
): readonly number[] {
  const hasFence = table.judged.some(({ verdict }) => verdict.fences.some((one) => one !== null));
  const groups = hasFence ? groupsOf(table, block, selection) : null;
  return table.judged.map((one) =>
    one.verdict.outlierCount === 0 ? 0 : markFences(block, one, selection, groups, beyond),
  );
}

function markBeyond(
  { values, kinds }: Numbers,
  { rows, count }: Selection,
  min: number,
  max: number,
  beyond: Uint8Array,
): number {
  let found = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (kinds[row]! < NUMBER || !(values[row]! < min || values[row]! > max)) continue;
    beyond[row] = 1;
    found++;
  }
  return found;
}

function markFences(
  block: Block,
  { column, verdict }: JudgedColumn,
  selection: Selection,
  groups: Int32Array | null,
  beyond: Uint8Array,
): number {
  const [numbers] = readNumbers(block, [column.index]);
  if (groups === null) {
    const fence = verdict.fences[0] ?? null;
    if (fence === null) return 0;
    return markBeyond(numbers!, selection, fence.keepMin, fence.keepMax, beyond);
  }
  const { values, kinds } = numbers!;
  let found = 0;
  for (let k = 0; k < selection.count; k++) {
    const row = selection.rows[k]!;
    const fence = verdict.fences[groups[row]!] ?? null;
    if (fence === null || kinds[row]! < NUMBER) continue;
    if (!(values[row]! < fence.keepMin || values[row]! > fence.keepMax)) continue;
    beyond[row] = 1;
    found++;
  }
  return found;
}

/** What is left to derive and write, and with which cells. */
export interface Remaining {
  readonly selection: Selection;
  /** Records with a value beyond, or null. */
  readonly beyond: Uint8Array | null;
  readonly edits: Edits;
}

/** The filtered records after the outlier action. */
export function applyOutliers(table: Table, block: Block, filtered: Selection): Remaining {
  const beyond = findBeyond(table, block, filtered);
  const { action } = table.plan.rules.outliers;
  if (beyond === null) return { selection: filtered, beyond, edits: NO_EDITS };
  if (action === 'drop') {
    const rows = filtered.rows.subarray(0, filtered.count).filter((row) => beyond[row] === 0);
    return { selection: { rows, count: rows.length }, beyond, edits: NO_EDITS };
  }
  const changes = action === 'clip' || action === 'null';
  const edits = changes ? editRows(table, block, filtered, beyond) : NO_EDITS;
  return { selection: filtered, beyond, edits };
}

/** The cells that `clip` or `null` changes: few, so each by itself. */
function editRows(
  table: Table,
  block: Block,
  { rows, count }: Selection,
  beyond: Uint8Array,
): Edits {
  const { plan } = table;
  const { action } = plan.rules.outliers;
  const edits = new Map<number, Map<number, string>>();
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    if (beyond[record] === 0) continue;
    const row = rowAt(table, block, record);
    const group = groupOfRow(row, plan, table.groups);
    const findings = findOutliers(row, plan, table.judged, group);
    applyAction(row, findings, action, null);
    for (const { column } of findings) {
      const texts = edits.get(column.index) ?? new Map<number, string>();
      texts.set(record, row.cells[column.index] as string);
      edits.set(column.index, texts);
    }
  }
  return edits;
}
