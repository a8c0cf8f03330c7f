/** Settles the aggregates of one pass over spans; medians by as many more as their ranks take. */

import { aggregateValue } from '../expression/aggregates.js';
import type { AggregateName } from '../expression/check-calls.js';
import type { ExpressionCounts } from '../expression/tree.js';
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
 * @param names of the aggregates of the pass.
 * @param counts are told what expressions lose on the way.
 * @returns their values, null where missing.
 */
export function* settleAggregates(
  names: readonly AggregateName[],
  requestFor: RequestFor,
  counts: readonly ExpressionCounts[],
  extent: SplitExtent,
): Passes<readonly (number | null)[]> {
  const places = names.flatMap((name, at) => (name === 'median' ? [at] : []));
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
  const values = first.states.map(aggregateValue);
  places.forEach((at, i) => {
    const { inside } = wholes[i]!;
    const median = inside === 0 ? Number.NaN : medianOf(inside, found[i]!);
    values[at] = Number.isFinite(median) ? median : null;
  });
  return values;
}
