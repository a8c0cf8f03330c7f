/** The measuring passes of a table in spans, in the order of the reference engine's. */
import { aggregatesOfDerives, aggregatesOfWhere } from '../pass-aggregates.js';
import { aggregatesOf, deriveLevels, needsVerdicts, type TablePlan } from '../plan-table.js';
import type { Settled } from '../settled.js';
import { loadedValueTools } from '../values/load-values.js';
import type { ColumnVerdict } from '../values/verdict.js';
import { askSpans, type Passes } from './passes.js';
import { settleAggregates } from './settle-aggregates.js';
import { type SplitExtent, settleColumns } from './settle-columns.js';

/** Settles what says which rows the filter leaves, as far as the plan asks for something. */
export function* settleFilter(
  plan: TablePlan,
  settled: Settled,
  extent: SplitExtent,
): Passes<void> {
  if (plan.values.length > 0) settled.values = yield* settleValues(plan, extent);
  const inWhere = aggregatesOfWhere(plan);
  if (inWhere.length > 0) {
    settled.whereAggregates = yield* settleAggregates(
      inWhere,
      plan,
      (medians, isFirst) => ({ kind: 'where', medians, isFirst }),
      [settled.whereCounts],
      extent,
    );
  }
}

/** Settles what follows from the rows that filter and `--dedup` leave. */
export function* settleRows(plan: TablePlan, settled: Settled, extent: SplitExtent): Passes<void> {
  if (plan.judged.length > 0) {
    const { warnings } = yield* settleColumns(plan, extent, (judged) => {
      settled.judged = judged;
    });
    settled.warnings.push(...warnings);
  }
  for (let level = 1; level <= deriveLevels(plan); level++) {
    const wanted = aggregatesOf(plan, level);
    const values = yield* settleAggregates(
      aggregatesOfDerives(plan, level),
      plan,
      (medians, isFirst) => ({ kind: 'derive', level, medians, isFirst }),
      settled.deriveCounts,
      extent,
    );
    wanted.forEach(({ at, i }, k) => {
      settled.deriveAggregates[at]![i] = values[k]!;
    });
  }
}

/** How the columns with rules for their values are read. */
function* settleValues(
  plan: TablePlan,
  { lastSpan }: SplitExtent,
): Passes<readonly ColumnVerdict[]> {
  const { judgeAll } = loadedValueTools();
  if (!needsVerdicts(plan)) return judgeAll(plan.values, null);
  const { evidence } = yield* askSpans<'values'>({ kind: 'values' }, 0, lastSpan);
  return judgeAll(plan.values, evidence);
}
