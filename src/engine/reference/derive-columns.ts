/** Evaluates derived columns for one row, left to right, as far as their aggregates are settled. */
import type { ExpressionCounts } from '../expression/tree.js';
import type { DerivePlan } from '../plan-table.js';
import type { Row } from '../rows/read-row.js';
import type { DeriveAggregates } from '../settled.js';

/**
 * Fills the slots of every derived column of at most `level`.
 * @param counts one for each derived column.
 */
export function deriveColumns(
  row: Row,
  derives: readonly DerivePlan[],
  aggregates: DeriveAggregates,
  counts: readonly ExpressionCounts[],
  level: number,
): void {
  derives.forEach((derive, i) => {
    row.cells[derive.slot] =
      derive.level <= level
        ? derive.compiled.evaluate(row.cells, aggregates[i]!, counts[i]!)
        : null;
  });
}
