/** How much a pass over one large input may hold of it, whatever its size. */
import { maxOutliersOf, spacingCountOf } from '../outliers/gap-rule.js';

/** The most different values of a side that the gap rule looks at, of a column of any length. */
export const TAIL_LIMIT =
  maxOutliersOf(Number.MAX_SAFE_INTEGER) + spacingCountOf(Number.MAX_SAFE_INTEGER) + 2;

/** About how many values a pass keeps to find quartiles by. Tests set it: no result shows it. */
export interface SampleLimits {
  readonly perColumn: number;
  readonly inAll: number;
}

export const SAMPLE_LIMITS: SampleLimits = { perColumn: 1 << 19, inAll: 1 << 22 };

/** How many values may be kept of each of `columnCount` columns. */
export function samplePerColumn({ perColumn, inAll }: SampleLimits, columnCount: number): number {
  return Math.max(1, Math.min(perColumn, Math.floor(inAll / Math.max(1, columnCount))));
}
