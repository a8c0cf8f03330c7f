/** The options as the library takes them: values, or the texts that the flags take. */
import type { ColumnRules } from '../engine/column-rules.js';
import type { Options } from './options.js';

type TextOr<T> = T extends boolean
  ? T
  : T | string | (T extends readonly unknown[] ? readonly string[] : never);

/** The rules of one column, as a recipe has them. */
type ColumnRulesGiven = Omit<ColumnRules, 'numbers' | 'dates' | 'fill' | 'replace'> & {
  /** `auto`, `off`, or how they are written. */
  readonly numbers?: 'auto' | 'off' | { readonly decimal: string; readonly thousands?: string };
  /** `auto`, `off`, or a format such as `DD.MM.YYYY`. */
  readonly dates?: string;
  /** What missing cells become; `down`: the value above. */
  readonly fill?: string | { readonly down: true };
  /** Whole cells: a map from one text to another. */
  readonly replace?: Readonly<Record<string, string>> | ReadonlyMap<string, string>;
};

/** Told of above all others, or of the command line alone. */
type Elsewhere =
  | 'inputs'
  | 'outliers'
  | 'maxRejects'
  | 'maxDecompressed'
  | 'columns'
  | 'dedup'
  | 'files'
  | 'recipe'
  | 'config'
  | 'set'
  | 'printConfig'
  | 'asksOutliers';

/** Options for some of the inputs; those of the whole run are refused. */
type FileOptionsGiven = Omit<Partial<CleanOptions>, 'inputs' | 'recipe' | 'files'> & {
  /** Globs over paths below `folder`; one without a slash is about names alone. */
  readonly match: string | readonly string[];
  /** The current one, if it is not given. */
  readonly folder?: string;
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
  /** A YAML or JSON file with options; those given beside it win. None is looked for. */
  readonly recipe?: string | null;
  /** Options for the inputs that match; later ones win. */
  readonly files?: readonly FileOptionsGiven[];
  /** Rules for the values of single columns, by original or cleaned name. */
  readonly columns?:
    | Readonly<Record<string, ColumnRulesGiven>>
    | ReadonlyMap<string, ColumnRulesGiven>
    | readonly (readonly [column: string, rules: ColumnRulesGiven])[];
} & {
  readonly [K in Exclude<keyof Options, Elsewhere>]?: TextOr<Options[K]>;
};
