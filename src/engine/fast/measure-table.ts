/**
 * What one pass over a table's blocks finds out: sums that can be added to those of other blocks.
 * Settles nothing.
 */
import { reserve } from '../../base/memory-budget.js';
import { expressionCompiler } from '../expression/load-compiler.js';
import { createCounts, type ExpressionCounts } from '../expression/tree.js';
import type { Selection, Vector } from '../expression/vector/vectors.js';
import {
  aggregatesOfDerives,
  aggregatesOfWhere,
  createState,
  isGrouped,
  type PassState,
} from '../pass-aggregates.js';
import { aggregatesOf } from '../plan-table.js';
import type { Block } from './block.js';
import { createBlockCells } from './block-cells.js';
import { type Edits, NO_EDITS } from './edits.js';
import { applyOutliers, countBeyond, filterBlock, noDerived, selectKept } from './select-rows.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

/** Told the states of aggregates after each block. */
type AfterBlock = (states: readonly PassState[]) => void;

/** The aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function measureWhere(
  table: Table,
  afterBlock: AfterBlock = () => {},
): readonly PassState[] {
  const { aggregates } = table.where!;
  const states = aggregatesOfWhere(table.plan).map((one) => createState(one, table.plan));
  const hold = createHolder(table, states);
  for (const block of walkBlocks(table)) {
    const cells = createBlockCells(table, block, NO_EDITS, noDerived);
    const kept = selectKept(block);
    aggregates.forEach((aggregate, i) => {
      aggregate.add(states[i]!, cells, kept, table.whereCounts);
    });
    hold();
    afterBlock(states);
  }
  return states;
}

/** A function that takes from the budget what the states of groups have grown by. */
function createHolder({ context }: Table, states: readonly PassState[]): () => void {
  const grouped = states.filter(isGrouped);
  let held = 0;
  return () => {
    if (grouped.length === 0) return;
    const { groupedBytes } = expressionCompiler();
    const bytes = grouped.reduce((sum, state) => sum + groupedBytes(state), 0);
    if (bytes !== held) reserve(context.budget, bytes - held, 'the groups of "by"');
    held = bytes;
  };
}

/**
 * The filtered rows of a pass that only measures. What the filter counts is counted once: of a
 * table in memory here, where it is evaluated only now, else when the rows are written.
 */
export function filterSilently(table: Table, block: Block): Selection {
  return filterBlock(table, block, table.reader.staysInMemory ? table.whereCounts : createCounts());
}

/** How many rows the filter leaves, and what lies beyond the fences; bounds do not count. */
export function measureBeyond(table: Table) {
  const valuesBeyond = table.judged.map(() => 0);
  let rowCount = 0;
  let rowsBeyond = 0;
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
    rowCount += selection.count;
    rowsBeyond += countBeyond(table, block, selection, valuesBeyond);
  }
  return { rowCount, rowsBeyond, valuesBeyond };
}

/**
 * The aggregates of `--derive` that are settled in the pass of `level`, in the order of
 * `aggregatesOf`, over the rows that are left after outliers.
 */
export function measureDerives(
  table: Table,
  level: number,
  afterBlock: AfterBlock = () => {},
): readonly PassState[] {
  const wanted = aggregatesOf(table.plan, level);
  const states = aggregatesOfDerives(table.plan, level).map((one) => createState(one, table.plan));
  const hold = createHolder(table, states);
  for (const block of walkBlocks(table)) {
    const { selection, edits } = applyOutliers(table, block, filterSilently(table, block));
    const cells = deriveRows(table, block, selection, edits, level - 1).cells;
    wanted.forEach(({ at, i }, k) => {
      const counts = table.deriveCounts[at]!;
      table.derives[at]!.aggregates[i]!.add(states[k]!, cells, selection, counts);
    });
    hold();
    afterBlock(states);
  }
  return states;
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
  const cells = createBlockCells(table, block, edits, (slot) => vectors[slot - columns.length]!);
  derives.forEach((derive, i) => {
    if (derive.level > level) return;
    const aggregates = table.deriveAggregates[i]!;
    vectors[i] = table.derives[i]!.evaluate(cells, selection, aggregates, counts[i]!);
  });
  return { vectors, cells };
}
