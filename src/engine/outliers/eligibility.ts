/**
 * The guards that come before any outlier rule: is there enough of a numeric column to judge at
 * all? In order: `not_numeric` (of the column), then of each group `few_values`, `few_distinct`,
 * `iqr_zero`, `not_finite`. Knows counts and quartiles; not what the rule does with them.
 */
import { formatCount } from '../../base/format-count.js';
import type { OrderedValues } from '../statistics/ordered-values.js';
import type { Quartiles } from '../statistics/quantile.js';
import type { SkipReason } from './verdict.js';

/** Least number of numeric values in a column or group. */
export const MIN_VALUES = 30;
/** Least number of different values in a column or group. */
export const MIN_DISTINCT = 10;
/** Least percentage of the non-missing cells that must be numeric. */
export const MIN_NUMERIC_PERCENT = 95;

/** Why a column or group is left alone, in code and in words. */
export interface Skip {
  readonly reason: SkipReason;
  readonly detail: string;
}

/** The cells of a column that are not missing. */
export interface CellCounts {
  /** Numbers. */
  readonly valueCount: number;
  readonly textCount: number;
  /** The column began with so many texts that nothing further was looked at. */
  readonly isText: boolean;
}

/** `not_numeric` when too few of the non-missing cells are numbers, or none is; else null. */
export function guardColumn(counts: CellCounts): Skip | null {
  const { valueCount, textCount } = counts;
  const cellCount = valueCount + textCount;
  // Whole numbers on both sides: 95 % exactly is enough, whatever the rounding of 0.95.
  if (valueCount > 0 && valueCount * 100 >= cellCount * MIN_NUMERIC_PERCENT) return null;
  return { reason: 'not_numeric', detail: textDetail(counts, cellCount) };
}

function textDetail({ textCount, isText }: CellCounts, cellCount: number): string {
  if (cellCount === 0) return 'no cell has a value';
  const count = formatCount(textCount);
  if (isText) return `the first ${count} cells with a value are no numbers`;
  return `${count} of ${formatCount(cellCount)} cells are no numbers`;
}

/**
 * The first guard that the values of a group fail, or null.
 *
 * @param ordered the group's values; may be empty.
 * @param quartiles of `ordered`; null only when it is empty.
 */
export function guardGroup(ordered: OrderedValues, quartiles: Quartiles | null): Skip | null {
  return guardCounts(ordered) ?? (quartiles === null ? null : guardQuartiles(quartiles));
}

/** The guards that need no quartiles: `few_values` and `few_distinct`. */
export function guardCounts(ordered: OrderedValues): Skip | null {
  const n = ordered.length;
  if (n < MIN_VALUES) {
    return { reason: 'few_values', detail: `${n} of the ${MIN_VALUES} numbers needed` };
  }
  const distinct = countDistinct(ordered, MIN_DISTINCT);
  if (distinct >= MIN_DISTINCT) return null;
  return {
    reason: 'few_distinct',
    detail: `${distinct} of the ${MIN_DISTINCT} different numbers needed`,
  };
}

function guardQuartiles({ q1, median, q3, iqr }: Quartiles): Skip | null {
  if (iqr <= 0) {
    return { reason: 'iqr_zero', detail: `the middle half of the values are all ${median}` };
  }
  if (![q1, median, q3, iqr].every(Number.isFinite)) {
    return { reason: 'not_finite', detail: 'the quartiles overflow a double' };
  }
  return null;
}

/** How many different values there are, counted up to `limit`. */
function countDistinct(ordered: OrderedValues, limit: number): number {
  let distinct = 0;
  for (let i = 0; i < ordered.length && distinct < limit; i = ordered.runEnd(i)) distinct += 1;
  return distinct;
}
