/** Settles the aggregates of one pass over spans; medians by as many more as their ranks take. */

import type { AggregateValue } from '../expression/grouped-value.js';
import type { ExpressionCounts } from '../expression/tree.js';
import { type PassAggregate, settledValue } from '../pass-aggregates.js';
import type { TablePlan } from '../plan-table.js';
import type { IntervalCounts } from '../statistics/interval-counts.js';
import { ranksAround } from '../statistics/quantile.js';
import { addFields } from '../tally.js';
import { findRanks, medianOf, type OpenQuest, type RankQuest, wholeLine } from './find-ranks.js';
import { samplePerColumn } from './limits.js';
import type { MeasureRequest, MedianRequest } from './measures.js';
import { askSpans, type Passes } from './passes.js';
import { type SplitExtent, strideFor } from './settle-columns.js';

/** A pass that asks for aggregates, looking at medians in this way. */
export type RequestFor = (medians: readonly MedianRequest[], isFirst: boolean) => MeasureRequest;

/**
 * @param aggregates of the pass; no median by groups, which has no ranks of all rows.
 * @param counts are told what expressions lose on the way.
 * @returns their values.
 * @throws CsvcleanError TOO_MANY_GROUPS.
 */
export function* settleAggregates(
  aggregates: readonly PassAggregate[],
  plan: TablePlan,
  requestFor: RequestFor,
  counts: readonly ExpressionCounts[],
  extent: SplitExtent,
): Passes<readonly AggregateValue[]> {
  const places = aggregates.flatMap(({ one }, at) => (one.name === 'median' ? [at] : []));
  const mostKept = samplePerColumn(extent.limits, places.length);
  const stride = strideFor(extent, places.length);
  const asked = function* (open: readonly OpenQuest[], isFirst: boolean) {
    const medians = open.map(({ place, intervals }) => ({
      at: places[place]!,
      intervals,
      mostKept,
    }));
    return yield* askSpans<'aggregates'>(requestFor(medians, isFirst), 0, extent.lastSpan);
  };
  const line = [wholeLine(stride)];
  const first = yield* asked(
    places.map((_, place) => ({ place, intervals: line })),
    true,
  );
  first.counts.forEach((one, i) => {
    addFields(counts[i]!, one);
  });
  const wholes = first.medians.map(([whole]) => whole!);
  const quests = wholes.map(
    (whole): RankQuest => ({ ranks: ranksAround(whole.inside, 0.5), whole, stride }),
  );
  const ask = function* (
    open: readonly OpenQuest[],
  ): Passes<readonly (readonly IntervalCounts[])[]> {
    return (yield* asked(open, false)).medians;
  };
  const found = yield* findRanks(quests, mostKept, ask);
  const values = first.states.map((state, i) => settledValue(state, aggregates[i]!, plan));
  places.forEach((at, i) => {
    const { inside } = wholes[i]!;
    const median = inside === 0 ? Number.NaN : medianOf(inside, found[i]!);
    values[at] = Number.isFinite(median) ? median : null;
  });
  return values;
}
