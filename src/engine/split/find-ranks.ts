/** Finds order statistics of several sets of values at once: one pass serves all still open. */

import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import { orderKnown } from '../statistics/known-ranks.js';
import { quantileType7 } from '../statistics/quantile.js';
import { searchRanks } from '../statistics/rank-search.js';
import { NO_TAILS } from '../statistics/tails.js';
import type { Passes } from './passes.js';

/** What is looked for among some values. */
export interface RankQuest {
  /** Ranks from 0. */
  readonly ranks: readonly number[];
  /** What a pass over all of them found, keeping every `stride`-th. */
  readonly whole: IntervalCounts;
  readonly stride: number;
}

/** A quest that a pass is to go on with. */
export interface OpenQuest {
  /** Its place among all. */
  readonly place: number;
  readonly intervals: readonly Interval[];
}

/** Where any value lies. */
export function wholeLine(stride: number): Interval {
  return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, stride };
}

/**
 * The values at the ranks of each quest.
 *
 * @param sampleLimit about how many values of a quest a pass may keep.
 * @param ask runs a pass; gives the counts of each open quest's intervals.
 */
export function* findRanks(
  quests: readonly RankQuest[],
  sampleLimit: number,
  ask: (open: readonly OpenQuest[]) => Passes<readonly (readonly IntervalCounts[])[]>,
): Passes<readonly ReadonlyMap<number, number>[]> {
  const searches = quests.map(({ whole, stride, ranks }) =>
    searchRanks(whole, stride, ranks, sampleLimit),
  );
  const states = searches.map((search) => search.next());
  for (;;) {
    const open = states.flatMap(({ done, value }, place) =>
      done === true ? [] : [{ place, intervals: value as readonly Interval[] }],
    );
    if (open.length === 0) break;
    const answers = yield* ask(open);
    open.forEach(({ place }, k) => {
      states[place] = searches[place]!.next(answers[k]!);
    });
  }
  return states.map(({ value }) => value as ReadonlyMap<number, number>);
}

/** The median of at least one value, whose middle ranks were found. */
export function medianOf(n: number, found: ReadonlyMap<number, number>): number {
  return quantileType7(orderKnown(n, found, NO_TAILS), 0.5);
}
