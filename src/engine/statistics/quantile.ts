/**
 * Quantiles of a whole column, exact. They stand apart from the outlier rules because aggregates
 * use them too. Knows ordered numbers only: no columns, no missing cells.
 */
import { assert } from '../../base/assert.js';
import type { OrderedValues } from './ordered-values.js';

/** Type-7 quartiles; not finite where a difference overflows. */
export interface Quartiles {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** q3 − q1. */
  readonly iqr: number;
}

/**
 * The quantile of type 7 (Hyndman & Fan 1996; NumPy's default): with h = (n − 1)·p, a and b the
 * values at ⌊h⌋ and ⌊h⌋ + 1 and g the fraction of h, it is a + (b − a)·g, in this order of
 * operations.
 *
 * @param ordered at least one value; empty is a fault.
 * @param p a share, 0 – 1.
 * @returns not finite when b − a overflows.
 */
export function quantileType7(ordered: OrderedValues, p: number): number {
  assert(ordered.length > 0, 'a quantile needs at least one value');
  assert(p >= 0 && p <= 1, 'a quantile share lies in 0 – 1');
  const h = (ordered.length - 1) * p;
  const index = Math.floor(h);
  const a = ordered.at(index);
  const b = ordered.at(Math.min(index + 1, ordered.length - 1));
  return a + (b - a) * (h - index);
}

/** The type-7 quartiles of at least one value. */
export function quartilesOf(ordered: OrderedValues): Quartiles {
  const q1 = quantileType7(ordered, 0.25);
  const median = quantileType7(ordered, 0.5);
  const q3 = quantileType7(ordered, 0.75);
  return { q1, median, q3, iqr: q3 - q1 };
}

/** The ranks, from 0, that the quartiles of `n` values lie on or between. */
export function quartileRanksOf(n: number): readonly number[] {
  return [0.25, 0.5, 0.75].flatMap((p) => ranksAround(n, p));
}

/** The ranks, from 0, that the quantile of type 7 of `n` values lies on or between. */
export function ranksAround(n: number, p: number): readonly number[] {
  if (n === 0) return [];
  const rank = Math.floor((n - 1) * p);
  return [rank, Math.min(rank + 1, n - 1)];
}
