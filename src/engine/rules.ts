/**
 * What the user asked of columns and rows, as frozen plain data: sent once to each thread, the same
 * for every input. Knows no paths, threads or flags.
 */
import type { ColumnRules, NamedRules } from './column-rules.js';

export type NameCase = 'snake' | 'camel' | 'pascal' | 'kebab' | 'const' | 'lower' | 'preserve';
/** `join`: broken records were joined before; what is still too short is rejected. */
export type RaggedPolicy = 'pad' | 'join' | 'reject' | 'error';

export type OutlierMethod =
  | { readonly kind: 'off' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'iqr'; readonly k: number }
  | { readonly kind: 'mad'; readonly cutoff: number }
  | { readonly kind: 'zscore'; readonly cutoff: number }
  /** Percentages, 0 – 100, low < high. */
  | { readonly kind: 'percentile'; readonly low: number; readonly high: number };

export type OutlierAction = 'drop' | 'clip' | 'null' | 'flag' | 'report';

export interface OutlierRules {
  readonly method: OutlierMethod;
  /** False for `auto`: a method or columns were named, which lifts `id_like` and `file_cap`. */
  readonly named: boolean;
  readonly action: OutlierAction;
  /** Only these columns; null: every eligible one. */
  readonly columns: readonly string[] | null;
  readonly exclude: readonly string[];
  readonly groupBy: readonly string[];
}

/** `--max value=500`, `--min value=0`: values strictly beyond are outliers, rule `bound`. */
export interface Bound {
  readonly column: string;
  readonly side: 'min' | 'max';
  readonly limit: number;
}

export type DedupKeep = 'first' | 'last';

/** `--dedup`: rows with equal cells in these columns are one row. */
export interface DedupRules {
  /** None: all columns. */
  readonly columns: readonly string[];
  /** Which of equal rows stays. */
  readonly keep: DedupKeep;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

export interface Rules {
  readonly hasHeader: boolean;
  readonly maxFieldBytes: number;
  readonly maxColumns: number;
  /** The most groups of `--group-by`, and of an aggregate with `by`. */
  readonly maxGroups: number;
  readonly cleanNames: boolean;
  readonly nameCase: NameCase;
  readonly rename: readonly Rename[];
  readonly select: readonly string[] | null;
  readonly drop: readonly string[];
  readonly trim: boolean;
  readonly keepBlank: boolean;
  readonly ragged: RaggedPolicy;
  readonly where: string | null;
  readonly dedup: DedupRules | null;
  /** `name = expression`, in order. */
  readonly derive: readonly string[];
  /** Of the values of all columns; what is said of a single one wins. */
  readonly values: ColumnRules;
  /** Of single columns, in the order in which they were given; each column once. */
  readonly columns: readonly NamedRules[];
  readonly outliers: OutlierRules;
  readonly bounds: readonly Bound[];
}
