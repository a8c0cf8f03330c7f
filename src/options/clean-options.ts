/** The options as the library takes them: values, or the texts that the flags take. */
import type { ColumnRules } from '../engine/column-rules.js';
import type { Options } from './options.js';

type TextOr<T> = T extends boolean
  ? T
  : T | string | (T extends readonly unknown[] ? readonly string[] : never);

/** The rules of one column, as a recipe has them. */
export type ColumnRulesGiven = Omit<ColumnRules, 'dates' | 'fill' | 'replace'> & {
  /** `auto`, `off`, or a format such as `DD.MM.YYYY`. */
  readonly dates?: string;
  /** What missing cells become; `down`: the value above. */
  readonly fill?: string | { readonly down: true };
  /** Whole cells: a map from one text to another. */
  readonly replace?: Readonly<Record<string, string>> | ReadonlyMap<string, string>;
};

/** Every option of the command line in camel case; only `inputs` must be given. */
export type CleanOptions = {
  /** Files, folders and globs; `!glob` excludes. */
  readonly inputs: string | readonly string[];
  /** `auto`, `off`, `gap`, `iqr[:K]`, `mad[:C]`, `zscore[:Z]` or `percentile:LOW,HIGH`. */
  readonly outliers?: string;
  /** A number of records, or a percentage of the rows such as `'0.5%'`. */
  readonly maxRejects?: number | string | null;
  /** A number of bytes or a size such as `'10GB'`, or a ratio such as `'200x'`. */
  readonly maxDecompressed?: number | string;
  /** Names of columns, or true: rows with equal cells in these, or in all, are one row. */
  readonly dedup?: boolean | string | readonly string[] | null;
  /** Rules for the values of single columns, by original or cleaned name. */
  readonly columns?:
    | Readonly<Record<string, ColumnRulesGiven>>
    | ReadonlyMap<string, ColumnRulesGiven>
    | readonly (readonly [column: string, rules: ColumnRulesGiven])[];
} & {
  readonly [K in Exclude<
    keyof Options,
    'inputs' | 'outliers' | 'maxRejects' | 'maxDecompressed' | 'columns' | 'dedup'
  >]?: TextOr<Options[K]>;
};
