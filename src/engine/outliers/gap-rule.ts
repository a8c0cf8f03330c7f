/**
 * The gap rule: the values of a side that are far out, few, and more so than the column's own tail
 * explains. It stands apart from the other fences because it is the default, and the only one that
 * looks at the tail. Knows sorted values and their quartiles; no guards, no columns, no words for
 * people.
 */
import type { OrderedValues } from '../statistics/ordered-values.js';
import type { Quartiles } from '../statistics/quantile.js';

/**
 * Least width of a gap, in units of asinh(u): values beyond are at least e times as far from the
 * median.
 */
const GAP_WIDTH = 1;
/** A gap at least this likely to arise from the tail itself is none. */
const GAP_LEVEL = 0.05;
/** The outer Tukey fences lie so many IQRs beyond the quartiles. */
const OUTER_FENCE_FACTOR = 3;

type SideName = 'lower' | 'upper';

/** The values of ranks 1 … `count` of a side are outliers. */
export interface Gap {
  readonly side: SideName;
  readonly count: number;
  /** The value of rank `count` + 1: the most extreme that stays. */
  readonly nextKept: number;
  readonly p: number;
}

/** Too many values to be outliers stand apart together: a repeated sentinel, a second unit. */
export interface Clump {
  readonly side: SideName;
  /** How many values stand apart. */
  readonly count: number;
  /** The most frequent of them (of several, the most extreme), and how often it stands there. */
  readonly value: number;
  readonly valueCount: number;
  /** The most extreme value that is not part of it. */
  readonly nextKept: number;
}

/**
 * What one side shows; `isFinite` is false when a quantity of the rule was not, and nothing must
 * go.
 */
interface SideFinding {
  readonly isFinite: boolean;
  readonly gap: Gap | null;
  /** A clump among what the gap, if any, would leave. */
  readonly clump: Clump | null;
}

/** Most values that may go from a side of a column of `n` values: K. */
export function maxOutliersOf(n: number): number {
  return Math.min(1000, Math.max(3, Math.floor(n / 200)));
}

/** How many spacings below a gap say what the tail is like: m. */
export function spacingCountOf(n: number): number {
  return Math.min(50, Math.max(5, Math.floor(n / 10)));
}

/** The outer Tukey fence of a side. */
export function outerFenceOf(quartiles: Quartiles, side: SideName): number {
  return side === 'upper'
    ? quartiles.q3 + OUTER_FENCE_FACTOR * quartiles.iqr
    : quartiles.q1 - OUTER_FENCE_FACTOR * quartiles.iqr;
}

/**
 * Looks for a gap on one side, and for a clump in its absence or behind it.
 *
 * Ranks count from 1, the most extreme value of the side. With n ≥ 30, ranks up to K + m + 1 always
 * exist and lie on the median's far side or on it, so that no spacing is ever wanting.
 *
 * @param ordered n ≥ 30 finite values.
 * @param quartiles of `ordered`, all finite, iqr > 0.
 */
export function searchSide(
  ordered: OrderedValues,
  quartiles: Quartiles,
  side: SideName,
): SideFinding {
  const notFinite: SideFinding = { isFinite: false, gap: null, clump: null };
  const outerFence = outerFenceOf(quartiles, side);
  const tail: Tail = { ordered, quartiles, side, outerFence, zs: new Map() };
  // z falls with the rank, so the most extreme is the only one that can overflow.
  if (!Number.isFinite(zAt(tail, 1)) || !Number.isFinite(outerFence)) return notFinite;
  let gap: Gap | null = null;
  for (let rank = countFarOut(tail, maxOutliersOf(ordered.length)); rank >= 1; rank -= 1) {
    if (!standsApart(tail, rank)) continue;
    const p = chanceOfGap(tail, rank);
    if (!Number.isFinite(p)) return notFinite;
    if (p >= GAP_LEVEL) continue;
    gap = { side, count: rank, nextKept: valueAt(tail, rank + 1), p };
    break;
  }
  return { isFinite: true, gap, clump: findClump(tail) };
}

/** One side of a column. */
interface Tail {
  readonly ordered: OrderedValues;
  readonly quartiles: Quartiles;
  readonly side: SideName;
  readonly outerFence: number;
  /** z by rank, where it was asked for. */
  readonly zs: Map<number, number>;
}

/** x of a rank: the most extreme value of the side has rank 1. */
function valueAt({ ordered, side }: Tail, rank: number): number {
  return ordered.at(side === 'upper' ? ordered.length - rank : rank - 1);
}

