/** The measuring passes, in the order of the reference engine's. */
import { aggregateValue, createAggregate } from '../expression/aggregates.js';
import { createCounts, type ExpressionCounts } from '../expression/tree.js';
import type { Selection, Vector } from '../expression/vector/vectors.js';
import { capFile, isCapped, warnOfMany } from '../judge-table.js';
import { judgeColumn } from '../outliers/judge-column.js';
import { deriveLevels } from '../plan-table.js';
import {
  addAllToSample,
  createSample,
  finishSample,
  freeSample,
  isText,
} from '../sample-columns.js';
import type { Block } from './block.js';
import { createBlockCells, type Edits, NO_EDITS } from './block-cells.js';
import { readNumbers } from './read-cells.js';
import {
  applyOutliers,
  filterBlock,
  findBeyond,
  groupsOf,
  noDerived,
  selectKept,
} from './select-rows.js';
import { type Table, walkBlocks } from './table.js';

/** Settles the aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function settleWhere(table: Table): void {
  const compiled = table.plan.where?.compiled;
  if (table.where === null || compiled === undefined || compiled.aggregates.length === 0) return;
  const states = compiled.aggregates.map(({ name }) => createAggregate(name));
  for (const block of walkBlocks(table)) {
    const cells = createBlockCells(block, NO_EDITS, noDerived);
    const kept = selectKept(block);
    table.where.aggregates.forEach((aggregate, i) => {
      aggregate.add(states[i]!, cells, kept, table.whereCounts);
    });
  }
  table.whereAggregates = states.map(aggregateValue);
}

/**
 * The filtered rows of a pass that only measures. What the filter counts is counted once: of a
 * table in memory here, where it is evaluated only now, else when the rows are written.
 */
export function filterSilently(table: Table, block: Block): Selection {
  return filterBlock(table, block, table.reader.staysInMemory ? table.whereCounts : createCounts());
}

/** Settles the fences of every judged column, over the rows the filter lets through. */
export function settleOutliers(table: Table): void {
  const { plan, context } = table;
  if (plan.judged.length === 0) return;
  const { budget } = context;
  const isNamed = plan.rules.outliers.columns !== null;
  const samples = plan.judged.map((column) => createSample(column, budget, isNamed));
  let rowCount = 0;
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
    const groups = groupsOf(table, block, selection);
    rowCount += selection.count;
    const open = samples.filter((sample) => !isText(sample));
    const columns = readNumbers(
      block,
      open.map(({ column }) => column.index),
    );
    const expected = expectedRows(table, block, rowCount);
    open.forEach((sample, i) => {
      addAllToSample(sample, columns[i]!, selection, groups, budget, expected);
    });
  }
  const { method, named } = plan.rules.outliers;
  const groupCount = plan.groupBy.length === 0 ? 0 : Math.max(1, table.groups.size);
  table.judged = samples.map((sample) => ({
    column: sample.column,
    verdict: judgeColumn(finishSample(sample, groupCount), method, named),
  }));
  table.warnings.push(...warnOfMany(table.judged, plan));
  for (const sample of samples) freeSample(sample, budget);
  if (!isCapped(table.judged, plan)) return;
  const { judged, warnings } = capFile(table.judged, countOutlierRows(table), rowCount);
  table.judged = judged;
  table.warnings.push(...warnings);
}

/** How many rows a table will have had, with a little to spare, if it goes on as up to `block`. */
function expectedRows(table: Table, block: Block, rowCount: number): number {
  const share = (block.offsetBytes + block.lengthBytes) / table.reader.source.sizeBytes;
  return Math.ceil((1.02 * rowCount) / share);
}

/** How many rows have a value beyond a fence; bounds do not count. */
function countOutlierRows(table: Table): number {
  if (table.judged.every(({ verdict }) => verdict.outlierCount === 0)) return 0;
  let outlierRows = 0;
  for (const block of walkBlocks(table)) {
    const beyond = findBeyond(table, block, filterSilently(table, block), false);
    for (const isBeyond of beyond ?? []) outlierRows += isBeyond;
  }
  return outlierRows;
}

/**
 * Settles the aggregates of `--derive` level by level, over the rows that are left after outliers.
 */
export function settleDerives(table: Table): void {
  const { derives } = table.plan;
  for (let level = 1; level <= deriveLevels(table.plan); level++) {
    const wanted = derives.flatMap((derive, at) =>
      derive.aggregateLevels.flatMap((one, i) => (one === level ? [{ at, i }] : [])),
    );
    const states = wanted.map(({ at, i }) =>
      createAggregate(derives[at]!.compiled.aggregates[i]!.name),
    );
    for (const block of walkBlocks(table)) {
      const { selection, edits } = applyOutliers(table, block, filterSilently(table, block));
      const cells = deriveRows(table, block, selection, edits, level - 1).cells;
      wanted.forEach(({ at, i }, k) => {
        const counts = table.deriveCounts[at]!;
        table.derives[at]!.aggregates[i]!.add(states[k]!, cells, selection, counts);
      });
    }
    wanted.forEach(({ at, i }, k) => {
      table.deriveAggregates[at]![i] = aggregateValue(states[k]!);
    });
  }
}

/**
 * Evaluates the derived columns of at most `level`, left to right.
 *
 * @param counts one for each derived column; throw-away ones by default.
 */
export function deriveRows(
  table: Table,
  block: Block,
  selection: Selection,
  edits: Edits,
  level: number,
  counts: readonly ExpressionCounts[] = table.derives.map(createCounts),
) {
  const { derives, columns } = table.plan;
  const vectors: Vector[] = [];
  const cells = createBlockCells(block, edits, (slot) => vectors[slot - columns.length]!);
  derives.forEach((derive, i) => {
    if (derive.level > level) return;
    const aggregates = table.deriveAggregates[i]!;
    vectors[i] = table.derives[i]!.evaluate(cells, selection, aggregates, counts[i]!);
  });
  return { vectors, cells };
}
