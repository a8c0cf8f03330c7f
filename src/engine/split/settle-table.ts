/** The measuring passes of a table in spans, in the order of the reference engine's. */
import { aggregateValue } from '../expression/aggregates.js';
import { aggregatesOf, deriveLevels, type TablePlan } from '../plan-table.js';
import type { Settled } from '../settled.js';
import { addFields } from '../tally.js';
import type { MeasureRequest } from './measures.js';
import { askSpans, type Passes } from './passes.js';
import { type SplitExtent, settleColumns } from './settle-columns.js';

/** Fills `settled`, as far as the plan asks for something. */
export function* settleTable(plan: TablePlan, settled: Settled, extent: SplitExtent): Passes<void> {
  const { lastSpan } = extent;
  if ((plan.where?.compiled.aggregates.length ?? 0) > 0) {
    const { states, counts } = yield* askSpans<'aggregates'>({ kind: 'where' }, 0, lastSpan);
    settled.whereAggregates = states.map(aggregateValue);
    addFields(settled.whereCounts, counts[0]!);
  }
  if (plan.judged.length > 0) {
    const { warnings } = yield* settleColumns(plan, extent, (judged) => {
      settled.judged = judged;
    });
    settled.warnings.push(...warnings);
  }
  for (let level = 1; level <= deriveLevels(plan); level++) {
    const request: MeasureRequest = { kind: 'derive', level };
    const { states, counts } = yield* askSpans<'aggregates'>(request, 0, lastSpan);
    counts.forEach((one, i) => {
      addFields(settled.deriveCounts[i]!, one);
    });
    aggregatesOf(plan, level).forEach(({ at, i }, k) => {
      settled.deriveAggregates[at]![i] = aggregateValue(states[k]!);
    });
  }
}
