/** Runs a search for ranks over a column in memory, a pass at a time, and counts the passes. */
import { expect } from 'vitest';
import {
  addToIntervals,
  createIntervalCounter,
  finishIntervals,
  type Interval,
  type IntervalCounts,
  mergeIntervals,
} from '../../../src/engine/statistics/interval-counts.js';
import { searchRanks } from '../../../src/engine/statistics/rank-search.js';

export interface Search {
  readonly stride: number;
  readonly ranks: readonly number[];
  readonly limit: number;
  /** Counters and merged parts keep no more; without it, any number. */
  readonly most?: number;
}

interface Finding {
  readonly values: ReadonlyMap<number, number>;
  /** After the first. */
  readonly passes: number;
  /** Most values that were kept of one interval in such a pass. */
  readonly mostKept: number;
}

/** What a pass over these spans finds. */
export function countSpans(
  spans: readonly Float64Array[],
  intervals: readonly Interval[],
  most?: number,
): readonly IntervalCounts[] {
  const parts = spans.map((span) => {
    const counter = createIntervalCounter(intervals, most);
    addToIntervals(counter, span, span.length);
    return structuredClone(finishIntervals(counter));
  });
  return mergeIntervals(parts, most);
}

/** @param pass counts intervals; by default as they are. */
export function searchInPasses(
  spans: readonly Float64Array[],
  { stride, ranks, limit, most }: Search,
  pass = (intervals: readonly Interval[]) => countSpans(spans, intervals, most),
): Finding {
  const whole = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, stride };
  const search = searchRanks(pass([whole])[0]!, stride, ranks, limit);
  let passes = 0;
  let mostKept = 0;
  let step = search.next();
  while (!step.done) {
    checkIntervals(step.value);
    passes++;
    const counts = pass(step.value);
    mostKept = Math.max(mostKept, ...counts.map(({ values }) => values.length));
    step = search.next(counts);
  }
  return { values: step.value, passes, mostKept };
}

/** They are some, in order and apart. */
function checkIntervals(intervals: readonly Interval[]): void {
  let end = Number.NEGATIVE_INFINITY;
  let wrong = intervals.length === 0 ? 1 : 0;
  for (const { low, high, stride } of intervals) {
    if (low < end || high <= low || !Number.isInteger(stride) || stride < 1) wrong++;
    end = high;
  }
  expect(wrong).toBe(0);
}
