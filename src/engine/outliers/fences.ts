/**
 * The fences of all methods: from the values of one column or group to the range that stays. Knows
 * ordered values and quartiles; the guards, the columns and the groups are `judge-column.ts`'s.
 */
import { unreachable } from '../../base/assert.js';
import type { OutlierMethod } from '../rules.js';
import { addValues, createMoments, type Moments, meanOf, stdOf } from '../statistics/exact-sum.js';
import { type OrderedValues, orderValues } from '../statistics/ordered-values.js';
import { type Quartiles, quantileType7 } from '../statistics/quantile.js';
import type { Skip } from './eligibility.js';
import { type Clump, type Gap, outerFenceOf, searchSide } from './gap-rule.js';
import type { Fence, Side } from './verdict.js';

/** A method that looks for outliers at all. */
export type ActiveMethod = Exclude<OutlierMethod, { readonly kind: 'off' }>;

/** A fence, or why there is none; a clump is reported in either case. */
export interface FenceFinding {
  readonly fence: Fence | null;
  /** Null when there is a fence. */
  readonly skip: Skip | null;
  readonly clump: Clump | null;
}

/** The upper quartile of the standard normal distribution, as Iglewicz & Hoaglin round it. */
const MAD_TO_SIGMA = 0.6745;

/** What only some methods ask of the values of a column or group: found when it is asked for. */
export interface Spread {
  /** With squares. */
  moments(): Moments;
  /** The median of the distances from `median`. */
  mad(median: number): number;
}

/** Of at least one value, all at hand. */
export function spreadOf(values: Float64Array): Spread {
  return {
    moments() {
      const moments = createMoments();
      addValues(moments, values, values.length);
      return moments;
    },
    mad: (median) =>
      quantileType7(orderValues(values.map((value) => Math.abs(value - median))), 0.5),
  };
}

/**
 * Applies `method` to the values of one column or group that passed the guards.
 *
 * @param spread of n ≥ 30 finite values, in any order.
 * @param ordered the same.
 * @param quartiles of `ordered`, all finite, iqr > 0.
 */
export function findFence(
  spread: Spread,
  ordered: OrderedValues,
  quartiles: Quartiles,
  method: ActiveMethod,
): FenceFinding {
  switch (method.kind) {
    case 'gap':
      return gapFence(ordered, quartiles);
    case 'iqr': {
      const reach = method.k * quartiles.iqr;
      return boundFence(quartiles.q1 - reach, quartiles.q3 + reach);
    }
    case 'mad':
      return madFence(spread.mad(quartiles.median), quartiles.median, method.cutoff);
    case 'zscore':
      return zscoreFence(spread.moments(), method.cutoff);
    case 'percentile':
      return boundFence(
        quantileType7(ordered, method.low / 100),
        quantileType7(ordered, method.high / 100),
      );
    default:
      return unreachable(method);
  }
}

/** Sides apart; a clump on a side without a gap stops both, for nothing goes from such a column. */
function gapFence(ordered: OrderedValues, quartiles: Quartiles): FenceFinding {
  const lower = searchSide(ordered, quartiles, 'lower');
  const upper = searchSide(ordered, quartiles, 'upper');
  if (!lower.isFinite || !upper.isFinite) return skipped(NOT_FINITE);
  const clump = largerClump(lower.clump, upper.clump);
  const stopping = largerClump(
    lower.gap === null ? lower.clump : null,
    upper.gap === null ? upper.clump : null,
  );
  if (stopping !== null) {
    const detail = 'more values stand apart than can be outliers';
    return { fence: null, skip: { reason: 'clump', detail }, clump: stopping };
  }
  if (lower.gap === null && upper.gap === null) {
    return skipped({ reason: 'no_gap', detail: 'no value is farther out than its tail explains' });
  }
  const fence: Fence = {
    keepMin: lower.gap?.nextKept ?? Number.NEGATIVE_INFINITY,
    keepMax: upper.gap?.nextKept ?? Number.POSITIVE_INFINITY,
    clipMin: outerFenceOf(quartiles, 'lower'),
    clipMax: outerFenceOf(quartiles, 'upper'),
    lower: lower.gap === null ? null : sideOf(lower.gap, quartiles),
    upper: upper.gap === null ? null : sideOf(upper.gap, quartiles),
  };
  return { fence, skip: null, clump };
}

function sideOf(gap: Gap, quartiles: Quartiles): Side {
  return {
    outerFence: outerFenceOf(quartiles, gap.side),
    median: quartiles.median,
    iqr: quartiles.iqr,
    nextKept: gap.nextKept,
    p: gap.p,
    count: gap.count,
  };
}

/** The one with more values; of two alike, the first. */
export function largerClump(a: Clump | null, b: Clump | null): Clump | null {
  if (a === null || b === null) return a ?? b;
  return b.count > a.count ? b : a;
}

/**
 * Values whose modified z-score 0.6745·|x − median|/MAD exceeds `cutoff` (Iglewicz & Hoaglin 1993),
 * written as the two bounds where it is equal. A MAD of 0 is reported as `iqr_zero`: there is no
 * spread to measure by.
 */
function madFence(mad: number, median: number, cutoff: number): FenceFinding {
  if (mad === 0) {
    return skipped({ reason: 'iqr_zero', detail: `half of the values are all ${median}` });
  }
  const reach = (cutoff * mad) / MAD_TO_SIGMA;
  return boundFence(median - reach, median + reach);
}

/**
 * Values more than `cutoff` standard deviations (n − 1) from the mean; both exact, whatever the
 * order.
 */
function zscoreFence(moments: Moments, cutoff: number): FenceFinding {
  const mean = meanOf(moments);
  const std = stdOf(moments);
  if (mean === null || std === null) return skipped(NOT_FINITE);
  const reach = cutoff * std;
  return boundFence(mean - reach, mean + reach);
}

const NOT_FINITE: Skip = { reason: 'not_finite', detail: 'a quantity overflows a double' };

function skipped(skip: Skip): FenceFinding {
  return { fence: null, skip, clump: null };
}

/** Plain bounds: values strictly beyond go, clip moves them to the bound. */
function boundFence(min: number, max: number): FenceFinding {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return skipped(NOT_FINITE);
  const fence = {
    keepMin: min,
    keepMax: max,
    clipMin: min,
    clipMax: max,
    lower: null,
    upper: null,
  };
  return { fence, skip: null, clump: null };
}
