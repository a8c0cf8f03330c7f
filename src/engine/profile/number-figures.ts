/**
 * What is told of the numbers of a column, all of it exact: from all of its values, or from sums
 * and as many further passes as its ranks take.
 */
import { assert } from '../../base/assert.js';
import { type Moments, meanOf, stdOf } from '../statistics/exact-sum.js';
import { firstIndex } from '../statistics/first-index.js';
import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import { orderKnown } from '../statistics/known-ranks.js';
import { orderParts } from '../statistics/ordered-parts.js';
import type { OrderedValues } from '../statistics/ordered-values.js';
import { type Quartiles, quartileRanksOf, quartilesOf } from '../statistics/quantile.js';
import { searchRanks } from '../statistics/rank-search.js';
import type { TailsRecord } from '../statistics/tails.js';
import type { HeldNumbers, RankGuide } from './column-state.js';
import { expand } from './grow-numbers.js';
import { joinPairs } from './join-pairs.js';

/** Tukey's fences: 1.5 and 3 times the interquartile range beyond the quartiles. */
export interface Fences {
  readonly lowerOuter: number;
  readonly lowerInner: number;
  readonly upperInner: number;
  readonly upperOuter: number;
}

export interface NumberFigures {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the sample, n − 1; null of one number. */
  readonly sd: number | null;
  /** Type 7. */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly fences: Fences;
  /** How many numbers lie strictly beyond each fence. */
  readonly beyond: Fences;
  /** The outermost different numbers of each end, the outermost first. */
  readonly lowest: readonly NumberCount[];
  readonly highest: readonly NumberCount[];
}

export interface NumberCount {
  readonly value: number;
  readonly count: number;
}

/** So many numbers of each end are told. */
const END_LENGTH = 3;
/** A counter is to keep no value of such an interval but the first. */
const KEEP_NONE = Number.MAX_SAFE_INTEGER;

/**
 * Of numbers that are all at hand.
 * @param moments of all of them.
 */
export function figuresOfHeld(held: readonly HeldNumbers[], moments: Moments): NumberFigures {
  const size = held.reduce((sum, { values }) => sum + values.length, 0);
  const isCounted = held.every(({ counts }) => counts !== null);
  if (isCounted && moments.count > MOST_TIMES * size) return figuresOfPairs(held, moments);
  return figuresOfPlain(
    held.map(({ values, counts }) => expand(values, counts)),
    moments,
  );
}

/** To sort a number takes longer than to look at as many among which a few ranks are sought. */
const MOST_TIMES = 16;

function figuresOfPairs(held: readonly HeldNumbers[], moments: Moments): NumberFigures {
  const { values, counts } = joinPairs(held);
  const starts = new Float64Array(values.length + 1);
  counts.forEach((count, k) => {
    starts[k + 1] = starts[k]! + count;
  });
  const quartiles = quartilesOf(orderCounted(values, starts));
  const fences = fencesOf(quartiles);
  const below = (limit: number): number =>
    starts[firstIndex(0, values.length, (k) => values[k]! >= limit)]!;
  const above = (limit: number): number =>
    moments.count - starts[firstIndex(0, values.length, (k) => values[k]! > limit)]!;
  const beyond = {
    lowerOuter: below(fences.lowerOuter),
    lowerInner: below(fences.lowerInner),
    upperInner: above(fences.upperInner),
    upperOuter: above(fences.upperOuter),
  };
  const lowest = { values, counts };
  const highest = {
    values: values.slice(-END_LENGTH).reverse(),
    counts: counts.slice(-END_LENGTH).reverse(),
  };
  return { ...commonFigures(moments, quartiles, { lowest, highest }), fences, beyond };
}

function figuresOfPlain(parts: readonly Float64Array[], moments: Moments): NumberFigures {
  const ordered = orderParts(parts, quartileRanksOf(moments.count));
  const quartiles = quartilesOf(ordered);
  const fences = fencesOf(quartiles);
  ordered.fetchAround(Object.values(fences));
  const beyond = {
    lowerOuter: ordered.countBelow(fences.lowerOuter),
    lowerInner: ordered.countBelow(fences.lowerInner),
    upperInner: ordered.countAbove(fences.upperInner),
    upperOuter: ordered.countAbove(fences.upperOuter),
  };
  return { ...commonFigures(moments, quartiles, endsOf(ordered)), fences, beyond };
}

