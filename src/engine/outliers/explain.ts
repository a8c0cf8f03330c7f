/**
 * Says in words why a value was taken out, and what a column's verdict means: `wage 200 is beyond
 * 31.25 and 8.1 times as far from the median as the next value (p = 0.001)`. Pure text from plain
 * data; decides nothing.
 */
import { assert, unreachable } from '../../base/assert.js';
import { formatCount } from '../../base/format-count.js';
import type { OutlierMethod } from '../rules.js';
import type { Clump } from './gap-rule.js';
import type { Fence, Side } from './verdict.js';

/**
 * The sentence that explains one outlier.
 *
 * @param valueText the cell as it stands in the file.
 * @param value the same as a number; lies beyond `fence`, else a fault.
 * @param fence of the value's column and group, found by `method`.
 */
export function explainOutlier(
  column: string,
  valueText: string,
  value: number,
  fence: Fence,
  method: OutlierMethod,
): string {
  const isAbove = value > fence.keepMax;
  assert(isAbove || value < fence.keepMin, 'an explained value lies beyond its fence');
  const subject = `${column} ${valueText}`;
  if (method.kind === 'gap') {
    const side = isAbove ? fence.upper : fence.lower;
    assert(side !== null, 'a gap lies on the side where values go');
    return `${subject} is beyond ${shortNumber(side.outerFence)} and ${explainGap(value, side)}`;
  }
  const bound = shortNumber(isAbove ? fence.keepMax : fence.keepMin);
  return `${subject} is ${isAbove ? 'above' : 'below'} ${bound} (${explainBound(method, isAbove)})`;
}

function explainGap(value: number, side: Side): string {
  const p = side.p < 0.001 ? 'p < 0.001' : `p = ${side.p.toFixed(3)}`;
  const nextDistance = Math.abs(side.nextKept - side.median);
  // Where half of the column is one number, the next value may be the median itself.
  if (nextDistance === 0) return `the next value is the median itself (${p})`;
  const times = Math.abs(value - side.median) / nextDistance;
  return `${shortTimes(times)} times as far from the median as the next value (${p})`;
}

/** Where a plain bound comes from: `Q3 + 3 × IQR`. */
function explainBound(method: OutlierMethod, isAbove: boolean): string {
  const sign = isAbove ? '+' : '−';
  switch (method.kind) {
    case 'iqr':
      return `${isAbove ? 'Q3' : 'Q1'} ${sign} ${shortNumber(method.k)} × IQR`;
    case 'mad':
      return `median ${sign} ${shortNumber(method.cutoff)} × MAD / 0.6745`;
    case 'zscore':
      return `mean ${sign} ${shortNumber(method.cutoff)} × standard deviation`;
    case 'percentile':
      return `percentile ${shortNumber(isAbove ? method.high : method.low)}`;
    case 'gap':
    case 'off':
      throw new Error(`assertion failed: ${method.kind} has no bounds`);
    default:
      return unreachable(method);
  }
}

/**
 * `1,204 cells are -999`, or, when others stand apart with them, `1,250 values stand apart, 1,204
 * of them -999`.
 */
export function explainClump(clump: Clump): string {
  const { count, value, valueCount } = clump;
  if (valueCount === count) return `${formatCount(count)} cells are ${value}`;
  if (valueCount === 1) return `${formatCount(count)} values stand apart, the farthest ${value}`;
  return `${formatCount(count)} values stand apart, ${formatCount(valueCount)} of them ${value}`;
}

/**
 * What to write to empty the cells of a clump, or to set its rows aside; the bound is exact, so
 * that the next value stays.
 */
export function clumpRemedy(column: string, clump: Clump): string {
  const { side, nextKept, value, valueCount } = clump;
  const aside = `${side === 'lower' ? '--min' : '--max'} ${column}=${nextKept} sets their rows aside`;
  const ways = valueCount > 1 ? `--nulls ${column}=${value} empties them, ${aside}` : aside;
  return `if these are no measurements, ${ways}`;
}

/**
 * A number for people: four significant digits, but every digit before the point, and no exponent
 * between 1e-6 and 1e21: 31.25, 0.001235, 190164.
 */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)) + 0);
}

/** How many times: `8.1`, from ten on without a fraction. */
function shortTimes(times: number): string {
  return times < 10 ? String(Number(times.toFixed(1))) : String(Math.round(times));
}
