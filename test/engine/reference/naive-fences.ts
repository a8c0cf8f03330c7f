/**
 * Which values of a column are outliers, from the definitions and over plain arrays: guards, fences
 * of every method, groups apart.
 */

import type { OutlierMethod } from '../../../src/engine/rules.js';
import { exactMean, exactVariance } from '../statistics/sum-oracle.js';
import { isMissingText, nearest, numberIn, quantile } from './random-expression.js';

/** Values strictly beyond `low` or `high` are outliers; clip moves them to the other two. */
export interface NaiveFence {
  readonly low: number;
  readonly high: number;
  readonly clipLow: number;
  readonly clipHigh: number;
}

/** The fence of each group that has one. */
export function fencesOf(
  cells: readonly { readonly text: string; readonly group: string }[],
  method: OutlierMethod,
): ReadonlyMap<string, NaiveFence> {
  const fences = new Map<string, NaiveFence>();
  const present = cells.filter(({ text }) => !isMissingText(text));
  const numeric = present.filter(({ text }) => numberIn(text) !== null);
  if (numeric.length === 0 || numeric.length * 100 < present.length * 95) return fences;
  for (const group of new Set(cells.map((cell) => cell.group))) {
    const own = numeric.filter((cell) => cell.group === group);
    const fence = fenceOf(
      own.map(({ text }) => numberIn(text)! + 0),
      method,
    );
    if (fence !== null) fences.set(group, fence);
  }
  return fences;
}

function fenceOf(values: readonly number[], method: OutlierMethod): NaiveFence | null {
  if (values.length < 30 || new Set(values).size < 10) return null;
  const q1 = quantile(values, 0.25);
  const q3 = quantile(values, 0.75);
  const iqr = q3 - q1;
  if (iqr <= 0) return null;
  if (method.kind === 'gap') return gapFence(values, q1 - 3 * iqr, q3 + 3 * iqr);
  const [low, high] = boundsOf(values, q1, q3, method);
  return low === high && method.kind === 'mad' ? null : { low, high, clipLow: low, clipHigh: high };
}

function boundsOf(
  values: readonly number[],
  q1: number,
  q3: number,
  method: OutlierMethod,
): [number, number] {
  if (method.kind === 'iqr') {
    return [q1 - method.k * (q3 - q1), q3 + method.k * (q3 - q1)];
  }
  if (method.kind === 'percentile') {
    return [quantile(values, method.low / 100), quantile(values, method.high / 100)];
  }
  if (method.kind === 'zscore') {
    const mean = nearest(exactMean(values));
    const reach = method.cutoff * Math.sqrt(nearest(exactVariance(values)));
    return [mean - reach, mean + reach];
  }
  if (method.kind !== 'mad') throw new Error(`no bounds for ${method.kind}`);
  const median = quantile(values, 0.5);
  const mad = quantile(
    values.map((value) => Math.abs(value - median)),
    0.5,
  );
  const reach = (method.cutoff * mad) / 0.6745;
  return [median - reach, median + reach];
}

/** Few, far out, and more so than the tail explains; a clump on a side without a gap stops both. */
function gapFence(values: readonly number[], low: number, high: number): NaiveFence | null {
  const upper = searchSide(values);
  const lower = searchSide(values.map((value) => -value));
  if (upper === null && lower === null) return null;
  if (upper === 'clump' || lower === 'clump') return null;
  return {
    low: lower === null ? Number.NEGATIVE_INFINITY : -lower,
    high: upper ?? Number.POSITIVE_INFINITY,
    clipLow: low,
    clipHigh: high,
  };
}

/** The largest value that stays; null: all do; or a clump. Index 1 is the most extreme. */
function searchSide(values: readonly number[]): number | 'clump' | null {
  const n = values.length;
  const x = [Number.NaN, ...[...values].sort((a, b) => b - a)];
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => quantile(values, p)) as [
    number,
    number,
    number,
  ];
  const iqr = q3 - q1;
  const z = x.map((value) => Math.asinh((value - median) / iqr));
  const d = (i: number): number => z[i]! - z[i + 1]!;
  const K = Math.min(1000, Math.max(3, Math.floor(n / 200)));
  const m = Math.min(50, Math.max(5, Math.floor(n / 10)));
  const isFarOut = (i: number): boolean => x[i]! > q3 + 3 * iqr && d(i) > 1;
  let gap = 0;
  for (let i = 1; i <= K; i++) {
    let spacing = 0;
    for (let j = i + 1; j <= i + m; j++) spacing += j * d(j);
    const h = spacing / m;
    const p = h === 0 ? 0 : (1 + (i * d(i)) / (m * h)) ** -m;
    if (isFarOut(i) && p < 0.05) gap = i;
  }
  if (gap > 0) return x[gap + 1]!;
  for (let i = K + 1; i < n; i++) if (isFarOut(i)) return 'clump';
  return null;
}
