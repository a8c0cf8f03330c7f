/** Finds order statistics of several columns at once: one pass serves all that are still open. */
import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import { searchRanks } from '../statistics/rank-search.js';
import type { ColumnRequest } from './measures.js';
import { askSpans, type Passes } from './passes.js';

/** What is looked for in one column. */
export interface RankQuest {
  readonly column: number;
  /** When given, ranks are of distances from it. */
  readonly distanceFrom: number | null;
  /** Ranks from 0. */
  readonly ranks: readonly number[];
  /** What a pass over all values found, keeping every `stride`-th. */
  readonly whole: IntervalCounts;
  readonly stride: number;
}

/** A request for nothing but `intervals`. */
export function intervalRequest(
  { column, distanceFrom }: Pick<RankQuest, 'column' | 'distanceFrom'>,
  intervals: readonly Interval[],
  mostKept: number,
): ColumnRequest {
  return { column, intervals, mostKept, distanceFrom, wantsTails: false, wantsMoments: false };
}

/**
 * The values at the ranks of each quest.
 * @param sampleLimit about how many values of a column a pass may keep.
 */
export function* findRanks(
  quests: readonly RankQuest[],
  lastSpan: number,
  sampleLimit: number,
): Passes<readonly ReadonlyMap<number, number>[]> {
  const searches = quests.map(({ whole, stride, ranks }) =>
    searchRanks(whole, stride, ranks, sampleLimit),
  );
  const states = searches.map((search) => search.next());
  for (;;) {
    const open = states.flatMap(({ done }, i) => (done === true ? [] : [i]));
    if (open.length === 0) break;
    const columns = open.map((i) =>
      intervalRequest(quests[i]!, states[i]!.value as readonly Interval[], sampleLimit),
    );
    const answer = yield* askSpans<'columns'>({ kind: 'columns', columns }, 0, lastSpan);
    open.forEach((i, k) => {
      states[i] = searches[i]!.next(answer.columns[k]!.intervals);
    });
  }
  return states.map(({ value }) => value as ReadonlyMap<number, number>);
}