/** The last rank that holds the same value as `rank`. */
function lastRankOfRun({ ordered, side }: Tail, rank: number): number {
  return side === 'upper'
    ? ordered.length - ordered.runStart(ordered.length - rank)
    : ordered.runEnd(rank - 1);
}

/** z of a rank: asinh of the distance from the median in IQRs, positive outwards. */
function zAt(tail: Tail, rank: number): number {
  const known = tail.zs.get(rank);
  if (known !== undefined) return known;
  const { median, iqr } = tail.quartiles;
  const x = valueAt(tail, rank);
  const z = Math.asinh((tail.side === 'upper' ? x - median : median - x) / iqr);
  tail.zs.set(rank, z);
  return z;
}

/** d of a rank: how far its z lies beyond the next one's. */
function spacingAt(tail: Tail, rank: number): number {
  return zAt(tail, rank) - zAt(tail, rank + 1);
}

/**
 * Conditions 1 and 2: strictly beyond the outer fence, and more than `GAP_WIDTH` beyond the next
 * value.
 */
function standsApart(tail: Tail, rank: number): boolean {
  return isBeyondOuterFence(tail, rank) && spacingAt(tail, rank) > GAP_WIDTH;
}

function isBeyondOuterFence(tail: Tail, rank: number): boolean {
  const x = valueAt(tail, rank);
  return tail.side === 'upper' ? x > tail.outerFence : x < tail.outerFence;
}

/** How many of the `limit` most extreme values lie beyond the outer fence: ranks fall inwards. */
function countFarOut(tail: Tail, limit: number): number {
  let known = 0;
  let within = limit + 1;
  while (within - known > 1) {
    const rank = (known + within) >>> 1;
    if (isBeyondOuterFence(tail, rank)) known = rank;
    else within = rank;
  }
  return known;
}

/** Ranks of ordered values, from 0, that the rule looks at or near to, on both sides. */
export function tailRanksOf(n: number): readonly number[] {
  const last = Math.min(n - 1, maxOutliersOf(n) + spacingCountOf(n) + 1);
  return n === 0 ? [] : [0, last, n - 1 - last, n - 1];
}

/**
 * Condition 3: p = (1 + i·d/(m·H))^(−m), the chance that the tail itself leaves so wide a gap at
 * rank i. H is the mean of j·d over the ranks j = i + 1 … i + m, summed in this order. Normalised
 * spacings are exponential with one mean when the tail is (Rényi 1953), and then i·d/H follows an F
 * distribution of 2 and 2m degrees of freedom, whose upper tail this is. NaN when the quotient
 * overflows.
 */
function chanceOfGap(tail: Tail, rank: number): number {
  const m = spacingCountOf(tail.ordered.length);
  let sum = 0;
  for (let j = rank + 1; j <= rank + m; j += 1) sum += j * spacingAt(tail, j);
  const mean = sum / m;
  if (mean === 0) return 0;
  const quotient = (rank * spacingAt(tail, rank)) / (m * mean);
  return Number.isFinite(quotient) ? (1 + quotient) ** -m : Number.NaN;
}

/**
 * The innermost place past rank K where values stand apart by conditions 1 and 2, looked for among
 * the K + m + 2 most extreme different values of the side: what a bounded, mergeable record of the
 * tail holds.
 */
function findClump(tail: Tail): Clump | null {
  const n = tail.ordered.length;
  const maxOutliers = maxOutliersOf(n);
  const distinctLimit = maxOutliers + spacingCountOf(n) + 2;
  let clump: Clump | null = null;
  let value = valueAt(tail, 1);
  let valueCount = 0;
  let firstRank = 1;
  for (let distinct = 1; distinct < distinctLimit; distinct += 1) {
    if (!isBeyondOuterFence(tail, firstRank)) break;
    // Beyond the outer fence lies less than half of the column, so a next value exists.
    const lastRank = lastRankOfRun(tail, firstRank);
    const count = lastRank - firstRank + 1;
    if (count > valueCount) {
      value = valueAt(tail, firstRank);
      valueCount = count;
    }
    if (lastRank > maxOutliers && standsApart(tail, lastRank)) {
      const nextKept = valueAt(tail, lastRank + 1);
      clump = { side: tail.side, count: lastRank, value, valueCount, nextKept };
    }
    firstRank = lastRank + 1;
  }
  return clump;
}