/** The outermost different values. */
function endsOf(ordered: OrderedValues): TailsRecord {
  const lowest: NumberCount[] = [];
  const highest: NumberCount[] = [];
  for (let at = 0; at < ordered.length && lowest.length < END_LENGTH; ) {
    const end = ordered.runEnd(at);
    lowest.push({ value: ordered.at(at), count: end - at });
    at = end;
  }
  for (let end = ordered.length; end > 0 && highest.length < END_LENGTH; ) {
    const start = ordered.runStart(end - 1);
    highest.push({ value: ordered.at(start), count: end - start });
    end = start;
  }
  return { lowest: endOf(lowest), highest: endOf(highest) };
}

function endOf(values: readonly NumberCount[]): End {
  return {
    values: Float64Array.from(values, ({ value }) => value),
    counts: Float64Array.from(values, ({ count }) => count),
  };
}

type End = TailsRecord['lowest'];

/** Ascending values, each as often as from its start to the next one's. */
function orderCounted(sorted: Float64Array, starts: Float64Array): OrderedValues {
  const entryOf = (index: number): number =>
    firstIndex(0, sorted.length, (k) => starts[k + 1]! > index);
  return {
    length: starts.at(-1)!,
    at: (index) => sorted[entryOf(index)]!,
    runStart: (index) => starts[entryOf(index)]!,
    runEnd: (index) => starts[entryOf(index) + 1]!,
  };
}

function commonFigures(moments: Moments, { q1, median, q3 }: Quartiles, ends: TailsRecord) {
  const cut = ({ values, counts }: End): readonly NumberCount[] =>
    Array.from(values.subarray(0, END_LENGTH), (value, i) => ({ value, count: counts[i]! }));
  return {
    count: moments.count,
    min: ends.lowest.values[0]!,
    max: ends.highest.values[0]!,
    mean: meanOf(moments)!,
    sd: stdOf(moments),
    ...{ q1, median, q3 },
    ...{ lowest: cut(ends.lowest), highest: cut(ends.highest) },
  };
}

function fencesOf({ q1, q3, iqr }: Quartiles): Fences {
  return {
    lowerOuter: q1 - 3 * iqr,
    lowerInner: q1 - 1.5 * iqr,
    upperInner: q3 + 1.5 * iqr,
    upperOuter: q3 + 3 * iqr,
  };
}

/**
 * The same of numbers that are not at hand. Yields intervals to be counted in the next
 * pass, and is told their counts in the same order.
 *
 * @param sampleLimit about how many values a pass may keep.
 */
export function* settleNumbers(
  moments: Moments,
  { tails, sample }: RankGuide,
  sampleLimit: number,
): Generator<readonly Interval[], NumberFigures, readonly IntervalCounts[]> {
  const n = moments.count;
  const whole = { below: 0, atLow: 0, inside: n, atHigh: 0, values: sample };
  const stride = Math.max(1, Math.round(n / Math.max(1, sample.length)));
  const found = yield* searchRanks(whole, stride, quartileRanksOf(n), sampleLimit);
  const quartiles = quartilesOf(orderKnown(n, found, tails));
  const fences = fencesOf(quartiles);
  const beyond = yield* countBeyond(fences, tails);
  return { ...commonFigures(moments, quartiles, tails), fences, beyond };
}

/** By the tails, or where they do not reach that far, by a pass. */
function* countBeyond(
  fences: Fences,
  { lowest, highest }: TailsRecord,
): Generator<readonly Interval[], Fences, readonly IntervalCounts[]> {
  const names = ['lowerOuter', 'lowerInner', 'upperInner', 'upperOuter'] as const;
  const known = new Map<keyof Fences, number>();
  const open = names.filter((name) => {
    const isLower = name.startsWith('lower');
    const count = countInEnd(isLower ? lowest : highest, fences[name], isLower);
    if (count !== null) known.set(name, count);
    return count === null;
  });
  if (open.length > 0) {
    const counts = yield open.map((name): Interval => {
      const fence = fences[name];
      const stride = KEEP_NONE;
      if (name.startsWith('lower')) return { low: Number.NEGATIVE_INFINITY, high: fence, stride };
      return { low: fence, high: Number.POSITIVE_INFINITY, stride };
    });
    open.forEach((name, i) => {
      known.set(name, counts[i]!.inside);
    });
  }
  const [lowerOuter, lowerInner, upperInner, upperOuter] = names.map((name) => known.get(name)!);
  assert(upperOuter !== undefined, 'all fences were counted');
  return {
    lowerOuter: lowerOuter!,
    lowerInner: lowerInner!,
    upperInner: upperInner!,
    upperOuter,
  };
}

/** How many values of an end lie beyond a fence; null where the end does not tell. */
function countInEnd({ values, counts }: End, fence: number, isLower: boolean): number | null {
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    if (isLower ? values[k]! >= fence : values[k]! <= fence) return count;
    count += counts[k]!;
  }
  return null;
}
