/**
 * The result of judging a column, as plain data: fences to apply, or the reason for leaving it
 * alone. Types and the one comparison that every caller must share; knows no rule.
 */

/** Why nothing goes from a column, in the order in which they are listed for people. */
export const SKIP_REASONS = [
  'iqr_zero',
  'id_like',
  'no_gap',
  'clump',
  'few_values',
  'few_distinct',
  'not_numeric',
  'not_finite',
  'file_cap',
] as const;

/** `file_cap` is given by the caller, which counts rows over all columns. */
export type SkipReason = (typeof SKIP_REASONS)[number];

/** One side of a gap-rule fence: what the sentence for a value taken out there needs. */
export interface Side {
  /** The outer Tukey fence: Q1 − 3·IQR or Q3 + 3·IQR. */
  readonly outerFence: number;
  readonly median: number;
  readonly iqr: number;
  /** The most extreme value that stays. */
  readonly nextKept: number;
  /** The chance of such a gap arising from the tail itself, 0 – 1. */
  readonly p: number;
  /** How many values lie beyond. */
  readonly count: number;
}

/** Values strictly below `keepMin` or strictly above `keepMax` are outliers. */
export interface Fence {
  /** -Infinity when nothing goes on the lower side. */
  readonly keepMin: number;
  /** Infinity when nothing goes on the upper side. */
  readonly keepMax: number;
  /** Where clip moves a value below `keepMin` to; always finite. */
  readonly clipMin: number;
  /** Where clip moves a value above `keepMax` to; always finite. */
  readonly clipMax: number;
  /** The gap on that side; null when there is none, and always for the other methods. */
  readonly lower: Side | null;
  readonly upper: Side | null;
}

/** Figures of the whole column, groups together; the quartiles are null when it has no number. */
export interface ColumnFigures {
  /** How many values are numeric. */
  readonly n: number;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
}

/** What to do with one column. */
export interface Verdict {
  readonly column: string;
  /** One per group; null where nothing goes. All null when `reason` is given. */
  readonly fences: readonly (Fence | null)[];
  /** Null when at least one group has a fence, even if nothing lies beyond it. */
  readonly reason: SkipReason | null;
  /** For people: `1,204 cells are -999`. */
  readonly detail: string;
  /** A flag that would settle it, in words; null when there is none. */
  readonly remedy: string | null;
  /** Values beyond the fences; 0 when `reason` is given. */
  readonly outlierCount: number;
  readonly figures: ColumnFigures;
}

/** Whether `value` lies beyond `fence`: strictly. */
export function isBeyond(value: number, fence: Fence): boolean {
  return value < fence.keepMin || value > fence.keepMax;
}
