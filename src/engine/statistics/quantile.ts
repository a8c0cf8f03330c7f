/**
 * Quantiles of a whole column, exact. They stand apart from the outlier rules because aggregates
 * use them too. Knows sorted numbers only: no columns, no missing cells.
 */
import { assert } from '../../base/assert.js';

/** Type-7 quartiles; not finite where a difference overflows. */
export interface Quartiles {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** q3 − q1. */
  readonly iqr: number;
}

/** An ascending copy of `values`, in which -0 stands as 0. The input is not changed. */
export function sortValues(values: Float64Array): Float64Array {
  // Adding 0 turns -0 into 0 and changes nothing else.
  return values.map((value) => value + 0).sort();
}

/**
 * The quantile of type 7 (Hyndman & Fan 1996; NumPy's default): with h = (n − 1)·p, a and b the
 * values at ⌊h⌋ and ⌊h⌋ + 1 and g the fraction of h, it is a + (b − a)·g, in this order of
 * operations.
 *
 * @param sorted ascending, at least one value; empty is a fault.
 * @param p a share, 0 – 1.
 * @returns not finite when b − a overflows.
 */
export function quantileType7(sorted: Float64Array, p: number): number {
  assert(sorted.length > 0, 'a quantile needs at least one value');
  assert(p >= 0 && p <= 1, 'a quantile share lies in 0 – 1');
  const h = (sorted.length - 1) * p;
  const index = Math.floor(h);
  const a = sorted[index]!;
  const b = sorted[Math.min(index + 1, sorted.length - 1)]!;
  return a + (b - a) * (h - index);
}

/** The type-7 quartiles of `sorted` (ascending, at least one value). */
export function quartilesOf(sorted: Float64Array): Quartiles {
  const q1 = quantileType7(sorted, 0.25);
  const median = quantileType7(sorted, 0.5);
  const q3 = quantileType7(sorted, 0.75);
  return { q1, median, q3, iqr: q3 - q1 };
}
